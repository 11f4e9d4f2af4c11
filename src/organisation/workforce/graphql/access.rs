//! Who may have which of the fields about who can do what and who is there.

use crate::access::{Entry, Permission, Rule};

const CATALOGUE: Rule = Rule::Needs(Permission::OrganisationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);
const WHY: Rule = Rule::Needs(Permission::LeaveRead);
const KEEP: Rule = Rule::Needs(Permission::SkillManage);
const RECORD: Rule = Rule::Needs(Permission::MemberSkillWrite);
const HOURS: Rule = Rule::Needs(Permission::ShiftWrite);
const ASK: Rule = Rule::Needs(Permission::LeaveRequest);
const DECIDE: Rule = Rule::Needs(Permission::LeaveDecide);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["node", "cursor"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Every field of these types with its rule.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        CATALOGUE,
        &["skill", "skills", "certificate", "certificates"],
    ),
    entry("Query", PEOPLE, &["certificatesExpiring", "onShift"]),
    entry("Query", WHY, &["leave", "leaves"]),
    entry(
        "Mutation",
        KEEP,
        &[
            "skillCreate",
            "skillUpdate",
            "certificateCreate",
            "certificateUpdate",
        ],
    ),
    entry(
        "Mutation",
        RECORD,
        &[
            "memberSkillSet",
            "memberSkillEnd",
            "memberCertificateRecord",
            "memberCertificateRevoke",
        ],
    ),
    entry("Mutation", HOURS, &["memberShiftSet", "memberCapacitySet"]),
    entry("Mutation", ASK, &["leaveRequest", "leaveCancel"]),
    entry("Mutation", DECIDE, &["leaveDecide"]),
    entry(
        "Skill",
        CATALOGUE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "category",
            "needsCertificate",
            "certificates",
            "version",
            "updatedAt",
        ],
    ),
    entry("Skill", PEOPLE, &["members"]),
    entry("SkillConnection", CATALOGUE, CONNECTION),
    entry("SkillEdge", CATALOGUE, EDGE),
    entry(
        "SkillHolder",
        PEOPLE,
        &["member", "level", "lapsedLevel", "certifiedUntil"],
    ),
    entry("SkillHolderConnection", PEOPLE, CONNECTION),
    entry("SkillHolderEdge", PEOPLE, EDGE),
    entry(
        "Certificate",
        CATALOGUE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "skill",
            "level",
            "monthsValid",
            "version",
            "updatedAt",
        ],
    ),
    entry("CertificateConnection", CATALOGUE, CONNECTION),
    entry("CertificateEdge", CATALOGUE, EDGE),
    entry(
        "Member",
        PEOPLE,
        &[
            "skills",
            "skillRecords",
            "certificates",
            "shift",
            "shifts",
            "onShift",
            "onShiftUntil",
            "capacity",
            "away",
        ],
    ),
    entry("Member", WHY, &["leaves"]),
    entry("SkillLevel", CATALOGUE, &["skill"]),
    entry(
        "SkillLevel",
        PEOPLE,
        &["level", "lapsedLevel", "certifiedUntil"],
    ),
    entry("MemberSkill", CATALOGUE, &["skill"]),
    entry(
        "MemberSkill",
        PEOPLE,
        &[
            "id",
            "member",
            "level",
            "note",
            "validFrom",
            "validTo",
            "version",
        ],
    ),
    entry("MemberCertificate", CATALOGUE, &["certificate"]),
    entry(
        "MemberCertificate",
        PEOPLE,
        &[
            "id",
            "member",
            "number",
            "issuedOn",
            "expiresOn",
            "revokedOn",
            "valid",
            "warnedAt",
            "version",
        ],
    ),
    entry("MemberCertificateConnection", PEOPLE, CONNECTION),
    entry("MemberCertificateEdge", PEOPLE, EDGE),
    entry(
        "MemberShift",
        Rule::Needs(Permission::CalendarRead),
        &["calendar"],
    ),
    entry(
        "MemberShift",
        PEOPLE,
        &["id", "member", "validFrom", "validTo", "version"],
    ),
    entry(
        "MemberCapacity",
        PEOPLE,
        &[
            "id",
            "member",
            "openTickets",
            "validFrom",
            "validTo",
            "version",
        ],
    ),
    entry("Away", PEOPLE, &["startsAt", "endsAt"]),
    entry("Leave", PEOPLE, &["member"]),
    entry(
        "Leave",
        WHY,
        &[
            "id",
            "kind",
            "startsAt",
            "endsAt",
            "state",
            "reason",
            "decidedBy",
            "decidedAt",
            "decisionNote",
            "version",
            "createdAt",
            "updatedAt",
        ],
    ),
    entry("LeaveConnection", WHY, CONNECTION),
    entry("LeaveEdge", WHY, EDGE),
    // Filtering by what one may not see would tell.
    entry("LeaveFilter", PEOPLE, &["memberId"]),
    entry("SkillCreatePayload", KEEP, &["skill", "userErrors"]),
    entry("SkillUpdatePayload", KEEP, &["skill", "userErrors"]),
    entry(
        "CertificateCreatePayload",
        KEEP,
        &["certificate", "userErrors"],
    ),
    entry(
        "CertificateUpdatePayload",
        KEEP,
        &["certificate", "userErrors"],
    ),
    entry(
        "MemberSkillSetPayload",
        RECORD,
        &["memberSkill", "userErrors"],
    ),
    entry(
        "MemberSkillEndPayload",
        RECORD,
        &["memberSkill", "userErrors"],
    ),
    entry(
        "MemberCertificateRecordPayload",
        RECORD,
        &["memberCertificate", "userErrors"],
    ),
    entry(
        "MemberCertificateRevokePayload",
        RECORD,
        &["memberCertificate", "userErrors"],
    ),
    entry(
        "MemberCapacitySetPayload",
        HOURS,
        &["memberCapacity", "userErrors"],
    ),
    entry("MemberShiftSetPayload", HOURS, &["results", "userErrors"]),
    entry(
        "MemberShiftSetResult",
        HOURS,
        &["memberId", "shift", "userErrors"],
    ),
    entry("LeaveRequestPayload", ASK, &["leave", "userErrors"]),
    entry("LeaveCancelPayload", ASK, &["leave", "userErrors"]),
    entry("LeaveDecidePayload", DECIDE, &["leave", "userErrors"]),
];
