//! Writing and changing pledges.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{team, team_pledge};

use super::types::Pledge;
use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::graphql::show;
use crate::organisation::pledges::actions::{self, Words};

/// What a team stands for in a period. 填写团队口号与目标
#[derive(InputObject)]
pub struct PledgeWriteInput {
    /// The team. 团队
    team_id: Id<team::Entity>,
    /// The first day of the period. 开始日期
    from: Date,
    /// The first day after it; at most 366 days later. 结束日期（不含）
    until: Date,
    /// The slogan, 1 to 200 characters. 口号
    slogan: String,
    /// What we do, 1 to 2,000 characters. 做什么
    does: String,
    /// What we finish, 1 to 2,000 characters. 完成什么
    finishes: String,
    /// What we get, 1 to 2,000 characters. 得到什么
    gets: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// The new words of what a team stands for. 修改团队口号与目标
#[derive(InputObject)]
pub struct PledgeUpdateInput {
    /// Which one. 标识
    id: Id<team_pledge::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// The slogan, 1 to 200 characters. 口号
    slogan: String,
    /// What we do, 1 to 2,000 characters. 做什么
    does: String,
    /// What we finish, 1 to 2,000 characters. 完成什么
    finishes: String,
    /// What we get, 1 to 2,000 characters. 得到什么
    gets: String,
}

mutation_payload!(
    PledgeWritePayload,
    pledge: Pledge,
    "The slogan and goals; null when nothing was changed. 团队口号与目标"
);
mutation_payload!(
    PledgeUpdatePayload,
    pledge: Pledge,
    "The slogan and goals; null when nothing was changed. 团队口号与目标"
);

/// The mutations of pledges.
#[derive(Default)]
pub struct PledgeMutation;

/// The mutations of pledges.
#[Object]
impl PledgeMutation {
    /// Writes the slogan and goals of a team within your reach for a period. 填写团队口号与目标
    async fn pledge_write(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The team, the period and the words. 团队、周期及内容")]
        input: PledgeWriteInput,
    ) -> Result<Option<PledgeWritePayload>> {
        let order = actions::PledgeWrite {
            team_id: input.team_id.uuid,
            from: input.from.0,
            until: input.until.0,
            words: Words {
                slogan: input.slogan,
                does: input.does,
                finishes: input.finishes,
                gets: input.gets,
            },
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::pledge_write(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, team_pledge as Pledge)
    }

    /// Changes the slogan and goals of a period that isn't over. 修改团队口号与目标
    async fn pledge_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and the new words. 标识及新内容")] input: PledgeUpdateInput,
    ) -> Result<Option<PledgeUpdatePayload>> {
        let order = actions::PledgeUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            words: Words {
                slogan: input.slogan,
                does: input.does,
                finishes: input.finishes,
                gets: input.gets,
            },
        };
        let result = actions::pledge_update(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, team_pledge as Pledge)
    }
}
