//! A record behind a figure is disputed: the figure waits until somebody who isn't involved has decided (数据异议).

use entity::enums::AppraisalDisputeState;
use entity::{appraisal, appraisal_cycle, appraisal_dispute};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{BODY, Step, never_oneself, only_the_member, to_work_on, trace};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::appraisals::gather::{metrics_of, snapshot_of};
use crate::appraisals::rules::stages::Deed;
use crate::appraisals::store;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::metrics::figures::{Metric, Part, Records};
use crate::metrics::rules::period::Period;
use crate::metrics::{self, snapshots};
use crate::work::{Once, Work, expect_version};

/// A record to dispute.
#[derive(Clone, Debug, Serialize)]
pub struct Dispute {
    /// The appraisal.
    pub appraisal_id: Uuid,
    /// The key of the metric whose figure it is behind.
    pub metric_key: String,
    /// What kind of record it is: what stands before the underscore of its id.
    pub record_kind: String,
    /// The record.
    pub record_id: Uuid,
    /// What is wrong with it.
    pub grounds: String,
}

/// The member disputes a record, and the appraisal's id is returned.
///
/// # Errors
/// User errors about the values, the stage and who does it; refusals of permission and reach.
pub async fn dispute(
    app: &App,
    call: &Call,
    input: &Dispute,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let permission = Permission::AppraisalWrite;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = (idempotency_key, "appraisalDispute");
    if let Once::Repeated(id) = work.once(key.0, key.1, input).await? {
        return Ok(id);
    }
    let (row, cycle) = to_work_on(&work, permission, input.appraisal_id, Deed::Dispute).await?;
    only_the_member(call, &row)?;
    let mut checks = Checks::default();
    let grounds = checks.body("input.grounds", &input.grounds, BODY);
    let contents = store::content_of(work.tx(), [row.version_id].into()).await?;
    let keys = contents.get(&row.version_id).map(metrics_of);
    let asked = keys.is_some_and(|keys| keys.contains(&input.metric_key));
    checks.ensure(asked, UserErrorCode::NotFound, "input.metricKey", || {
        Text::new(
            "The template doesn't ask for this metric; see `appraisal { figures }`.",
            "模板未使用该指标，请查看 appraisal { figures }。",
        )
    });
    if asked {
        let behind = is_behind(app, &work, &row, &cycle, input).await?;
        checks.ensure(behind, UserErrorCode::NotFound, "input.recordId", || {
            Text::new(
                "Your figure doesn't stand on this record; see `metric { groups { figure { records } } }`.",
                "该指标数据不是依据此记录计算的，请查看 metric { groups { figure { records } } }。",
            )
        });
        let record = (input.metric_key.as_str(), input.record_id);
        checks.ensure(
            !store::is_disputed(work.tx(), row.id, record).await?,
            UserErrorCode::Taken,
            "input.recordId",
            || {
                Text::new(
                    "A dispute about this record waits for a decision already.",
                    "该记录已有待处理的异议。",
                )
            },
        );
    }
    checks.done()?;
    let dispute = appraisal_dispute::Model {
        id: new_id(call.at),
        appraisal_id: row.id,
        metric_key: input.metric_key.clone(),
        record_table: input.record_kind.clone(),
        record_id: input.record_id,
        grounds,
        state: AppraisalDisputeState::Open,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        decision: None,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let detail = json!({ "dispute": dispute.id });
    store::insert(work.tx(), dispute).await?;
    trace(&mut work, row.id, "appraisal.dispute", detail);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row.id)
}

/// Does the member's figure stand on the record, as it was frozen or as it is now?
async fn is_behind(
    app: &App,
    work: &Work<'_>,
    row: &appraisal::Model,
    cycle: &appraisal_cycle::Model,
    input: &Dispute,
) -> Result<bool> {
    let at = match snapshot_of(row, cycle) {
        Some(id) => {
            let frozen = snapshots::frozen(work.tx(), id).await?;
            metrics::rules::at::At::Frozen(frozen.into())
        }
        None => metrics::rules::at::At::Now,
    };
    let sources = &app.counter.sources;
    let Some(metric) = Metric::find_at(work.tx(), sources, &input.metric_key, &at).await? else {
        return Ok(false);
    };
    let records = Records {
        period: Period {
            from: cycle.from_day,
            to: cycle.until_day,
        },
        part: Part {
            members: vec![row.member_id],
            ..Part::default()
        },
        group: None,
        of: None,
        at,
    };
    let record = (input.record_kind.as_str(), input.record_id);
    records.has(work.tx(), &metric, record).await
}

/// A decision about a dispute.
#[derive(Clone, Debug)]
pub struct DisputeDecide {
    /// The dispute.
    pub step: Step,
    /// Is the record wrong?
    pub uphold: bool,
    /// Why.
    pub decision: String,
}

/// Decides about a dispute and returns the appraisal's id. Neither the member nor the reviewer does.
///
/// # Errors
/// User errors about the values, the stage and who does it; refusals of permission and version.
pub async fn dispute_decide(app: &App, call: &Call, input: &DisputeDecide) -> Result<Uuid> {
    let permission = Permission::AppraisalAppealDecide;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let (viewer, id) = (&call.viewer, input.step.id);
    let seen = find::<appraisal_dispute::Entity>(work.tx(), viewer, permission, id).await?;
    let about = seen.ok_or_else(ApiError::not_found)?.appraisal_id;
    // The appraisal first, as everywhere: two who lock both in turn never wait for each other.
    let (row, _) = to_work_on(&work, permission, about, Deed::Dispute).await?;
    let dispute = to_change::<appraisal_dispute::Entity>(work.tx(), viewer, permission, id).await?;
    never_oneself(call, &row)?;
    not_the_reviewer(call, &row)?;
    expect_version(dispute.version, input.step.expected_version)?;
    let mut checks = Checks::default();
    let decision = checks.body("input.decision", &input.decision, BODY);
    checks.ensure(
        dispute.state == AppraisalDisputeState::Open,
        UserErrorCode::WrongState,
        "input.id",
        || Text::new("This dispute is decided already.", "该异议已处理。"),
    );
    checks.done()?;
    let state = if input.uphold {
        AppraisalDisputeState::Upheld
    } else {
        AppraisalDisputeState::Rejected
    };
    let dispute = appraisal_dispute::Model {
        state,
        decided_by: call.viewer.actor.id,
        decided_by_name: Some(call.viewer.actor.name.clone()),
        decided_at: Some(call.at),
        decision: Some(decision),
        ..dispute
    };
    store::save(work.tx(), dispute, call.at).await?;
    let detail = json!({ "dispute": id, "state": state });
    trace(&mut work, row.id, "appraisal.dispute_decide", detail);
    work.commit().await?;
    Ok(row.id)
}

fn not_the_reviewer(call: &Call, row: &appraisal::Model) -> Result<()> {
    let me = call.viewer.standing.member_id;
    if me.is_none() || me != row.reviewer_id {
        return Ok(());
    }
    let text = Text::new(
        "The reviewer doesn't decide about what they judge by; ask a colleague who may.",
        "评价人不能裁定本人评价所依据的数据，请由其他有权限的同事处理。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}
