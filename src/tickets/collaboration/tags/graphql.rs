//! Tags as clients see them.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use async_graphql::{Context, Enum, InputObject, MaybeUndefined, Object, Result};
use entity::{tag, ticket};
use uuid::Uuid;

use super::{Named, actions, store};
use crate::access::{Entry, Permission, Rule};
use crate::error::Error;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::filters::StringFilter;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, DateTime, Id, Loads, Outcome, PageArgs};
use crate::mutation_payload;
use crate::tickets::graphql::Ticket;

const READ: Rule = Rule::Needs(Permission::TicketNoteRead);
const EDIT: Rule = Rule::Needs(Permission::TicketEdit);
const MANAGE: Rule = Rule::Needs(Permission::TagManage);

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: READ,
        fields: &["tags"],
    },
    Entry {
        type_name: "Ticket",
        rule: READ,
        fields: &["tags"],
    },
    Entry {
        type_name: "TicketFilter",
        rule: READ,
        fields: &["tag"],
    },
    Entry {
        type_name: "Tag",
        rule: READ,
        fields: &["createdAt", "id", "name", "nameZh", "updatedAt", "version"],
    },
    Entry {
        type_name: "TagConnection",
        rule: READ,
        fields: &["edges", "nodes", "pageInfo", "totalCount"],
    },
    Entry {
        type_name: "TagEdge",
        rule: READ,
        fields: &["cursor", "node"],
    },
    Entry {
        type_name: "Mutation",
        rule: EDIT,
        fields: &["ticketTagAdd", "ticketTagRemove"],
    },
    Entry {
        type_name: "Mutation",
        rule: MANAGE,
        fields: &["tagCreate", "tagDelete", "tagUpdate"],
    },
    Entry {
        type_name: "TicketTagAddPayload",
        rule: EDIT,
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TicketTagRemovePayload",
        rule: EDIT,
        fields: &["ticket", "userErrors"],
    },
    Entry {
        type_name: "TagCreatePayload",
        rule: MANAGE,
        fields: &["tag", "userErrors"],
    },
    Entry {
        type_name: "TagUpdatePayload",
        rule: MANAGE,
        fields: &["tag", "userErrors"],
    },
    Entry {
        type_name: "TagDeletePayload",
        rule: MANAGE,
        fields: &["tag", "userErrors"],
    },
];

/// A word by which tickets are found; for staff only. 标签
#[derive(Clone)]
pub struct Tag(pub tag::Model);

/// A word by which tickets are found; for staff only. 标签
#[Object]
impl Tag {
    /// The tag's id, `tag_...`. 标签 ID
    async fn id(&self) -> Id<tag::Entity> {
        Id::new(self.0.id)
    }

    /// The word, unique without regard to case. 名称
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The word in Chinese, if it has one of its own. 中文名称
    async fn name_zh(&self) -> Option<&str> {
        self.0.name_zh.as_deref()
    }

    /// The version to name as `expectedVersion` in a change. 版本号
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was made. 创建时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// When it was last renamed. 更新时间
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at.into()
    }
}

/// The key of the tags of one ticket.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TagsOf(pub Uuid);

impl Loader<TagsOf> for Loads {
    type Value = Vec<tag::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[TagsOf],
    ) -> std::result::Result<HashMap<TagsOf, Vec<tag::Model>>, Arc<Error>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let of = store::of_tickets(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(of
            .into_iter()
            .map(|(id, tags)| (TagsOf(id), tags))
            .collect())
    }
}

/// The tags of a ticket, by word.
///
/// # Errors
/// When the database fails.
pub async fn tags_of(ctx: &Context<'_>, ticket: Uuid) -> Result<Option<Vec<Tag>>> {
    let tags = ctx
        .loads()
        .load_one(TagsOf(ticket))
        .await
        .map_err(shared)
        .on_field(ctx.call())?;
    Ok(Some(
        tags.unwrap_or_default().into_iter().map(Tag).collect(),
    ))
}

/// Compares the tags of a ticket; each is named by its id or its word. All given comparisons must hold. 标签条件
#[derive(Clone, Debug, InputObject)]
#[graphql(name = "TicketTagFilter")]
pub struct TagsFilter {
    /// Has at least one of these. 含任一
    r#in: Option<Vec<String>>,
    /// Has all of these. 含全部
    all: Option<Vec<String>>,
    /// Has no tag (true) or some (false). 为空
    is_null: Option<bool>,
}

impl From<TagsFilter> for store::TagMatches {
    fn from(filter: TagsFilter) -> Self {
        let read = |names: Vec<String>| names.iter().map(|name| Named::read(name)).collect();
        Self {
            any: filter.r#in.map(read),
            all: filter.all.map(read),
            is_null: filter.is_null,
        }
    }
}

/// Which tags. All given comparisons must hold. 标签筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct TagFilter {
    /// The word in either language. 名称（中文或英文）
    name: Option<StringFilter>,
}

/// How tags are sorted. 标签排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::TagOrder")]
pub enum TagOrder {
    /// By word. 按名称升序
    #[default]
    NameAsc,
    /// By word, backwards. 按名称降序
    NameDesc,
    /// The oldest first. 最早创建在前
    CreatedAtAsc,
    /// The newest first. 最新创建在前
    CreatedAtDesc,
}

/// The query of tags.
#[derive(Default)]
pub struct TagQuery;

