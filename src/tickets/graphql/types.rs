//! Ticket, comment, progress and their connections.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{ticket, ticket_comment, ticket_stage_entry};
use std::sync::Arc;

use super::changes::TicketHistoryEntry;
use super::enums::{
    Channel, CommentVisibility, TicketKind, TicketPriority, TicketStage, TicketState,
};
use super::loaders::{CommentsOf, HistoryOf, ProgressOf};
use crate::customers::graphql::{Contact, Customer, Partner, Product, Unit, logged_contact};
use crate::db::keyset::Page;
use crate::error::Error;
use crate::graphql::direct::{To, columns_of_list};
use crate::graphql::errors::OnField;
use crate::graphql::kinds::ActorKind;
use crate::graphql::{Ask, Connection, DateTime, Id, PageArgs};
use crate::organisation::graphql::{Member, Province, Team};
use crate::tickets::collaboration::fields::graphql::{TicketFieldValue, fields_of};
use crate::tickets::collaboration::links::graphql::{TicketLink, links_of};
use crate::tickets::collaboration::merging::graphql::{merged_into, merged_tickets};
use crate::tickets::collaboration::messages::graphql::last_message_of;
use crate::tickets::collaboration::presence::graphql::{TicketPresence, presence_of};
use crate::tickets::collaboration::tags::graphql::{Tag, tags_of};
use crate::tickets::collaboration::watching::graphql::{TicketWatcher, mentioned_in, watchers_of};
use crate::tickets::dispatch::graphql::{DispatchDecision, decisions_of};
use crate::tickets::processes::graphql::TicketProcess;
use crate::tickets::responsibility::graphql::TicketResponsibility;
use crate::tickets::sla::graphql as sla;
use crate::tickets::surveys;
use crate::tickets::surveys::graphql::Survey;
use crate::{direct, linked};

/// Which page of a ticket's comments a list of them selects.
///
/// # Errors
/// `BAD_INPUT` naming the argument that is wrong.
pub fn comments_page(list: &Context<'_>, args: PageArgs) -> crate::error::Result<Page> {
    Ok(Page {
        columns: columns_of_list::<TicketComment, ticket_comment::Entity>(list),
        ..args.page(list)?
    })
}

/// A customer's request from the first contact to the answer. 工单
pub struct Ticket(pub ticket::Model);

/// A customer's request from the first contact to the answer. 工单
#[Object]
impl Ticket {
    /// The ticket's id, `ticket_...`. 工单 ID
    pub async fn id(&self) -> Id<ticket::Entity> {
        Id::new(self.0.id)
    }

    /// The number for people, unique. 工单编号
    async fn number(&self) -> i64 {
        self.0.number
    }

    /// What kind of request it is. 工单类型
    async fn kind(&self) -> TicketKind {
        self.0.kind.into()
    }

    /// The matter in one line. 主题
    async fn subject(&self) -> &str {
        &self.0.subject
    }

    /// The matter in full. 描述
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// How far it has come. 当前阶段
    async fn stage(&self) -> TicketStage {
        self.0.stage.into()
    }

    /// Being worked on, waiting, or ended. 状态
    async fn state(&self) -> TicketState {
        self.0.state.into()
    }

    /// How urgent it is. 优先级
    async fn priority(&self) -> TicketPriority {
        self.0.priority.into()
    }

    /// How it came in. 渠道
    async fn channel(&self) -> Channel {
        self.0.channel.into()
    }

    /// Where it is to be served. 省份
    async fn province(&self) -> Province {
        self.0.province.into()
    }

    /// When the present stage began. 进入当前阶段的时间
    async fn stage_entered_at(&self) -> DateTime {
        self.0.stage_entered_at.into()
    }

    /// When the solution was carried out; null until then. 解决时间
    async fn resolved_at(&self) -> Option<DateTime> {
        self.0.resolved_at.map(Into::into)
    }

