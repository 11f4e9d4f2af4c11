//! What the actions share: bounds, people, steps of renewals, and what they leave behind.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::enums::{ContractRole, RenewalState};
use entity::{contract, contract_share, member, renewal};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Permission, by_ids, to_change};
use crate::audit;
use crate::check::Checks;
use crate::customers::contracts::rules::renewals::{self, after};
use crate::customers::contracts::rules::shares::{Flaw, MOST, Share, WHOLE, flaws};
use crate::customers::contracts::{CONTRACT_CHANGED, PAYMENT_RECORDED, RENEWAL_CHANGED, store};
use crate::db::new_id;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::organisation::holds_on;
use crate::work::{Work, expect_version};

/// The most characters of a number or a reference.
pub(super) const NUMBER: usize = 64;
/// The most characters of a reason or a note.
pub(super) const BODY: usize = 2_000;
/// The most people of all roles together.
const PEOPLE: usize = 3 * MOST;

/// Which row takes a step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The row.
    pub id: Uuid,
    /// Its version as it was seen.
    pub expected_version: i32,
}

/// The contract that is about to change, locked and as it was seen.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
pub(super) async fn contract_to_change(work: &Work<'_>, step: Step) -> Result<contract::Model> {
    let viewer = &work.call().viewer;
    let permission = Permission::ContractWrite;
    let row = to_change::<contract::Entity>(work.tx(), viewer, permission, step.id).await?;
    expect_version(row.version, step.expected_version)?;
    Ok(row)
}

/// Looks over people: their shares, and that new ones are there and at work on a day. Those in `before` are not asked about again.
pub(super) async fn look_at_people(
    work: &Work<'_>,
    checks: &mut Checks,
    people: &[Share],
    before: &[Share],
    day: NaiveDate,
) -> Result<()> {
    if people.len() > PEOPLE {
        let text = Text::new(
            format!("A contract has at most {PEOPLE} shares."),
            format!("最多 {PEOPLE} 条人员份额。"),
        );
        checks.add(UserErrorCode::TooLong, "input.people", text);
        return Ok(());
    }
    for flaw in flaws(people) {
        note_flaw(checks, flaw);
    }
    let known: BTreeSet<Uuid> = before.iter().map(|one| one.member_id).collect();
    let asked: Vec<Uuid> = people
        .iter()
        .map(|one| one.member_id)
        .filter(|id| !known.contains(id))
        .collect();
    let viewer = &work.call().viewer;
    let found = by_ids::<member::Entity>(work.tx(), viewer, Permission::MemberRead, &asked).await?;
    for (place, one) in people.iter().enumerate() {
        if known.contains(&one.member_id) {
            continue;
        }
        let field = format!("input.people.{place}.memberId");
        if let Some(row) = checks.found(&field, found.get(&one.member_id)) {
            checks.ensure(
                holds_on(row.joined_on, row.left_on, day),
                UserErrorCode::WrongState,
                &field,
                || {
                    Text::new(
                        format!("This member didn't work here on {day}."),
                        format!("该成员在 {day} 不在职。"),
                    )
                },
            );
        }
    }
    Ok(())
}

fn note_flaw(checks: &mut Checks, flaw: Flaw) {
    let people = "input.people".to_owned();
    let (code, field, text) = match flaw {
        Flaw::OutOfRange(place) => (
            UserErrorCode::Invalid,
            format!("{people}.{place}.share"),
            Text::new(
                format!("A share has 1 to {WHOLE} basis points."),
                format!("份额须为 1 至 {WHOLE} 个基点。"),
            ),
        ),
        Flaw::Twice(place) => (
            UserErrorCode::Taken,
            format!("{people}.{place}.memberId"),
            Text::new(
                "This member has a share in the role already.",
                "该成员在此角色中已有份额。",
            ),
        ),
        Flaw::TooMany(role) => (
            UserErrorCode::TooLong,
            people,
            Text::new(
                format!("There are at most {MOST} {}.", called(role).en),
                format!("{}人员最多 {MOST} 名。", called(role).zh),
            ),
        ),
        Flaw::Sum(role, sum) => (
            UserErrorCode::Invalid,
            people,
            Text::new(
                format!(
                    "The shares of the {} add up to {sum} basis points; they must to {WHOLE}.",
                    called(role).en
                ),
                format!(
                    "{}人员的份额合计为 {sum} 个基点，须为 {WHOLE}。",
                    called(role).zh
                ),
            ),
        ),
    };
    checks.add(code, &field, text);
}

