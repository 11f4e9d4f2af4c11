//! Proposing a training, and deciding on it (培训建议).

use entity::enums::{Reach, TrainingNeedKind, TrainingProposalState};
use entity::{member, training_course, training_proposal, training_proposal_member};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::look::needs;
use crate::access::{Call, Permission, by_ids, find, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{Result, Text, UserErrorCode};
use crate::events::Event;
use crate::training::actions::{Enrol, SessionCreate, enrol, session_create};
use crate::training::needs::rules::finding::Need;
use crate::training::needs::{PROPOSAL_CHANGED, store};
use crate::work::{Once, Work, expect_version};

/// The most members of a proposal.
const MOST: usize = 50;
/// The most needs that are kept as evidence.
const NEEDS: usize = 100;
/// The most characters of a purpose or a reason.
const BODY: usize = 2_000;

/// A need as a proposal keeps it. Of single members neither who nor the figure is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// In which respect.
    pub kind: TrainingNeedKind,
    /// The topic, certificate or metric.
    pub subject: String,
    /// The team, for a team's need.
    pub team: Option<Uuid>,
    /// Its figure.
    pub value: Option<i64>,
    /// What it is held against.
    pub threshold: i64,
    /// Of how many cases.
    pub cases: i64,
    /// Of how many people.
    pub people: usize,
}

/// A training to propose.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalCreate {
    /// The course.
    pub course_id: Uuid,
    /// For whom.
    pub members: Vec<Uuid>,
    /// What it is to mend.
    pub purpose: String,
    /// 1 is the most urgent.
    pub priority: i32,
    /// The respects whose needs it follows from.
    pub kinds: Vec<TrainingNeedKind>,
}