    /// When it was closed or cancelled; null until then. 关闭时间
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(Into::into)
    }

    /// How often it was taken up again. 重开次数
    async fn reopened(&self) -> i32 {
        self.0.reopened
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was opened. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it last changed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }

    /// Its service level: due times, clocks and how they came about; null when they are out of your reach. 时限
    async fn sla(&self, ctx: &Context<'_>) -> Result<Option<sla::TicketSla>> {
        sla::of_ticket(ctx, &self.0).await
    }

    /// Every stage it has been in, oldest first: when it was entered and left. 各阶段进度
    async fn progress(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketStageEntry>>> {
        let entries = ctx
            .loads()
            .load_one(ProgressOf(self.0.id))
            .await
            .map_err(shared)
            .on_field(ctx.call())?;
        Ok(entries.map(|entries| entries.into_iter().map(TicketStageEntry::from).collect()))
    }

    /// Its process: the present step with its guideline, where it has been and where it may go; null when it follows none. 标准流程
    async fn process(&self) -> Option<TicketProcess> {
        TicketProcess::of(&self.0)
    }

    /// Who answers for it to the end, and who is credited with it. 首问责任
    async fn responsibility(&self) -> Option<TicketResponsibility> {
        Some(TicketResponsibility::of(&self.0))
    }

    /// The survey of its latest resolution; null until there is one. 满意度调查
    async fn survey(&self, ctx: &Context<'_>) -> Result<Option<Survey>> {
        surveys::graphql::of_ticket(ctx, self.0.id).await
    }

    /// The customer; null when it is out of your reach. 客户
    async fn customer(&self) -> To<Customer> {
        To::new(self.0.customer_id)
    }

    /// The person to talk to; every look at it is logged. 联系人
    async fn contact(&self, ctx: &Context<'_>) -> Result<Option<Contact>> {
        let Some(id) = self.0.contact_id else {
            return Ok(None);
        };
        logged_contact(ctx, id).await
    }

    /// The partner who takes part in it. 合作伙伴
    async fn partner(&self) -> To<Partner> {
        To::new(self.0.partner_id)
    }

    /// The product it is about. 产品
    async fn product(&self) -> To<Product> {
        To::new(self.0.product_id)
    }

    /// The unit it is about. 设备
    async fn unit(&self) -> To<Unit> {
        To::new(self.0.unit_id)
    }

    /// The team that has it. 处理团队
    async fn team(&self) -> To<Team> {
        To::new(self.0.team_id)
    }

    /// The member who answers for it to the end. 首问责任人
    async fn owner(&self) -> To<Member> {
        To::new(self.0.owner_id)
    }

    /// The member who works on it. 处理人
    async fn assignee(&self) -> To<Member> {
        To::new(self.0.assignee_id)
    }

    /// Public replies, and internal notes for who may see them; newest first. 回复与备注
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only public or only internal ones.")] visibility: Option<
            CommentVisibility,
        >,
    ) -> Result<Option<Connection<TicketComment>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let page = comments_page(ctx, page).on_field(ctx.call())?;
        let key = CommentsOf {
            ticket: self.0.id,
            visibility: visibility.map(Into::into),
            page,
            want_total: ctx.selects("totalCount"),
        };
        let listing = ctx
            .loads()
            .load_one(key)
            .await
            .map_err(shared)
            .on_field(ctx.call())?;
        Ok(listing.map(|listing| Connection::from_listing(listing, TicketComment).directly()))
    }

    /// To whom it was given and why, with everybody who was looked at; newest first. 派单决策
    async fn dispatch_decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<DispatchDecision>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        decisions_of(ctx, self.0.id, page).await
    }

    /// The newest reply or note that you may read; null when there is none. 最新回复
    async fn last_message(&self, ctx: &Context<'_>) -> Result<Option<TicketComment>> {
        last_message_of(ctx, &self.0).await
    }

    /// Who follows it, the first one first; only staff see them. 关注人
    async fn watchers(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketWatcher>>> {
        watchers_of(ctx, &self.0).await
    }

    /// Who of the staff looks at it or writes on it just now. 在线人员
    async fn presence(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketPresence>>> {
        presence_of(ctx, &self.0).await
    }

    /// Who did what, when, from what to what; newest first. Partner and customer see stages and states. 变更历史
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said.")] first: Option<
            i64,
        >,
        #[graphql(desc = "Start after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100.")] last: Option<i64>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<TicketHistoryEntry>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        }
        .page(ctx)
        .on_field(ctx.call())?;
        let key = HistoryOf {
            ticket: self.0.id,
            page,
            want_total: ctx.selects("totalCount"),
        };
        let listing = ctx
            .loads()
            .load_one(key)
            .await
            .map_err(shared)
            .on_field(ctx.call())?;
        Ok(listing.map(|listing| Connection::from_listing(listing, TicketHistoryEntry)))
    }

    /// The words by which staff find it, in their order. 标签
    async fn tags(&self, ctx: &Context<'_>) -> Result<Option<Vec<Tag>>> {
        tags_of(ctx, self.0.id).await
    }

    /// The values of its custom fields, by code; partner and customer see those of public fields. 自定义字段
    async fn fields(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketFieldValue>>> {
        fields_of(ctx, self.0.id).await
    }

    /// Other tickets that belong together with it, as far as you may read them. 关联工单
    async fn links(&self, ctx: &Context<'_>) -> Result<Option<Vec<TicketLink>>> {
        links_of(ctx, self.0.id).await
    }

    /// The ticket that it was merged into; the work goes on there. 合并到的工单
    async fn merged_into(&self, ctx: &Context<'_>) -> Result<Option<Ticket>> {
        merged_into(ctx, self.0.merged_into_id).await
    }

    /// The tickets that were merged into it, with their comments and history. 合并来的工单
    async fn merged_tickets(&self, ctx: &Context<'_>) -> Result<Option<Vec<Ticket>>> {
        merged_tickets(ctx, self.0.id).await
    }
}

direct!(
    Ticket: id, number, kind, subject, description, stage, state, priority, channel, province, stage_entered_at,
        resolved_at, closed_at, reopened, version, created_at, updated_at;
    customer: Customer, partner: Partner, product: Product, unit: Unit, team: Team, owner: Member, assignee: Member
        [comments(None): TicketComment]
        | progress, survey, comments, dispatch_decisions, history, tags, fields, links, merged_tickets
);

linked!(Ticket: ticket);

/// A batch's failure, shared by all who waited for it. What the client can mend is told to each of them.
fn shared(error: Arc<Error>) -> Error {
    match &*error {
        Error::Api(refusal) => Error::Api(refusal.clone()),
        other => Error::internal(other.to_string()),
    }
}

/// A stay of a ticket in a stage. 阶段记录
#[derive(SimpleObject)]
pub struct TicketStageEntry {
    /// The stage. 阶段
    stage: TicketStage,
    /// When it was entered. 进入时间
    entered_at: DateTime,
    /// When it was left; null while the ticket is there. 离开时间
    left_at: Option<DateTime>,
    /// 1 for the first time in this stage, 2 after it came back once, and so on. 第几次进入
    visit: i32,
}

impl From<ticket_stage_entry::Model> for TicketStageEntry {
    fn from(row: ticket_stage_entry::Model) -> Self {
        Self {
            stage: row.stage.into(),
            entered_at: row.entered_at.into(),
            left_at: row.left_at.map(Into::into),
            visit: row.visit,
        }
    }
}

/// A public reply or an internal note on a ticket. 回复或备注
pub struct TicketComment(pub ticket_comment::Model);

/// A public reply or an internal note on a ticket. 回复或备注
#[Object]
impl TicketComment {
    /// The comment's id, `comment_...`. 回复 ID
    pub async fn id(&self) -> Id<ticket_comment::Entity> {
        Id::new(self.0.id)
    }

    /// For whom it is. 可见范围
    async fn visibility(&self) -> CommentVisibility {
        self.0.visibility.into()
    }

    /// The text. 内容
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Does it give a preliminary solution? 是否为初步方案
    async fn solution(&self) -> bool {
        self.0.solution
    }

    /// Who wrote it, as the name was then. 作者
    async fn author_name(&self) -> &str {
        &self.0.author_name
    }

    /// What the author is. 作者类别
    async fn author_kind(&self) -> ActorKind {
        self.0.author_kind.into()
    }

    /// When it was written. 时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// Colleagues who were called to it, as far as you see them; only staff see who. 提及的同事
    async fn mentions(&self, ctx: &Context<'_>) -> Result<Option<Vec<Member>>> {
        mentioned_in(ctx, &self.0).await
    }

    /// Was it copied from the ticket that this one was split from? Author and time are those of the original. 是否为拆分时复制
    async fn copied(&self) -> bool {
        self.0.copied_from_id.is_some()
    }
}

direct!(TicketComment: id, visibility, body, solution, author_name, author_kind, created_at, copied);
