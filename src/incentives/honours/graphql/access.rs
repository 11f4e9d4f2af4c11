//! Who may have which field of honours and recognitions. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::HonourRead);
const CONFER: Rule = Rule::Needs(Permission::HonourConfer);
const GIVE: Rule = Rule::Needs(Permission::RecognitionGive);
const REVIEW: Rule = Rule::Needs(Permission::RecognitionReview);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const ORGANISATION: Rule = Rule::Needs(Permission::OrganisationRead);
const TICKET: Rule = Rule::Needs(Permission::TicketRead);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of honours and recognitions.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["honour", "honourWall", "honourWallPreference", "myHonours", "recognition", "recognitions"]),
    entry("Query", GIVE, &["recognitionBalance"]),
    entry("Query", REVIEW, &["recognitionPatterns"]),
    entry("Mutation", CONFER, &["honourConfer", "honourRevoke"]),
    entry("Mutation", READ, &["honourWallPreferenceSet"]),
    entry("Mutation", GIVE, &["recognitionGive", "recognitionWithdraw"]),
    entry("HonourConferPayload", CONFER, &["honour", "userErrors"]),
    entry("HonourRevokePayload", CONFER, &["honour", "userErrors"]),
    entry("HonourWallPreferenceSetPayload", READ, &["preference", "userErrors"]),
    entry("RecognitionGivePayload", GIVE, &["recognition", "userErrors"]),
    entry("RecognitionWithdrawPayload", GIVE, &["recognition", "userErrors"]),
    entry("Honour", READ, &[
        "id", "kind", "title", "titleZh", "citation", "citationZh", "memberName", "memberNameEn", "givenOn", "until", "source",
        "givenByName", "shown", "revokedOn", "revokeReason", "revokedByName", "version", "createdAt", "updatedAt",
    ]),
    entry("Honour", MEMBER, &["member"]),
    entry("Honour", ORGANISATION, &["team"]),
    entry("HonourConnection", READ, CONNECTION),
    entry("HonourEdge", READ, EDGE),
    entry("HonourWallPreference", READ, &["shown"]),
    entry("Recognition", READ, &[
        "id", "day", "value", "message", "giverName", "receiverName", "withdrawnAt", "version", "createdAt", "updatedAt",
    ]),
    entry("Recognition", MEMBER, &["giver", "receiver"]),
    entry("Recognition", ORGANISATION, &["team"]),
    entry("Recognition", TICKET, &["ticket"]),
    entry("RecognitionConnection", READ, CONNECTION),
    entry("RecognitionEdge", READ, EDGE),
    entry("RecognitionBalance", GIVE, &["perMonth", "perColleagueAQuarter", "returnDays", "given", "left", "renewedOn"]),
    entry("RecognitionPatterns", REVIEW, &["recognitions", "givers", "receivers", "mutual", "concentrated"]),
    entry("RecognitionMutual", REVIEW, &["oneName", "otherName", "there", "back"]),
    entry("RecognitionMutual", MEMBER, &["one", "other"]),
    entry("RecognitionConcentration", REVIEW, &["receiverName", "received", "givers", "basisPoints"]),
    entry("RecognitionConcentration", MEMBER, &["receiver"]),
    // Filtering by what one may not see would tell.
    entry("HonourFilter", MEMBER, &["memberId"]),
    entry("HonourFilter", ORGANISATION, &["teamId"]),
    entry("RecognitionFilter", MEMBER, &["giverId", "receiverId"]),
    entry("RecognitionFilter", ORGANISATION, &["teamId"]),
];
