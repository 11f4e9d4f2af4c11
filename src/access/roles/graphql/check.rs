//! What of a document is allowed and what it costs, without executing it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::{Context, Name, SimpleObject, Value, Variables};
use entity::enums::{Locale, UserKind};
use entity::{api_client, user};
use serde_json::{Map, Value as Json};

use super::inputs::AccessCheckAs;
use crate::access::forbidden;
use crate::access::roles::store;
use crate::access::{Grants, Permission, Principal, Registry, Rule};
use crate::error::{ApiError, Result, Text};
use crate::graphql::ids::{Node, decode};
use crate::graphql::kinds::Reach;
use crate::graphql::persisted::validator::Validator;
use crate::graphql::precheck::{Caller, Denied, Document, Need, Precheck, Refusal};
use crate::graphql::{Ask, SchemaFacts};

/// What of a document is allowed, and what it costs. 访问检查结果
#[derive(Clone, Debug, Default, SimpleObject)]
pub struct AccessCheck {
    /// Would the request run, and every field of it be answered? 是否全部允许
    allowed: bool,
    /// What it may cost at most; none when it can't be told. 成本
    cost: Option<u64>,
    /// What one request may cost. 成本上限
    cost_limit: u64,
    /// Every field that the document asks for, by response path. What the schema doesn't have is left out: the refusals
    /// name it. 各字段路径
    paths: Vec<AccessPath>,
    /// Why the request would be refused as a whole; of what doesn't fit the schema the first five. 整体拒绝原因
    refusals: Vec<AccessRefusal>,
}

/// A field of the document. 字段
#[derive(Clone, Debug, SimpleObject)]
pub struct AccessPath {
    /// The response path, without list indices. 路径
    path: Vec<String>,
    /// The object type; behind an interface each that is possible. 类型
    type_name: String,
    /// The field. 字段
    field: String,
    /// Would it be answered? Which rows it holds is another matter: see `reach`. 是否允许
    allowed: bool,
    /// The permission that it needs, if it needs one. 所需权限
    permission: Option<&'static str>,
    /// The reaches for which that permission is held. 已有数据范围
    reach: Vec<Reach>,
    /// Why not. 原因
    reason: Option<String>,
}

/// Why a request would be refused as a whole. 拒绝原因
#[derive(Clone, Debug, SimpleObject)]
pub struct AccessRefusal {
    /// The code that the error would have, such as `COST_EXCEEDED`. 错误码
    code: &'static str,
    /// What is wrong, in the language of the request. 说明
    message: String,
    /// The missing permission, if that is why. 缺少的权限
    permission: Option<String>,
    /// The limit that is exceeded, if that is why. 超出的限制
    limit: Option<String>,
    /// What the request has of it. 当前值
    value: Option<u64>,
    /// What is allowed. 上限
    maximum: Option<u64>,
}

/// What is asked.
pub struct Question {
    /// The document.
    pub document: String,
    /// Its variables.
    pub variables: Map<String, Json>,
    /// Which of its operations.
    pub operation_name: Option<String>,
    /// Whose rights.
    pub whose: Option<AccessCheckAs>,
}

/// Whose rights the check looks at.
struct Subject {
    grants: Arc<Grants>,
    kind: Option<UserKind>,
}

impl Question {
    /// Looks everything up.
    ///
    /// # Errors
    /// When somebody else's rights are asked for without `role.manage`, or nobody's.
    pub async fn answer(&self, ctx: &Context<'_>) -> Result<AccessCheck> {
        let subject = self.subject(ctx).await?;
        let precheck = ctx.data_unchecked::<Arc<Precheck>>();
        let facts = ctx.data_unchecked::<Arc<SchemaFacts>>();
        let locale = ctx.call().locale;
        let check = Check {
            question: self,
            precheck,
            facts,
            subject: &subject,
            locale,
        };
        Ok(check.run(ctx.data_unchecked::<Validator>()).await)
    }

    async fn subject(&self, ctx: &Context<'_>) -> Result<Subject> {
        let (call, reader) = (ctx.call(), ctx.app().db.reader());
        let Some(whose) = &self.whose else {
            return Ok(Subject {
                grants: Arc::clone(&call.viewer.grants),
                kind: call.viewer.kind,
            });
        };
        call.viewer.require(Permission::RoleManage)?;
        match whose {
            AccessCheckAs::Role(key) => {
                let found = store::roles_by_key(reader, std::slice::from_ref(key)).await?;
                let role = found.first().ok_or_else(|| {
                    ApiError::bad_input(
                        "as.role",
                        "is the key of no role; `roles { nodes { key } }` has them all",
                        "角色不存在，可用的键见 roles { nodes { key } }",
                    )
                })?;
                let grants = store::united_grants(reader, [role.id]).await?;
                Ok(Subject {
                    grants: Arc::new(grants),
                    kind: Some(role.audience),
                })
            }
            AccessCheckAs::Principal(id) => {
                let principal = principal_of(id)?;
                let holder = store::holder(reader, principal).await?;
                let holder = holder.ok_or_else(|| {
                    ApiError::bad_input(
                        "as.principal",
                        "is the id of no user and no API client",
                        "用户或 API 客户端不存在",
                    )
                })?;
                let (grants, _) = store::grants_of(reader, principal, None, call.at).await?;
                Ok(Subject {
                    grants: Arc::new(grants),
                    kind: Some(holder.kind),
                })
            }
        }
    }
}

