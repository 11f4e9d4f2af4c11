//! An answer as a table: one row for each element of its innermost list, one column for each value that was asked for.
//!
//! What stands around the list is repeated in each of its rows; a list of plain values is one cell. Two lists beside each
//! other would multiply each other's rows, so that is refused.

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{
    ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value as Json;

use super::model::{SchemaModel, is_list, named_type};
use crate::error::Text;
use crate::sheet::{Cell, Column, ColumnKind};

/// The type of what says how pages go on; it is about the way, not the thing.
const PAGE_INFO: &str = "PageInfo";

/// How an answer becomes a table.
#[derive(Debug)]
pub struct Plan {
    /// The columns, in the order in which they were asked for.
    pub columns: Vec<Column>,
    shape: Fields,
}

/// What was selected of an object, by response key.
type Fields = IndexMap<String, Shape>;

#[derive(Debug)]
enum Shape {
    /// A value: the column with that place.
    Value(usize),
    /// An object, or a list of them.
    Below { list: bool, fields: Fields },
}

/// What was selected, before columns have their places.
#[derive(Debug)]
struct Draft {
    type_name: String,
    list: bool,
    below: IndexMap<String, Draft>,
}

impl Plan {
    /// The table that an operation asks for.
    ///
    /// # Errors
    /// Says which two lists stand beside each other, or that the schema itself is no table.
    pub fn of(
        model: &SchemaModel,
        document: &ExecutableDocument,
        operation: &OperationDefinition,
    ) -> Result<Self, Text> {
        let mut drafts = IndexMap::new();
        let root = model.query.as_str();
        add(
            model,
            document,
            &operation.selection_set.node,
            root,
            &mut drafts,
        );
        let mut lists = Vec::new();
        lists_of(&drafts, "", &mut lists)?;
        let mut columns = Vec::new();
        let shape = placed(model, drafts, &mut Vec::new(), &mut columns);
        shorten(&mut columns);
        Ok(Self { columns, shape })
    }

    /// The rows of one answer.
    #[must_use]
    pub fn rows(&self, data: &Json) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        let row = vec![Cell::Empty; self.columns.len()];
        self.fill(&self.shape, data, row, &mut rows);
        rows
    }

    /// Fills what stands in a row around its list, then the rows of the list.
    fn fill(&self, fields: &Fields, value: &Json, mut row: Vec<Cell>, rows: &mut Vec<Vec<Cell>>) {
        let mut list = None;
        self.around(fields, value, &mut row, &mut list);
        match list {
            Some((below, items)) if !items.is_empty() => {
                for item in items {
                    self.fill(below, item, row.clone(), rows);
                }
            }
            _ => rows.push(row),
        }
    }

    fn around<'p>(
        &self,
        fields: &'p Fields,
        value: &'p Json,
        row: &mut [Cell],
        list: &mut Option<(&'p Fields, &'p [Json])>,
    ) {
        for (key, shape) in fields {
            let Some(value) = value.get(key) else {
                continue;
            };
            match shape {
                Shape::Value(place) => {
                    if let Some((cell, column)) = row.get_mut(*place).zip(self.columns.get(*place))
                    {
                        *cell = cell_of(column.kind, value);
                    }
                }
                Shape::Below {
                    list: false,
                    fields,
                } => self.around(fields, value, row, list),
                Shape::Below { list: true, fields } => {
                    *list = value.as_array().map(|items| (fields, items.as_slice()));
                }
            }
        }
    }
}

/// Collects what a selection asks for; fragments are merged into it. Unknown fields were refused before this.
fn add(
    model: &SchemaModel,
    document: &ExecutableDocument,
    set: &SelectionSet,
    type_name: &str,
    into: &mut IndexMap<String, Draft>,
) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                let field = &field.node;
                let (below_type, list) = match model.field(type_name, &field.name.node) {
                    Some(found) => (named_type(&found.ty).to_owned(), is_list(&found.ty)),
                    // `__typename`, or the schema itself, which is no table.
                    None => (String::new(), false),
                };
                if below_type == PAGE_INFO {
                    continue;
                }
                let key = field.response_key().node.to_string();
                let draft = into.entry(key).or_insert_with(|| Draft {
                    type_name: below_type.clone(),
                    list,
                    below: IndexMap::new(),
                });
                let selected = &field.selection_set.node;
                add(model, document, selected, &below_type, &mut draft.below);
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let on = condition.map_or(type_name, |condition| &condition.node.on.node);
                add(model, document, &fragment.node.selection_set.node, on, into);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    let on = &fragment.node.type_condition.node.on.node;
                    add(model, document, &fragment.node.selection_set.node, on, into);
                }
            }
        }
    }
}

