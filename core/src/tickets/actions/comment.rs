//! Public replies and internal notes.

use entity::enums::{CommentVisibility, TicketState, UserKind};
use entity::{ticket, ticket_comment};
use serde::Serialize;
use uuid::Uuid;

use super::follow::{Happened, follow};
use super::record::record_that;
use super::stage::record_resumed;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::db::glance::is_stale;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::ids::Id;
use crate::tickets::collaboration::merging::rules::check_not_merged;
use crate::tickets::collaboration::watching::Mentions;
use crate::tickets::facts::rules::{Said, comment_counts};
use crate::tickets::rules::{input, stages};
use crate::tickets::store;
use crate::work::{Once, Work};

/// What is written, on which ticket, for whom.
#[derive(Clone, Debug, Serialize)]
pub struct AddComment {
    /// The ticket.
    pub ticket_id: Uuid,
    /// The text.
    pub body: String,
    /// For everybody who sees the ticket, or for staff only.
    pub visibility: CommentVisibility,
    /// Does it give a preliminary solution? Only public replies of staff do.
    pub solution: bool,
    /// Colleagues who are called to it: they watch the ticket then, and are told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Uuid>,
    /// So that a repeated request writes no second comment.
    pub idempotency_key: Option<String>,
}

/// Adds a comment. Several people may write at once, so this needs no expected version and raises none; unless the customer's
/// side writes on a ticket that waits for it, which then goes on.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`; user errors for the text.
pub async fn add_comment(
    app: &App,
    call: &Call,
    add: AddComment,
) -> Result<(ticket::Model, ticket_comment::Model)> {
    let permission = match add.visibility {
        CommentVisibility::Public => Permission::TicketComment,
        CommentVisibility::Internal => Permission::TicketNoteWrite,
    };
    call.viewer.require(permission)?;
    let at_once = Work::begin_late(&app.db, call);
    match write(at_once, &add, permission).await {
        // It is the first reply, the ticket goes on with it, or somebody changed the ticket at the same time.
        Err(error) if is_stale(&error) => {
            write(Work::begin(&app.db, call).await?, &add, permission).await
        }
        done => done,
    }
}

async fn write(
    mut work: Work<'_>,
    add: &AddComment,
    permission: Permission,
) -> Result<(ticket::Model, ticket_comment::Model)> {
    let call = work.call();
    let audited = match add.visibility {
        CommentVisibility::Public => "ticket.comment",
        CommentVisibility::Internal => "ticket.note.write",
    };
    if let Once::Repeated(id) = work
        .once(add.idempotency_key.as_deref(), "ticketCommentAdd", add)
        .await?
    {
        let comment = store::comment(work.tx(), &call.viewer, id)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let ticket = store::by_id(work.tx(), &call.viewer, comment.ticket_id)
            .await?
            .ok_or_else(ApiError::not_found)?;
        return Ok((ticket, comment));
    }
    let ticket = work
        .to_change::<ticket::Entity>(permission, add.ticket_id)
        .await?;
    check_not_merged(ticket.merged_into_id.map(Id::<ticket::Entity>::new))?;
    let mut checks = Checks::default();
    let body = checks.body("input.body", &add.body, input::BODY_MAX);
    let by_staff = call.viewer.kind == Some(UserKind::Staff);
    let may_solve = by_staff && add.visibility == CommentVisibility::Public;
    checks.ensure(
        !add.solution || may_solve,
        UserErrorCode::Invalid,
        "input.solution",
        || {
            Text::new(
                "Only staff can mark a public reply as a solution; send it without the mark.",
                "只有内部员工的公开回复可以标记为初步方案，请去掉标记后再发送。",
            )
        },
    );
    checks.done()?;
    let mentions = Mentions::check(&work, &ticket, &add.mentions).await?;
    let comment = ticket_comment::Model {
        id: new_id(call.at),
        ticket_id: ticket.id,
        visibility: add.visibility,
        body,
        author_kind: call.viewer.actor.kind,
        author_id: call.viewer.actor.id,
        author_name: call.viewer.actor.name.clone(),
        solution: add.solution,
        copied_from_id: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    work.later(store::new_rows([comment.clone()]));
    mentions.write(&mut work, &ticket, &comment).await?;
    let happened = match add.visibility {
        CommentVisibility::Public => Happened::PublicReply {
            by_staff,
            solution: comment.solution,
        },
        CommentVisibility::Internal => Happened::Note,
    };
    let was = ticket;
    let public = add.visibility == CommentVisibility::Public;
    let goes_on = public && stages::goes_on_with_reply(was.state, call.viewer.kind);
    let mut now = was.clone();
    if goes_on {
        now.state = TicketState::Open;
        now = store::save(work.tx(), now, call.at).await?;
    }
    let ticket = follow(&mut work, Some(&was), now, happened).await?;
    let said = Said {
        at: call.at,
        by: call.viewer.standing.member_id,
        solution: comment.solution,
    };
    let counts = ticket != was || comment_counts(said, was.assignee_id, was.updated_at);
    let nothing_else = Vec::new();
    record_that(
        &mut work,
        &ticket,
        "comment",
        audited,
        public,
        nothing_else,
        counts,
    );
    if goes_on {
        record_resumed(&mut work, &was, &ticket);
    }
    work.done(comment.id).await?;
    work.commit().await?;
    Ok((ticket, comment))
}