fn principal_of(id: &str) -> Result<Principal> {
    match decode(id) {
        Ok((prefix, id)) if prefix == <user::Entity as Node>::PREFIX => Ok(Principal::User(id)),
        Ok((prefix, id)) if prefix == <api_client::Entity as Node>::PREFIX => {
            Ok(Principal::ApiClient(id))
        }
        _ => Err(ApiError::bad_input(
            "as.principal",
            "is not the id of a user or an API client",
            "不是用户或 API 客户端的 ID",
        )
        .into()),
    }
}

/// One check with everything it looks at.
struct Check<'a> {
    question: &'a Question,
    precheck: &'a Precheck,
    facts: &'a SchemaFacts,
    subject: &'a Subject,
    locale: Locale,
}

impl Check<'_> {
    async fn run(&self, validator: &Validator) -> AccessCheck {
        let cost_limit = self.precheck.limits().complexity(self.subject.kind);
        let refused = |refusals: &[Refusal]| AccessCheck {
            cost_limit,
            refusals: self.refusals(refusals),
            ..AccessCheck::default()
        };
        let document = match self.precheck.read(&self.question.document) {
            Ok(document) => document,
            Err(refusals) => return refused(&refusals),
        };
        let variables = self.variables();
        let caller = Caller {
            grants: &self.subject.grants,
            signed_in: true,
            complexity: cost_limit,
        };
        let name = self.question.operation_name.as_deref();
        let inspected = self.precheck.inspect(&document, name, &variables, &caller);
        let (checked, mut refusals) = match inspected {
            Ok(found) => found,
            Err(refusals) => return refused(&refusals),
        };
        let mistakes = validator.mistakes(&document, name, variables.clone());
        let misfit = |text| Refusal::Malformed { text, at: None };
        refusals.extend(mistakes.await.into_iter().map(misfit));
        let paths = self.paths(
            self.all_fields(&document, &variables, &caller),
            &checked.denied,
        );
        AccessCheck {
            allowed: refusals.is_empty() && paths.iter().all(|path| path.allowed),
            cost: Some(checked.cost),
            cost_limit,
            paths,
            refusals: self.refusals(&refusals),
        }
    }

    fn variables(&self) -> Variables {
        let values = self.question.variables.iter().map(|(name, value)| {
            let value = Value::from_json(value.clone()).unwrap_or_default();
            (Name::new(name), value)
        });
        Variables::from_value(Value::Object(values.collect()))
    }

    /// Every field of the operation: where no field has a rule, each is denied.
    fn all_fields(
        &self,
        document: &Document,
        variables: &Variables,
        caller: &Caller<'_>,
    ) -> Vec<Denied> {
        let without_rules = Precheck::new(
            Arc::clone(&self.facts.model),
            Arc::new(Registry::default()),
            self.precheck.limits().clone(),
        );
        let name = self.question.operation_name.as_deref();
        without_rules
            .inspect(document, name, variables, caller)
            .map(|(checked, _)| checked.denied)
            .unwrap_or_default()
    }

    fn paths(&self, fields: Vec<Denied>, denied: &[Denied]) -> Vec<AccessPath> {
        let needs: BTreeMap<(&[String], &str), Need> = denied
            .iter()
            .map(|denied| {
                (
                    (denied.path.as_slice(), denied.type_name.as_str()),
                    denied.need,
                )
            })
            .collect();
        // A field below a denied one is never reached, whatever its own rule says.
        let closed: BTreeSet<&[String]> =
            denied.iter().map(|denied| denied.path.as_slice()).collect();
        let below = |path: &[String]| (1..path.len()).any(|end| closed.contains(&path[..end]));
        fields
            .into_iter()
            .map(|field| {
                let need = needs.get(&(field.path.as_slice(), field.type_name.as_str()));
                let text = match need {
                    Some(need) => Some(reason(*need)),
                    None if below(&field.path) => Some(parent_denied()),
                    None => None,
                };
                let permission = self.permission_of(&field.type_name, &field.field);
                let reach = permission.map(|permission| {
                    let held = self.subject.grants.reaches(permission);
                    held.map(Into::into).collect()
                });
                AccessPath {
                    allowed: text.is_none(),
                    permission: permission.map(Permission::key),
                    reach: reach.unwrap_or_default(),
                    reason: text.map(|text| text.in_locale(self.locale).to_owned()),
                    path: field.path,
                    type_name: field.type_name,
                    field: field.field,
                }
            })
            .collect()
    }

    fn permission_of(&self, type_name: &str, field: &str) -> Option<Permission> {
        match self.facts.registry.rule(type_name, field) {
            Some(Rule::Needs(permission)) => Some(permission),
            _ => None,
        }
    }

    fn refusals(&self, refusals: &[Refusal]) -> Vec<AccessRefusal> {
        refusals
            .iter()
            .map(|refusal| {
                let error = ApiError::from(refusal);
                let text = |key: &str| error.facts.get(key)?.as_str().map(str::to_owned);
                let number = |key: &str| error.facts.get(key)?.as_u64();
                AccessRefusal {
                    code: error.code.as_str(),
                    message: error.text.in_locale(self.locale).to_owned(),
                    permission: text("permission"),
                    limit: text("limit"),
                    value: number("value"),
                    maximum: number("maximum"),
                }
            })
            .collect()
    }
}

/// Why a field is denied, in words.
fn reason(need: Need) -> Text {
    match need {
        Need::Permission(permission) => forbidden(permission).text,
        Need::SignIn => ApiError::unauthenticated().text,
        Need::Rule => Text::new(
            "This field has no access rule, so nobody may have it.",
            "该字段没有访问规则，任何人不得访问。",
        ),
    }
}

fn parent_denied() -> Text {
    Text::new("The field around it is denied.", "其上级字段不允许访问。")
}