/// The lists of objects below, each inside the one before it.
fn lists_of(
    drafts: &IndexMap<String, Draft>,
    path: &str,
    lists: &mut Vec<String>,
) -> Result<(), Text> {
    for (key, draft) in drafts {
        if draft.below.is_empty() {
            continue;
        }
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        if draft.type_name.is_empty() {
            return Err(Text::new(
                format!(
                    "{path}: the schema itself can't be had as a table; ask /graphql or /schema.graphql."
                ),
                format!("{path}：模式本身不能导出为表格，请查询 /graphql 或 /schema.graphql。"),
            ));
        }
        if draft.list {
            if let Some(other) = lists.last()
                && !path.starts_with(&format!("{other}."))
            {
                return Err(Text::new(
                    format!(
                        "A table has one row for each element of one list, and this query has two beside each other: {other} and {path}. Ask for them separately."
                    ),
                    format!(
                        "表格的每一行对应一个列表的一个元素，而此查询有两个并列的列表：{other} 和 {path}。请分别导出。"
                    ),
                ));
            }
            lists.push(path.clone());
        }
        lists_of(&draft.below, &path, lists)?;
    }
    Ok(())
}

/// Gives every value its column.
fn placed(
    model: &SchemaModel,
    drafts: IndexMap<String, Draft>,
    path: &mut Vec<String>,
    columns: &mut Vec<Column>,
) -> Fields {
    let mut fields = Fields::new();
    for (key, draft) in drafts {
        path.push(key.clone());
        let shape = if draft.below.is_empty() {
            columns.push(Column {
                heading: path.join("."),
                kind: kind_of(model, &draft),
            });
            Shape::Value(columns.len() - 1)
        } else {
            Shape::Below {
                list: draft.list,
                fields: placed(model, draft.below, path, columns),
            }
        };
        path.pop();
        fields.insert(key, shape);
    }
    fields
}

fn kind_of(model: &SchemaModel, draft: &Draft) -> ColumnKind {
    match draft.type_name.as_str() {
        _ if draft.list || model.is_composite(&draft.type_name) => ColumnKind::Text,
        "Int" | "Float" | "Decimal" => ColumnKind::Number,
        "Boolean" => ColumnKind::Flag,
        "Date" => ColumnKind::Day,
        "DateTime" => ColumnKind::Moment,
        _ => ColumnKind::Text,
    }
}

/// Takes out of the headings what says nothing: the lists of pages, and the beginning that all have in common.
fn shorten(columns: &mut [Column]) {
    let mut paths: Vec<Vec<String>> = Vec::new();
    for column in &*columns {
        let parts = column.heading.split('.').map(str::to_owned);
        paths.push(
            parts
                .filter(|part| !matches!(part.as_str(), "nodes" | "edges" | "node"))
                .collect(),
        );
    }
    while let Some(first) = paths.first().and_then(|path| path.first()).cloned() {
        let common = paths
            .iter()
            .all(|path| path.len() > 1 && path.first() == Some(&first));
        if !common {
            break;
        }
        for path in &mut paths {
            path.remove(0);
        }
    }
    for (column, path) in columns.iter_mut().zip(paths) {
        if !path.is_empty() {
            column.heading = path.join(".");
        }
    }
}

fn cell_of(kind: ColumnKind, value: &Json) -> Cell {
    let text = match value {
        Json::Null => return Cell::Empty,
        Json::Bool(flag) if kind == ColumnKind::Flag => return Cell::Flag(*flag),
        Json::Array(items) => {
            let texts: Vec<String> = items.iter().map(text_of).collect();
            return Cell::Text(texts.join("; "));
        }
        other => text_of(other),
    };
    match kind {
        ColumnKind::Number if text.parse::<f64>().is_ok() => Cell::Number(text),
        ColumnKind::Day => match text.parse::<NaiveDate>() {
            Ok(day) => Cell::Day(day),
            Err(_) => Cell::Text(text),
        },
        ColumnKind::Moment => match DateTime::parse_from_rfc3339(&text) {
            Ok(at) => Cell::Moment(at.with_timezone(&Utc)),
            Err(_) => Cell::Text(text),
        },
        ColumnKind::Text | ColumnKind::Flag | ColumnKind::Number => Cell::Text(text),
    }
}

fn text_of(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
