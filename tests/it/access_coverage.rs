//! Every entry of the registry is tried by every role, with documents made from the schema itself: a new field is covered
//! when it arrives, or a test here says that it can't be reached.

pub mod documents;
mod tables;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use aftercare::access::{Call, Rule, Viewer};
use aftercare::graphql::SchemaFacts;
use aftercare::graphql::endpoint::Incoming;
use aftercare::graphql::ids::encode;
use aftercare::graphql::model::{Kind, named_type};
use aftercare::graphql::precheck::{Caller, Need};
use aftercare::identity;
use async_graphql::Variables;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company::{self, LOGINS};
use crate::support::data::start;
use crate::support::database::both_databases;
use crate::support::oracle::Oracle;
use documents::Way;

/// Object types that no query leads to with the rows of the company, with the reason.
const OUT_OF_THE_WAY: &[(&str, &str)] = &[
    (
        "IncentiveBudget",
        "the company's rule in force gives everybody a plain sum; the tests of rules save one with all parts",
    ),
    ("IncentiveCitation", "the same"),
    ("IncentiveRoleShare", "the same"),
    ("IncentiveSplit", "the same"),
    ("IncentiveStacking", "the same"),
    ("IncentiveTier", "the same"),
    ("IncentiveTierPays", "the same"),
    ("IncentiveTiers", "the same"),
    (
        "IncentiveNextTier",
        "a plain sum has no step to reach; the tests of runs look at rules that have",
    ),
    ("IncentiveUnmet", "the same"),
    (
        "IncentiveSimulationResult",
        "the company's simulation is still going on; the tests of simulations end some",
    ),
    ("IncentiveBudgetUse", "the same"),
    ("IncentiveComparison", "the same"),
    ("IncentiveCost", "the same"),
    ("IncentiveDistribution", "the same"),
    ("IncentiveMemberChange", "the same"),
    ("IncentiveMissingFact", "the same"),
    ("IncentiveRuleOutcome", "the same"),
    ("IncentiveSensitivity", "the same"),
    ("IncentiveSensitivityPoint", "the same"),
    ("IncentiveViolation", "the same"),
    ("IncentiveWarning", "the same"),
    (
        "IncentiveRunMissing",
        "every fact was known in the company's run; the tests of runs look at one in which some weren't",
    ),
    (
        "MyIncentiveSum",
        "of the month that is going on nothing is earned yet; the tests of runs look at one that is over",
    ),
    (
        "AppraisalBlocked",
        "no result of the company waits for something; the appraisals' tests make some wait",
    ),
    (
        "AppraisalFamilyCount",
        "nobody of the company holds a position by whose family they are appraised; the appraisals' tests give them some",
    ),
    (
        "DatedName",
        "no department of the company was ever renamed; the organisation's tests rename one",
    ),
    (
        "ExamCriterion",
        "no practical question of the company has a rubric; the exams' tests mark by one",
    ),
    (
        "TrainingEffectGroup",
        "no session of the company was attended by enough; the tests of needs measure one",
    ),
    (
        "AppraisalTrialResult",
        "the version that is tried here is the cycle's own; the tests of trials take another one",
    ),
    ("AppraisalTrialUnknown", "the same"),
    (
        "UserError",
        "the company's plan can be applied as it is; the organisation's tests preview one that can't",
    ),
    (
        "MetricCause",
        "figures of today, which are asked for here, differ from nothing",
    ),
    ("MetricChangedFact", "the same"),
    ("MetricChangedFactConnection", "the same"),
    ("MetricChangedFactEdge", "the same"),
    ("MetricDifference", "the same"),
    (
        "DispatchLoad",
        "nobody of the company has much more or much less work than the team",
    ),
    (
        "SurveyInvitation",
        "surveyByToken shows it to whoever holds a signed link",
    ),
    (
        "AccessRefusal",
        "accessCheck of a document that is fine has none",
    ),
    (
        "CalendarSpan",
        "a preview from a moment to the same one has no spans",
    ),
    (
        "HeldPermission",
        "rolePreview of a change without effect shows nobody",
    ),
    (
        "ProcessProblem",
        "nothing stands against what is published already",
    ),
    (
        "ProcessTrialLate",
        "no ticket was opened on the day of the trial",
    ),
    (
        "TimeSpentPart",
        "nothing is compared within groups unless that is asked for",
    ),
    (
        "RolePreviewPrincipal",
        "rolePreview of a change without effect shows nobody",
    ),
];

