//! Writing and changing a proposal (起草、修改提案).

use chrono::{Days, NaiveDate};
use entity::enums::{RuleBallotKind, RuleProposalKind, RuleProposalState};
use entity::{department, rule_proposal, team, team_rule};
use serde::Serialize;
use uuid::Uuid;

use super::about;
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserErrorCode};
use crate::organisation::circles::Circle;
use crate::organisation::today;
use crate::settings;
use crate::teamwork::PROPOSAL_CHANGED;
use crate::teamwork::charter::rules::life::is_open_to_change;
use crate::teamwork::charter::scope::{circle_of_rule, reaches};
use crate::teamwork::charter::store;
use crate::teamwork::common::{BODY, NOTE, TITLE, me, trace, wrong_state};
use crate::teamwork::writes::{insert, save};
use crate::work::{Once, Work, expect_version};

/// How far ahead a rule can begin, in days.
const AHEAD: u64 = 732;

/// What a proposal says, and under which terms it is voted on.
#[derive(Clone, Debug, Serialize)]
pub struct Words {
    /// What the rule is called.
    pub title: String,
    /// Its text; none when it is to be repealed.
    pub body: Option<String>,
    /// Why.
    pub reason: String,
    /// Who learns how somebody voted.
    pub ballot: RuleBallotKind,
    /// So many of those who may vote must; the setting's when nothing is said.
    pub quorum_percent: Option<i32>,
    /// More than so many of the yes and no must be yes; the setting's when nothing is said.
    pub majority_percent: Option<i32>,
    /// The first day on which it is to hold.
    pub in_force_from: NaiveDate,
}

/// A proposal to write.
#[derive(Clone, Debug, Serialize)]
pub struct ProposalWrite {
    /// For whom a new rule is meant.
    pub circle: Option<Circle>,
    /// The rule that is to be changed or repealed.
    pub rule_id: Option<Uuid>,
    /// The rule is to be repealed.
    pub repeal: bool,
    /// What it says.
    pub words: Words,
}

