//! Which tickets need which skills, as clients see it.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{dispatch_requirement, product, skill};

use crate::customers::graphql::Product;
use crate::error;
use crate::graphql::errors::OnField;
use crate::graphql::filters::IdFilter;
use crate::graphql::{Ask, DateTime, Id};
use crate::organisation::workforce::graphql::Skill;
use crate::tickets::dispatch::store::{RequirementFilter, RequirementOrder};
use crate::tickets::graphql::{TicketKind, TicketKindFilter};

/// Tickets of this kind and about this product need this skill. 派单技能要求
pub struct DispatchRequirement(pub dispatch_requirement::Model);

/// Tickets of this kind and about this product need this skill. 派单技能要求
#[Object]
impl DispatchRequirement {
    /// The requirement's id, `requirement_...`. 要求 ID
    async fn id(&self) -> Id<dispatch_requirement::Entity> {
        Id::new(self.0.id)
    }

    /// The kind of ticket; null for all. 工单类型
    async fn kind(&self) -> Option<TicketKind> {
        self.0.kind.map(Into::into)
    }

    /// The product; null for all (see `forAllProducts`) or when out of your reach. 产品
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        let Some(id) = self.0.product_id else {
            return Ok(None);
        };
        Ok(ctx
            .row::<product::Entity>(id)
            .await
            .on_field(ctx.call())?
            .map(Product))
    }

    /// Does it hold whatever the product? 是否适用于全部产品
    async fn for_all_products(&self) -> bool {
        self.0.product_id.is_none()
    }

    /// The skill. 技能
    async fn skill(&self, ctx: &Context<'_>) -> Result<Option<Skill>> {
        Ok(ctx
            .row::<skill::Entity>(self.0.skill_id)
            .await
            .on_field(ctx.call())?
            .map(Skill))
    }

    /// The least level, 1 to 5. 最低等级
    async fn min_level(&self) -> i32 {
        self.0.min_level
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// Which requirements to list. Everything given must hold. 技能要求筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct DispatchRequirementFilter {
    /// The kind of ticket. 工单类型
    kind: Option<TicketKindFilter>,
    /// The product. 产品
    product_id: Option<IdFilter>,
    /// The skill. 技能
    skill_id: Option<IdFilter>,
}

impl DispatchRequirementFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> error::Result<RequirementFilter> {
        Ok(RequirementFilter {
            kind: self.kind.map(Into::into),
            product_id: self
                .product_id
                .map(|ids| ids.of::<product::Entity>("filter.productId"))
                .transpose()?,
            skill_id: self
                .skill_id
                .map(|ids| ids.of::<skill::Entity>("filter.skillId"))
                .transpose()?,
        })
    }
}

/// In which order requirements are listed; ties are broken by id. 排序方式
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DispatchRequirementOrder {
    /// By kind, then by product; those for all of them last. 按工单类型
    KindAsc,
    /// Newest first. 最新创建
    CreatedAtDesc,
}

impl From<DispatchRequirementOrder> for RequirementOrder {
    fn from(order: DispatchRequirementOrder) -> Self {
        match order {
            DispatchRequirementOrder::KindAsc => Self::Kind,
            DispatchRequirementOrder::CreatedAtDesc => Self::Newest,
        }
    }
}
