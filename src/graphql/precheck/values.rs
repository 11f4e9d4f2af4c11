//! How large and how nested the input is: the variables, and the values written in the document.

use std::cell::Cell;
use std::collections::BTreeMap;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value, Variables};
use async_graphql_value::Value as Literal;

use super::refusal::Refusal;
use crate::config::{Limit, Limits};

/// The variables as one operation sees them: what was sent, or else the operation's default.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    operation: &'a OperationDefinition,
    sent: &'a Variables,
    asked: &'a Cell<bool>,
}

impl<'a> Given<'a> {
    /// Notes in `asked` that somebody wanted to know a value.
    pub(super) const fn new(
        operation: &'a OperationDefinition,
        sent: &'a Variables,
        asked: &'a Cell<bool>,
    ) -> Self {
        Self {
            operation,
            sent,
            asked,
        }
    }

    /// The variables that must have a value and have none. The library would only notice where they are used.
    pub(super) fn missing(&self) -> impl Iterator<Item = Refusal> {
        let needed = self
            .operation
            .variable_definitions
            .iter()
            .filter(|variable| {
                let (name, sent) = (&variable.node.name.node, &self.sent);
                !variable.node.var_type.node.nullable
                    && match sent.get(name) {
                        Some(value) => *value == Value::Null,
                        None => variable.node.default_value.is_none(),
                    }
            });
        needed.map(|variable| {
            let (name, ty) = (&variable.node.name.node, &variable.node.var_type.node);
            Refusal::malformed(
                format!("The variable ${name} of type {ty} needs a value."),
                format!("变量 ${name}（类型 {ty}）必须有值。"),
            )
        })
    }

    /// The value of a variable, if it has any.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.asked.set(true);
        let default = || {
            let mut definitions = self.operation.variable_definitions.iter();
            let definition = definitions.find(|variable| variable.node.name.node == *name)?;
            definition
                .node
                .default_value
                .as_ref()
                .map(|value| &value.node)
        };
        self.sent.get(name).or_else(default)
    }
}

/// The size of an input value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    /// The value and everything inside it.
    values: u64,
    /// Lists and objects inside each other.
    nesting: u64,
    /// Items of the longest list.
    items: u64,
    /// `and`, `or` and `not` inside each other.
    filter: u64,
    /// Is there a text with U+0000 in it? PostgreSQL can't hold one, nor compare with one.
    nul: bool,
}

impl Size {
    fn include(&mut self, other: Self) {
        self.values = self.values.saturating_add(other.values);
        self.nesting = self.nesting.max(other.nesting);
        self.items = self.items.max(other.items);
        self.filter = self.filter.max(other.filter);
        self.nul |= other.nul;
    }
}

/// Is it one of the words by which filters nest?
fn is_filter_word(field: &str) -> bool {
    matches!(field, "and" | "or" | "not")
}

/// Refuses input that is too large or too deep.
///
/// # Errors
/// Each limit that is exceeded, or that a text has a character that no text here can have.
pub(super) fn bounds(
    document: &ExecutableDocument,
    variables: &Variables,
    limits: &Limits,
) -> Result<(), Vec<Refusal>> {
    let mut inputs = Inputs::default();
    let mut sent = Size::default();
    for (name, value) in variables.iter() {
        let size = size_of(value);
        inputs.variables.insert(name, size);
        sent.include(size);
    }
    inputs.whole.include(sent);
    for (_, operation) in document.operations.iter() {
        for variable in &operation.node.variable_definitions {
            inputs.with_default(
                &variable.node.name.node,
                variable.node.default_value.as_ref(),
            );
            inputs.directives(&variable.node.directives);
        }
    }
    for (_, operation) in document.operations.iter() {
        inputs.directives(&operation.node.directives);
        inputs.selections(&operation.node.selection_set.node);
    }
    for fragment in document.fragments.values() {
        inputs.directives(&fragment.node.directives);
        inputs.selections(&fragment.node.selection_set.node);
    }
    let checks = [
        (
            Limit::VariableNesting,
            sent.nesting,
            limits.variable_nesting,
        ),
        (Limit::VariableValues, sent.values, limits.variable_values),
        (Limit::ListItems, inputs.whole.items, limits.list_items),
        (
            Limit::FilterNesting,
            inputs.whole.filter,
            limits.filter_nesting,
        ),
    ];
    let mut refusals: Vec<Refusal> = checks
        .into_iter()
        .filter_map(|(limit, value, maximum)| Refusal::above(limit, value, maximum))
        .collect();
    if inputs.whole.nul {
        refusals.push(Refusal::malformed(
            "A text in the input has the character U+0000, which is not taken.",
            "输入文本中含有不允许的字符 U+0000。",
        ));
    }
    if refusals.is_empty() {
        Ok(())
    } else {
        Err(refusals)
    }
}

