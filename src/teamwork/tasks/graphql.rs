//! Tasks in the schema.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::{member, team};
use uuid::Uuid;

use super::{Wanted, Whose, tasks};
use crate::access::{Entry, Permission, Rule};
use crate::db::along::Alongside;
use crate::db::keyset::{Listing, Slice};
use crate::error::ApiError;
use crate::graphql::errors::OnField;
use crate::graphql::ids::{encode, prefix_of};
use crate::graphql::{Ask, Connection, Date, DateTime, Id, PageArgs};
use crate::organisation::graphql::Member;
use crate::tasks::{self, place};

/// Who may have which field of tasks. What is shown is each source's matter.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: Rule::SignedIn,
        fields: &["myTasks"],
    },
    Entry {
        type_name: "Query",
        rule: Rule::Needs(Permission::MemberRead),
        fields: &["tasks"],
    },
    Entry {
        type_name: "Task",
        rule: Rule::SignedIn,
        fields: &[
            "dueAt", "dueOn", "id", "kind", "memberId", "overdue", "title",
        ],
    },
    Entry {
        type_name: "Task",
        rule: Rule::Needs(Permission::MemberRead),
        fields: &["member"],
    },
    Entry {
        type_name: "TaskConnection",
        rule: Rule::SignedIn,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "TaskEdge",
        rule: Rule::SignedIn,
        fields: &["cursor", "node"],
    },
];

/// Where a task comes from. 待办来源
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "tasks::TaskKind")]
pub enum TaskKind {
    /// A ticket that is given to the member. 工单
    Ticket,
    /// An action item of a meeting. 行动项
    ActionItem,
    /// A vote on a proposal. 表决
    Vote,
    /// A rule to take note of. 管理规则确认
    RuleAcknowledgement,
    /// A suggestion that the member looks after. 改进建议
    Suggestion,
    /// An exam to sit. 考试
    Exam,
    /// A learning path that the member must do. 必修课程
    Course,
    /// A certificate that runs out. 证书到期
    Certificate,
    /// A goal of the member that is off course. 目标偏离
    Goal,
    /// A self-assessment, a review or an acknowledgement in an appraisal, or a plan for improvement, for its owner. 考核与改进计划
    Appraisal,
    /// A colleague about whom the member is asked for feedback; told to the member alone. 360 度评价邀请
    AppraisalFeedback,
    /// The renewal of a contract that ends, for whoever collects it. 续约跟进
    Renewal,
}

/// Something that a member has to do. 待办
pub struct Task {
    task: tasks::Task,
}

/// Something that a member has to do. 待办
#[Object]
impl Task {
    /// The id of what it is about, of whatever type: a ticket, an action item, a proposal and so on. 关联对象标识
    async fn id(&self) -> ID {
        let prefix = prefix_of(self.task.table).unwrap_or(self.task.table);
        ID(encode(prefix, self.task.id))
    }

    /// Where it comes from. 来源
    async fn kind(&self) -> TaskKind {
        self.task.kind.into()
    }

    /// What, in the language of the request. 内容
    async fn title(&self, ctx: &Context<'_>) -> &str {
        self.task.title.in_locale(ctx.call().locale)
    }

    /// The day on which it has to be done at the latest, by the organisation's clock; null when nothing presses. 截止日期
    async fn due_on(&self, ctx: &Context<'_>) -> Option<Date> {
        let zone = ctx.app().config.time_zone();
        self.task.due.map(|due| due.day(zone).into())
    }

    /// The moment at which it is too late; of a whole day the beginning of the next one. 截止时间
    async fn due_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let zone = ctx.app().config.time_zone();
        self.task.due.map(|due| due.moment(zone).into())
    }

    /// Is its time over? 是否逾期
    async fn overdue(&self, ctx: &Context<'_>) -> bool {
        let zone = ctx.app().config.time_zone();
        let now = ctx.call().at;
        self.task.due.is_some_and(|due| due.moment(zone) <= now)
    }

    /// Whose id it is that has to do it. 成员标识
    async fn member_id(&self) -> Id<member::Entity> {
        Id::new(self.task.member)
    }

    /// Who has to do it; null when out of your reach. 成员
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.task.member).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }
}

/// Which tasks. All given comparisons must hold. 待办筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TaskFilter {
    /// Of these kinds only. 来源
    kinds: Option<Vec<TaskKind>>,
    /// Too late at this moment or before only. 截止早于
    due_before: Option<DateTime>,
    /// Those whose time is over, or the others. 是否逾期
    overdue: Option<bool>,
}

impl From<TaskFilter> for Wanted {
    fn from(filter: TaskFilter) -> Self {
        let kinds = |kinds: Vec<TaskKind>| kinds.into_iter().map(Into::into).collect();
        Self {
            kinds: filter.kinds.map(kinds),
            due_before: filter.due_before.map(|at| at.0),
            overdue: filter.overdue,
        }
    }
}