async fn everybody(app: &TestApp) -> Vec<(Actor, Viewer)> {
    let mut all = Vec::new();
    for login in LOGINS {
        let actor = app.as_(login).await;
        let viewer = identity::authenticate(app, actor.token(), start())
            .await
            .expect("a viewer");
        all.push((actor, viewer));
    }
    all
}

fn has(facts: &SchemaFacts, viewer: &Viewer, type_name: &str, member: &str) -> bool {
    match facts.registry.rule(type_name, member) {
        None | Some(Rule::Public) => true,
        Some(Rule::SignedIn) => viewer.is_signed_in(),
        Some(Rule::Needs(permission)) => viewer.may(permission),
    }
}

fn call(viewer: &Viewer) -> Call {
    Call {
        viewer: viewer.clone(),
        ..Call::system(start(), "test")
    }
}

/// The paths of the FORBIDDEN errors about a permission that isn't held, without list indices. Those about a reach that
/// is too small are the scopes' matter.
fn forbidden(reply: &Reply) -> BTreeSet<String> {
    let denied = reply
        .errors()
        .iter()
        .filter(|error| error["extensions"]["code"] == "FORBIDDEN")
        .filter(|error| error["extensions"]["reach"].is_null());
    denied
        .map(|error| {
            error["path"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(".")
        })
        .collect()
}

/// What must be denied of a document that goes this way and takes all fields of the type at its end.
fn expected(facts: &SchemaFacts, viewer: &Viewer, way: &Way) -> BTreeSet<String> {
    let mut path = Vec::new();
    for (type_name, field) in &way.steps {
        path.push(field.as_str());
        if !has(facts, viewer, type_name, field) {
            return BTreeSet::from([path.join(".")]);
        }
    }
    let denied = way
        .fields
        .iter()
        .filter(|field| !has(facts, viewer, &way.type_name, field));
    denied
        .map(|field| {
            path.iter()
                .copied()
                .chain([field.as_str()])
                .collect::<Vec<_>>()
                .join(".")
        })
        .collect()
}

both_databases! {
    /// Read: each role asks for all fields of every type; exactly the denied ones are null with an error at their path.
    async fn fields(app: TestApp) {
        let facts = app.endpoint.facts();
        let ways = documents::ways(&facts.model);
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        for (actor, viewer) in everybody(&app).await {
            for way in &ways {
                let expected = expected(facts, &viewer, way);
                assert_eq!(foretold(&app, &viewer, &way.document), expected, "beforehand: {} {}", actor.who, way.document);
                let reply = actor.ask(&way.document).await;
                let codes = reply.error_codes();
                assert!(codes.iter().all(|code| *code == "FORBIDDEN"), "{} {}: {reply}", actor.who, way.document);
                let found = forbidden(&reply);
                if documents::any_at(&reply.body["data"], &way.path()) {
                    reached.insert(&way.type_name);
                    assert_eq!(found, expected, "{} {}: {reply}", actor.who, way.document);
                } else {
                    assert!(found.is_subset(&expected), "{} {}: {reply}", actor.who, way.document);
                }
            }
        }
        let missed: Vec<String> = ways.iter()
            .filter(|way| !reached.contains(&*way.type_name) && !OUT_OF_THE_WAY.iter().any(|(listed, _)| *listed == way.type_name))
            .map(|way| format!("{} at {}", way.type_name, way.path().join(".")))
            .collect();
        assert!(missed.is_empty(), "no role got any row of {missed:#?}: let the company have one, or list it with the reason");
    }

    /// Every object type is either reached by a query or the payload of a mutation or an event.
    async fn nothing_hides_from_these_tests(app: TestApp) {
        let facts = app.endpoint.facts();
        let reached: BTreeSet<String> = documents::ways(&facts.model).into_iter().map(|way| way.type_name).collect();
        let roots = [Some(&facts.model.query), facts.model.mutation.as_ref(), facts.model.subscription.as_ref()];
        let mut rest: BTreeSet<&str> = facts.model.object_fields().map(|(type_name, _)| type_name).collect();
        rest.retain(|name| !reached.contains(*name) && !roots.iter().flatten().any(|root| root == name));
        // What the other roots give.
        for root in roots.iter().flatten().skip(1) {
            documents::below(&facts.model, root, &mut rest);
        }
        assert!(rest.is_empty(), "{rest:?} can't be reached from any root without arguments that these tests don't know");
    }

    /// Filter and sort: what needs a permission that the role hasn't is refused as a whole; the rest isn't.
    async fn filters_and_orders(app: TestApp) {
        let facts = app.endpoint.facts();
        let everybody = everybody(&app).await;
        let mut tried = 0;
        for list in documents::lists(&facts.model) {
            for (document, type_name, member) in list.documents(facts) {
                for (actor, viewer) in &everybody {
                    let reply = actor.ask(&document).await;
                    let allowed = has(facts, viewer, "Query", &list.field) && has(facts, viewer, &type_name, &member);
                    let denied = reply.error_codes().contains(&"FORBIDDEN");
                    assert_eq!(denied, !allowed, "{} {document}: {reply}", actor.who);
                    assert!(allowed || reply.body["data"][&list.field].is_null(), "{} {document}: {reply}", actor.who);
                    tried += 1;
                }
            }
        }
        assert!(tried > 500, "only {tried}");
    }

    /// Mutate: without the permission FORBIDDEN, and nothing is written anywhere; with it anything but that.
    async fn mutations(app: TestApp) {
        let facts = app.endpoint.facts();
        let mutation = facts.model.mutation.clone().expect("mutations");
        let fields = facts.model.get(&mutation).and_then(|model| model.fields()).expect("mutations");
        let everybody = everybody(&app).await;
        let before = tables::rows(&app).await;
        let (mut denied, mut allowed) = (0, 0);
        for may in [false, true] {
            for field in fields.values() {
                let Some(Rule::Needs(permission)) = facts.registry.rule(&mutation, &field.name) else { continue };
                let document = documents::mutation(&facts.model, field);
                for (actor, _) in everybody.iter().filter(|(_, viewer)| viewer.may(permission) == may) {
                    let reply = actor.ask(&document).await;
                    let refused = reply.errors().iter().any(|error| error["extensions"]["code"] == "FORBIDDEN" && error["extensions"]["reach"].is_null());
                    assert_eq!(refused, !may, "{} {document}: {reply}", actor.who);
                    if may {
                        allowed += 1;
                        assert!(!reply.error_codes().contains(&"INTERNAL"), "{} {document}: {reply}", actor.who);
                    } else {
                        denied += 1;
                        assert_eq!(forbidden(&reply), BTreeSet::from([field.name.clone()]), "{document}: {reply}");
                        assert!(reply.data(&field.name).is_null());
                    }
                }
            }
            if !may {
                assert_eq!(tables::rows(&app).await, before, "a denied mutation has written");
            }
        }
        assert!(denied > 100 && allowed > 50, "{denied} denied, {allowed} allowed");
    }

    /// Signed out nothing is done but signing in, and nothing is written.
    async fn strangers(app: TestApp) {
        let facts = app.endpoint.facts();
        let stranger = app.stranger();
        let before = tables::rows(&app).await;
        for way in documents::ways(&facts.model) {
            if way.steps.iter().all(|(type_name, field)| facts.registry.rule(type_name, field) == Some(Rule::Public)) {
                continue;
            }
            let reply = stranger.ask(&way.document).await;
            assert!(reply.error_codes().contains(&"UNAUTHENTICATED"), "{}: {reply}", way.document);
            assert!(!reply.body.to_string().contains("_01"), "an id: {reply}");
        }
        let mutation = facts.model.mutation.clone().expect("mutations");
        for field in facts.model.get(&mutation).and_then(|model| model.fields()).expect("mutations").values() {
            if facts.registry.rule(&mutation, &field.name) != Some(Rule::Public) {
                let reply = stranger.ask(&documents::mutation(&facts.model, field)).await;
                assert_eq!(reply.error_codes(), ["UNAUTHENTICATED"], "{}: {reply}", field.name);
            }
        }
        assert_eq!(tables::rows(&app).await, before);
    }

    /// Subscribe: refused at once without the permission.
    async fn subscriptions(app: TestApp) {
        let facts = app.endpoint.facts();
        let root = facts.model.subscription.clone().expect("subscriptions");
        let fields = facts.model.get(&root).and_then(|model| model.fields()).expect("subscriptions");
        let mut viewers: Vec<Viewer> = everybody(&app).await.into_iter().map(|(_, viewer)| viewer).collect();
        viewers.push(Viewer::anonymous());
        for field in fields.values() {
            let root_field = documents::call(&facts.model, field).expect("these tests know the arguments");
            let query = format!("subscription {{ {root_field} {} }}", documents::typename_of(&facts.model, field));
            for viewer in &viewers {
                let incoming = Incoming::new(query.clone(), None, Map::default());
                let begun = app.endpoint.subscribe(&app, call(viewer), &incoming);
                let allowed = has(facts, viewer, &root, &field.name);
                assert_eq!(begun.is_ok(), allowed, "{:?} {query}", viewer.roles);
                if let Err(answer) = begun {
                    let code = if viewer.is_signed_in() { "FORBIDDEN" } else { "UNAUTHENTICATED" };
                    assert_eq!(answer.body.json()["errors"][0]["extensions"]["code"], code, "{}", answer.body.json());
                }
            }
        }
    }

    /// Node: every row of the company for every user, by the second implementation of the scopes.
    async fn nodes(app: TestApp) {
        let data = company::data();
        let mut rows: Vec<(&str, Uuid)> = Vec::new();
        macro_rules! add {
            ($($field:ident as $prefix:literal),*) => { $(rows.extend(data.$field.iter().map(|row| ($prefix, row.id)));)* };
        }
        add!(departments as "department", regions as "region", teams as "team", positions as "position", members as "member", partners as "partner",
            products as "product", customers as "customer", units as "unit", tickets as "ticket");
        let ids: Vec<String> = rows.iter().map(|(prefix, id)| encode(prefix, *id)).collect();
        for login in LOGINS.into_iter().chain(["colleague", "mover", "leaver", "partner_b"]) {
            let oracle = Oracle::of(&data, login);
            let reply = app.as_(login).await.send("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", json!({ "ids": ids })).await.fine();
            for (((prefix, id), text), found) in rows.iter().zip(&ids).zip(reply.list("nodes")) {
                let expected = if oracle.sees(prefix, *id) { json!(text) } else { Value::Null };
                assert_eq!(found["id"], expected, "{login} {text} ({id})");
            }
        }
    }
}

/// The paths that the pre-check says would be denied.
fn foretold(app: &TestApp, viewer: &Viewer, document: &str) -> BTreeSet<String> {
    let precheck = app.endpoint.precheck();
    let parsed = precheck
        .read(document)
        .unwrap_or_else(|refusals| panic!("{document}: {refusals:?}"));
    let caller = Caller {
        grants: &viewer.grants,
        signed_in: viewer.is_signed_in(),
        complexity: u64::MAX,
    };
    let checked = precheck
        .check(&parsed, None, &Variables::default(), &caller)
        .unwrap_or_else(|refusals| panic!("{document}: {refusals:?}"));
    // Below a denied field nothing is asked any more.
    let mut first: BTreeMap<String, Need> = BTreeMap::new();
    for denied in checked.denied {
        let path = denied.path.join(".");
        if !first
            .keys()
            .any(|above| path.starts_with(&format!("{above}.")))
        {
            first.insert(path, denied.need);
        }
    }
    first.into_keys().collect()
}

/// The generator isn't blind: it takes whole types, and the schema has many.
#[test]
fn the_documents_cover_the_schema() {
    let (_, facts) = aftercare::graphql::schema::build().expect("every field has a rule");
    let ways = documents::ways(&facts.model);
    let ticket = ways
        .iter()
        .find(|way| way.type_name == "Ticket")
        .expect("a way to tickets");
    assert!(
        ticket.fields.contains(&"comments".to_owned()) && ticket.fields.len() > 20,
        "{ticket:?}"
    );
    assert!(ways.len() > 30, "{}", ways.len());
    let filters = facts
        .model
        .types()
        .filter(|model| matches!(model.kind, Kind::Input { .. }) && model.name.ends_with("Filter"))
        .count();
    assert!(filters > 10);
    assert!(
        facts
            .model
            .field("Query", "tickets")
            .is_some_and(|field| named_type(&field.ty) == "TicketConnection")
    );
}
