//! The documents that API clients are trusted with.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::{api_client, api_client_document};

use super::types::ApiClient;
use crate::error::Result as PlainResult;
use crate::graphql::filters::{IdFilter, StringFilter};
use crate::graphql::listing::listing;
use crate::graphql::persisted::validator::Validator;
use crate::graphql::{Ask, Connection, DateTime, Id, Outcome, PageArgs};
use crate::identity::{self, Forgotten, TrustChange, store};
use crate::mutation_payload;

/// A document that an API client is trusted with.
pub struct ApiClientDocument(pub api_client_document::Model);

/// A document that an API client is trusted with. API 客户端的受信文档
#[Object]
impl ApiClientDocument {
    /// The row's id. 标识
    async fn id(&self) -> Id<api_client_document::Entity> {
        Id::new(self.0.id)
    }

    /// The client. 所属客户端
    async fn api_client_id(&self) -> Id<api_client::Entity> {
        Id::new(self.0.api_client_id)
    }

    /// What the client sends instead of the text, as `documentId` or as the hash of a persisted query. 文档标识
    async fn document_id(&self) -> &str {
        &self.0.document_id
    }

    /// The SHA-256 of the text, in lower-case hex. 文档内容的 SHA-256
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// The name of its operation; null when it has several or one without a name. 操作名称
    async fn operation_name(&self) -> Option<&str> {
        self.0.operation_name.as_deref()
    }

    /// The document. 文档内容
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// When it was trusted. 添加时间
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }
}

/// Which trusted documents to list. Everything given must hold. 受信文档筛选条件
#[derive(Clone, Debug, Default, InputObject)]
pub struct ApiClientDocumentFilter {
    /// The client. 所属客户端
    api_client_id: Option<IdFilter>,
    /// What the client sends. 文档标识
    document_id: Option<StringFilter>,
    /// The name of the operation. 操作名称
    operation_name: Option<StringFilter>,
}

impl ApiClientDocumentFilter {
    fn plain(self) -> PlainResult<store::DocumentFilter> {
        Ok(store::DocumentFilter {
            client: self
                .api_client_id
                .map(|ids| ids.of::<api_client::Entity>("filter.apiClientId"))
                .transpose()?,
            document_id: self.document_id.map(Into::into),
            operation_name: self.operation_name.map(Into::into),
        })
    }
}

/// In which order trusted documents are listed. 受信文档排序
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "store::DocumentOrder")]
pub enum ApiClientDocumentOrder {
    /// Newest first. 最新添加
    CreatedAtDesc,
}

/// The query about trusted documents.
#[derive(Default)]
pub struct ApiClientDocumentQuery;

#[Object]
impl ApiClientDocumentQuery {
    /// The documents that API clients are trusted with. 受信文档列表
    #[expect(
        clippy::too_many_arguments,
        reason = "they are the arguments of the field"
    )]
    async fn api_client_documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Which documents. 筛选")] filter: Option<ApiClientDocumentFilter>,
        #[graphql(
            desc = "In which order; newest first when nothing is said. 排序",
            default_with = "ApiClientDocumentOrder::CreatedAtDesc"
        )]
        order_by: ApiClientDocumentOrder,
    ) -> Result<Option<Connection<ApiClientDocument>>> {
        let page = PageArgs {
            first,
            after,
            last,
            before,
        };
        let filter = filter.unwrap_or_default().plain();
        listing::<api_client_document::Entity, _>(
            ctx,
            page,
            filter,
            order_by.into(),
            ApiClientDocument,
        )
        .await
    }
}

/// A document to be trusted. 待信任的文档
#[derive(InputObject)]
pub struct TrustedDocumentInput {
    /// What the client will send instead of the text, 1 to 128 visible ASCII characters; the SHA-256 of the text when not
    /// given. One of 64 hexadecimal digits has to be that hash. 文档标识
    document_id: Option<String>,
    /// The document, letter by letter as the client has it. 文档内容
    text: String,
}

