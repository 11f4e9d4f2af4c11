//! The least value of every type of input, with ids of the test company.

use std::collections::BTreeMap;

use aftercare::calendars;
use aftercare::graphql::SchemaModel;
use aftercare::graphql::ids::encode;
use aftercare::graphql::model::{InputModel, Kind};
use aftercare::metrics;
use aftercare::organisation::competencies::competency_id;
use aftercare::tickets::processes::shipped;
use aftercare::tickets::sla;
use async_graphql::parser::types::{BaseType, Type};
use uuid::Uuid;

use crate::support::data::{Table, key};

/// The least value of a type; of ids one of the company.
pub fn value(model: &SchemaModel, ty: &Type, owner: &str, name: &str) -> Option<String> {
    let named = match &ty.base {
        BaseType::List(inner) => {
            return value(model, inner, owner, name).map(|item| format!("[{item}]"));
        }
        BaseType::Named(named) => named.as_str(),
    };
    let text = match named {
        "ID" => format!("{:?}", id_for(owner, name)),
        "Int" => "1".to_owned(),
        "Float" => "1.0".to_owned(),
        "Boolean" => "true".to_owned(),
        "String" if name == "document" => "\"{ tickets { totalCount } }\"".to_owned(),
        "String" if owner == "metric" && name == "key" => "\"tickets_opened\"".to_owned(),
        "String" if owner == "timeSpent" && name == "source" => "\"ticket.step\"".to_owned(),
        "String" => "\"a text of some length\"".to_owned(),
        "DateTime" if owner == "trainingTurnout" && name == "from" => {
            "\"2026-01-01T00:00:00Z\"".to_owned()
        }
        "DateTime" => "\"2026-03-01T00:00:00Z\"".to_owned(),
        "Date"
            if ["metric", "timeSpent", "regionEvaluation"].contains(&owner) && name == "from" =>
        {
            "\"2026-01-01\"".to_owned()
        }
        "Date"
            if ["incentiveStatement", "recognitionPatterns"].contains(&owner) && name == "from" =>
        {
            "\"2026-01-01\"".to_owned()
        }
        "Date" => "\"2026-04-01\"".to_owned(),
        "Duration" => "\"PT8H\"".to_owned(),
        "Decimal" => "\"1.5\"".to_owned(),
        "JSON" => "{}".to_owned(),
        other => match &model.get(other)?.kind {
            Kind::Enum { values } => values.keys().next()?.clone(),
            Kind::Input { fields } => object_value(model, fields, owner, is_one_of(model, other))?,
            _ => return None,
        },
    };
    Some(text)
}

fn object_value(
    model: &SchemaModel,
    fields: &BTreeMap<String, InputModel>,
    owner: &str,
    one_of: bool,
) -> Option<String> {
    let needed = |field: &&InputModel| !field.ty.nullable && field.default_value.is_none();
    let part = |field: &InputModel| {
        Some(format!(
            "{}: {}",
            field.name,
            value(model, &field.ty, owner, &field.name)?
        ))
    };
    let parts: Option<Vec<String>> = if one_of {
        fields.values().take(1).map(part).collect()
    } else {
        fields.values().filter(needed).map(part).collect()
    };
    Some(format!("{{ {} }}", parts?.join(", ")))
}

/// Is exactly one field of the input object meant?
fn is_one_of(model: &SchemaModel, name: &str) -> bool {
    model.get(name).is_some_and(|input| {
        input
            .directives
            .iter()
            .any(|directive| directive.name.node == "oneOf")
    })
}

