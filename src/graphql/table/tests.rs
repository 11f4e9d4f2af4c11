use async_graphql::parser::parse_query;
use serde_json::json;

use super::*;

const SDL: &str = "
    schema { query: Query }
    scalar Date
    scalar DateTime
    scalar Decimal
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    interface Node { id: ID! }
    type Team implements Node { id: ID! name: String! }
    type Figure { value: Decimal count: Int from: Date }
    type Group { key: String subject: Node figure: Figure series: [Figure!]! other: [Figure!]! }
    type Metric { key: String! groups: [Group!]! upToDate: Boolean }
    type Row { at: DateTime tags: [String!]! team: Team }
    type RowEdge { cursor: String node: Row }
    type RowConnection { nodes: [Row!]! edges: [RowEdge!]! pageInfo: PageInfo! totalCount: Int }
    type Query { metric: Metric rows(first: Int): RowConnection! }
";

fn plan(query: &str) -> Result<Plan, Text> {
    let model = SchemaModel::from_sdl(SDL).expect("a schema");
    let document = parse_query(query).expect("a document");
    let operation = document.operations.iter().next().expect("an operation").1;
    Plan::of(&model, &document, &operation.node)
}

fn table(query: &str, data: &Json) -> Vec<Vec<String>> {
    let plan = plan(query).expect("a table");
    let headings = plan.columns.iter().map(|column| column.heading.clone());
    let mut lines = vec![headings.collect()];
    lines.extend(plan.rows(data).into_iter().map(|row| {
        row.into_iter()
            .map(|cell| match cell {
                Cell::Empty => "-".to_owned(),
                Cell::Text(text) => format!("'{text}'"),
                other => format!("{other:?}"),
            })
            .collect()
    }));
    lines
}

#[test]
fn what_stands_around_a_list_is_repeated_in_its_rows() {
    let query = "{ metric { key groups { key subject { ... on Team { name } } figure { value } series { from count } } } }";
    let figure = |from: &str, count: i64| json!({ "from": from, "count": count });
    let data = json!({ "metric": { "key": "m", "groups": [
        { "key": "a", "subject": { "name": "East" }, "figure": { "value": "1.5" },
          "series": [figure("2026-01-01", 1), figure("2026-02-01", 2)] },
        { "key": "b", "subject": null, "figure": { "value": null }, "series": [] },
    ] } });
    let lines = table(query, &data);
    let expected = [
        [
            "key",
            "groups.key",
            "groups.subject.name",
            "groups.figure.value",
            "groups.series.from",
            "groups.series.count",
        ],
        [
            "'m'",
            "'a'",
            "'East'",
            "Number(\"1.5\")",
            "Day(2026-01-01)",
            "Number(\"1\")",
        ],
        [
            "'m'",
            "'a'",
            "'East'",
            "Number(\"1.5\")",
            "Day(2026-02-01)",
            "Number(\"2\")",
        ],
        ["'m'", "'b'", "-", "-", "-", "-"],
    ];
    assert_eq!(lines, expected);
}

#[test]
fn pages_are_only_the_way_and_plain_lists_one_cell() {
    let query = "{ rows { pageInfo { endCursor } edges { node { ...R } } } } fragment R on Row { at tags team { name } }";
    let data = json!({ "rows": { "pageInfo": { "endCursor": "x" }, "edges": [
        { "node": { "at": "2026-11-28T08:00:00.5Z", "tags": ["a", "b"], "team": { "name": "=1" } } },
        { "node": null },
    ] } });
    let expected = [
        ["at", "tags", "team.name"],
        ["Moment(2026-11-28T08:00:00.500Z)", "'a; b'", "'=1'"],
        ["-", "-", "-"],
    ];
    assert_eq!(table(query, &data), expected);
}

#[test]
fn a_query_without_lists_is_one_row_and_aliases_are_headings() {
    let data = json!({ "m": { "fresh": true } });
    let expected = [["fresh"], ["Flag(true)"]];
    assert_eq!(table("{ m: metric { fresh: upToDate } }", &data), expected);
}

#[test]
fn the_schema_itself_is_no_table() {
    let text = plan("{ __schema { types { name } } }").expect_err("no table");
    assert!(text.en.starts_with("__schema:"), "{text:?}");
    assert!(plan("{ __typename metric { __typename key } }").is_ok());
}

#[test]
fn two_lists_beside_each_other_are_refused_by_name() {
    for (query, first, second) in [
        (
            "{ metric { groups { series { count } other { count } } } }",
            "metric.groups.series",
            "metric.groups.other",
        ),
        (
            "{ metric { groups { key } } rows { nodes { at } } }",
            "metric.groups",
            "rows.nodes",
        ),
    ] {
        let text = plan(query).expect_err("no table");
        assert!(
            text.en.contains(&format!("{first} and {second}")),
            "{text:?}"
        );
        assert!(text.zh.contains(second), "{text:?}");
    }
}