/// Writes a proposal as a draft that only its proposer sees, and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and reach.
pub async fn proposal_create(
    app: &App,
    call: &Call,
    input: &ProposalWrite,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::TeamRulePropose;
    let me = me(call, permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "ruleProposalCreate", input)
        .await?
    {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let (kind, circle) = subject(&work, input, &mut checks).await?;
    if circle.is_some_and(|circle| !reaches(&call.viewer, permission, circle)) {
        return Err(call.viewer.reach_too_small(permission).into());
    }
    let words = look_over(&work, &mut checks, &input.words, kind).await?;
    checks.done()?;
    let (circle, department_id, team_id) = circle.unwrap_or(Circle::Company).columns();
    let row = rule_proposal::Model {
        id: new_id(call.at),
        kind,
        rule_id: input.rule_id,
        circle,
        department_id,
        team_id,
        title: words.title,
        body: words.body.unwrap_or_default(),
        reason: words.reason,
        ballot: words.ballot,
        quorum_percent: words.quorum_percent.unwrap_or(100),
        majority_percent: words.majority_percent.unwrap_or(50),
        in_force_from: words.in_force_from,
        proposer_id: me,
        state: RuleProposalState::Draft,
        opened_at: None,
        voting_from: None,
        voting_until: None,
        electors: None,
        yes: None,
        no: None,
        abstain: None,
        outcome: None,
        closed_at: None,
        note: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let (id, detail) = (row.id, about(&row));
    insert(work.tx(), row).await?;
    let what = (PROPOSAL_CHANGED, "rule_proposal");
    trace(&mut work, what, id, "rule.proposal.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// What a proposal is about, and for whom: of a rule that there is, the rule's.
async fn subject(
    work: &Work<'_>,
    input: &ProposalWrite,
    checks: &mut Checks,
) -> Result<(RuleProposalKind, Option<Circle>)> {
    let (viewer, read) = (&work.call().viewer, Permission::OrganisationRead);
    let one = || {
        Text::new(
            "Name either for whom a new rule is meant, or the rule that is to be changed or repealed.",
            "请二选一：新规则的适用范围，或要修订、废止的规则。",
        )
    };
    match (input.circle, input.rule_id) {
        (Some(circle), None) => {
            checks.ensure(!input.repeal, UserErrorCode::Invalid, "input.repeal", one);
            let there = match circle {
                Circle::Company => true,
                Circle::Department(id) => find::<department::Entity>(work.tx(), viewer, read, id)
                    .await?
                    .is_some_and(|row| row.valid_to.is_none_or(|to| to > today(work.call()))),
                Circle::Team(id) => find::<team::Entity>(work.tx(), viewer, read, id)
                    .await?
                    .is_some_and(|row| row.valid_to.is_none_or(|to| to > today(work.call()))),
            };
            let found = checks.found("input.circle", there.then_some(circle));
            Ok((RuleProposalKind::New, found))
        }
        (None, Some(id)) => {
            let read = Permission::TeamRuleRead;
            let rule = find::<team_rule::Entity>(work.tx(), viewer, read, id).await?;
            let rule = checks.found("input.ruleId", rule);
            let kind = if input.repeal {
                RuleProposalKind::Repeal
            } else {
                RuleProposalKind::Change
            };
            if let Some(rule) = &rule {
                let gone = rule.repealed_from.is_some();
                checks.ensure(!gone, UserErrorCode::WrongState, "input.ruleId", || {
                    Text::new(
                        "This rule is repealed; propose a new one.",
                        "该规则已废止，请提出新规则。",
                    )
                });
            }
            Ok((kind, rule.as_ref().map(circle_of_rule)))
        }
        _ => {
            checks.add(UserErrorCode::Invalid, "input.circle", one());
            Ok((RuleProposalKind::New, None))
        }
    }
}

/// Checks the words, and puts in the terms that the settings say.
async fn look_over(
    work: &Work<'_>,
    checks: &mut Checks,
    words: &Words,
    kind: RuleProposalKind,
) -> Result<Words> {
    let usual = async |setting| settings::read(work.tx(), setting).await;
    let quorum = usual(&settings::RULE_QUORUM_PERCENT).await?;
    let majority = usual(&settings::RULE_MAJORITY_PERCENT).await?;
    let percent = |given: Option<i32>, usual: i64| {
        given.unwrap_or_else(|| i32::try_from(usual).unwrap_or(50))
    };
    let quorum = percent(words.quorum_percent, quorum);
    let majority = percent(words.majority_percent, majority);
    checks.ensure(
        (1..=100).contains(&quorum),
        UserErrorCode::Invalid,
        "input.quorumPercent",
        || Text::new("A quorum is 1 to 100 %.", "最低参与比例须为 1 至 100。"),
    );
    checks.ensure(
        (1..=99).contains(&majority),
        UserErrorCode::Invalid,
        "input.majorityPercent",
        || {
            Text::new(
                "A majority is more than 1 to 99 %.",
                "通过比例须为 1 至 99。",
            )
        },
    );
    let today = today(work.call());
    let last = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    checks.ensure(
        words.in_force_from >= today && words.in_force_from <= last,
        UserErrorCode::Invalid,
        "input.inForceFrom",
        || {
            Text::new(
                format!("A rule begins between today and {last}."),
                format!("生效日期须在今天至 {last} 之间。"),
            )
        },
    );
    let body = if kind == RuleProposalKind::Repeal {
        checks.ensure(
            words.body.is_none(),
            UserErrorCode::Invalid,
            "input.body",
            || {
                Text::new(
                    "Whoever repeals a rule writes no text for it; say why instead.",
                    "废止规则无需填写正文，请填写理由。",
                )
            },
        );
        None
    } else {
        let text = words.body.as_deref().unwrap_or_default();
        Some(checks.body("input.body", text, BODY))
    };
    Ok(Words {
        title: checks.text("input.title", &words.title, TITLE),
        body,
        reason: checks.body("input.reason", &words.reason, NOTE),
        ballot: words.ballot,
        quorum_percent: Some(quorum),
        majority_percent: Some(majority),
        in_force_from: words.in_force_from,
    })
}

/// Changes one's own proposal while it isn't voted on, and returns its id.
///
/// # Errors
/// User errors about the values; refusals of permission and version.
pub async fn proposal_update(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
    words: &Words,
) -> Result<Uuid> {
    let mut work = Work::begin(&app.db, call).await?;
    let before = own(&work, id, expected_version).await?;
    if !is_open_to_change(before.state) {
        return Err(wrong_state(
            "input.id",
            "This proposal is voted on or decided; write another one.",
            "该提案已进入表决或已有结果，请另行提案。",
        )
        .into());
    }
    let mut checks = Checks::default();
    let words = look_over(&work, &mut checks, words, before.kind).await?;
    checks.done()?;
    let after = rule_proposal::Model {
        title: words.title,
        body: words.body.unwrap_or_default(),
        reason: words.reason,
        ballot: words.ballot,
        quorum_percent: words.quorum_percent.unwrap_or(before.quorum_percent),
        majority_percent: words.majority_percent.unwrap_or(before.majority_percent),
        in_force_from: words.in_force_from,
        ..before.clone()
    };
    if after == before {
        return Ok(id);
    }
    let detail = about(&after);
    save(work.tx(), after, call.at).await?;
    let what = (PROPOSAL_CHANGED, "rule_proposal");
    trace(&mut work, what, id, "rule.proposal.update", detail);
    work.commit().await?;
    Ok(id)
}

/// One's own proposal, locked.
pub(super) async fn own(
    work: &Work<'_>,
    id: Uuid,
    expected_version: i32,
) -> Result<rule_proposal::Model> {
    let call = work.call();
    let me = me(call, Permission::TeamRulePropose)?;
    let seen = find::<rule_proposal::Entity>(work.tx(), &call.viewer, Permission::TeamRuleRead, id)
        .await?;
    let seen = seen.ok_or_else(ApiError::not_found)?;
    if seen.proposer_id != me {
        let mut checks = Checks::default();
        checks.add(
            UserErrorCode::RuleViolated,
            "input.id",
            Text::new(
                "Only its proposer does this with a proposal; write a comment instead.",
                "仅提案人可执行此操作，您可以发表意见。",
            ),
        );
        checks.done()?;
    }
    let row = store::lock(work.tx(), id).await?;
    let row = row.ok_or_else(ApiError::not_found)?;
    expect_version(row.version, expected_version)?;
    Ok(row)
}