fn called(role: ContractRole) -> Text {
    match role {
        ContractRole::Seller => Text::new("sellers", "销售"),
        ContractRole::Collector => Text::new("collectors", "收款"),
        ContractRole::Assistant => Text::new("assistants", "协助"),
    }
}

/// Writes the people of a contract.
pub(super) async fn write_people(work: &Work<'_>, contract: Uuid, people: &[Share]) -> Result<()> {
    let at = work.call().at;
    for one in people {
        let row = contract_share::Model {
            id: new_id(at),
            contract_id: contract,
            role: one.role,
            member_id: one.member_id,
            share: one.share,
            created_at: at,
        };
        store::insert(work.tx(), row).await?;
    }
    Ok(())
}

/// The state of a renewal after a step.
///
/// # Errors
/// A user error at the field when there is no such step.
pub(super) fn stepped(
    row: &renewal::Model,
    step: renewals::Step,
    field: &str,
) -> Result<RenewalState> {
    after(row.state, step).ok_or_else(|| {
        let text = match row.state {
            RenewalState::Won => Text::new("This renewal is won already.", "该续约已完成。"),
            RenewalState::Lost => {
                Text::new("This renewal is given up already.", "该续约已登记为流失。")
            }
            _ => Text::new(
                "The contract was called off, so there is nothing to renew; record a new contract.",
                "原合同已取消，无需续约；如需继续请登记新签合同。",
            ),
        };
        UserError::new(UserErrorCode::WrongState, field, text).into()
    })
}

/// The people who collect, as a decided renewal keeps them.
///
/// # Errors
/// When the database fails.
pub(super) async fn collectors(work: &Work<'_>, contract: Uuid) -> Result<Value> {
    let mut people = store::shares_of(work.tx(), contract).await?;
    people.retain(|one| one.role == ContractRole::Collector);
    Ok(serde_json::to_value(people)?)
}

/// Leaves an audit entry and an event about a contract. Amounts stay out of the event.
pub(super) fn leave(work: &mut Work<'_>, contract: Uuid, action: &'static str, detail: Value) {
    note(work, "contract", contract, action, detail);
    tell(work, CONTRACT_CHANGED, contract, action);
}

/// The same about an entry of money.
pub(super) fn leave_payment(
    work: &mut Work<'_>,
    payment: Uuid,
    action: &'static str,
    detail: Value,
) {
    note(work, "contract_payment", payment, action, detail);
    tell(work, PAYMENT_RECORDED, payment, action);
}

/// The same about a renewal.
pub(super) fn leave_renewal(
    work: &mut Work<'_>,
    renewal: Uuid,
    action: &'static str,
    detail: Value,
) {
    note(work, "renewal", renewal, action, detail);
    tell(work, RENEWAL_CHANGED, renewal, action);
}

fn note(
    work: &mut Work<'_>,
    entity_type: &'static str,
    id: Uuid,
    action: &'static str,
    detail: Value,
) {
    work.audit(audit::Entry {
        action,
        entity_type,
        entity_id: Some(id),
        detail,
    });
}

/// Tells of a change without an audit entry of its own.
pub(super) fn tell(work: &mut Work<'_>, kind: &str, id: Uuid, action: &'static str) {
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, kind, id, payload));
}
