//! Filters and orderings of suggestions, and what hangs from them.

use entity::enums::{SuggestionArea, SuggestionState};
use entity::{suggestion, suggestion_step, suggestion_support};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, TextMatches, TimeMatches, unless};
use crate::db::keyset::Sort;

/// Which suggestions. None of it is about who submitted those of others.
#[derive(Clone, Debug, Default)]
pub struct SuggestionFilter {
    /// How far they are.
    pub state: Option<Matches<SuggestionState>>,
    /// What they are about.
    pub area: Option<Matches<SuggestionArea>>,
    /// Their line.
    pub title: Option<TextMatches>,
    /// When they were submitted.
    pub created_at: Option<TimeMatches>,
    /// One's own.
    pub mine: bool,
    /// One looks after them, or not.
    pub handled_by_me: Option<bool>,
    /// One supports them, or not.
    pub supported_by_me: Option<bool>,
}

/// How suggestions are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SuggestionOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
    /// The one with the most supporters first.
    SupportersDesc,
}

impl Listed for suggestion::Entity {
    type Filter = SuggestionFilter;
    type Order = SuggestionOrder;

    fn matching(filter: &SuggestionFilter, viewer: &Viewer) -> Condition {
        use suggestion::Column::{Area, AuthorId, CreatedAt, HandlerId, Id, State, Title};
        let me = viewer.standing.member_id.unwrap_or_default();
        let either = |wanted: bool, so: Condition| if wanted { so } else { unless(so) };
        let supported = || {
            let mine = suggestion_support::Entity::find()
                .select_only()
                .column(suggestion_support::Column::SuggestionId)
                .filter(suggestion_support::Column::MemberId.eq(me))
                .into_query();
            Condition::all().add(Id.in_subquery(mine))
        };
        Condition::all()
            .add_option(filter.state.as_ref().map(|it| it.on(State)))
            .add_option(filter.area.as_ref().map(|it| it.on(Area)))
            .add_option(filter.title.as_ref().map(|it| it.on(Title)))
            .add_option(filter.created_at.as_ref().map(|it| it.on(CreatedAt)))
            .add_option(filter.mine.then(|| AuthorId.eq(me)))
            .add_option(
                filter
                    .handled_by_me
                    .map(|wanted| either(wanted, Condition::all().add(HandlerId.eq(me)))),
            )
            .add_option(
                filter
                    .supported_by_me
                    .map(|wanted| either(wanted, supported())),
            )
    }

    fn sorts(order: SuggestionOrder) -> Vec<Sort<suggestion::Column>> {
        use suggestion::Column::{CreatedAt, Id, Supporters};
        match order {
            SuggestionOrder::CreatedAtDesc => {
                vec![Sort::descending(CreatedAt), Sort::descending(Id)]
            }
            SuggestionOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
            SuggestionOrder::SupportersDesc => {
                vec![Sort::descending(Supporters), Sort::descending(Id)]
            }
        }
    }
}

/// What was done with a suggestion, in the order of time.
pub struct SuggestionsSteps;

impl Link for SuggestionsSteps {
    type Child = suggestion_step::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            suggestion_step::Column::Id,
            suggestion_step::Column::SuggestionId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::ascending(suggestion_step::Column::At),
            Sort::ascending(suggestion_step::Column::Id),
        ]
    }
}