/// With what an API client is trusted. 添加受信文档
#[derive(InputObject)]
pub struct ApiClientDocumentsTrustInput {
    /// The client. 客户端
    id: Id<api_client::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// The documents, at most 200 at a time; a client has at most 1,000 of 2 MiB together. Those that it has already, under
    /// the same id, stay as they are. 文档列表（每次最多 200 个）
    documents: Vec<TrustedDocumentInput>,
}

/// With what an API client is trusted no longer. 移除受信文档
#[derive(InputObject)]
pub struct ApiClientDocumentsForgetInput {
    /// The client. 客户端
    id: Id<api_client::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// What the client sends for them, at most 200 at a time. 文档标识列表（每次最多 200 个）
    document_ids: Vec<String>,
}

/// Whether an API client may run other documents than its trusted ones. 限制为受信文档
#[derive(InputObject)]
pub struct ApiClientDocumentsRestrictInput {
    /// The client. 客户端
    id: Id<api_client::Entity>,
    /// The version it was read at. 版本号
    expected_version: i32,
    /// May it run nothing else? 是否仅允许受信文档
    trusted_documents_only: bool,
}

mutation_payload!(ApiClientDocumentsTrustPayload, api_client: ApiClient, "The client, trusted with all of them. 已添加受信文档的客户端");
mutation_payload!(ApiClientDocumentsForgetPayload, api_client: ApiClient, "The client, trusted with them no longer. 已移除受信文档的客户端");
mutation_payload!(ApiClientDocumentsRestrictPayload, api_client: ApiClient, "The client. 客户端");

/// The mutations of trusted documents.
#[derive(Default)]
pub struct ApiClientDocumentMutation;

#[Object]
impl ApiClientDocumentMutation {
    /// Trusts an API client with documents, after each was held against the schema and the limits. 添加受信文档
    async fn api_client_documents_trust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client and the documents. 客户端及文档")]
        input: ApiClientDocumentsTrustInput,
    ) -> Result<Option<ApiClientDocumentsTrustPayload>> {
        let call = ctx.call();
        let validator = ctx.data_unchecked::<Validator>();
        let mut documents = Vec::with_capacity(input.documents.len());
        for TrustedDocumentInput { document_id, text } in input.documents {
            documents.push(validator.look_over(document_id, text).await);
        }
        let (id, version) = (input.id.uuid, input.expected_version);
        let done =
            identity::api_client_documents_trust(ctx.app(), call, id, version, documents).await;
        Ok(Some(Outcome::from_result(call, done.map(client))?.into()))
    }

    /// Trusts an API client no longer with documents. One that may run nothing else is refused them from its next request
    /// on. 移除受信文档
    async fn api_client_documents_forget(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client and the documents. 客户端及文档")]
        input: ApiClientDocumentsForgetInput,
    ) -> Result<Option<ApiClientDocumentsForgetPayload>> {
        let call = ctx.call();
        let (id, version) = (input.id.uuid, input.expected_version);
        let forgotten = Forgotten::These(input.document_ids);
        let done =
            identity::api_client_documents_forget(ctx.app(), call, id, version, forgotten).await;
        Ok(Some(Outcome::from_result(call, done.map(client))?.into()))
    }

    /// Lets an API client run only the documents that it is trusted with, or any document again; it holds from its next
    /// request on. What a document may show or do is a matter of rights, as ever. 设置是否仅允许受信文档
    async fn api_client_documents_restrict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The client, and whether. 客户端及是否限制")]
        input: ApiClientDocumentsRestrictInput,
    ) -> Result<Option<ApiClientDocumentsRestrictPayload>> {
        let call = ctx.call();
        let done = identity::api_client_documents_restrict(
            ctx.app(),
            call,
            input.id.uuid,
            input.expected_version,
            input.trusted_documents_only,
        )
        .await;
        Ok(Some(
            Outcome::from_result(call, done.map(ApiClient))?.into(),
        ))
    }
}

fn client(change: TrustChange) -> ApiClient {
    ApiClient(change.client)
}
