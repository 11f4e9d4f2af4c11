//! What people are awarded for the last month: HR has it worked out, the service manager sends it back, and at the very end approves
//! it. There is one run at a time, whatever befalls the server meanwhile.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::person::Person;

/// The last month that was run at all, and the runs that may still come to something or have.
const RUNS: &str = "{
    last: incentiveRuns(first: 1, orderBy: FROM_DAY_DESC) { nodes { fromDay } }
    runs: incentiveRuns(first: 10, orderBy: FROM_DAY_DESC, filter: { state: { in: [QUEUED, EVALUATING, SETTLING, CALCULATED, APPROVED] } }) {
        nodes { id fromDay state version bookedAt }
    }
}";
const START: &str = "mutation($input: IncentiveRunStartInput!) { incentiveRunStart(input: $input) { run { id } userErrors { code message } } }";
const REJECT: &str = "mutation($input: IncentiveRunRejectInput!) { incentiveRunReject(input: $input) { run { id version } userErrors { code message } } }";
const APPROVE: &str = "mutation($input: IncentiveRunApproveInput!) { incentiveRunApprove(input: $input) { run { id version } userErrors { code message } } }";

/// The first day of the last month, and its run; none when it was sent back. Nothing when there is no answer.
async fn last_month(person: &mut Person) -> Option<(Value, Option<Value>)> {
    let found = person.ask(RUNS, json!({})).await?;
    let day = found["data"]["last"]["nodes"][0]["fromDay"].clone();
    assert!(day.is_string(), "{}: {found}", person.login);
    let runs = found["data"]["runs"]["nodes"].as_array()?;
    let run = runs.iter().find(|run| run["fromDay"] == day);
    Some((day, run.cloned()))
}

/// HR and the service manager do what there is to do.
pub async fn look_after(person: &mut Person) {
    match person.login {
        "hr.demo" => work_out(person).await,
        "manager.demo" => send_back(person).await,
        _ => {}
    }
}

/// Asks for a run when there is none.
pub async fn work_out(person: &mut Person) {
    let Some((day, None)) = last_month(person).await else {
        return;
    };
    let input = json!({ "period": "MONTH", "from": day, "idempotencyKey": person.word() });
    let made = person.change("incentiveRunStart", START, &input, None, "/run");
    made.await;
}

/// Sends a run back that waits for approval.
pub async fn send_back(person: &mut Person) {
    let Some((_, Some(run))) = last_month(person).await else {
        return;
    };
    if run["state"] != "CALCULATED" {
        return;
    }
    let input = json!({
        "id": run["id"],
        "expectedVersion": run["version"],
        "reason": "Once more, please. 请重新计算",
    });
    let made = person.change("incentiveRunReject", REJECT, &input, None, "/run");
    made.await;
}

/// Approves the run, as soon as there is one that is worked out, and waits until it is booked.
pub async fn pay(manager: &mut Person, hr: &mut Person) {
    loop {
        let run = last_month(manager).await.and_then(|(_, run)| run);
        match run {
            None => work_out(hr).await,
            Some(run) if run["state"] == "CALCULATED" => {
                let input = json!({ "id": run["id"], "expectedVersion": run["version"] });
                let made = manager.change("incentiveRunApprove", APPROVE, &input, None, "/run");
                assert!(made.await.is_some(), "{run} can't be approved");
            }
            Some(run) if run["bookedAt"].is_string() => return,
            Some(_) => sleep(Duration::from_millis(500)).await,
        }
    }
}
