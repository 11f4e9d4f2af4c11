//! Saying who stands behind a contract (指定合同人员): from now on, for money that comes later.

use serde_json::json;
use uuid::Uuid;

use super::common::{Step, contract_to_change, leave, look_at_people, tell, write_people};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::check::Checks;
use crate::customers::contracts::rules::shares::Share;
use crate::customers::contracts::{RENEWAL_CHANGED, store};
use crate::error::Result;
use crate::organisation::today;
use crate::work::Work;

/// The people of a contract, all of them.
#[derive(Clone, Debug)]
pub struct PeopleSet {
    /// The contract.
    pub step: Step,
    /// Who stands behind it from now on.
    pub people: Vec<Share>,
}

/// Replaces the people of a contract and returns its id. Who was credited with money before stays credited with it.
///
/// # Errors
/// User errors about the values; refusals of permission, reach and version.
pub async fn people_set(app: &App, call: &Call, input: &PeopleSet) -> Result<Uuid> {
    call.viewer.require(Permission::ContractWrite)?;
    let mut work = Work::begin(&app.db, call).await?;
    let contract = contract_to_change(&work, input.step).await?;
    let before = store::shares_of(work.tx(), contract.id).await?;
    let mut checks = Checks::default();
    look_at_people(&work, &mut checks, &input.people, &before, today(call)).await?;
    checks.done()?;
    let mut people = input.people.clone();
    people.sort_by_key(|one| (one.role, std::cmp::Reverse(one.share), one.member_id));
    if people == before {
        return Ok(contract.id);
    }
    let id = contract.id;
    store::remove_shares(work.tx(), id).await?;
    write_people(&work, id, &people).await?;
    store::save(work.tx(), contract, call.at).await?;
    let detail = json!({ "from": before, "to": people });
    leave(&mut work, id, "customer.contract.people", detail);
    if let Some(row) = store::renewal_of(work.tx(), id).await? {
        tell(
            &mut work,
            RENEWAL_CHANGED,
            row.id,
            "customer.contract.people",
        );
    }
    work.commit().await?;
    Ok(id)
}
