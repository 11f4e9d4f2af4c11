//! Who may have which field of pledges.

use crate::access::{Entry, Permission, Rule};

const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);
const WRITE: Rule = Rule::Needs(Permission::TeamPledgeWrite);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of pledges.
pub const ACCESS: &[Entry] = &[
    entry("Mutation", WRITE, &["pledgeUpdate", "pledgeWrite"]),
    entry("PledgeWritePayload", WRITE, &["pledge", "userErrors"]),
    entry("PledgeUpdatePayload", WRITE, &["pledge", "userErrors"]),
    entry(
        "Pledge",
        STRUCTURE,
        &[
            "does",
            "finishes",
            "from",
            "gets",
            "id",
            "slogan",
            "team",
            "until",
            "updatedAt",
            "version",
        ],
    ),
];