/// Proposes a training with the needs of today as evidence, and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn proposal_create(
    app: &App,
    call: &Call,
    input: &ProposalCreate,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::TrainingProposalWrite;
    call.viewer.require(permission)?;
    let mut checks = Checks::default();
    let mut members = input.members.clone();
    members.sort_unstable();
    members.dedup();
    checks.ensure(
        (1..=MOST).contains(&members.len()),
        UserErrorCode::Invalid,
        "input.memberIds",
        || {
            Text::new(
                format!("A proposal is for 1 to {MOST} members."),
                format!("建议参训人员须为 1 至 {MOST} 人。"),
            )
        },
    );
    checks.done()?;
    // Before the transaction: finding takes its time, and evidence is as of now anyway.
    let found = if input.kinds.is_empty() || !call.viewer.may(Permission::TrainingNeedRead) {
        Vec::new()
    } else {
        evidence(app, call, &members, &input.kinds).await?
    };
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "trainingProposalCreate", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let purpose = checks.body("input.purpose", &input.purpose, BODY);
    checks.ensure(
        (1..=3).contains(&input.priority),
        UserErrorCode::Invalid,
        "input.priority",
        || Text::new("A priority is 1 to 3.", "优先级须为 1 至 3。"),
    );
    let viewer = &call.viewer;
    let read = Permission::TrainingCourseRead;
    let course = find::<training_course::Entity>(work.tx(), viewer, read, input.course_id).await?;
    if let Some(course) = checks.found("input.courseId", course) {
        checks.ensure(
            course.retired_at.is_none(),
            UserErrorCode::WrongState,
            "input.courseId",
            || {
                Text::new(
                    "This course is retired; take another one.",
                    "该课程已停用，请选择其他课程。",
                )
            },
        );
    }
    let seen =
        by_ids::<member::Entity>(work.tx(), viewer, Permission::MemberRead, &members).await?;
    let reached = by_ids::<member::Entity>(work.tx(), viewer, permission, &members).await?;
    if seen.len() < members.len() {
        checks.found::<()>("input.memberIds", None);
    }
    checks.done()?;
    if reached.len() < members.len() {
        return Err(viewer.reach_too_small(permission).into());
    }
    let id = new_id(call.at);
    let row = training_proposal::Model {
        id,
        course_id: input.course_id,
        purpose,
        priority: input.priority,
        evidence: serde_json::to_value(&found)?,
        state: TrainingProposalState::Proposed,
        session_id: None,
        reason: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "course": row.course_id, "members": members, "priority": row.priority, "needs": found.len() });
    let rows = members
        .into_iter()
        .map(|member_id| training_proposal_member::Model {
            id: new_id(call.at),
            proposal_id: id,
            member_id,
        })
        .collect();
    store::insert(work.tx(), row, rows).await?;
    trace(&mut work, id, "training.proposal.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// What the needs of these members and their teams are now, as far as the viewer sees them: teams with their figure, members
/// counted together.
async fn evidence(
    app: &App,
    call: &Call,
    members: &[Uuid],
    kinds: &[TrainingNeedKind],
) -> Result<Vec<Evidence>> {
    let found = needs(app, call, None, Some(kinds)).await?;
    let own: Vec<&Need> = found
        .members
        .iter()
        .filter(|need| need.member.is_some_and(|id| members.contains(&id)))
        .collect();
    let mut all: Vec<Evidence> = Vec::new();
    for need in own {
        let same = |one: &&mut Evidence| {
            (one.kind, one.subject.as_str(), one.team) == (need.kind, need.subject.as_str(), None)
        };
        match all.iter_mut().find(same) {
            Some(one) => {
                one.cases += need.cases;
                one.people += 1;
            }
            None => all.push(Evidence {
                kind: need.kind,
                subject: need.subject.clone(),
                team: None,
                value: None,
                threshold: need.threshold,
                cases: need.cases,
                people: 1,
            }),
        }
    }
    let teams: Vec<Option<Uuid>> = found
        .members
        .iter()
        .filter(|need| need.member.is_some_and(|id| members.contains(&id)))
        .map(|need| need.team)
        .collect();
    let of_teams = found
        .teams
        .into_iter()
        .filter(|need| teams.contains(&need.team));
    all.extend(of_teams.map(|need| Evidence {
        kind: need.kind,
        subject: need.subject,
        team: need.team,
        value: Some(need.value),
        threshold: need.threshold,
        cases: need.cases,
        people: need.people,
    }));
    all.truncate(NEEDS);
    Ok(all)
}

/// What comes of a proposal.
#[derive(Clone, Debug)]
pub enum AcceptWith {
    /// Its members are enrolled in this session, which is open and of the course.
    Session(Uuid),
    /// A session is planned so; its members are enrolled once it is open.
    Plan(Box<SessionCreate>),
}

/// A proposal to accept.
#[derive(Clone, Debug)]
pub struct ProposalAccept {
    /// The proposal.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// What comes of it.
    pub with: AcceptWith,
}

/// Accepts a proposal through the actions of sessions and enrolment, with their rights and rules, and returns its id. A
/// repetition after a failure in between neither plans nor enrols twice.
///
/// # Errors
/// User errors of those actions, and when it is decided already; refusals of permission, reach and version.
pub async fn proposal_accept(app: &App, call: &Call, input: &ProposalAccept) -> Result<Uuid> {
    let permission = Permission::TrainingProposalDecide;
    call.viewer.require(permission)?;
    let work = Work::begin(&app.db, call).await?;
    let row = to_decide(&work, input.id, input.expected_version).await?;
    let members = store::members_of(work.tx(), row.id).await?;
    let course_id = row.course_id;
    drop(work);
    let key = format!("proposal-{}", input.id);
    let session_id = match &input.with {
        AcceptWith::Session(session_id) => {
            of_course(app, call, *session_id, course_id).await?;
            let order = Enrol {
                session_id: *session_id,
                members,
            };
            enrol(app, call, &order, Some(&key)).await?
        }
        AcceptWith::Plan(plan) => {
            let mut order = SessionCreate {
                course_id,
                ..(**plan).clone()
            };
            // Whoever only plans sessions that they give themselves means to give this one.
            let mut reaches = call
                .viewer
                .grants
                .reaches(Permission::TrainingSessionManage);
            if order.trainers.is_empty() && !reaches.any(|reach| reach == Reach::All) {
                order.trainers.extend(call.viewer.standing.member_id);
            }
            session_create(app, call, &order, Some(&key)).await?
        }
    };
    let mut work = Work::begin(&app.db, call).await?;
    let row = to_decide(&work, input.id, input.expected_version).await?;
    let row = training_proposal::Model {
        state: TrainingProposalState::Accepted,
        session_id: Some(session_id),
        ..decided(call, row)
    };
    store::save(work.tx(), row, call.at).await?;
    let detail = json!({ "session": session_id });
    trace(&mut work, input.id, "training.proposal.accept", detail);
    work.commit().await?;
    Ok(input.id)
}

async fn of_course(app: &App, call: &Call, session_id: Uuid, course_id: Uuid) -> Result<()> {
    let read = Permission::TrainingSessionRead;
    let db = app.db.reader();
    let session =
        find::<entity::training_session::Entity>(db, &call.viewer, read, session_id).await?;
    let mut checks = Checks::default();
    if let Some(session) = checks.found("input.sessionId", session) {
        checks.ensure(
            session.course_id == course_id,
            UserErrorCode::RuleViolated,
            "input.sessionId",
            || {
                Text::new(
                    "This session is of another course than the proposal.",
                    "该场次的课程与建议的课程不同。",
                )
            },
        );
    }
    checks.done()
}

/// A proposal to decline.
#[derive(Clone, Debug)]
pub struct ProposalDecline {
    /// The proposal.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
    /// Why.
    pub reason: String,
}

/// Declines a proposal with a reason, and returns its id.
///
/// # Errors
/// User errors when it is decided already or no reason is given; refusals of permission, reach and version.
pub async fn proposal_decline(app: &App, call: &Call, input: &ProposalDecline) -> Result<Uuid> {
    call.viewer.require(Permission::TrainingProposalDecide)?;
    let mut work = Work::begin(&app.db, call).await?;
    let row = to_decide(&work, input.id, input.expected_version).await?;
    let mut checks = Checks::default();
    let reason = checks.body("input.reason", &input.reason, BODY);
    checks.done()?;
    let detail = json!({ "reason": reason });
    let row = training_proposal::Model {
        state: TrainingProposalState::Declined,
        reason: Some(reason),
        ..decided(call, row)
    };
    store::save(work.tx(), row, call.at).await?;
    trace(&mut work, input.id, "training.proposal.decline", detail);
    work.commit().await?;
    Ok(input.id)
}

/// The proposal that waits, locked and as it was seen.
async fn to_decide(
    work: &Work<'_>,
    id: Uuid,
    expected_version: i32,
) -> Result<training_proposal::Model> {
    let viewer = &work.call().viewer;
    let permission = Permission::TrainingProposalDecide;
    let row = to_change::<training_proposal::Entity>(work.tx(), viewer, permission, id).await?;
    expect_version(row.version, expected_version)?;
    let mut checks = Checks::default();
    checks.ensure(
        row.state == TrainingProposalState::Proposed,
        UserErrorCode::WrongState,
        "input.id",
        || {
            Text::new(
                "This proposal is decided already; make another one.",
                "该建议已处理，如需请另提建议。",
            )
        },
    );
    checks.done()?;
    Ok(row)
}

fn decided(call: &Call, row: training_proposal::Model) -> training_proposal::Model {
    training_proposal::Model {
        decided_by: call.viewer.actor.id,
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        ..row
    }
}

fn trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "training_proposal",
        entity_id: Some(id),
        detail,
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, PROPOSAL_CHANGED, id, payload));
}
