//! Reading skills, certificates and leave, and who is at work.

use async_graphql::{Context, MergedObject, Object, Result};
use entity::{certificate, leave, skill, team};
use uuid::Uuid;

use super::catalogue::{Certificate, Skill};
use super::filters::{CatalogueOrder, CertificateFilter, LeaveFilter, LeaveOrder, SkillFilter};
use super::leaves::Leave;
use super::records::MemberCertificate;
use crate::clock;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Date, DateTime, Id, PageArgs};
use crate::organisation::graphql::Member;
use crate::organisation::today;
use crate::organisation::workforce::store::{expiring, profiles, team_on};

/// The queries about who can do what and who is there.
#[derive(MergedObject, Default)]
pub struct WorkforceQuery(ListQuery, PresenceQuery);

/// The lists of the catalogue and of leave.
#[derive(Default)]
pub struct ListQuery;

macro_rules! roots {
    ($($(#[$one_doc:meta])* $one:ident, $(#[$many_doc:meta])* $many:ident: $view:ident of $table:ident, $filter:ident, $order:ident, |$given:ident| $plain:expr;)*) => {
        /// The lists of the catalogue and of leave.
        #[Object]
        impl ListQuery {
            $(
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Which one. 标识")] id: Id<$table::Entity>,
                ) -> Result<Option<$view>> {
                    let row = ctx.row::<$table::Entity>(id.uuid).await;
                    Ok(row.on_field(ctx.call())?.map($view))
                }

                $(#[$many_doc])*
                #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
                async fn $many(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
                    #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
                    #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
                    #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
                    #[graphql(desc = "Only these. 筛选")] filter: Option<$filter>,
                    #[graphql(desc = "In this order. 排序")] order_by: Option<$order>,
                ) -> Result<Option<Connection<$view>>> {
                    let args = PageArgs { first, after, last, before };
                    let $given = filter.unwrap_or_default();
                    let order = order_by.unwrap_or_default().into();
                    listing::<$table::Entity, _>(ctx, args, $plain, order, $view).await
                }
            )*
        }
    };
}

roots! {
    /// A skill by id. 技能
    skill,
    /// Skills. 技能列表
    skills: Skill of skill, SkillFilter, CatalogueOrder, |filter| Ok(filter.into());
    /// A certificate by id. 证书
    certificate,
    /// Certificates that can be earned. 证书列表
    certificates: Certificate of certificate, CertificateFilter, CatalogueOrder, |filter| filter.plain();
    /// Leave by id. 请假
    leave,
    /// Leave with why, of those whose leave you may read. 请假列表
    leaves: Leave of leave, LeaveFilter, LeaveOrder, |filter| filter.plain();
}

/// What runs out, and who is at work.
#[derive(Default)]
pub struct PresenceQuery;

/// What runs out, and who is at work.
#[Object]
impl PresenceQuery {
    /// The certificates of members that are valid today and have run out by a day, what runs out first comes
    /// first; without those that the member holds for longer already. 即将到期的证书
    async fn certificates_expiring(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")] first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Those that are no longer valid on this day. 截至日期")] by: Date,
    ) -> Result<Option<Connection<MemberCertificate>>> {
        let call = ctx.call();
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = args.page(ctx).on_field(call)?;
        let listing = expiring(
            ctx.app().db.reader(),
            &call.viewer,
            (today(call), by.0),
            &page,
            ctx.selects("totalCount"),
        );
        let listing = listing.await.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, MemberCertificate)))
    }

    /// The members of a team whom you may see and who are at work at a moment: on shift, or within office hours
    /// without one, and not away; by number. 在岗成员
    async fn on_shift(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which team. 团队")] team_id: Id<team::Entity>,
        #[graphql(desc = "At which moment; now when absent. 时间（默认当前）")] at: Option<
            DateTime,
        >,
    ) -> Result<Option<Vec<Member>>> {
        let call = ctx.call();
        let at = at.map_or(call.at, |at| at.0);
        let day = clock::day(at, ctx.app().config.time_zone());
        let db = ctx.app().db.reader();
        let members = team_on(db, &call.viewer, team_id.uuid, day)
            .await
            .on_field(call)?;
        let ids: Vec<Uuid> = members.iter().map(|row| row.id).collect();
        let profiles = profiles(db, &ids, at, day).await.on_field(call)?;
        let there = members.into_iter().filter(|row| {
            profiles
                .get(&row.id)
                .is_some_and(|one| one.on_shift && one.on_leave.is_none())
        });
        Ok(Some(there.map(Member).collect()))
    }
}
