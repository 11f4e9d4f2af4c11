//! What a session brought, in the schema.

use async_graphql::{Object, SimpleObject};

use super::enums::TrainingEffectVerdict;
use crate::graphql::{Date, Decimal};
use crate::training::needs::actions::Measured;
use crate::training::needs::rules::effect::{Effect, Group};

/// The figures of some people before and after. 对比组
#[derive(SimpleObject)]
pub struct TrainingEffectGroup {
    /// How many have figures of cases enough on both sides. 人数
    people: i32,
    /// The mean of their figures before. 培训前均值
    before: Decimal,
    /// The mean of their figures after. 培训后均值
    after: Decimal,
}

impl From<Group> for TrainingEffectGroup {
    fn from(group: Group) -> Self {
        Self {
            people: i32::try_from(group.people).unwrap_or(i32::MAX),
            before: group.before.into(),
            after: group.after.into(),
        }
    }
}

/// What a session brought: how those who attended changed, less how colleagues of the same teams who didn't changed in the same
/// time. 培训效果
pub struct TrainingEffect(pub Measured);

/// What a session brought: how those who attended changed, less how colleagues of the same teams who didn't changed in the same
/// time. 培训效果
#[Object]
impl TrainingEffect {
    /// The first day before that counts. 对比开始日期
    async fn before_from(&self) -> Date {
        self.0.before.from.into()
    }

    /// The day of the session: the first one that doesn't count before. 培训日期
    async fn before_to(&self) -> Date {
        self.0.before.to.into()
    }

    /// The first day after it. 培训后开始日期
    async fn after_from(&self) -> Date {
        self.0.after.from.into()
    }

    /// The first day that doesn't count any more. 对比结束日期（不含）
    async fn after_to(&self) -> Date {
        self.0.after.to.into()
    }

    /// Can it be said? 评估结论
    async fn verdict(&self) -> TrainingEffectVerdict {
        self.0.effect.into()
    }

    /// The fewest people on each side for anything to be said. 最小人数
    async fn least_people(&self) -> i32 {
        i32::try_from(self.0.least_people).unwrap_or(i32::MAX)
    }

    /// The fewest cases of a member on each side. 每人最少案例数
    async fn least_cases(&self) -> i64 {
        self.0.least_cases
    }

    /// How many who attended have figures of cases enough. 参训有效人数
    async fn attended_people(&self) -> Option<i32> {
        let people = match self.0.effect {
            Effect::TooEarly => return None,
            Effect::TooFew { attended, .. } => attended,
            Effect::Measured { attended, .. } => attended.people,
        };
        i32::try_from(people).ok()
    }

    /// How many who didn't have figures of cases enough. 对照有效人数
    async fn other_people(&self) -> Option<i32> {
        let people = match self.0.effect {
            Effect::TooEarly => return None,
            Effect::TooFew { others, .. } => others,
            Effect::Measured { others, .. } => others.people,
        };
        i32::try_from(people).ok()
    }

    /// Those who attended; null when it can't be said. 参训组
    async fn attended(&self) -> Option<TrainingEffectGroup> {
        match self.0.effect {
            Effect::Measured { attended, .. } => Some(attended.into()),
            _ => None,
        }
    }

    /// Those who didn't; null when it can't be said. 对照组
    async fn others(&self) -> Option<TrainingEffectGroup> {
        match self.0.effect {
            Effect::Measured { others, .. } => Some(others.into()),
            _ => None,
        }
    }

    /// The change of those who attended, less that of the others; null when it can't be said. 双重差分
    async fn difference(&self) -> Option<Decimal> {
        match self.0.effect {
            Effect::Measured { difference, .. } => Some(difference.into()),
            _ => None,
        }
    }

    /// Is that good, by the direction of the metric? Null when it is nought or can't be said. 是否改善
    async fn better(&self) -> Option<bool> {
        match self.0.effect {
            Effect::Measured { better, .. } => better,
            _ => None,
        }
    }
}
