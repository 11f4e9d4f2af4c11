//! Skills and certificates in the schema.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use entity::{certificate, skill};

use super::loaders::HoldersOf;
use crate::error::{ApiError, Error};
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Connection, Date, DateTime, Id, PageArgs};
use crate::organisation::graphql::Member;
use crate::organisation::today;
use crate::organisation::workforce::store::{Holder, SkillsCertificates, Wanted, page_of_holders};

/// Something that members can do. 技能
pub struct Skill(pub skill::Model);

/// Something that members can do. 技能
#[Object]
impl Skill {
    /// Its id. 标识
    pub async fn id(&self) -> Id<skill::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// A group of skills, such as `product` or `communication`. 类别
    async fn category(&self) -> &str {
        &self.0.category
    }

    /// Does it count only while a certificate for it is valid? 是否须持有效证书
    async fn needs_certificate(&self) -> bool {
        self.0.needs_certificate
    }

    /// The certificates that grant it, by code. 对应证书
    async fn certificates(&self, ctx: &Context<'_>) -> Result<Option<Vec<Certificate>>> {
        let rows = rows_of::<SkillsCertificates>(ctx, self.0.id).await;
        let rows = rows.on_field(ctx.call())?;
        Ok(Some(rows.into_iter().map(Certificate).collect()))
    }

    /// Those whom you may see who can do it on a day, the best first. 掌握该技能的成员
    #[expect(
        clippy::too_many_arguments,
        reason = "a connection has four arguments, and this one three of its own"
    )]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
        #[graphql(
            desc = "Only those with at least this level, 1 to 5. 最低等级",
            default = 1
        )]
        min_level: i32,
        #[graphql(
            desc = "Instead, those who would be better if no certificate of theirs had run out or been taken away, by the level that they would have. 仅看证书失效者",
            default
        )]
        lapsed: bool,
    ) -> Result<Option<Connection<SkillHolder>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let key = HoldersOf {
            skill: self.0.id,
            wanted: Wanted {
                day: on.map_or_else(|| today(call), |day| day.0),
                min_level: level_of(min_level).on_field(call)?,
                lapsed,
            },
        };
        let all = ctx.loads().load_one(key).await.map_err(shared);
        let all: Arc<Vec<Holder>> = all.on_field(call)?.unwrap_or_default();
        let listing = page_of_holders(&all, &page, ctx.selects("totalCount"));
        let listing = listing.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, SkillHolder)))
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

fn level_of(level: i32) -> Result<u8, Error> {
    u8::try_from(level)
        .ok()
        .filter(|level| (1..=5).contains(level))
        .ok_or_else(|| {
            ApiError::bad_input(
                "minLevel",
                format!("{level} is not between 1 and 5"),
                format!("{level} 不在 1 到 5 之间"),
            )
            .into()
        })
}

/// Somebody who can do something. 技能持有人
pub struct SkillHolder(pub Holder);

/// Somebody who can do something. 技能持有人
#[Object]
impl SkillHolder {
    /// Who. 成员
    async fn member(&self) -> Option<Member> {
        Some(Member(self.0.member.clone()))
    }

    /// How well, 1 to 5; 0 when it doesn't count, for want of a valid certificate. 等级
    async fn level(&self) -> i32 {
        i32::from(self.0.level)
    }

    /// How well it would be if no certificate had run out or been taken away; null unless that is better. 证书失效前的等级
    async fn lapsed_level(&self) -> Option<i32> {
        self.0.lapsed.map(i32::from)
    }

    /// The first day on which the level is no longer certified; null when nothing certifies it, or something for ever. 认证到期日
    async fn certified_until(&self) -> Option<Date> {
        self.0.certified_until.map(Into::into)
    }
}

/// A certificate that can be earned. 证书
pub struct Certificate(pub certificate::Model);

/// A certificate that can be earned. 证书
#[Object]
impl Certificate {
    /// Its id. 标识
    pub async fn id(&self) -> Id<certificate::Entity> {
        Id::new(self.0.id)
    }

    /// Short code, unique. 编码
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name in English. 英文名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Name in Chinese. 中文名称
    async fn name_zh(&self) -> &str {
        &self.0.name_zh
    }

    /// The skill that it grants. 对应技能
    async fn skill(&self, ctx: &Context<'_>) -> Result<Option<Skill>> {
        let Some(id) = self.0.skill_id else {
            return Ok(None);
        };
        let row = ctx.row::<skill::Entity>(id).await.on_field(ctx.call())?;
        Ok(row.map(Skill))
    }

    /// The level of that skill, 1 to 5; null when it only lets what is recorded count. 授予等级
    async fn level(&self) -> Option<i32> {
        self.0.level
    }

    /// How many months one is valid; null for ever. 有效期（月）
    async fn months_valid(&self) -> Option<i32> {
        self.0.months_valid
    }

    /// Counts up with every change. 版本
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}
