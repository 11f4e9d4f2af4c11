//! Sign-in and accounts as clients see them. [`ACCESS`] says who may have which field.

mod admin;
mod clients;
mod documents;
mod filters;
mod query;
mod sign_in;
mod types;

use async_graphql::MergedObject;

pub use documents::ApiClientDocument;
pub use filters::{UserStatus, UserStatusFilter};
pub use types::{ApiClient, Session, User};

use crate::access::{Entry, Permission, Rule};

/// The queries about accounts.
#[derive(MergedObject, Default)]
pub struct IdentityQuery(query::AccountQuery, documents::ApiClientDocumentQuery);

/// The mutations of sign-in and accounts.
#[derive(MergedObject, Default)]
pub struct IdentityMutation(
    sign_in::SignInMutation,
    admin::UserMutation,
    clients::ApiClientMutation,
    documents::ApiClientDocumentMutation,
);

const READ: Rule = Rule::Needs(Permission::UserRead);
const MANAGE: Rule = Rule::Needs(Permission::UserManage);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of identity's types.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        READ,
        &[
            "apiClient",
            "apiClientDocuments",
            "apiClients",
            "user",
            "users",
        ],
    ),
    entry(
        "Mutation",
        Rule::Public,
        &["apiClientSignIn", "signIn", "tokenRefresh"],
    ),
    entry(
        "Mutation",
        Rule::SignedIn,
        &["passwordChange", "signOut", "signOutEverywhere"],
    ),
    entry(
        "Mutation",
        MANAGE,
        &[
            "apiClientCreate",
            "apiClientDisable",
            "apiClientDocumentsForget",
            "apiClientDocumentsRestrict",
            "apiClientDocumentsTrust",
            "apiClientSecretRotate",
            "userCreate",
            "userDisable",
            "userEnable",
            "userPasswordReset",
        ],
    ),
    entry(
        "Session",
        Rule::Public,
        &[
            "accessToken",
            "expiresAt",
            "refreshToken",
            "sessionEndsAt",
            "tokenType",
        ],
    ),
    entry(
        "User",
        READ,
        &[
            "createdAt",
            "customerId",
            "displayName",
            "id",
            "kind",
            "locale",
            "login",
            "memberId",
            "partnerId",
            "passwordChangedAt",
            "status",
            "updatedAt",
            "version",
        ],
    ),
    entry("UserConnection", READ, CONNECTION),
    entry("UserEdge", READ, EDGE),
    entry(
        "ApiClient",
        READ,
        &[
            "createdAt",
            "id",
            "name",
            "partnerId",
            "status",
            "trustedDocumentsOnly",
            "updatedAt",
            "version",
        ],
    ),
    entry("ApiClientConnection", READ, CONNECTION),
    entry("ApiClientEdge", READ, EDGE),
    entry(
        "ApiClientDocument",
        READ,
        &[
            "apiClientId",
            "createdAt",
            "documentId",
            "id",
            "operationName",
            "sha256",
            "text",
        ],
    ),
    entry("ApiClientDocumentConnection", READ, CONNECTION),
    entry("ApiClientDocumentEdge", READ, EDGE),
    entry("SignInPayload", Rule::Public, &["session", "userErrors"]),
    entry(
        "TokenRefreshPayload",
        Rule::Public,
        &["session", "userErrors"],
    ),
    entry(
        "ApiClientSignInPayload",
        Rule::Public,
        &["session", "userErrors"],
    ),
    entry(
        "SignOutPayload",
        Rule::SignedIn,
        &["sessionId", "userErrors"],
    ),
    entry(
        "SignOutEverywherePayload",
        Rule::SignedIn,
        &["sessions", "userErrors"],
    ),
    entry(
        "PasswordChangePayload",
        Rule::SignedIn,
        &["changed", "userErrors"],
    ),
    entry("UserCreatePayload", MANAGE, &["user", "userErrors"]),
    entry("UserDisablePayload", MANAGE, &["user", "userErrors"]),
    entry("UserEnablePayload", MANAGE, &["user", "userErrors"]),
    entry("UserPasswordResetPayload", MANAGE, &["user", "userErrors"]),
    entry(
        "ApiClientCreatePayload",
        MANAGE,
        &["credentials", "userErrors"],
    ),
    entry(
        "ApiClientSecretRotatePayload",
        MANAGE,
        &["credentials", "userErrors"],
    ),
    entry(
        "ApiClientDisablePayload",
        MANAGE,
        &["apiClient", "userErrors"],
    ),
    entry(
        "ApiClientDocumentsTrustPayload",
        MANAGE,
        &["apiClient", "userErrors"],
    ),
    entry(
        "ApiClientDocumentsForgetPayload",
        MANAGE,
        &["apiClient", "userErrors"],
    ),
    entry(
        "ApiClientDocumentsRestrictPayload",
        MANAGE,
        &["apiClient", "userErrors"],
    ),
    entry(
        "ApiClientCredentials",
        MANAGE,
        &["apiClient", "clientId", "clientSecret", "oldSecretsEndAt"],
    ),
];

#[cfg(test)]
mod tests {
    use async_graphql::{EmptySubscription, Schema};

    use super::*;
    use crate::access::Registry;
    use crate::graphql::SchemaModel;

    #[derive(MergedObject, Default)]
    #[graphql(name = "Query")]
    struct Queries(IdentityQuery);

    #[derive(MergedObject, Default)]
    #[graphql(name = "Mutation")]
    struct Mutations(IdentityMutation);

    #[test]
    fn every_field_of_ours_has_a_rule_and_every_rule_a_field() {
        let schema = Schema::new(Queries::default(), Mutations::default(), EmptySubscription);
        let sdl = schema.sdl_with_options(SchemaModel::export_options());
        let model = SchemaModel::from_sdl(&sdl).expect("a readable schema");
        let kit = [
            entry(
                "PageInfo",
                Rule::Public,
                &["endCursor", "hasNextPage", "hasPreviousPage", "startCursor"],
            ),
            entry("UserError", Rule::Public, &["code", "field", "message"]),
        ];
        let registry = Registry::assemble(ACCESS.iter().chain(&kit)).expect("no rule twice");
        assert_eq!(model.check_rules(&registry), Ok(()));
    }
}
