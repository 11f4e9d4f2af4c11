//! Who may have which field of meetings, series and action items.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::MeetingRead);
const MANAGE: Rule = Rule::Needs(Permission::MeetingManage);
const WORK: Rule = Rule::Needs(Permission::ActionItemWork);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);

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
        "Meeting",
        READ,
        &[
            "actionItems",
            "agenda",
            "createdAt",
            "decisions",
            "endsAt",
            "heldAt",
            "id",
            "invitees",
            "kind",
            "link",
            "minutes",
            "place",
            "reason",
            "series",
            "startsAt",
            "state",
            "title",
            "updatedAt",
            "version",
        ],
    ),
    entry("Meeting", STRUCTURE, &["team"]),
    entry("Meeting", PEOPLE, &["organiser"]),
    entry(
        "MeetingSeries",
        READ,
        &[
            "createdAt",
            "endedAt",
            "firstDay",
            "id",
            "kind",
            "link",
            "members",
            "minutes",
            "place",
            "plannedUntil",
            "rhythm",
            "time",
            "title",
            "updatedAt",
            "version",
        ],
    ),
    entry("MeetingSeries", STRUCTURE, &["team"]),
    entry("MeetingSeries", PEOPLE, &["organiser"]),
    entry("MeetingSeriesMember", READ, &["memberId"]),
    entry("MeetingSeriesMember", PEOPLE, &["member"]),
    entry("MeetingInvitee", READ, &["attendance", "name"]),
    entry("MeetingInvitee", PEOPLE, &["member"]),
    entry(
        "MeetingAgendaItem",
        READ,
        &["actionItem", "id", "minutes", "place", "title"],
    ),
    entry("MeetingAgendaItem", PEOPLE, &["presenter"]),
    entry(
        "MeetingMinutes",
        READ,
        &["authorName", "body", "id", "number", "writtenAt"],
    ),
    entry("MeetingMinutes", PEOPLE, &["author"]),
    entry(
        "MeetingDecision",
        READ,
        &["body", "decidedAt", "id", "number"],
    ),
    entry(
        "ActionItem",
        READ,
        &[
            "closedAt",
            "createdAt",
            "detail",
            "dueOn",
            "id",
            "meeting",
            "note",
            "overdue",
            "state",
            "title",
            "updatedAt",
            "version",
        ],
    ),
    entry("ActionItem", PEOPLE, &["owner"]),
    entry(
        "Query",
        READ,
        &[
            "actionItem",
            "actionItems",
            "meeting",
            "meetingSeries",
            "meetingSeriesList",
            "meetings",
        ],
    ),
    entry(
        "Mutation",
        MANAGE,
        &[
            "actionItemCreate",
            "meetingAgendaSet",
            "meetingAttendanceRecord",
            "meetingCancel",
            "meetingCreate",
            "meetingDecisionAdd",
            "meetingFinish",
            "meetingMinutesWrite",
            "meetingSeriesCreate",
            "meetingSeriesEnd",
            "meetingSeriesPlan",
            "meetingSeriesUpdate",
            "meetingUpdate",
        ],
    ),
    entry("Mutation", WORK, &["actionItemAdvance", "actionItemUpdate"]),
    entry(
        "MeetingConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("MeetingEdge", READ, &["cursor", "node"]),
    entry(
        "MeetingSeriesConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("MeetingSeriesEdge", READ, &["cursor", "node"]),
    entry(
        "ActionItemConnection",
        READ,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("ActionItemEdge", READ, &["cursor", "node"]),
    entry(
        "MeetingSeriesCreatePayload",
        MANAGE,
        &["series", "userErrors"],
    ),
    entry(
        "MeetingSeriesUpdatePayload",
        MANAGE,
        &["series", "userErrors"],
    ),
    entry(
        "MeetingSeriesPlanPayload",
        MANAGE,
        &["series", "userErrors"],
    ),
    entry("MeetingSeriesEndPayload", MANAGE, &["series", "userErrors"]),
    entry("MeetingCreatePayload", MANAGE, &["meeting", "userErrors"]),
    entry("MeetingUpdatePayload", MANAGE, &["meeting", "userErrors"]),
    entry("MeetingFinishPayload", MANAGE, &["meeting", "userErrors"]),
    entry("MeetingCancelPayload", MANAGE, &["meeting", "userErrors"]),
    entry(
        "MeetingAgendaSetPayload",
        MANAGE,
        &["meeting", "userErrors"],
    ),
    entry(
        "MeetingAttendanceRecordPayload",
        MANAGE,
        &["meeting", "userErrors"],
    ),
    entry(
        "MeetingMinutesWritePayload",
        MANAGE,
        &["meeting", "userErrors"],
    ),
    entry(
        "MeetingDecisionAddPayload",
        MANAGE,
        &["meeting", "userErrors"],
    ),
    entry(
        "ActionItemCreatePayload",
        MANAGE,
        &["actionItem", "userErrors"],
    ),
    entry(
        "ActionItemUpdatePayload",
        WORK,
        &["actionItem", "userErrors"],
    ),
    entry(
        "ActionItemAdvancePayload",
        WORK,
        &["actionItem", "userErrors"],
    ),
    // Filtering by what one may not see would tell.
    entry("ActionItemFilter", PEOPLE, &["ownerId"]),
    entry("MeetingFilter", STRUCTURE, &["teamId"]),
    entry("MeetingSeriesFilter", STRUCTURE, &["teamId"]),
];
