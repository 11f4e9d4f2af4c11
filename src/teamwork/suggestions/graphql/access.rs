//! Who may have which field of suggestions.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::SuggestionRead);
const SUBMIT: Rule = Rule::Needs(Permission::SuggestionSubmit);
const HANDLE: Rule = Rule::Needs(Permission::SuggestionHandle);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field.
pub const ACCESS: &[Entry] = &[
    entry(
        "Suggestion",
        READ,
        &[
            "anonymous",
            "area",
            "body",
            "closedAt",
            "createdAt",
            "id",
            "mine",
            "outcome",
            "state",
            "steps",
            "supported",
            "supporters",
            "title",
            "updatedAt",
            "version",
        ],
    ),
    entry("Suggestion", PEOPLE, &["author", "handler"]),
    entry(
        "SuggestionStep",
        READ,
        &["actorName", "at", "id", "kind", "note"],
    ),
    entry("SuggestionStep", PEOPLE, &["actor"]),
    entry("Query", READ, &["suggestion", "suggestions"]),
    entry("Subscription", READ, &["suggestionChanged"]),
    entry(
        "Mutation",
        SUBMIT,
        &[
            "suggestionSubmit",
            "suggestionSupport",
            "suggestionWithdraw",
        ],
    ),
    entry(
        "Mutation",
        HANDLE,
        &[
            "suggestionAnswer",
            "suggestionComplete",
            "suggestionDecide",
            "suggestionReceive",
            "suggestionRealise",
        ],
    ),
    entry(
        "SuggestionConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("SuggestionEdge", READ, &["cursor", "node"]),
    entry(
        "SuggestionSubmitPayload",
        SUBMIT,
        &["suggestion", "userErrors"],
    ),
    entry(
        "SuggestionWithdrawPayload",
        SUBMIT,
        &["suggestion", "userErrors"],
    ),
    entry(
        "SuggestionSupportPayload",
        SUBMIT,
        &["suggestion", "userErrors"],
    ),
    entry(
        "SuggestionReceivePayload",
        HANDLE,
        &["suggestion", "userErrors"],
    ),
    entry(
        "SuggestionAnswerPayload",
        HANDLE,
        &["suggestion", "userErrors"],
    ),
    entry(
        "SuggestionDecidePayload",
        HANDLE,
        &["suggestion", "userErrors"],
    ),
    entry(
        "SuggestionRealisePayload",
        HANDLE,
        &["suggestion", "userErrors"],
    ),
    entry(
        "SuggestionCompletePayload",
        HANDLE,
        &["suggestion", "userErrors"],
    ),
];
