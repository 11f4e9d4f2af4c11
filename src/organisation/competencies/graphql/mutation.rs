//! Keeping competencies and profiles, and assessing.

use async_graphql::{Context, InputObject, Object, Result};
use entity::{competency, competency_assessment, member, position};

use super::types::{Competency, CompetencyAssessment};
use crate::graphql::{Ask, Date, Id};
use crate::mutation_payload;
use crate::organisation::competencies::actions::{self, Named, Want};
use crate::organisation::graphql::{Position, show};

/// A competency to add. 新增能力项
#[derive(InputObject)]
pub struct CompetencyCreateInput {
    /// Short code, unique; 1 to 20 letters, digits, `-` and `_`. 编码
    code: String,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// What is meant, in English, 1 to 1,000 characters. 英文含义
    meaning: String,
    /// What is meant, in Chinese, 1 to 1,000 characters. 中文含义
    meaning_zh: String,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

/// A competency with its new words. 修改能力项
#[derive(InputObject)]
pub struct CompetencyUpdateInput {
    /// Which one. 能力项
    id: Id<competency::Entity>,
    /// Its version as you saw it. 期望版本
    expected_version: i32,
    /// Name in English, 1 to 100 characters. 英文名称
    name: String,
    /// Name in Chinese, 1 to 100 characters. 中文名称
    name_zh: String,
    /// What is meant, in English, 1 to 1,000 characters. 英文含义
    meaning: String,
    /// What is meant, in Chinese, 1 to 1,000 characters. 中文含义
    meaning_zh: String,
    /// May it be wanted and assessed from now on? Profiles that want a retired one go on wanting it. 是否在用
    active: bool,
}

/// How much of a competency is wanted. 能力要求
#[derive(InputObject)]
pub struct CompetencyWantInput {
    /// The competency, one in use. 能力项
    competency_id: Id<competency::Entity>,
    /// The level, 1 to 5. 要求等级
    level: i32,
}

/// What a position wants of whoever holds it, from a day on. 设定能力模型
#[derive(InputObject)]
pub struct CompetencyProfileSetInput {
    /// The position. 岗位
    id: Id<position::Entity>,
    /// The version of the position as you saw it. 期望版本
    expected_version: i32,
    /// What is wanted, 1 to 20 competencies. 能力要求
    wants: Vec<CompetencyWantInput>,
    /// First day; today or later, after all other profiles of the position. 生效日期
    valid_from: Date,
    /// Why, at most 1,000 characters. 修订说明
    note: Option<String>,
}

/// What was found of a member. 评估成员能力
#[derive(InputObject)]
pub struct CompetencyAssessInput {
    /// Who; never yourself. 成员
    member_id: Id<member::Entity>,
    /// The competency, one in use. 能力项
    competency_id: Id<competency::Entity>,
    /// The level that was found, 1 to 5. 等级
    level: i32,
    /// What it was seen by, 1 to 4,000 characters. The member reads it. 评估依据（成员可见）
    evidence: String,
    /// The day from which on it holds: today when absent, or up to 366 days before. 评估日期（默认今天）
    on: Option<Date>,
    /// A repetition with the same key and input within 24 hours does nothing and answers the same. 幂等键
    idempotency_key: Option<String>,
}

mutation_payload!(
    CompetencyCreatePayload,
    competency: Competency,
    "The competency; null when nothing was changed. 能力项"
);
mutation_payload!(
    CompetencyUpdatePayload,
    competency: Competency,
    "The competency; null when nothing was changed. 能力项"
);
mutation_payload!(
    CompetencyProfileSetPayload,
    position: Position,
    "The position; null when nothing was changed. 岗位"
);
mutation_payload!(
    CompetencyAssessPayload,
    assessment: CompetencyAssessment,
    "The assessment, if you may read it; null when nothing was changed. 能力评估"
);

/// The mutations of competencies.
#[derive(Default)]
pub struct CompetencyMutation;

/// The mutations of competencies.
#[Object]
impl CompetencyMutation {
    /// Adds a competency to the catalogue. 新增能力项
    async fn competency_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The competency. 能力项")] input: CompetencyCreateInput,
    ) -> Result<Option<CompetencyCreatePayload>> {
        let order = actions::CompetencyCreate {
            code: input.code,
            named: Named {
                name: input.name,
                name_zh: input.name_zh,
                meaning: input.meaning,
                meaning_zh: input.meaning_zh,
            },
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::competency_create(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, competency as Competency)
    }

    /// Changes the words of a competency, retires it or takes it into use again. 修改能力项
    async fn competency_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and its new words. 能力项及新内容")]
        input: CompetencyUpdateInput,
    ) -> Result<Option<CompetencyUpdatePayload>> {
        let order = actions::CompetencyUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            named: Named {
                name: input.name,
                name_zh: input.name_zh,
                meaning: input.meaning,
                meaning_zh: input.meaning_zh,
            },
            active: input.active,
        };
        let result = actions::competency_update(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, competency as Competency)
    }

    /// Writes the next profile of a position: how much of which competencies it wants. 设定能力模型
    async fn competency_profile_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which position, and what it wants. 岗位及能力要求")]
        input: CompetencyProfileSetInput,
    ) -> Result<Option<CompetencyProfileSetPayload>> {
        let order = actions::ProfileSet {
            id: input.id.uuid,
            expected_version: input.expected_version,
            wants: input
                .wants
                .into_iter()
                .map(|want| Want {
                    competency_id: want.competency_id.uuid,
                    level: want.level,
                })
                .collect(),
            valid_from: input.valid_from.0,
            note: input.note,
        };
        let result = actions::profile_set(ctx.app(), ctx.call(), &order).await;
        show!(ctx, result, position as Position)
    }

    /// Says how much of a competency a member within your reach was found to have, and by what. A later one counts instead. 评估成员能力
    async fn competency_assess(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, what, how much, and by what. 成员、能力项、等级及依据")]
        input: CompetencyAssessInput,
    ) -> Result<Option<CompetencyAssessPayload>> {
        let order = actions::Assess {
            member_id: input.member_id.uuid,
            competency_id: input.competency_id.uuid,
            level: input.level,
            evidence: input.evidence,
            on: input.on.map(|day| day.0),
        };
        let key = input.idempotency_key.as_deref();
        let result = actions::assess(ctx.app(), ctx.call(), &order, key).await;
        show!(ctx, result, competency_assessment as CompetencyAssessment)
    }
}
