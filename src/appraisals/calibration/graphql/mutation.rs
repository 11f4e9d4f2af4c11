//! Opening a session, changing results in it, closing it.

use async_graphql::{Context, Object, Result};
use entity::appraisal_calibration;
use uuid::Uuid;

use super::inputs::{
    AppraisalCalibrateInput, AppraisalCalibrationCloseInput, AppraisalCalibrationOpenInput,
};
use super::types::{AppraisalCalibration, AppraisalCalibrationResult};
use crate::access::{Permission, find};
use crate::appraisals::calibration::actions;
use crate::error;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;

mutation_payload!(AppraisalCalibrationOpenPayload, calibration: AppraisalCalibration, "The session; null when nothing was changed. 校准会");
mutation_payload!(AppraisalCalibrationClosePayload, calibration: AppraisalCalibration, "The session; null when nothing was changed. 校准会");
mutation_payload!(AppraisalCalibratePayload, result: AppraisalCalibrationResult, "The result as it holds from now on; null when nothing was changed. 调整后的结果");

/// The mutations of calibration.
#[derive(Default)]
pub struct CalibrationMutation;

/// What a mutation shows of the session that it left.
async fn shown(
    ctx: &Context<'_>,
    done: error::Result<Uuid>,
) -> Result<Outcome<AppraisalCalibration>> {
    let (app, call) = (ctx.app(), ctx.call());
    let row = match done {
        Ok(id) => {
            let permission = Permission::AppraisalCalibrate;
            let db = app.db.reader();
            find::<appraisal_calibration::Entity>(db, &call.viewer, permission, id).await
        }
        Err(error) => Err(error),
    };
    let outcome = Outcome::from_result(call, row)?;
    Ok(Outcome {
        value: outcome.value.flatten().map(AppraisalCalibration),
        user_errors: outcome.user_errors,
    })
}

/// The mutations of calibration.
#[Object]
impl CalibrationMutation {
    /// Opens a session over the results of a cycle in calibration, or over a part of them. 召开校准会
    async fn appraisal_calibration_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session. 校准会")] input: AppraisalCalibrationOpenInput,
    ) -> Result<Option<AppraisalCalibrationOpenPayload>> {
        let key = input.idempotency_key.clone();
        let done = actions::open(ctx.app(), ctx.call(), &input.plain(), key.as_deref()).await;
        Ok(Some(shown(ctx, done).await?.into()))
    }

    /// Changes a result of the session's group, with a reason; never your own. The result before stays. 校准调整（不能调整本人）
    async fn appraisal_calibrate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which result, and what becomes of it. 结果及调整")]
        input: AppraisalCalibrateInput,
    ) -> Result<Option<AppraisalCalibratePayload>> {
        let (app, call) = (ctx.app(), ctx.call());
        let session = input.calibration_id.uuid;
        let row = match actions::calibrate(app, call, &input.plain()).await {
            Ok(id) => actions::stand(&app.db, call, session, id).await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        let outcome = Outcome {
            value: outcome.value.flatten().map(AppraisalCalibrationResult),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }

    /// Closes a session with its conclusion. 结束校准会
    async fn appraisal_calibration_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what came of it. 校准会及结论")]
        input: AppraisalCalibrationCloseInput,
    ) -> Result<Option<AppraisalCalibrationClosePayload>> {
        let done = actions::close(ctx.app(), ctx.call(), &input.plain()).await;
        Ok(Some(shown(ctx, done).await?.into()))
    }
}
