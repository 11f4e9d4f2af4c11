//! Tasks in the schema.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use entity::{member, team};
use uuid::Uuid;

use super::{Wanted, Whose, tasks};
use crate::access::{Entry, Permission, Rule};
use crate::db::keyset::{Listing, Slice};
use crate::error::ApiError;
use crate::graphql::errors::OnField;
use crate::graphql::ids::{encode, prefix_of};
use crate::graphql::{Ask, Connection, Date, DateTime, Id};
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
        #[graphql(desc = "Only these. 筛选")] filter: Option<TaskFilter>,
    ) -> Result<Option<Connection<Task>>> {
        listed(ctx, Whose::Mine, (first, after), filter).await
    }

    /// What a member or a team has to do, as far as you may see each of it; null when they aren't within your reach.
    /// 成员或团队待办
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose. 查询对象")] of: TasksOfInput,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TaskFilter>,
    ) -> Result<Option<Connection<Task>>> {
        let whose = match of {
            TasksOfInput::MemberId(id) => Whose::Member(id.uuid),
            TasksOfInput::TeamId(id) => Whose::Team(id.uuid),
        };
        listed(ctx, whose, (first, after), filter).await
    }
}

/// A page of tasks. They come from many tables, so the page is cut from the whole; a cursor names the place of a task and
/// stays good when others come and go.
async fn listed(
    ctx: &Context<'_>,
    whose: Whose,
    (first, after): (Option<i64>, Option<String>),
    filter: Option<TaskFilter>,
) -> Result<Option<Connection<Task>>> {
    let (app, call) = (ctx.app(), ctx.call());
    let zone = app.config.time_zone();
    let limit = limit(first).on_field(call)?;
    let after = after.map(|text| Place::read(&text)).transpose();
    let after = after.map_err(crate::error::Error::from).on_field(call)?;
    let wanted = filter.unwrap_or_default().into();
    let Some(found) = tasks(app, call, whose, &wanted).await.on_field(call)? else {
        return Ok(None);
    };
    let begun = after.is_some();
    let mut rest = found.tasks.into_iter().filter(|task| {
        let there = Place::of(task, zone);
        after.as_ref().is_none_or(|after| there > *after)
    });
    let rows: Vec<_> = rest
        .by_ref()
        .take(limit)
        .map(|task| (Place::of(&task, zone).written(), task))
        .collect();
    let listing = Listing {
        slice: Slice {
            rows,
            has_next: rest.next().is_some(),
            has_previous: begun,
        },
        total: Some(found.total),
    };
    Ok(Some(Connection::from_listing(listing, |task| Task {
        task,
    })))
}

fn limit(first: Option<i64>) -> crate::error::Result<usize> {
    let first = first.unwrap_or(20);
    usize::try_from(first)
        .ok()
        .filter(|first| *first <= 100)
        .ok_or_else(|| {
            let en = format!("{first} is not allowed; take 0 to 100");
            ApiError::bad_input("first", en, "须为 0 至 100").into()
        })
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

    fn read(text: &str) -> Result<Self, ApiError> {
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
            ApiError::bad_input("after", "this is no cursor of this list", "游标无效")
        })
    }
}
