//! Who may have which field of staffing advice.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::StaffingRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const PEOPLE: Rule = Rule::Needs(Permission::MemberRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of staffing advice.
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["staffingAdvice"]),
    entry("StaffingAdvice", READ, &["day", "desks", "thresholds"]),
    entry(
        "StaffingThresholds",
        READ,
        &[
            "dedicatedFrom",
            "largeFrom",
            "managerFrom",
            "pairFrom",
            "perMember",
            "relievedFrom",
        ],
    ),
    entry(
        "StaffingDesk",
        READ,
        &[
            "customers",
            "handovers",
            "managersPresent",
            "managersProposed",
            "members",
            "present",
            "proposed",
            "reasons",
            "unowned",
            "verdict",
        ],
    ),
    entry("StaffingDesk", STRUCTURE, &["region", "team"]),
    entry("StaffingLoad", READ, &["customers"]),
    entry("StaffingLoad", PEOPLE, &["member"]),
    entry(
        "StaffingHandover",
        READ,
        &["customers", "fromNobody", "toNewMember"],
    ),
    entry("StaffingHandover", PEOPLE, &["from", "to"]),
];