/// An id for an argument: of the type that its name says, else of what the field is called after.
fn id_for(owner: &str, name: &str) -> String {
    if let Some(id) = appraised(owner, name) {
        return id;
    }
    let subject = name
        .strip_suffix("Id")
        .filter(|subject| !subject.is_empty())
        .unwrap_or(owner)
        .to_lowercase();
    if let Some(id) = follows_from_appraisals(owner, &subject) {
        return id;
    }
    if owner.starts_with("incentive") {
        let (prefix, table) = match owner {
            "incentiveSimulationStart" => ("incentiveversion", Table::IncentiveVersion),
            _ if owner.starts_with("incentiveSimulation") => ("simulation", Table::Simulation),
            _ if owner.starts_with("incentiveRun") || name == "runId" => {
                ("incentiverun", Table::IncentiveRun)
            }
            "incentiveAward" | "incentiveCorrect" | "incentiveQuestionAsk" => {
                ("incentiveaward", Table::IncentiveAward)
            }
            _ if owner.starts_with("incentiveCorrection") => {
                ("correction", Table::IncentiveCorrection)
            }
            _ if owner.starts_with("incentiveQuestion") => {
                ("awardquestion", Table::IncentiveQuestion)
            }
            _ if owner.starts_with("incentivePayout") => ("payout", Table::IncentivePayout),
            _ if owner.starts_with("incentiveRuleVersion") => {
                ("incentiveversion", Table::IncentiveVersion)
            }
            _ => ("incentiverule", Table::IncentiveRule),
        };
        return encode(prefix, key(table, 1));
    }
    if owner.starts_with("training") {
        let table = [
            ("proposal", "proposal", Table::Proposal),
            ("session", "trainingsession", Table::TrainingSession),
            ("course", "course", Table::Course),
            ("path", "path", Table::Path),
            ("enrol", "enrolment", Table::Enrolment),
            ("attendance", "enrolment", Table::Enrolment),
            ("study", "study", Table::Study),
            ("hours", "hoursentry", Table::HoursEntry),
            ("entry", "hoursentry", Table::HoursEntry),
        ]
        .into_iter()
        .find(|(named, ..)| subject.trim_start_matches("training").starts_with(named));
        if let Some((_, prefix, table)) = table {
            return encode(prefix, key(table, 1));
        }
    }
    if owner.starts_with("staffSurvey") && subject == "question" {
        return encode("staffquestion", key(Table::StaffQuestion, 1));
    }
    if subject.starts_with("competency") && !subject.starts_with("competencyprofile") {
        return encode("competency", competency_id("communication"));
    }
    if name == "versionIds" {
        return encode("appraisalversion", key(Table::AppraisalVersion, 1));
    }
    let appraisals = [
        ("appraisalincident", "incident", Table::Incident),
        ("appraisaldisputedecide", "dispute", Table::Dispute),
        (
            "appraisaltemplateversion",
            "appraisalversion",
            Table::AppraisalVersion,
        ),
        (
            "appraisaltemplate",
            "appraisaltemplate",
            Table::AppraisalTemplate,
        ),
        ("appraisalcycle", "appraisalcycle", Table::AppraisalCycle),
        ("appraisal", "appraisal", Table::Appraisal),
    ];
    if let Some((_, prefix, table)) = appraisals
        .into_iter()
        .find(|(named, ..)| subject.starts_with(named))
    {
        return encode(prefix, key(table, 1));
    }
    let missing = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
    if subject.starts_with("ticketalert") {
        return encode("alert", missing);
    }
    if subject.starts_with("metricsnapshot") {
        return encode("metricsnapshot", key(Table::MetricSnapshot, 1));
    }
    if subject.starts_with("metric") {
        return encode("metric", metrics::definitions::metric_id("complaints"));
    }
    if subject.starts_with("policy") || subject.starts_with("slapolicy") {
        return encode("policy", sla::policy_id("standard"));
    }
    let teamwork = [
        ("ruleproposal", "ruleproposal", Table::RuleProposal),
        ("proposal", "ruleproposal", Table::RuleProposal),
        ("rulevote", "ruleproposal", Table::RuleProposal),
        ("teamrule", "teamrule", Table::TeamRule),
        ("rule", "teamrule", Table::TeamRule),
        ("meetingseries", "series", Table::Series),
        ("series", "series", Table::Series),
        ("meeting", "meeting", Table::Meeting),
        ("actionitem", "actionitem", Table::ActionItem),
        ("suggestion", "suggestion", Table::Suggestion),
        ("handler", "member", Table::Member),
        ("presenter", "member", Table::Member),
    ];
    if let Some((_, prefix, table)) = teamwork
        .into_iter()
        .find(|(named, ..)| subject.starts_with(named))
    {
        return encode(prefix, key(table, 1));
    }
    let contracts = [
        ("contractpayment", "payment", Table::ContractPayment),
        ("payment", "payment", Table::ContractPayment),
        ("contract", "contract", Table::Contract),
        ("renews", "contract", Table::Contract),
        ("renewal", "renewal", Table::Renewal),
    ];
    if let Some((_, prefix, table)) = contracts
        .into_iter()
        .find(|(named, ..)| subject.starts_with(named))
    {
        return encode(prefix, key(table, 1));
    }
    let table = [
        ("honour", Table::Honour),
        ("recognition", Table::Recognition),
        ("giver", Table::Member),
        ("receiver", Table::Member),
        ("contestwithdraw", Table::Entrant),
        ("contestround", Table::ContestRound),
        ("contest", Table::Contest),
        ("entrant", Table::Entrant),
        ("round", Table::ContestRound),
        ("mentoringgoal", Table::MentoringGoal),
        ("mentoring", Table::Mentoring),
        ("mentor", Table::Member),
        ("newcomer", Table::Member),
        ("examquestion", Table::ExamQuestion),
        ("examattempt", Table::ExamAttempt),
        ("examappeal", Table::ExamAppeal),
        ("attempt", Table::ExamAttempt),
        ("item", Table::ExamItem),
        ("exam", Table::Exam),
        ("replytemplate", Table::ReplyTemplate),
        ("taskforce", Table::TaskForce),
        ("competencyprofile", Table::Position),
        ("probation", Table::Probation),
        ("rotation", Table::Rotation),
        ("staffsurvey", Table::StaffSurvey),
        ("talent", Table::Talent),
        ("reorganisation", Table::Reorganisation),
        ("pledge", Table::Pledge),
        ("improvementplan", Table::ImprovementPlan),
        ("lead", Table::Member),
        ("ticket", Table::Ticket),
        ("customer", Table::Customer),
        ("contact", Table::Contact),
        ("unit", Table::Unit),
        ("partner", Table::Partner),
        ("product", Table::Product),
        ("member", Table::Member),
        ("assignment", Table::Assignment),
        ("department", Table::Department),
        ("region", Table::Region),
        ("team", Table::Team),
        ("position", Table::Position),
        ("user", Table::User),
        ("handover", Table::Handover),
        ("surveyfollowup", Table::FollowUp),
        ("customfield", Table::Field),
        ("goal", Table::Goal),
        ("owner", Table::Member),
        ("reviewer", Table::Member),
        ("trainer", Table::Member),
        ("link", Table::Link),
        ("savedview", Table::View),
        ("tag", Table::Tag),
        ("skill", Table::Skill),
        ("dispatchrequirement", Table::DispatchRequirement),
        ("dispatchdecision", Table::DispatchDecision),
    ]
    .into_iter()
    .find(|(prefix, _)| subject.starts_with(prefix));
    match table {
        Some((prefix, table)) => {
            let prefix = match table {
                Table::ExamQuestion => "question",
                Table::ExamAttempt => "attempt",
                Table::ExamAppeal => "appeal",
                Table::ExamItem => "examitem",
                Table::Exam => "exam",
                Table::Entrant => "entrant",
                Table::ContestRound => "contestround",
                Table::DispatchDecision => "decision",
                Table::DispatchRequirement => "requirement",
                Table::Field => "field",
                Table::FollowUp => "followup",
                Table::Member => "member",
                Table::Position => "position",
                Table::View => "view",
                _ => prefix,
            };
            encode(prefix, key(table, 1))
        }
        None if subject.starts_with("apiclient") || subject.starts_with("client") => {
            encode("client", key(Table::ApiClient, 1))
        }
        None if subject.starts_with("session") => encode(
            "session",
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
        ),
        None if subject.starts_with("role") => encode(
            "role",
            Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001),
        ),
        None if subject.starts_with("calendar") => {
            encode("calendar", calendars::shipped::calendar_id("cn_office"))
        }
        None if subject.starts_with("template") || subject.starts_with("processtemplate") => {
            encode("process", shipped::template_id("consultation"))
        }
        None if subject.starts_with("version") || subject.starts_with("process") => {
            encode("procversion", shipped::version_id("consultation"))
        }
        None => encode("ticket", key(Table::Ticket, 1)),
    }
}