#[Object]
impl TagQuery {
    /// The tags that there are. 标签列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn tags(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<TagFilter>,
        #[graphql(desc = "In this order; by word when nothing is said. 排序")] order_by: Option<
            TagOrder,
        >,
    ) -> Result<Option<Connection<Tag>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = store::TagFilter {
            name: filter.and_then(|filter| filter.name).map(Into::into),
        };
        let order = order_by.unwrap_or_default().into();
        listing::<tag::Entity, _>(ctx, args, Ok(filter), order, Tag).await
    }
}

/// Which tags go on a ticket. 添加标签
#[derive(InputObject)]
pub struct TicketTagAddInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The tags, each by its id or its word, 1 to 30. 标签（ID 或名称）
    #[graphql(validator(min_items = 1, max_items = 30))]
    tags: Vec<String>,
    /// Repeating the mutation with the same key within 24 hours changes nothing more. 幂等键
    idempotency_key: Option<String>,
}

/// Which tags go off a ticket. 移除标签
#[derive(InputObject)]
pub struct TicketTagRemoveInput {
    /// The ticket. 工单
    id: Id<ticket::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The tags, each by its id or its word, 1 to 30. 标签（ID 或名称）
    #[graphql(validator(min_items = 1, max_items = 30))]
    tags: Vec<String>,
}

/// A new tag. 新建标签
#[derive(InputObject)]
pub struct TagCreateInput {
    /// The word, 1 to 50 characters, unique without regard to case. 名称
    name: String,
    /// The word in Chinese, if it has one of its own. 中文名称
    name_zh: Option<String>,
    /// Repeating the mutation with the same key within 24 hours gives the same tag. 幂等键
    idempotency_key: Option<String>,
}

/// A tag's other word; what is absent stays. 修改标签
#[derive(InputObject)]
pub struct TagUpdateInput {
    /// The tag. 标签
    id: Id<tag::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The word, 1 to 50 characters. 名称
    name: Option<String>,
    /// The word in Chinese; null takes it away. 中文名称
    name_zh: MaybeUndefined<String>,
}

/// Which tag goes. 删除标签
#[derive(InputObject)]
pub struct TagDeleteInput {
    /// The tag. 标签
    id: Id<tag::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// Take it off the tickets that have it, at most 1,000; otherwise only an unused tag goes. 同时从工单移除
    #[graphql(default)]
    remove_from_tickets: bool,
}

mutation_payload!(TicketTagAddPayload, ticket: Ticket, "The ticket; null when it was refused. 工单");
mutation_payload!(TicketTagRemovePayload, ticket: Ticket, "The ticket; null when it was refused. 工单");
mutation_payload!(TagCreatePayload, tag: Tag, "The new tag; null when it was refused. 新标签");
mutation_payload!(TagUpdatePayload, tag: Tag, "The changed tag; null when it was refused. 已修改的标签");
mutation_payload!(TagDeletePayload, tag: Tag, "The tag that is gone; null when it was refused. 已删除的标签");

/// The mutations of tags.
#[derive(Default)]
pub struct TagMutation;

#[Object]
impl TagMutation {
    /// Puts tags on a ticket; at most thirty stand on one. 添加标签
    async fn ticket_tag_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tags, on which ticket.")] input: TicketTagAddInput,
    ) -> Result<Option<TicketTagAddPayload>> {
        let tagging = actions::Tagging {
            id: input.id.uuid,
            expected_version: input.expected_version,
            tags: input.tags.iter().map(|tag| Named::read(tag)).collect(),
            idempotency_key: input.idempotency_key,
        };
        let done = actions::add(ctx.app(), ctx.call(), tagging)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Takes tags off a ticket. 移除标签
    async fn ticket_tag_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tags, off which ticket.")] input: TicketTagRemoveInput,
    ) -> Result<Option<TicketTagRemovePayload>> {
        let tagging = actions::Tagging {
            id: input.id.uuid,
            expected_version: input.expected_version,
            tags: input.tags.iter().map(|tag| Named::read(tag)).collect(),
            idempotency_key: None,
        };
        let done = actions::remove(ctx.app(), ctx.call(), tagging)
            .await
            .map(Ticket);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Makes a tag. 新建标签
    async fn tag_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new tag.")] input: TagCreateInput,
    ) -> Result<Option<TagCreatePayload>> {
        let create = actions::TagCreate {
            name: input.name,
            name_zh: input.name_zh,
            idempotency_key: input.idempotency_key,
        };
        let done = actions::create(ctx.app(), ctx.call(), create)
            .await
            .map(Tag);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Renames a tag; the tickets that have it keep it. 修改标签
    async fn tag_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The other word.")] input: TagUpdateInput,
    ) -> Result<Option<TagUpdatePayload>> {
        let update = actions::TagUpdate {
            id: input.id.uuid,
            expected_version: input.expected_version,
            name: input.name,
            name_zh: match input.name_zh {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(name) => Some(Some(name)),
            },
        };
        let done = actions::update(ctx.app(), ctx.call(), update)
            .await
            .map(Tag);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }

    /// Deletes a tag; one that tickets have only when that is said. 删除标签
    async fn tag_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which tag.")] input: TagDeleteInput,
    ) -> Result<Option<TagDeletePayload>> {
        let delete = actions::TagDelete {
            id: input.id.uuid,
            expected_version: input.expected_version,
            remove_from_tickets: input.remove_from_tickets,
        };
        let done = actions::delete(ctx.app(), ctx.call(), delete)
            .await
            .map(Tag);
        Ok(Some(Outcome::from_result(ctx.call(), done)?.into()))
    }
}
