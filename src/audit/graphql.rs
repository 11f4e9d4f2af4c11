//! The audit log as clients see it.

use async_graphql::{Context, ID, InputObject, Object};
use entity::audit_log;
use entity::enums::ActorKind as Kind;
use uuid::Uuid;

use super::{Wanted, list};
use crate::access::{Entry, Permission, Rule};
use crate::error::{ApiError, Result};
use crate::graphql::errors::OnField;
use crate::graphql::filters::{DateTimeFilter, StringFilter};
use crate::graphql::kinds::ActorKind;
use crate::graphql::{Ask, Connection, DateTime, Json, PageArgs, ids};

const READ: Rule = Rule::Needs(Permission::AuditRead);

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: READ,
        fields: &["auditEntries"],
    },
    Entry {
        type_name: "AuditEntry",
        rule: READ,
        fields: &[
            "action",
            "actorId",
            "actorKind",
            "actorName",
            "at",
            "detail",
            "entityId",
            "entityType",
            "hash",
            "number",
            "requestId",
        ],
    },
    Entry {
        type_name: "AuditEntryConnection",
        rule: READ,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "AuditEntryEdge",
        rule: READ,
        fields: &["cursor", "node"],
    },
];

/// One thing that was done, as the audit log keeps it for good. For holders of `audit.read`. 审计记录
pub struct AuditEntry(audit_log::Model);

/// One thing that was done, as the audit log keeps it for good. For holders of `audit.read`. 审计记录
#[Object]
impl AuditEntry {
    /// Its place in the log: 1, 2, 3 and so on, without gaps. 序号
    async fn number(&self) -> i64 {
        self.0.seq
    }

    /// When it was done. 时间
    async fn at(&self) -> DateTime {
        self.0.at.into()
    }

    /// What the actor is. 操作者类别
    async fn actor_kind(&self) -> ActorKind {
        self.0.actor_kind.into()
    }

    /// The user's or API client's id; null for the server itself and for whoever wasn't signed in. 操作者 ID
    async fn actor_id(&self) -> Option<ID> {
        let table = match self.0.actor_kind {
            Kind::User => "user",
            Kind::ApiClient => "api_client",
            Kind::System => return None,
        };
        self.0.actor_id.map(|id| typed(table, id))
    }

    /// The actor's name at that time. 操作者
    async fn actor_name(&self) -> &str {
        &self.0.actor_name
    }

    /// What was done, such as `ticket.assign` or `customer.contact.read`. 操作
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// What kind of object it was done to, such as `ticket`. 对象类别
    async fn entity_type(&self) -> &str {
        &self.0.entity_type
    }

    /// The object it was done to; null when it was done to none in particular. 对象 ID
    async fn entity_id(&self) -> Option<ID> {
        self.0.entity_id.map(|id| typed(&self.0.entity_type, id))
    }

    /// From what to what it was changed, or what was looked at. 详情
    async fn detail(&self) -> Json {
        Json(self.0.detail.clone())
    }

    /// The request that did it, as the server's log has it. 请求编号
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// SHA-256 over this entry and the hash of the one before it, in hex. 哈希值
    async fn hash(&self) -> &str {
        &self.0.hash
    }
}

/// The typed id of a table's row; the plain key where the rows of that kind have no ids of their own in the API.
fn typed(table: &str, id: Uuid) -> ID {
    match ids::prefix_of(table) {
        Some(prefix) => ids::encode(prefix, id).into(),
        None => id.to_string().into(),
    }
}

/// Which entries of the audit log are wanted. All given conditions must hold. 审计记录条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct AuditEntryFilter {
    /// About this object, by its id of whatever type; the id says which. 对象 ID
    pub entity_id: Option<ID>,
    /// Done by this user or API client. 操作者 ID
    pub actor_id: Option<ID>,
    /// What was done. 操作
    pub action: Option<StringFilter>,
    /// When it was done. 时间
    pub at: Option<DateTimeFilter>,
}

impl AuditEntryFilter {
    fn decode(self) -> Result<Wanted> {
        let object = self.entity_id.map(|id| object(&id)).transpose()?;
        let actor = self.actor_id.map(|id| actor(&id)).transpose()?;
        let (entity_type, entity_id) = object.unzip();
        let (actor_kind, actor_id) = actor.unzip();
        Ok(Wanted {
            entity_type,
            entity_id,
            actor_kind,
            actor_id,
            action: self.action.map(Into::into).unwrap_or_default(),
            at: self.at.map(Into::into).unwrap_or_default(),
        })
    }
}

/// The table and the key in an id of any type.
fn object(id: &ID) -> Result<(&'static str, Uuid)> {
    let (prefix, key) = decoded("filter.entityId", id)?;
    let table = ids::table_of(&prefix).ok_or_else(|| {
        ApiError::bad_input(
            "filter.entityId",
            format!("no ids begin with `{prefix}_`; give an id as the API shows it"),
            format!("不存在以 {prefix}_ 开头的 ID，请填写接口返回的 ID"),
        )
    })?;
    Ok((table, key))
}

/// What a principal is and its key, in the id of one.
fn actor(id: &ID) -> Result<(Kind, Uuid)> {
    let (prefix, key) = decoded("filter.actorId", id)?;
    match ids::table_of(&prefix) {
        Some("user") => Ok((Kind::User, key)),
        Some("api_client") => Ok((Kind::ApiClient, key)),
        _ => Err(ApiError::bad_input(
            "filter.actorId",
            format!(
                "`{prefix}_...` is neither a user nor an API client; give user_... or client_..."
            ),
            format!("{prefix}_... 不是用户或 API 客户端的 ID，请填写 user_... 或 client_..."),
        )
        .into()),
    }
}

/// The prefix and the key in an id.
fn decoded(field: &str, id: &ID) -> Result<(String, Uuid)> {
    ids::decode(id).map_err(|wrong| ApiError::bad_input(field, wrong.en, wrong.zh).into())
}

/// Queries about the audit log.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Who changed what, and who looked at confidential data; latest first. Needs `audit.read`. 审计日志
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前 N 行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后 N 行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Which entries are wanted; all when nothing is said. 条件")]
        filter: Option<AuditEntryFilter>,
    ) -> async_graphql::Result<Option<Connection<AuditEntry>>> {
        let call = ctx.call();
        let read = async {
            let page = PageArgs {
                first,
                after,
                last,
                before,
            }
            .page(ctx)?;
            let wanted = filter.unwrap_or_default().decode()?;
            let total = ctx.selects("totalCount");
            let (app, keeper) = (ctx.app(), &*ctx.app().audit_keeper);
            list(app.db.reader(), call, keeper, &wanted, &page, total).await
        };
        let listing = read.await.on_field(call)?;
        Ok(Some(Connection::from_listing(listing, AuditEntry)))
    }
}
