//! Who may have which of the calendars' fields.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::CalendarRead);
const MANAGE: Rule = Rule::Needs(Permission::CalendarManage);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["node", "cursor"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Every field of the calendars' types with its rule.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        READ,
        &["calendar", "calendars", "calendarPreview", "calendarDue"],
    ),
    entry(
        "Mutation",
        MANAGE,
        &["calendarCreate", "calendarVersionAdd"],
    ),
    entry(
        "Calendar",
        READ,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "current",
            "versions",
            "version",
            "createdAt",
            "updatedAt",
        ],
    ),
    entry("CalendarConnection", READ, CONNECTION),
    entry("CalendarEdge", READ, EDGE),
    entry(
        "CalendarVersion",
        READ,
        &[
            "id",
            "calendar",
            "number",
            "timeZone",
            "weekly",
            "days",
            "note",
            "shipped",
            "createdAt",
        ],
    ),
    entry("CalendarVersionConnection", READ, CONNECTION),
    entry("CalendarVersionEdge", READ, EDGE),
    entry("CalendarWeekday", READ, &["weekday", "windows"]),
    entry("CalendarWindow", READ, &["from", "to"]),
    entry(
        "CalendarDay",
        READ,
        &["date", "kind", "like", "windows", "name", "nameZh"],
    ),
    entry(
        "CalendarPreview",
        READ,
        &["version", "spans", "workingTime"],
    ),
    entry("CalendarSpan", READ, &["from", "to", "length"]),
    entry("CalendarDue", READ, &["version", "dueAt"]),
    entry("CalendarCreatePayload", MANAGE, &["userErrors"]),
    entry("CalendarCreatePayload", READ, &["calendar"]),
    entry("CalendarVersionAddPayload", MANAGE, &["userErrors"]),
    entry("CalendarVersionAddPayload", READ, &["calendar"]),
];