/// An id for an argument of feedback or of answers to results; January's results are out.
fn appraised(owner: &str, name: &str) -> Option<String> {
    let (prefix, table, n) = match (owner, name) {
        ("appraisalFeedback", _) => ("appraisal", Table::Appraisal, 11),
        (_, "raterIds") | ("appraisalFeedbackGive" | "appraisalFeedbackDecline", "id") => {
            ("rater", Table::Rater, 1)
        }
        ("appraisalRaters", _)
        | (
            "appraisalRatersPropose"
            | "appraisalRatersDecide"
            | "appraisalAppealFile"
            | "appraisalAcknowledge",
            "id",
        ) => ("appraisal", Table::Appraisal, 1),
        ("appraisalRatersSuggest", _) => ("appraisalcycle", Table::AppraisalCycle, 1),
        ("appraisalAppeal" | "appraisalAppealWithdraw" | "appraisalAppealDecide", "id") => {
            ("appraisalappeal", Table::AppraisalAppeal, 1)
        }
        _ => return None,
    };
    Some(encode(prefix, key(table, n)))
}

/// The same for calibration, trials of templates, and what follows from results.
fn follows_from_appraisals(owner: &str, subject: &str) -> Option<String> {
    let ours = [
        "appraisalCalibrat",
        "appraisalPair",
        "appraisalTemplateTrial",
        "appraisalPropos",
        "appraisalNeeds",
        "appraisalGroupResults",
        "appraisalStars",
        "stars",
        "improvementPlanWrite",
    ];
    if !ours.iter().any(|start| owner.starts_with(start)) {
        return None;
    }
    let (prefix, table, n) = match subject {
        _ if owner.starts_with("improvementPlan") && subject != "cycle" => return None,
        "cycle" => ("appraisalcycle", Table::AppraisalCycle, 2),
        "version" => ("appraisalversion", Table::AppraisalVersion, 1),
        "one" | "appraisal" => ("appraisal", Table::Appraisal, 12),
        "other" => ("appraisal", Table::Appraisal, 13),
        "appraisalproposal" | "appraisalproposaldecide" => {
            ("appraisalproposal", Table::AppraisalProposal, 1)
        }
        _ => ("calibration", Table::Calibration, 1),
    };
    Some(encode(prefix, key(table, n)))
}
