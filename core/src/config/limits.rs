//! The limits of one request, each with its name, its default and its words.

use entity::enums::UserKind;
use serde::{Deserialize, Serialize};

use crate::error::ErrorCode;

macro_rules! limits {
    ($($name:ident, $field:ident = $default:literal, $key:literal, $code:ident, $en:literal, $zh:literal;)*) => {
        /// A limit by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Limit {
            $(#[doc = concat!("At most so many ", $en, ".")] $name,)*
            /// At most so much cost.
            Complexity,
        }

        impl Limit {
            /// Every limit, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$name,)* Self::Complexity];

            /// The name in `extensions.limit`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* Self::Complexity => "complexity" }
            }

            /// `BAD_INPUT` where the form is at fault, `COST_EXCEEDED` where the work would be too much.
            #[must_use]
            pub const fn code(self) -> ErrorCode {
                match self { $(Self::$name => ErrorCode::$code,)* Self::Complexity => ErrorCode::CostExceeded }
            }

            /// What is counted, in English and Chinese.
            #[must_use]
            pub const fn counted(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($en, $zh),)* Self::Complexity => ("points of cost", "查询成本") }
            }
        }

        /// The maximum of each limit.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Limits {
            $(#[doc = concat!("At most so many ", $en, ".")] pub $field: u64,)*
            /// At most so much cost for partners, customers and whoever isn't signed in.
            pub complexity_outside: u64,
            /// At most so much cost for staff.
            pub complexity_staff: u64,
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $default,)* complexity_outside: 1_000, complexity_staff: 5_000 }
            }
        }
    };
}

limits! {
    DocumentCharacters, document_characters = 10_000, "documentCharacters", BadInput, "characters in the document", "文档字符数";
    DocumentTokens, document_tokens = 2_000, "documentTokens", BadInput, "tokens in the document", "文档词元数";
    DocumentNesting, document_nesting = 40, "documentNesting", BadInput, "levels of brackets in the document", "文档括号嵌套层数";
    Fragments, fragments = 30, "fragments", BadInput, "fragments", "片段数";
    Directives, directives = 5, "directives", BadInput, "directives in one place", "同一位置的指令数";
    ListItems, list_items = 200, "listItems", BadInput, "items in a list of the input", "输入列表的元素数";
    FilterNesting, filter_nesting = 5, "filterNesting", BadInput, "levels of and/or/not in a filter", "筛选条件 and/or/not 嵌套层数";
    VariableNesting, variable_nesting = 20, "variableNesting", BadInput, "levels of nesting in a variable", "变量嵌套层数";
    VariableValues, variable_values = 10_000, "variableValues", BadInput, "values in the variables", "变量中的值数";
    Selections, selections = 1_000, "selections", CostExceeded, "selections after expanding fragments", "展开片段后的选择数";
    Depth, depth = 12, "depth", CostExceeded, "levels of fields", "字段嵌套深度";
    Aliases, aliases = 30, "aliases", CostExceeded, "aliases", "别名数";
    RootFields, root_fields = 20, "rootFields", CostExceeded, "root fields", "根字段数";
    Mutations, mutations = 5, "mutations", CostExceeded, "mutations", "变更操作数";
    Subscriptions, subscriptions = 1, "subscriptions", BadInput, "root fields in a subscription", "订阅的根字段数";
    IntrospectionSelections, introspection_selections = 500, "introspectionSelections", CostExceeded, "selections in introspection", "内省查询的选择数";
    IntrospectionDepth, introspection_depth = 20, "introspectionDepth", CostExceeded, "levels of introspection", "内省查询深度";
    AnswerObjects, answer_objects = 20_000, "answerObjects", CostExceeded, "objects in the answer", "响应中的对象数";
    AnswerBytes, answer_bytes = 5_242_880, "answerBytes", CostExceeded, "bytes in the answer", "响应字节数";
    Errors, errors = 100, "errors", CostExceeded, "errors in the answer", "响应中的错误数";
    IntrospectionItems, introspection_items = 50_000, "introspectionItems", CostExceeded, "items of introspection by estimate", "内省查询的估计条目数";
}

impl Limits {
    /// The cost that one request of such a principal may have.
    #[must_use]
    pub const fn complexity(&self, kind: Option<UserKind>) -> u64 {
        match kind {
            Some(UserKind::Staff) => self.complexity_staff,
            _ => self.complexity_outside,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique() {
        let keys: BTreeSet<&str> = Limit::ALL.iter().map(|limit| limit.key()).collect();
        assert_eq!(keys.len(), Limit::ALL.len());
    }

    #[test]
    fn the_defaults_are_the_published_ones() {
        let limits = Limits::default();
        assert_eq!(
            (
                limits.document_characters,
                limits.document_tokens,
                limits.fragments,
                limits.selections,
                limits.depth
            ),
            (10_000, 2_000, 30, 1_000, 12)
        );
        assert_eq!(
            (
                limits.aliases,
                limits.root_fields,
                limits.mutations,
                limits.directives,
                limits.list_items
            ),
            (30, 20, 5, 5, 200)
        );
        assert_eq!(
            [
                Some(UserKind::Staff),
                Some(UserKind::Partner),
                Some(UserKind::Customer),
                None
            ]
            .map(|kind| limits.complexity(kind)),
            [5_000, 1_000, 1_000, 1_000]
        );
    }
}
