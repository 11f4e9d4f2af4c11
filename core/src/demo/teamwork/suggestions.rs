//! Suggestions at every stage.

use chrono::TimeDelta;
use entity::enums::{SuggestionArea, SuggestionState, SuggestionStepKind};
use entity::{suggestion, suggestion_step, suggestion_support};
use uuid::Uuid;

use super::Maker;
use crate::demo::calendar::{at_hour, days_ago};
use crate::demo::text::teamwork::SUGGESTIONS;

/// What a suggestion of the demo is about, and what was done with it.
#[derive(Clone, Copy, Debug)]
pub struct Idea {
    /// In a line.
    pub title: &'static str,
    /// As a whole.
    pub body: &'static str,
    /// What it is about.
    pub area: SuggestionArea,
    /// Nobody is named.
    pub anonymous: bool,
    /// How long ago.
    pub days_ago: u64,
    /// How many support it.
    pub supporters: usize,
    /// How far it is.
    pub state: SuggestionState,
    /// What was done with it.
    pub steps: &'static [(SuggestionStepKind, &'static str)],
}

impl Maker<'_> {
    /// All of them.
    pub(super) fn suggestions(&mut self) {
        let handler = self.demo("manager.demo");
        let handler_name = self.name(handler);
        let authors: Vec<Uuid> = self
            .everybody()
            .into_iter()
            .filter(|id| *id != handler)
            .collect();
        for (n, what) in SUGGESTIONS.iter().enumerate() {
            let author = if n == 0 {
                self.demo("agent.demo")
            } else {
                authors[(n * 11) % authors.len()]
            };
            let at = at_hour(days_ago(self.today, what.days_ago), 14);
            let id = self.id(at);
            let named = (!what.anonymous).then_some(author);
            let mut last = at;
            for (place, (kind, note)) in what.steps.iter().enumerate() {
                last = at + TimeDelta::days(2 * i64::try_from(place).unwrap_or(0));
                let (row_id, author_name) = (self.id(last), named.map(|id| self.name(id)));
                let by_author = *kind == SuggestionStepKind::Submitted;
                self.all.steps.push(suggestion_step::Model {
                    id: row_id,
                    suggestion_id: id,
                    kind: *kind,
                    note: (!note.is_empty()).then(|| (*note).to_owned()),
                    actor_id: if by_author { named } else { Some(handler) },
                    actor_name: if by_author {
                        author_name
                    } else {
                        Some(handler_name.clone())
                    },
                    at: last,
                });
            }
            let fans: Vec<Uuid> = authors
                .iter()
                .copied()
                .filter(|member| *member != author)
                .skip(n * 3)
                .take(what.supporters)
                .collect();
            for member in &fans {
                let row_id = self.id(at);
                self.all.supports.push(suggestion_support::Model {
                    id: row_id,
                    suggestion_id: id,
                    member_id: *member,
                    at: at + TimeDelta::hours(3),
                });
            }
            let over = matches!(
                what.state,
                SuggestionState::Done | SuggestionState::Declined
            );
            let outcome = what.steps.last().map(|(_, note)| (*note).to_owned());
            self.all.suggestions.push(suggestion::Model {
                id,
                title: what.title.to_owned(),
                body: what.body.to_owned(),
                area: what.area,
                author_id: author,
                anonymous: what.anonymous,
                handler_id: (what.state != SuggestionState::Submitted).then_some(handler),
                state: what.state,
                outcome: outcome.filter(|_| over),
                supporters: i32::try_from(fans.len()).unwrap_or(0),
                closed_at: over.then_some(last),
                version: i32::try_from(what.steps.len()).unwrap_or(1),
                created_at: at,
                updated_at: last,
            });
        }
    }
}
