//! Documents made from the schema: a way to every object type, every filter and order, every mutation with the least input.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use aftercare::calendars;
use aftercare::graphql::ids::encode;
use aftercare::graphql::model::{FieldModel, InputModel, Kind, named_type};
use aftercare::graphql::{SchemaFacts, SchemaModel};
use aftercare::metrics;
use aftercare::organisation::competencies::competency_id;
use aftercare::tickets::processes::shipped;
use aftercare::tickets::sla;
use async_graphql::parser::types::{BaseType, Type};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::Value;
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::data::{Table, key};

/// From the query root to an object type, taking all its fields at the end.
#[derive(Debug)]
pub struct Way {
    /// The type at the end.
    pub type_name: String,
    /// The steps: type and field each.
    pub steps: Vec<(String, String)>,
    /// The fields that are taken there.
    pub fields: Vec<String>,
    /// The document.
    pub document: String,
}

impl Way {
    /// The fields of the steps.
    pub fn path(&self) -> Vec<&str> {
        self.steps.iter().map(|(_, field)| field.as_str()).collect()
    }
}

/// The shortest way to every object type that a query leads to.
pub fn ways(model: &SchemaModel) -> Vec<Way> {
    let mut found: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    // Lists first: they have everybody's rows, while a shortcut has one's own, and an id must be known.
    for (lists_only, with_arguments) in [(true, false), (false, false), (false, true)] {
        let known = found
            .iter()
            .map(|(name, steps)| (name.clone(), steps.clone()));
        let mut open: VecDeque<_> = std::iter::once((model.query.clone(), Vec::new()))
            .chain(known)
            .collect();
        while let Some((type_name, steps)) = open.pop_front() {
            for field in model
                .get(&type_name)
                .and_then(|model| model.fields())
                .into_iter()
                .flat_map(BTreeMap::values)
            {
                let (Some(call), Some(next)) = (call(model, field), object(model, field)) else {
                    continue;
                };
                let beyond =
                    lists_only && type_name == model.query && !next.ends_with("Connection");
                if next != model.query
                    && !beyond
                    && !found.contains_key(&next)
                    && (with_arguments || call == field.name)
                {
                    let mut steps: Vec<(String, String)> = steps.clone();
                    steps.push((type_name.clone(), field.name.clone()));
                    found.insert(next.clone(), steps.clone());
                    open.push_back((next, steps));
                }
            }
        }
    }
    found
        .into_iter()
        .map(|(type_name, steps)| way(model, type_name, steps))
        .collect()
}

fn way(model: &SchemaModel, type_name: String, steps: Vec<(String, String)>) -> Way {
    let all = model
        .get(&type_name)
        .and_then(|model| model.fields())
        .into_iter()
        .flat_map(BTreeMap::values);
    let mut fields = Vec::new();
    let mut selection = String::new();
    for field in all {
        if let Some(call) = call(model, field) {
            fields.push(field.name.clone());
            selection.push_str(&format!("{call} {} ", typename_of(model, field)));
        }
    }
    for (parent, field) in steps.iter().rev() {
        let field = model.field(parent, field).expect("a step of the way");
        selection = format!(
            "{} {{ {selection} }}",
            call(model, field).expect("a step of the way")
        );
    }
    Way {
        type_name,
        steps,
        fields,
        document: format!("{{ {selection} }}"),
    }
}

/// The object type that a field gives.
fn object(model: &SchemaModel, field: &FieldModel) -> Option<String> {
    let name = named_type(&field.ty);
    matches!(model.get(name)?.kind, Kind::Object { .. }).then(|| name.to_owned())
}

/// The field with the arguments that it needs, if these tests know any.
pub fn call(model: &SchemaModel, field: &FieldModel) -> Option<String> {
    let needed = |argument: &&InputModel| !argument.ty.nullable && argument.default_value.is_none();
    let arguments: Option<Vec<String>> = field
        .arguments
        .values()
        .filter(needed)
        .map(|argument| {
            Some(format!(
                "{}: {}",
                argument.name,
                value(model, &argument.ty, &field.name, &argument.name)?
            ))
        })
        .collect();
    let arguments = arguments?;
    Some(if arguments.is_empty() {
        field.name.clone()
    } else {
        format!("{}({})", field.name, arguments.join(", "))
    })
}

