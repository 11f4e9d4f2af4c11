//! Crediting a ticket that was resolved, by the rule.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::enums::{CommentVisibility, CreditSource};
use entity::{member, ticket, ticket_credit};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::audit::Entry;
use crate::db::new_id;
use crate::error::Result;
use crate::identity;
use crate::ids::Node;
use crate::ids::decode;
use crate::settings;
use crate::tickets::responsibility::rules::credit::{Share, shares};
use crate::tickets::responsibility::rules::work::{Deed, Done, Given, work as work_of};
use crate::tickets::responsibility::store::{self, Story};
use crate::work::Work;

/// Records who is credited with this resolution, by the work since the ticket was opened or last reopened.
pub(super) async fn record(work: &mut Work<'_>, ticket: &ticket::Model) -> Result<()> {
    let call = work.call();
    let story = store::story(work.tx(), ticket.id).await?;
    let begin = story.reopened_at.unwrap_or(ticket.created_at);
    let mut done = done(work, &story).await?;
    // The move that resolves it is only written into the history after this.
    if let Some(member) = call.viewer.standing.member_id {
        done.push(Done {
            member,
            deed: Deed::Move,
            at: call.at,
        });
    }
    let given = given(&story, ticket, begin);
    let percent = settings::read(work.tx(), &settings::CREDIT_OWNER_PERCENT).await?;
    let shares = shares(
        ticket.owner_id,
        &work_of(&done, &given, begin, call.at),
        i32::try_from(percent).unwrap_or(100),
    );
    let source = Source {
        source: CreditSource::Rule,
        reason: None,
        by: None,
    };
    write(work, ticket, ticket.reopened, &shares, source).await
}

/// Where a set of shares comes from.
pub(super) struct Source {
    pub source: CreditSource,
    pub reason: Option<String>,
    pub by: Option<Uuid>,
}

/// Writes a set of shares in place of the one before, and says so in the audit log.
pub(super) async fn write(
    work: &mut Work<'_>,
    ticket: &ticket::Model,
    round: i32,
    shares: &[Share],
    source: Source,
) -> Result<()> {
    let at = work.call().at;
    let rows = shares
        .iter()
        .map(|share| ticket_credit::Model {
            id: new_id(at),
            ticket_id: ticket.id,
            round,
            member_id: share.member,
            role: share.role,
            share: share.share,
            source: source.source,
            reason: source.reason.clone(),
            recorded_by: source.by,
            recorded_at: at,
            replaced_at: None,
        })
        .collect();
    store::replace_credits(work.tx(), ticket.id, round, rows, at).await?;
    let said: Vec<Value> = shares
        .iter()
        .map(|share| json!({ "member": share.member, "role": share.role, "share": share.share }))
        .collect();
    work.audit(Entry {
        action: "ticket.credit.record",
        entity_type: "ticket",
        entity_id: Some(ticket.id),
        detail: json!({ "round": round, "source": source.source, "shares": said }),
    });
    Ok(())
}

/// The deeds of members in the story; what others wrote and did is no work of ours.
async fn done(work: &Work<'_>, story: &Story) -> Result<Vec<Done>> {
    let users: BTreeSet<Uuid> = story
        .comments
        .iter()
        .map(|(user, ..)| *user)
        .chain(story.moves.iter().map(|(user, ..)| *user))
        .collect();
    let users: Vec<Uuid> = users.into_iter().collect();
    let members = identity::members_of_users(work.tx(), &users).await?;
    let of = |user: &Uuid, deed: Deed, at: DateTime<Utc>| {
        members.get(user).map(|member| Done {
            member: *member,
            deed,
            at,
        })
    };
    let comments = story.comments.iter().filter_map(|(user, visibility, at)| {
        let deed = match visibility {
            CommentVisibility::Public => Deed::Reply,
            CommentVisibility::Internal => Deed::Note,
        };
        of(user, deed, *at)
    });
    let moves = story
        .moves
        .iter()
        .filter(|(_, action, _)| store::MOVES.contains(&action.as_str()))
        .filter_map(|(user, _, at)| of(user, Deed::Move, *at));
    Ok(comments.chain(moves).collect())
}

/// Who had the ticket when. A history that knows nothing of it means that whoever has it now always had.
fn given(story: &Story, ticket: &ticket::Model, begin: DateTime<Utc>) -> Vec<Given> {
    if story.given.is_empty() {
        return vec![Given {
            to: ticket.assignee_id,
            at: begin,
        }];
    }
    story
        .given
        .iter()
        .map(|(at, to)| Given {
            to: to.as_ref().and_then(member_in),
            at: *at,
        })
        .collect()
}

/// The member whom a value of the history names.
fn member_in(value: &Value) -> Option<Uuid> {
    decode(value.as_str()?)
        .ok()
        .filter(|(prefix, _)| prefix == member::Entity::PREFIX)
        .map(|(_, id)| id)
}
