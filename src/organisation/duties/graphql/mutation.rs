//! Founding, describing and closing positions.

use async_graphql::{Context, InputObject, Object, Result};
use entity::position;

use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::duties::actions::{self, Written};
use crate::organisation::graphql::{JobFamily, Position, show};

/// What is expected of whoever holds a position; each text has 1 to 4,000 characters. 岗位说明
#[derive(InputObject)]
pub struct PositionTextInput {
    /// What the holder does, in English. 职责（英文）
    duties: String,
    /// What the holder does, in Chinese. 岗位职责
    duties_zh: String,
    /// What the holder is to reach, in English. 目标（英文）
    goals: String,
    /// What the holder is to reach, in Chinese. 工作目标
    goals_zh: String,
    /// How good work is told, in English. 标准（英文）
    standards: String,
    /// How good work is told, in Chinese. 绩效标准
    standards_zh: String,
}

impl From<PositionTextInput> for Written {
    fn from(input: PositionTextInput) -> Self {
        Self {
            duties: input.duties,
            duties_zh: input.duties_zh,
            goals: input.goals,
            goals_zh: input.goals_zh,
            standards: input.standards,
            standards_zh: input.standards_zh,
        }
    }
}

/// A position to found. 新设岗位
#[derive(InputObject)]
pub struct PositionCreateInput {
    /// Short code, unique; 1 to 20 letters, digits, `-` and `_`. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// The family it belongs to. 岗位族
    family: JobFamily,
    /// What is expected. 岗位说明
    text: PositionTextInput,
    /// First day; today or later. 生效日期
    valid_from: Date,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// What is expected of a position from a day on. 修订岗位说明
#[derive(InputObject)]
pub struct PositionDescribeInput {
    /// Which position. 岗位
    id: Id<position::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// What is expected. 岗位说明
    text: PositionTextInput,
    /// First day; today or later, after all other versions. 生效日期
    valid_from: Date,
    /// Why it is written anew, at most 4,000 characters. 修订说明
    note: Option<String>,
}

/// A position to close. 撤销岗位
#[derive(InputObject)]
pub struct PositionCloseInput {
    /// Which one. 岗位
    id: Id<position::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// First day on which it no longer exists; today or later. 撤销日期
    on: Date,
}

mutation_payload!(
    PositionCreatePayload,
    position: Position,
    "The position; null when nothing was changed. 岗位"
);
mutation_payload!(
    PositionDescribePayload,
    position: Position,
    "The position; null when nothing was changed. 岗位"
);
mutation_payload!(
    PositionClosePayload,
    position: Position,
    "The position; null when nothing was changed. 岗位"
);

/// The mutations of positions.
#[derive(Default)]
pub struct DutyMutation;

/// The mutations of positions.
#[Object]
impl DutyMutation {
    /// Founds a position with what is expected of whoever holds it. 新设岗位
    async fn position_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The position. 岗位")] input: PositionCreateInput,
    ) -> Result<Option<PositionCreatePayload>> {
        let order = actions::PositionCreate {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh,
            family: input.family.into(),
            written: input.text.into(),
            valid_from: input.valid_from.0,
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::position_create(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, position as Position)
    }

    /// Writes the next version of what is expected of whoever holds a position. 修订岗位说明
    async fn position_describe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which position, and what is expected. 岗位及说明")]
        input: PositionDescribeInput,
    ) -> Result<Option<PositionDescribePayload>> {
        let order = actions::PositionDescribe {
            id: input.id.uuid,
            expected_version: input.expected_version,
            written: input.text.into(),
            valid_from: input.valid_from.0,
            note: input.note,
        };
        let result = actions::position_describe(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, position as Position)
    }

    /// Closes a position from a day on, when nobody holds it on that day or later. 撤销岗位
    async fn position_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one and when. 岗位及日期")] input: PositionCloseInput,
    ) -> Result<Option<PositionClosePayload>> {
        let order = actions::PositionClose {
            id: input.id.uuid,
            expected_version: input.expected_version,
            on: input.on.0,
        };
        let result = actions::position_close(ctx.app(), ctx.call(), order).await;
        show!(ctx, result, position as Position)
    }
}
