//! The enums of calibration as clients see them.

use async_graphql::Enum;

use crate::appraisals::calibration::actions::By;
use crate::appraisals::calibration::store;
use crate::appraisals::rules::calibration::{Finding, Tenure};

/// What results are compared by. 对比维度
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "By")]
pub enum AppraisalHintBy {
    /// Who judged. 评价人
    Reviewer,
    /// In which team. 团队
    Team,
    /// For how long here. 司龄
    Tenure,
}

/// How long a member has been here. 司龄
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Tenure")]
pub enum AppraisalTenure {
    /// Less than a year. 不满一年
    FirstYear,
    /// One to three years. 一至三年
    OneToThree,
    /// Three years or more. 三年及以上
    Longer,
}

/// What is said of a group of results. 提示结论
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AppraisalFinding {
    /// Fewer than five results on either side: nothing is said. 样本不足，不作判断
    TooFew,
    /// Not far from the others. 无明显差异
    Even,
    /// Clearly higher than the others. 明显偏高
    Higher,
    /// Clearly lower than the others. 明显偏低
    Lower,
}

impl From<Finding> for AppraisalFinding {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::TooFew => Self::TooFew,
            Finding::Even => Self::Even,
            Finding::Higher(_) => Self::Higher,
            Finding::Lower(_) => Self::Lower,
        }
    }
}

/// How sessions are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::SessionOrder")]
pub enum AppraisalCalibrationOrder {
    /// The latest first. 最新召开
    #[default]
    CreatedAtDesc,
    /// The earliest first. 最早召开
    CreatedAtAsc,
}
