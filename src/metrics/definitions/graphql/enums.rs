//! What definitions choose from, as clients see it.

use async_graphql::Enum;

/// What a figure is. 单位
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::metrics::rules::definition::Unit")]
pub enum MetricUnit {
    /// A number of things; parts of things where credit is shared. 数量
    Count,
    /// Hundredths of a whole. 百分比
    Percent,
    /// Seconds. 秒
    Seconds,
    /// Points of a rating. 评分
    Points,
    /// Minor units of the company's currency, such as fen. 金额（公司币种的最小单位，如分）
    Money,
    /// Anything else. 数值
    Number,
}

/// Whether more is better. 方向
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::metrics::rules::definition::Direction")]
pub enum MetricDirection {
    /// More is better. 越高越好
    Up,
    /// Less is better. 越低越好
    Down,
    /// Neither: it only describes. 仅描述
    Neutral,
}

/// What is made of the facts. 汇总方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::metrics::rules::definition::Aggregate")]
pub enum MetricAggregate {
    /// How many there are. 计数
    Count,
    /// The sum of the measure. 合计
    Sum,
    /// The mean of the measure. 平均
    Mean,
    /// How many of a hundred are a yes. 比率
    Rate,
}

/// What a fact without the measure means. 缺失值处理
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::metrics::rules::definition::Missing")]
pub enum MetricMissing {
    /// It is left out. 不计入
    Skip,
    /// It counts as nought. 计为零
    Zero,
}

/// To whom a fact is attributed. Teams and departments have it where that member had the home on that day. 归属方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::Attribution")]
pub enum MetricAttribution {
    /// To nobody: to the team that the record has. 记录所在团队
    Record,
    /// To the member who answers for the record. 首问责任人
    Owner,
    /// To everybody who worked on it, by recorded shares. 按计分份额
    Shares,
}

/// What a measure counts. 度量单位
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "crate::metrics::facts::MeasureUnit")]
pub enum MetricMeasureUnit {
    /// Seconds. 秒
    Seconds,
    /// One for yes, nought for no. 是或否
    YesNo,
    /// Points of a rating. 评分
    Points,
    /// Minor units of the company's currency, such as fen. 金额（公司币种的最小单位，如分）
    Money,
    /// A number of things. 数量
    Count,
}