/// A selection that asks an object for nothing but its type.
pub fn typename_of(model: &SchemaModel, field: &FieldModel) -> &'static str {
    if model.is_composite(named_type(&field.ty)) {
        "{ __typename }"
    } else {
        ""
    }
}

/// The least value of a type; of ids one of the company.
fn value(model: &SchemaModel, ty: &Type, owner: &str, name: &str) -> Option<String> {
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

/// Is there any object at the end of that path?
pub fn any_at(value: &Value, path: &[&str]) -> bool {
    match (value, path) {
        (Value::Array(items), _) => items.iter().any(|item| any_at(item, path)),
        (Value::Object(_), []) => true,
        (Value::Object(fields), [first, rest @ ..]) => {
            fields.get(*first).is_some_and(|value| any_at(value, rest))
        }
        _ => false,
    }
}

/// Takes away every type that is reached from `root`.
pub fn below(model: &SchemaModel, root: &str, types: &mut BTreeSet<&str>) {
    let mut open = vec![root.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if seen.insert(name.clone()) {
            types.remove(name.as_str());
            let fields = model.get(&name).and_then(|model| model.fields());
            let next = fields
                .into_iter()
                .flat_map(BTreeMap::values)
                .map(|field| named_type(&field.ty).to_owned());
            open.extend(next.flat_map(|name| {
                model
                    .possible_types(&name)
                    .into_iter()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            }));
        }
    }
}

/// A list of the query root with what it can be filtered and sorted by.
pub struct List {
    /// The field.
    pub field: String,
    filter: Option<String>,
    order: Option<String>,
    /// The arguments that it needs besides, with a comma.
    needed: String,
}

/// Every list of the query root.
pub fn lists(model: &SchemaModel) -> Vec<List> {
    let fields = model
        .get(&model.query)
        .and_then(|query| query.fields())
        .expect("queries");
    let argument = |field: &FieldModel, name: &str| {
        field
            .arguments
            .get(name)
            .map(|argument| named_type(&argument.ty).to_owned())
    };
    fields
        .values()
        .filter(|field| named_type(&field.ty).ends_with("Connection"))
        .map(|field| List {
            field: field.name.clone(),
            filter: argument(field, "filter"),
            order: argument(field, "orderBy"),
            needed: needed(model, field),
        })
        .collect()
}

/// What a list needs besides a filter and an order.
fn needed(model: &SchemaModel, field: &FieldModel) -> String {
    let call = call(model, field).unwrap_or_default();
    call.split_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'))
        .map(|arguments| format!("{arguments}, "))
        .unwrap_or_default()
}

impl List {
    /// A document for each single part of the filter and each order: with the input or enum type and its member. What has
    /// a rule of its own also comes one level down.
    pub fn documents(&self, facts: &SchemaFacts) -> Vec<(String, String, String)> {
        let model = &*facts.model;
        let (field, needed) = (&self.field, &self.needed);
        let mut documents = Vec::new();
        if let Some(name) = &self.filter
            && let Some(Kind::Input { fields }) = model.get(name).map(|filter| &filter.kind)
        {
            for part in fields.values() {
                let Some(value) = value(model, &part.ty, field, &part.name) else {
                    continue;
                };
                let one = format!("{}: {value}", part.name);
                let mut filters = vec![format!("{{ {one} }}")];
                if facts.registry.rule(name, &part.name).is_some() && fields.contains_key("not") {
                    filters.push(format!("{{ and: [{{ {one} }}] }}"));
                    filters.push(format!("{{ or: [{{ {one} }}] }}"));
                    filters.push(format!("{{ not: {{ {one} }} }}"));
                }
                documents.extend(filters.into_iter().map(|filter| {
                    (
                        format!(
                            "{{ {field}({needed}first: 1, filter: {filter}) {{ nodes {{ __typename }} }} }}"
                        ),
                        name.clone(),
                        part.name.clone(),
                    )
                }));
            }
        }
        if let Some(name) = &self.order
            && let Some(Kind::Enum { values }) = model.get(name).map(|order| &order.kind)
        {
            documents.extend(values.keys().map(|value| {
                (
                    format!(
                        "{{ {field}({needed}first: 1, orderBy: {value}) {{ nodes {{ __typename }} }} }}"
                    ),
                    name.clone(),
                    value.clone(),
                )
            }));
        }
        documents
    }
}

/// A mutation with the least input.
pub fn mutation(model: &SchemaModel, field: &FieldModel) -> String {
    let call = call(model, field)
        .unwrap_or_else(|| panic!("these tests know no input for {}", field.name));
    format!("mutation {{ {call} {{ userErrors {{ code field }} }} }}")
}

/// How many rows each table has.
pub async fn rows(app: &TestApp) -> Vec<(&'static str, u64)> {
    let db = app.db.reader();
    let mut counts = Vec::new();
    macro_rules! count {
        ($($table:ident),*) => {$(
            counts.push((stringify!($table), entity::$table::Entity::find().count(db).await.expect("it can be counted")));
        )*};
    }
    count!(
        appraisal_appeal,
        appraisal_calibration,
        appraisal_calibration_change,
        appraisal_feedback,
        appraisal_proposal,
        appraisal_rater,
        api_client,
        api_client_document,
        api_client_secret,
        appraisal,
        appraisal_absence,
        appraisal_cycle,
        appraisal_cycle_template,
        appraisal_dispute,
        appraisal_incident,
        appraisal_plan_item,
        appraisal_rating,
        appraisal_result,
        appraisal_template,
        appraisal_template_version,
        improvement_plan,
        assignment,
        audit_log,
        certificate,
        competency,
        competency_assessment,
        competency_profile,
        competency_want,
        contact,
        contract,
        contract_payment,
        contract_share,
        payment_credit,
        renewal,
        contest,
        contest_award,
        contest_conflict,
        contest_entrant,
        contest_judge,
        contest_result,
        contest_round,
        contest_score,
        custom_field,
        customer,
        department,
        dispatch_candidate,
        dispatch_decision,
        dispatch_requirement,
        exam,
        exam_appeal,
        exam_assessor,
        exam_attempt,
        exam_candidate,
        exam_item,
        exam_mark,
        exam_pool,
        exam_question,
        exam_question_version,
        goal,
        goal_alert,
        honour,
        honour_opt_out,
        idempotency_key,
        incentive_award,
        incentive_correction,
        incentive_lock,
        incentive_payout,
        incentive_posting,
        incentive_question,
        incentive_run,
        incentive_transaction,
        incentive_rule,
        incentive_rule_version,
        incentive_simulation,
        incentive_simulation_part,
        leave,
        member,
        member_capacity,
        member_certificate,
        member_shift,
        member_skill,
        mentoring,
        mentoring_check_in,
        mentoring_goal,
        mentoring_ticket,
        metric,
        metric_frozen_cell,
        metric_frozen_fact,
        metric_snapshot,
        metric_snapshot_metric,
        metric_version,
        outbox,
        partner,
        position,
        position_version,
        probation,
        probation_review,
        process_step,
        process_template,
        process_version,
        product,
        recognition,
        refresh_token,
        reply_template,
        region,
        region_province,
        reorganisation,
        reorganisation_change,
        role,
        role_assignment,
        role_grant,
        rotation,
        saved_view,
        session,
        signing_key,
        staff_survey_cell,
        staff_survey_invitation,
        staff_survey_question,
        staff_survey_round,
        staff_survey_tally,
        structure_name,
        task_force,
        team_place,
        team_pledge,
        skill,
        survey,
        survey_answer,
        survey_follow_up,
        tag,
        talent_evidence,
        talent_proposal,
        team,
        ticket,
        ticket_change,
        ticket_comment,
        ticket_mention,
        ticket_presence,
        ticket_credit,
        ticket_handover,
        ticket_stage_entry,
        ticket_step_entry,
        ticket_watcher,
        ticket_field_value,
        ticket_link,
        ticket_tag,
        training_course,
        training_enrolment,
        training_feed,
        training_feedback,
        training_hour,
        training_path,
        training_path_course,
        training_proposal,
        training_proposal_member,
        training_session,
        training_session_trainer,
        training_study,
        training_target,
        unit,
        user
    );
    counts
}
