//! Who may have which field of mentoring's types. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::MentoringRead);
const MANAGE: Rule = Rule::Needs(Permission::MentoringManage);
const WORK: Rule = Rule::Needs(Permission::MentoringWork);
const RESULT: Rule = Rule::Needs(Permission::MentoringResultRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const TICKET: Rule = Rule::Needs(Permission::TicketRead);
const PAYLOAD: &[&str] = &["mentoring", "userErrors"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of mentoring's types.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["mentoring", "mentorings"]),
    entry("Query", RESULT, &["mentorResults"]),
    entry("Mutation", MANAGE, &["mentoringEnd", "mentoringStart", "mentoringUpdate"]),
    entry("Mutation", WORK, &[
        "mentoringCheckInAdd", "mentoringGoalAdd", "mentoringGoalReach", "mentoringTicketLink", "mentoringTicketUnlink",
    ]),
    entry("MentoringStartPayload", MANAGE, PAYLOAD),
    entry("MentoringUpdatePayload", MANAGE, PAYLOAD),
    entry("MentoringEndPayload", MANAGE, PAYLOAD),
    entry("MentoringGoalAddPayload", WORK, PAYLOAD),
    entry("MentoringGoalReachPayload", WORK, PAYLOAD),
    entry("MentoringTicketLinkPayload", WORK, PAYLOAD),
    entry("MentoringTicketUnlinkPayload", WORK, PAYLOAD),
    entry("MentoringCheckInAddPayload", WORK, PAYLOAD),
    entry("Mentoring", READ, &[
        "id", "state", "metricKey", "startedOn", "plannedEnd", "endedOn", "result", "resultNote", "goals", "tickets", "checkIns",
        "timeToStandard", "version", "createdAt", "updatedAt",
    ]),
    entry("Mentoring", MEMBER, &["mentor", "newcomer"]),
    entry("MentoringConnection", READ, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("MentoringEdge", READ, &["cursor", "node"]),
    // Filtering by what one may not see would tell.
    entry("MentoringFilter", MEMBER, &["mentorId", "newcomerId"]),
    entry("MentoringGoal", READ, &["id", "goal", "dueOn", "reachedOn", "late", "note", "version"]),
    entry("MentoringTicket", READ, &["linkedAt"]),
    entry("MentoringTicket", TICKET, &["note", "ticket"]),
    entry("MentoringCheckIn", READ, &["id", "heldOn", "rating", "note", "writtenByName", "createdAt"]),
    entry("MentoringStandard", READ, &["since", "verdict", "days", "reachedOn", "expectedDays", "windows"]),
    entry("MentoringStandard", STRUCTURE, &["team"]),
    entry("MentoringWindow", READ, &["from", "to", "cases", "value", "colleagues", "standard", "reached"]),
    entry("MentorResult", RESULT, &["pairs", "active", "endedReached", "reached", "medianDays"]),
    entry("MentorResult", MEMBER, &["mentor"]),
];
