//! What clients hand in for calibration.

use async_graphql::InputObject;
use entity::{
    appraisal, appraisal_calibration, appraisal_cycle, appraisal_template_version, department,
};

use crate::appraisals::actions::common::Step;
use crate::appraisals::calibration::actions::{Calibrate, SessionClose, SessionOpen};
use crate::appraisals::calibration::store;
use crate::error::Result;
use crate::graphql::filters::IdFilter;
use crate::graphql::{Decimal, Id};

/// A session to open. 召开校准会
#[derive(InputObject)]
pub struct AppraisalCalibrationOpenInput {
    /// The cycle, in calibration. 考核周期（校准阶段）
    cycle_id: Id<appraisal_cycle::Entity>,
    /// What it is called, 1 to 200 characters. 名称
    name: String,
    /// Only appraisals of this department; of all when absent. 部门
    department_id: Option<Id<department::Entity>>,
    /// Only appraisals by this version of a template; by all when absent. 模板版本
    version_id: Option<Id<appraisal_template_version::Entity>>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    pub idempotency_key: Option<String>,
}

impl AppraisalCalibrationOpenInput {
    /// The order.
    pub fn plain(self) -> SessionOpen {
        SessionOpen {
            cycle_id: self.cycle_id.uuid,
            name: self.name,
            department_id: self.department_id.map(|id| id.uuid),
            version_id: self.version_id.map(|id| id.uuid),
        }
    }
}

/// A result to change. 校准调整
#[derive(InputObject)]
pub struct AppraisalCalibrateInput {
    /// In which session, one that is open. 校准会
    pub calibration_id: Id<appraisal_calibration::Entity>,
    /// Which appraisal of its group; never your own. 考核
    appraisal_id: Id<appraisal::Entity>,
    /// The appraisal's version as you saw it. 考核的期望版本
    expected_version: i32,
    /// The score from now on: 0 to the cap of the template, with as many decimals as it has. 调整后得分
    score: Decimal,
    /// Why, 1 to 4,000 characters. 原因
    reason: String,
}

impl AppraisalCalibrateInput {
    /// The order.
    pub fn plain(self) -> Calibrate {
        Calibrate {
            calibration_id: self.calibration_id.uuid,
            appraisal: Step {
                id: self.appraisal_id.uuid,
                expected_version: self.expected_version,
            },
            score: self.score.0,
            reason: self.reason,
        }
    }
}

/// A session to close. 结束校准会
#[derive(InputObject)]
pub struct AppraisalCalibrationCloseInput {
    /// Which one. 校准会
    id: Id<appraisal_calibration::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What came of it, 1 to 4,000 characters; name nobody, for whoever it is about may be able to read it. 结论（请勿提及个人）
    conclusion: String,
}

impl AppraisalCalibrationCloseInput {
    /// The order.
    pub fn plain(self) -> SessionClose {
        SessionClose {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            conclusion: self.conclusion,
        }
    }
}

/// Which sessions. All given comparisons must hold. 校准会筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct AppraisalCalibrationFilter {
    /// Of which cycle. 考核周期
    cycle_id: Option<IdFilter>,
    /// Closed (true) or still open (false). 是否已结束
    closed: Option<bool>,
}

impl AppraisalCalibrationFilter {
    /// The filter as plain values.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field when an id is of another type.
    pub fn plain(self) -> Result<store::SessionFilter> {
        Ok(store::SessionFilter {
            cycle_id: self
                .cycle_id
                .map(|ids| ids.of::<appraisal_cycle::Entity>("filter.cycleId"))
                .transpose()?,
            closed: self.closed,
        })
    }
}