/// Sizes of everything that is put in. A variable is measured once, however often it is used.
#[derive(Default)]
struct Inputs<'a> {
    variables: BTreeMap<&'a str, Size>,
    whole: Size,
}

impl<'a> Inputs<'a> {
    /// Operations may give one variable several defaults; the largest counts.
    fn with_default(&mut self, name: &'a Name, value: Option<&Positioned<Value>>) {
        if let Some(value) = value {
            let size = size_of(&value.node);
            self.variables.entry(name).or_default().include(size);
            self.whole.include(size);
        }
    }

    fn selections(&mut self, set: &SelectionSet) {
        for item in &set.items {
            self.directives(item.node.directives());
            match &item.node {
                Selection::Field(field) => {
                    field
                        .node
                        .arguments
                        .iter()
                        .for_each(|(_, value)| self.literal(&value.node, 0));
                    self.selections(&field.node.selection_set.node);
                }
                Selection::InlineFragment(inline) => {
                    self.selections(&inline.node.selection_set.node)
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn directives(&mut self, directives: &[Positioned<Directive>]) {
        for (_, value) in directives
            .iter()
            .flat_map(|directive| &directive.node.arguments)
        {
            self.literal(&value.node, 0);
        }
    }

    /// A written value; as deep as the brackets of the text at most. A variable adds its own filter levels to those
    /// around it.
    fn literal(&mut self, value: &Literal, around: u64) {
        self.whole.filter = self.whole.filter.max(around);
        match value {
            Literal::Variable(name) => {
                let inside = self
                    .variables
                    .get(name.as_str())
                    .map_or(0, |size| size.filter);
                self.whole.filter = self.whole.filter.max(around.saturating_add(inside));
            }
            Literal::List(items) => {
                self.whole.items = self.whole.items.max(items.len() as u64);
                items.iter().for_each(|item| self.literal(item, around));
            }
            Literal::Object(fields) => {
                for (name, value) in fields {
                    self.literal(value, around + u64::from(is_filter_word(name)));
                }
            }
            Literal::String(text) => self.whole.nul |= text.contains('\0'),
            _ => {}
        }
    }
}

/// Measures a value without calling itself: JSON may be nested more deeply than the document.
fn size_of(value: &Value) -> Size {
    let mut size = Size::default();
    let mut open = vec![(value, 1_u64, 0_u64)];
    while let Some((value, level, filter)) = open.pop() {
        size.values += 1;
        size.filter = size.filter.max(filter);
        match value {
            Value::List(items) => {
                size.nesting = size.nesting.max(level);
                size.items = size.items.max(items.len() as u64);
                open.extend(items.iter().map(|item| (item, level + 1, filter)));
            }
            Value::Object(fields) => {
                size.nesting = size.nesting.max(level);
                open.extend(fields.iter().map(|(name, value)| {
                    (value, level + 1, filter + u64::from(is_filter_word(name)))
                }));
            }
            Value::String(text) => size.nul |= text.contains('\0'),
            _ => {}
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use serde_json::json;

    use super::*;

    fn refused(document: &str, variables: serde_json::Value, limits: &Limits) -> Vec<(Limit, u64)> {
        let refusals = bounds(
            &parse_query(document).unwrap(),
            &Variables::from_json(variables),
            limits,
        )
        .err()
        .unwrap_or_default();
        refusals
            .into_iter()
            .map(|refusal| match refusal {
                Refusal::Exceeded { limit, value, .. } => (limit, value),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn lists_hold_at_the_limit_and_refuse_one_over_wherever_they_stand() {
        let limits = Limits::default();
        let list = |length: usize| format!("[{}]", vec!["1"; length].join(","));
        let places: [fn(&str) -> String; 3] = [
            |list| format!("{{ t(f: {{ number: {{ in: {list} }} }}) }}"),
            |list| format!("query ($v: [Int!] = {list}) {{ t(v: $v) }}"),
            |list| format!("{{ a @d(x: {list}) }}"),
        ];
        for document in places {
            assert_eq!(refused(&document(&list(200)), json!({}), &limits), []);
            assert_eq!(
                refused(&document(&list(201)), json!({}), &limits),
                [(Limit::ListItems, 201)]
            );
        }
        let sent = |length: usize| json!({ "f": { "number": { "in": vec![1; length] } } });
        assert_eq!(
            refused("query ($f: F) { t(f: $f) }", sent(200), &limits),
            []
        );
        assert_eq!(
            refused("query ($f: F) { t(f: $f) }", sent(201), &limits),
            [(Limit::ListItems, 201)]
        );
    }

    #[test]
    fn a_text_with_the_nul_character_is_refused_wherever_it_stands() {
        for (document, variables) in [
            ("query ($v: String) { t(v: $v) }", json!({ "v": "a\0" })),
            (
                "query ($f: F) { t(f: $f) }",
                json!({ "f": { "in": ["\0"] } }),
            ),
            ("query ($v: String = \"\\u0000\") { t(v: $v) }", json!({})),
            ("{ t(f: {in: [\"a\\u0000b\"]}) }", json!({})),
        ] {
            let document = parse_query(document).unwrap();
            let variables = Variables::from_json(variables);
            let refusals = bounds(&document, &variables, &Limits::default()).unwrap_err();
            assert!(
                matches!(refusals[..], [Refusal::Malformed { .. }]),
                "{refusals:?}"
            );
        }
    }

    #[test]
    fn filters_nest_up_to_the_limit_also_across_variables() {
        let limits = Limits {
            filter_nesting: 3,
            ..Limits::default()
        };
        for (document, variables, found) in [
            ("{ t(f: {and: [{or: [{not: {a: 1}}]}]}) }", json!({}), None),
            (
                "{ t(f: {and: [{or: [{not: {not: {a: 1}}}]}]}) }",
                json!({}),
                Some(4),
            ),
            (
                "query ($x: F) { t(f: {and: [{not: $x}]}) }",
                json!({"x": {"or": []}}),
                None,
            ),
            (
                "query ($x: F) { t(f: {and: [{not: $x}]}) }",
                json!({"x": {"or": [{"not": null}]}}),
                Some(4),
            ),
            (
                "query ($x: F = {and: [{and: []}]}) { t(f: {or: [{not: $x}]}) }",
                json!({}),
                Some(4),
            ),
            (
                "query ($x: F) { a } fragment G on T { t(f: {and: [{or: [{not: $x}]}]}) }",
                json!({"x": {"not": {}}}),
                Some(4),
            ),
            (
                "{ t(a: {and: {a: 1}}, b: {or: {not: {a: 1}}}) }",
                json!({}),
                None,
            ),
        ] {
            let expected: Vec<_> = found
                .map(|value| (Limit::FilterNesting, value))
                .into_iter()
                .collect();
            assert_eq!(
                refused(document, variables, &limits),
                expected,
                "{document}"
            );
        }
    }

    #[test]
    fn variables_are_bounded_in_depth_and_number() {
        let limits = Limits {
            variable_nesting: 3,
            variable_values: 6,
            ..Limits::default()
        };
        assert_eq!(refused("{ a }", json!({"x": [[[1]]]}), &limits), []);
        assert_eq!(
            refused("{ a }", json!({"x": [[[[]]]]}), &limits),
            [(Limit::VariableNesting, 4)]
        );
        assert_eq!(
            refused(
                "{ a }",
                json!({"x": [1, 2], "y": {"a": 1, "b": 2}}),
                &limits
            ),
            []
        );
        assert_eq!(
            refused(
                "{ a }",
                json!({"x": [1, 2, 3], "y": {"a": 1, "b": 2}}),
                &limits
            ),
            [(Limit::VariableValues, 7)]
        );
    }

    #[test]
    fn what_was_sent_goes_before_the_default() {
        let document = parse_query("query ($a: Int = 1, $b: Int = 2, $c: Int) { x }").unwrap();
        let (_, operation) = document.operations.iter().next().unwrap();
        let sent = Variables::from_json(json!({"a": 7}));
        let asked = Cell::new(false);
        let given = Given::new(&operation.node, &sent, &asked);
        assert!(!asked.get());
        assert_eq!(
            ["a", "b", "c", "d"].map(|name| given.get(name).cloned()),
            [Some(Value::from(7)), Some(Value::from(2)), None, None]
        );
        assert!(asked.get());
    }
}
