//! Who may have which field of calibration. Which rows, the store decides: never those about oneself.

use crate::access::{Entry, Permission, Rule};

const CALIBRATE: Rule = Rule::Needs(Permission::AppraisalCalibrate);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of calibration.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", CALIBRATE, &["appraisalCalibration", "appraisalCalibrations", "appraisalPair"]),
    entry("Mutation", CALIBRATE, &["appraisalCalibrate", "appraisalCalibrationClose", "appraisalCalibrationOpen"]),
    entry("AppraisalCalibrationOpenPayload", CALIBRATE, &["calibration", "userErrors"]),
    entry("AppraisalCalibrationClosePayload", CALIBRATE, &["calibration", "userErrors"]),
    entry("AppraisalCalibratePayload", CALIBRATE, &["result", "userErrors"]),
    entry("AppraisalCalibration", CALIBRATE, &[
        "id", "cycleId", "name", "versionId", "ledBy", "members", "memberTotal", "waiting", "spread", "cycleSpread", "hints", "changes",
        "conclusion", "closedAt", "version", "createdAt", "updatedAt",
    ]),
    entry("AppraisalCalibration", STRUCTURE, &["department"]),
    entry("AppraisalCalibrationConnection", CALIBRATE, &["edges", "nodes", "pageInfo", "totalCount"]),
    entry("AppraisalCalibrationEdge", CALIBRATE, &["cursor", "node"]),
    entry("AppraisalCalibrationResult", CALIBRATE, &["appraisalId", "appraisalVersion", "versionId", "score", "band", "result"]),
    entry("AppraisalCalibrationResult", MEMBER, &["member", "reviewer"]),
    entry("AppraisalCalibrationResult", STRUCTURE, &["team"]),
    entry("AppraisalCalibrationChange", CALIBRATE, &[
        "id", "appraisalId", "fromScore", "toScore", "fromBand", "toBand", "reason", "madeBy", "createdAt",
    ]),
    entry("AppraisalCalibrationChange", MEMBER, &["member"]),
    entry("AppraisalSpread", CALIBRATE, &["versionId", "results", "bands", "within"]),
    // Of a trial as well: nothing in it says more than the field that it hangs on.
    entry("AppraisalBandShare", Rule::SignedIn, &["band", "name", "count", "most", "over"]),
    entry("AppraisalHint", CALIBRATE, &["tenure", "results", "others", "finding", "apart"]),
    entry("AppraisalHint", MEMBER, &["reviewer"]),
    entry("AppraisalHint", STRUCTURE, &["team"]),
    entry("AppraisalPair", CALIBRATE, &["one", "other", "lines"]),
    entry("AppraisalPairLine", CALIBRATE, &["section", "item", "name", "one", "other"]),
];
