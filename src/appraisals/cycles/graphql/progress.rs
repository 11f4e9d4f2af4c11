//! How far a cycle is, in the schema.

use async_graphql::{Context, Object, Result};
use entity::{appraisal, member};
use uuid::Uuid;

use super::loaders::BlockedOf;
use crate::appraisals::cycles::store::{Blocked, Progress};
use crate::error::ApiError;
use crate::graphql::children::shared;
use crate::graphql::errors::{OnField, from_api};
use crate::graphql::{Ask, Id};
use crate::organisation::graphql::Member;

/// The most appraisals that are named at once.
const MOST: usize = 100;

/// How far the appraisals of a cycle are. Feedback isn't in it: it would tell who has given some. 考核进度
pub struct AppraisalProgress {
    /// The cycle.
    pub cycle: Uuid,
    /// The counts.
    pub progress: Progress,
}

/// How far the appraisals of a cycle are. Feedback isn't in it: it would tell who has given some. 考核进度
#[Object]
impl AppraisalProgress {
    /// All of them. 参评人数
    async fn appraisals(&self) -> i64 {
        self.progress.appraisals
    }

    /// Those that have a reviewer. 已指定评价人
    async fn reviewers(&self) -> i64 {
        self.progress.reviewers
    }

    /// Self-assessments that are in. 已自评
    async fn self_assessments(&self) -> i64 {
        self.progress.self_assessments
    }

    /// Reviews that are in. 已评价
    async fn reviews(&self) -> i64 {
        self.progress.reviews
    }

    /// Results that are computed, without your own. 已出结果（不含本人）
    async fn results(&self) -> i64 {
        self.progress.results
    }

    /// Appraisals whose results wait for something, without your own. 待处理数（不含本人）
    async fn blocked_count(&self) -> i64 {
        self.progress.blocked
    }

    /// Those appraisals, with the reasons; without your own. 待处理项
    async fn blocked(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most, 1 to 100. 条数", default = 20)] first: usize,
    ) -> Result<Vec<AppraisalBlocked>> {
        let call = ctx.call();
        if !(1..=MOST).contains(&first) {
            let error = ApiError::bad_input(
                "first",
                format!("{first} is not between 1 and {MOST}"),
                format!("{first} 不在 1 到 {MOST} 之间"),
            );
            return Err(from_api(call, &error));
        }
        let found = ctx.loads().load_one(BlockedOf(self.cycle)).await;
        let found = found.map_err(shared).on_field(call)?.unwrap_or_default();
        let some = found.into_iter().take(first);
        Ok(some.map(AppraisalBlocked).collect())
    }

    /// Members who took note, without you. 已确认（不含本人）
    async fn acknowledged(&self) -> i64 {
        self.progress.acknowledged
    }
}

/// An appraisal whose result waits for something. 待处理考核
pub struct AppraisalBlocked(pub Blocked);

/// An appraisal whose result waits for something. 待处理考核
#[Object]
impl AppraisalBlocked {
    /// The id of the appraisal. 考核标识
    async fn appraisal_id(&self) -> Id<appraisal::Entity> {
        Id::new(self.0.appraisal)
    }

    /// Its version, to name as `expectedVersion`. 版本号
    async fn appraisal_version(&self) -> i32 {
        self.0.version
    }

    /// Whose it is; null when the member is out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.0.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// For what it waits, in English and Chinese. 原因
    async fn reasons(&self) -> &str {
        &self.0.reasons
    }
}