/// Whose tasks; exactly one. 查询对象
#[derive(Clone, Copy, OneofObject)]
pub enum TasksOfInput {
    /// A member's. 成员
    MemberId(Id<member::Entity>),
    /// Everybody's who is placed in this team today. 团队
    TeamId(Id<team::Entity>),
}

/// The queries about tasks.
#[derive(Default)]
pub struct TaskQuery;

/// The queries about tasks.
#[Object]
impl TaskQuery {
    /// What you have to do, from all parts of the house: the soonest first, what doesn't press last; at most 500 of a kind.
    /// 我的待办
    async fn my_tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TaskFilter>,
    ) -> Result<Option<Connection<Task>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        listed(ctx, Whose::Mine, args, filter).await
    }

    /// What a member or a team has to do, as far as you may see each of it; null when they aren't within your reach.
    /// 成员或团队待办
    #[expect(clippy::too_many_arguments, reason = "a connection has five arguments")]
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose. 查询对象")] of: TasksOfInput,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TaskFilter>,
    ) -> Result<Option<Connection<Task>>> {
        let whose = match of {
            TasksOfInput::MemberId(id) => Whose::Member(id.uuid),
            TasksOfInput::TeamId(id) => Whose::Team(id.uuid),
        };
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        listed(ctx, whose, args, filter).await
    }
}

/// A page of tasks. They come from many tables, so the page is cut from the whole; a cursor names the place of a task and
/// stays good when others come and go.
async fn listed(
    ctx: &Context<'_>,
    whose: Whose,
    args: PageArgs,
    filter: Option<TaskFilter>,
) -> Result<Option<Connection<Task>>> {
    let (app, call) = (ctx.app(), ctx.call());
    let zone = app.config.time_zone();
    let page = args.page(ctx).on_field(call)?;
    let cursor = page
        .cursor
        .as_deref()
        .map(|text| Place::read(text, page.backward));
    let cursor = cursor
        .transpose()
        .map_err(crate::error::Error::from)
        .on_field(call)?;
    let wanted = filter.unwrap_or_default().into();
    let Some(found) = tasks(app, call, whose, &wanted).await.on_field(call)? else {
        return Ok(None);
    };
    let mut rows: Vec<(Place, tasks::Task)> = found
        .tasks
        .into_iter()
        .map(|task| (Place::of(&task, zone), task))
        .collect();
    let around = cursor.is_some();
    if let Some(cursor) = cursor {
        rows.retain(|(place, _)| {
            if page.backward {
                *place < cursor
            } else {
                *place > cursor
            }
        });
    }
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    let rows = if page.backward {
        rows.split_off(rows.len().saturating_sub(limit))
    } else {
        rows.truncate(limit);
        rows
    };
    let listing = Listing {
        slice: Slice {
            cursors: rows.iter().map(|(place, _)| place.written()).collect(),
            rows: rows.into_iter().map(|(_, task)| task).collect(),
            has_next: if page.backward { around } else { more },
            has_previous: if page.backward { more } else { around },
            along: Alongside::default(),
        },
        total: Some(found.total),
    };
    Ok(Some(Connection::from_listing(listing, |task| Task {
        task,
    })))
}

/// Where a task stands in the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    undated: bool,
    due: i64,
    kind: u8,
    id: Uuid,
    member: Uuid,
}

impl Place {
    fn of(task: &tasks::Task, zone: chrono_tz::Tz) -> Self {
        let (undated, due, kind, id, member) = place(task, zone);
        Self {
            undated,
            due: due.map_or(0, |due| due.timestamp_micros()),
            kind: kind as u8,
            id,
            member,
        }
    }

    fn written(&self) -> String {
        let Self {
            undated,
            due,
            kind,
            id,
            member,
        } = self;
        URL_SAFE_NO_PAD.encode(format!(
            "tasks:{}:{due}:{kind}:{id}:{member}",
            u8::from(*undated)
        ))
    }

    fn read(text: &str, backward: bool) -> Result<Self, ApiError> {
        let parts = || -> Option<Self> {
            let text = URL_SAFE_NO_PAD.decode(text).ok()?;
            let text = String::from_utf8(text).ok()?;
            let parts: Vec<&str> = text.split(':').collect();
            let ["tasks", undated, due, kind, id, member] = parts[..] else {
                return None;
            };
            Some(Self {
                undated: undated == "1",
                due: due.parse().ok()?,
                kind: kind.parse().ok()?,
                id: id.parse().ok()?,
                member: member.parse().ok()?,
            })
        };
        parts().ok_or_else(|| {
            let argument = if backward { "before" } else { "after" };
            ApiError::bad_input(argument, "this is no cursor of this list", "游标无效")
        })
    }
}
