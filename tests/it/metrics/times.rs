//! Where time goes: exact for random quarters in every grouping, and as it is asked for by people.

use std::collections::BTreeMap;

use aftercare::metrics::counting::{self, Counter};
use aftercare::metrics::figures::{Spent, TimeAsk, TimeBy, Want, measure_of_time};
use aftercare::metrics::rules::grouping::By;
use aftercare::metrics::rules::period::{Granularity, Period};
use aftercare::metrics::rules::times::Times;
use chrono::{NaiveDate, TimeDelta};
use entity::enums::{Attribution, Dimension, Province};
use entity::{metric_counted_source, metric_fact};
use proptest::test_runner::TestCaseError;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use super::naive::Books;
use super::spent::{Said, Way};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, days_ago, key, start};
use crate::support::database::both_databases;

/// The sources of stretches of time.
const SOURCES: [&str; 4] = [
    "ticket.step",
    "ticket.queue",
    "ticket.handover",
    "ticket.waiting",
];

const fn by(way: Way) -> TimeBy {
    TimeBy::Part(By::Dimension(match way {
        Way::Detail => return TimeBy::Detail,
        Way::Region => return TimeBy::Part(By::Region),
        Way::Department => Dimension::Department,
        Way::Team => Dimension::Team,
        Way::Province => Dimension::Province,
        Way::Product => Dimension::Product,
        Way::Channel => Dimension::Channel,
        Way::Kind => Dimension::Kind,
    }))
}

fn said(times: &Times) -> Said {
    let count = usize::try_from(times.count).expect("not negative");
    (count, times.median, times.p90, times.total)
}

type Figures = BTreeMap<(String, String), Said>;

/// What the register says of all that the tables say.
pub async fn compare(
    app: &TestApp,
    counter: &Counter,
    books: &Books,
    when: &str,
) -> Result<(), TestCaseError> {
    let period = Period {
        from: days_ago(100),
        to: days_ago(-40),
    };
    let narrow = Period {
        from: days_ago(47),
        to: days_ago(5),
    };
    for source in SOURCES {
        let stretches = books.stretches(source);
        for way in Way::ALL {
            let compare = match way {
                Way::Detail => Way::Team,
                Way::Kind => Way::Region,
                _ => Way::Detail,
            };
            for period in [period, narrow] {
                let spent = read(app, counter, source, (way, compare), period).await;
                let expected =
                    |ways, piece: Period| books.spent(&stretches, ways, piece.from, piece.to);
                let about = format!("{when}: {source} by {way:?} and {compare:?} in {period:?}");
                compare_one(&about, &spent, (way, compare), period, expected)?;
            }
        }
    }
    Ok(())
}

/// One answer, its groups, their parts, and their months.
fn compare_one(
    about: &str,
    spent: &Spent,
    (way, compare): (Way, Way),
    period: Period,
    expected: impl Fn([Option<Way>; 2], Period) -> Figures,
) -> Result<(), TestCaseError> {
    let alone = |key: &str| (key.to_owned(), String::new());
    let whole = Figures::from([(alone(""), said(&spent.whole))]);
    hold(
        &format!("{about}: whole"),
        &real(whole),
        &expected([None, None], period),
    )?;
    let (mut groups, mut parts) = (Figures::new(), Figures::new());
    for group in &spent.groups {
        groups.insert(alone(&group.key), said(&group.whole));
        for (part, times) in &group.parts {
            parts.insert((group.key.clone(), part.clone()), said(times));
        }
    }
    hold(about, &groups, &expected([Some(way), None], period))?;
    hold(
        &format!("{about}: parts"),
        &parts,
        &expected([Some(way), Some(compare)], period),
    )?;
    for (place, piece) in period.cut(Granularity::Month).into_iter().enumerate() {
        let groups = spent.groups.iter();
        let found = groups.map(|group| (alone(&group.key), said(&group.series[place])));
        let found = real(found.collect());
        hold(
            &format!("{about}: {piece:?}"),
            &found,
            &expected([Some(way), None], piece),
        )?;
    }
    Ok(())
}

/// Without those of nothing.
fn real(mut figures: Figures) -> Figures {
    figures.retain(|_, said| said.0 > 0);
    figures
}

fn hold(about: &str, found: &Figures, expected: &Figures) -> Result<(), TestCaseError> {
    if found == expected {
        return Ok(());
    }
    Err(TestCaseError::fail(format!(
        "{about}\nregister {found:?}\ntables   {expected:?}"
    )))
}

async fn read(
    app: &TestApp,
    counter: &Counter,
    source: &str,
    (way, compare): (Way, Way),
    period: Period,
) -> Spent {
    let (source, place) = measure_of_time(&counter.sources, source, "seconds").expect("a measure");
    let mut ask = TimeAsk::of(source, place, period);
    ask.granularity = Granularity::Month;
    ask.by = by(way);
    ask.compare = Some(by(compare));
    let want = Want {
        series: true,
        groups: true,
        group_series: true,
        parts: true,
    };
    let before = app.db.statements();
    let spent = ask.read(app.db.reader(), want).await.expect("times");
    let regional = u64::from(way == Way::Region || compare == Way::Region);
    assert_eq!(
        app.db.statements() - before,
        5 + regional,
        "statements don't grow with the rows"
    );
    spent
}

async fn catch_up(app: &TestApp) {
    let now = app.clock.now();
    app.counter.catch_up(&app.db, now).await.expect("it counts");
}

/// A time in a step, of this test alone.
struct Took {
    step: &'static str,
    team: usize,
    province: Province,
    day: &'static str,
    seconds: i64,
}

const fn took(
    step: &'static str,
    team: usize,
    province: Province,
    day: &'static str,
    seconds: i64,
) -> Took {
    Took {
        step,
        team,
        province,
        day,
        seconds,
    }
}

/// Puts facts straight into the register, in place of all others.
async fn only(app: &TestApp, source: &str, facts: &[Took]) {
    catch_up(app).await;
    metric_fact::Entity::delete_many()
        .exec(app.db.reader())
        .await
        .expect("facts go");
    let rows = facts.iter().enumerate().map(|(n, fact)| {
        let day: NaiveDate = fact.day.parse().expect("a day");
        metric_fact::Model {
            id: Uuid::from_u128(n as u128 + 1),
            source: source.to_owned(),
            attribution: Attribution::Record,
            record_kind: "ticket".to_owned(),
            record_id: key(Table::Ticket, n % 5 + 1),
            part: i32::try_from(n).expect("few"),
            at: day.and_hms_opt(4, 0, 0).expect("a time").and_utc(),
            day,
            weight: 10_000,
            member_id: None,
            team_id: Some(key(Table::Team, fact.team)),
            department_id: Some(key(Table::Department, 1)),
            province: Some(fact.province),
            product_id: None,
            channel: Some("phone".to_owned()),
            kind: Some("fault_repair".to_owned()),
            detail: Some(fact.step.to_owned()),
            value0: Some(fact.seconds),
            value1: Some(fact.seconds / 3),
            value2: None,
            value3: None,
        }
        .into_active_model()
        .reset_all()
    });
    metric_fact::Entity::insert_many(rows)
        .exec(app.db.reader())
        .await
        .expect("facts come");
}

const DIAGNOSE: &str = "fault_repair.diagnose";
const PLAN: &str = "fault_repair.plan";

const FEBRUARY: [Took; 8] = [
    took(DIAGNOSE, 2, Province::Hebei, "2026-02-03", 100),
    took(DIAGNOSE, 2, Province::Hebei, "2026-02-04", 300),
    took(DIAGNOSE, 3, Province::Guangdong, "2026-02-10", 200),
    took(DIAGNOSE, 3, Province::Shandong, "2026-02-20", 1_000),
    took(PLAN, 2, Province::Hebei, "2026-02-20", 100),
    took(PLAN, 3, Province::Guangdong, "2026-02-21", 300),
    took(DIAGNOSE, 2, Province::Hebei, "2026-01-20", 100),
    took(DIAGNOSE, 2, Province::Hebei, "2025-02-20", 500),
];

const ASK: &str = "source: \"ticket.step\", period: { from: \"2026-02-01\", to: \"2026-03-01\" }";

async fn time_spent(who: &Actor, arguments: &str, fields: &str) -> Reply {
    who.ask(&format!("{{ timeSpent({arguments}) {{ {fields} }} }}"))
        .await
}

both_databases! {
    /// The slowest step first, with all that belongs to it.
    async fn where_time_is_lost(app: TestApp) {
        only(&app, "ticket.step", &FEBRUARY).await;
        let manager = app.as_("service_manager").await;
        let figure = "count median p90 mean total shareOfTotal";
        let fields = format!("source {{ key name }} measure additive additiveNote upToDate figure {{ {figure} }} series {{ from count }} previous {{ figure {{ median }} }}
            groups {{ key name subject {{ id }} figure {{ {figure} }} series {{ from to median shareOfTotal }} previous {{ figure {{ from count median shareOfTotal }} countChangePercent medianChangePercent p90ChangePercent totalChangePercent }} yearBefore {{ figure {{ median }} totalChangePercent }}
            compared {{ key subject {{ id }} figure {{ count median total shareOfTotal records {{ totalCount nodes {{ values detail record {{ id }} }} }} }} }} }}");
        let reply = time_spent(&manager, &format!("{ASK}, granularity: WEEK, compareBy: TEAM"), &fields).await.fine();
        assert_eq!(reply.data("timeSpent.figure"), &json!({ "count": 6, "median": "200", "p90": "1000", "mean": "333.3333", "total": "2000", "shareOfTotal": "100" }));
        let groups = reply.list("timeSpent.groups");
        let keys: Vec<_> = groups.iter().map(|group| group["key"].as_str()).collect();
        assert_eq!(keys, [Some(DIAGNOSE), Some(PLAN)], "{reply}");
        let diagnose = &groups[0];
        assert_eq!(diagnose["name"], "Fault repair: Diagnose remotely");
        assert_eq!(diagnose["subject"], Value::Null);
        assert_eq!(diagnose["figure"], json!({ "count": 4, "median": "200", "p90": "1000", "mean": "400", "total": "1600", "shareOfTotal": "80" }));
        let series: Vec<_> = diagnose["series"].as_array().expect("pieces").iter().map(|piece| (piece["from"].as_str(), piece["median"].as_str(), piece["shareOfTotal"].as_str())).collect();
        assert_eq!(series, [
            (Some("2026-02-01"), None, None),
            (Some("2026-02-02"), Some("100"), Some("100")),
            (Some("2026-02-09"), Some("200"), Some("100")),
            (Some("2026-02-16"), Some("1000"), Some("71.4286")),
            (Some("2026-02-23"), None, None),
        ]);
        assert_eq!(diagnose["previous"], json!({ "figure": { "from": "2026-01-01", "count": 1, "median": "100", "shareOfTotal": "100" }, "countChangePercent": "300", "medianChangePercent": "100", "p90ChangePercent": "900", "totalChangePercent": "1500" }));
        assert_eq!(diagnose["yearBefore"], json!({ "figure": { "median": "500" }, "totalChangePercent": "220" }));
        let south = &diagnose["compared"][0];
        assert_eq!((&south["key"], &south["subject"]["id"]), (&json!(company::id(Table::Team, 3)), &json!(company::id(Table::Team, 3))));
        assert_eq!(south["figure"]["shareOfTotal"], "60");
        let records = &south["figure"]["records"];
        assert_eq!((&records["totalCount"], &records["nodes"][0]["values"][0], &records["nodes"][0]["detail"]), (&json!(2), &json!(1_000), &json!(DIAGNOSE)), "{reply}");
        assert!(records["nodes"][0]["record"]["id"].is_string(), "{reply}");
        // Of the plan there was nothing before: nothing to compare with.
        assert_eq!(groups[1]["previous"]["medianChangePercent"], Value::Null);

        let latest = "groups { figure { records(first: 2, orderBy: AT_DESC) { nodes { day } pageInfo { endCursor } } } }";
        let reply = time_spent(&manager, ASK, latest).await.fine();
        let nodes = &reply.list("timeSpent.groups")[0]["figure"]["records"];
        assert_eq!(nodes["nodes"], json!([{ "day": "2026-02-20" }, { "day": "2026-02-10" }]));
        let after = nodes["pageInfo"]["endCursor"].as_str().expect("a cursor");
        let next = format!("groups {{ figure {{ records(first: 2, orderBy: AT_DESC, after: \"{after}\") {{ nodes {{ day }} }} }} }}");
        let reply = time_spent(&manager, &format!("{ASK}, details: [\"{DIAGNOSE}\"]"), &next).await.fine();
        let nodes = &reply.list("timeSpent.groups")[0]["figure"]["records"]["nodes"];
        assert_eq!(nodes, &json!([{ "day": "2026-02-04" }, { "day": "2026-02-03" }]));

        let working = time_spent(&manager, &format!("{ASK}, measure: \"working_seconds\", groupBy: TEAM, compareBy: DETAIL"), "groups { key figure { p90 } compared { name } }").await.fine();
        assert_eq!(working.list("timeSpent.groups")[0]["figure"]["p90"], "333", "{working}");
        assert_eq!(working.list("timeSpent.groups")[0]["compared"][0]["name"], "Fault repair: Diagnose remotely");
    }

    /// Regions overlap, and a province counts for the region that had it on the day.
    async fn regions_are_compared(app: TestApp) {
        only(&app, "ticket.step", &FEBRUARY).await;
        let manager = app.as_("service_manager").await;
        let reply = time_spent(&manager, &format!("{ASK}, groupBy: REGION"), "additive additiveNote figure { count } groups { key figure { count } }").await.fine();
        assert_eq!((reply.data("timeSpent.additive"), reply.data("timeSpent.additiveNote").is_string()), (&json!(false), true));
        let mut counts: Vec<_> = reply.list("timeSpent.groups").iter().map(|group| (group["key"].as_str().expect("a region").to_owned(), group["figure"]["count"].as_i64())).collect();
        counts.sort();
        // North has Hebei and Shandong, south Guangdong and Hebei until yesterday, east Shandong.
        let mut expected = vec![(company::id(Table::Region, 1), Some(4)), (company::id(Table::Region, 2), Some(1)), (company::id(Table::Region, 3), Some(5))];
        expected.sort();
        assert_eq!(counts, expected, "{reply}");
        assert_eq!(reply.data("timeSpent.figure.count"), 6);
    }

    /// Queues are teams.
    async fn queues_are_named_by_their_teams(app: TestApp) {
        let team = key(Table::Team, 2).to_string();
        let facts = [took(Box::leak(team.into_boxed_str()), 2, Province::Hebei, "2026-02-03", 60)];
        only(&app, "ticket.queue", &facts).await;
        let manager = app.as_("service_manager").await;
        let ask = ASK.replace("ticket.step", "ticket.queue");
        let id = company::id(Table::Team, 2);
        let reply = time_spent(&manager, &format!("{ask}, details: [\"{id}\"]"), "groups { key name subject { id ... on Team { name } } figure { records { nodes { detail } } } }").await.fine();
        let group = &reply.list("timeSpent.groups")[0];
        assert_eq!((&group["key"], &group["subject"]["id"], &group["name"]), (&json!(id), &json!(id), &Value::Null), "{reply}");
        assert_eq!(group["figure"]["records"]["nodes"][0]["detail"], id);
        let none = time_spent(&manager, &format!("{ask}, details: [\"-\"]"), "figure { count median p90 mean total shareOfTotal } groups { key }").await.fine();
        assert_eq!(none.data("timeSpent"), &json!({ "figure": { "count": 0, "median": null, "p90": null, "mean": null, "total": "0", "shareOfTotal": null }, "groups": [] }));
    }

    /// Whoever reaches a part of the company sees its times, and nobody else.
    async fn what_is_out_of_reach_is_refused_whole(app: TestApp) {
        only(&app, "ticket.step", &FEBRUARY).await;
        let figure = "figure { count }";
        let of = |teams: &[usize]| {
            let ids: Vec<String> = teams.iter().map(|team| format!("\"{}\"", company::id(Table::Team, *team))).collect();
            format!("{ASK}, filter: {{ teamIds: [{}] }}", ids.join(", "))
        };
        for (who, arguments, count) in [
            ("service_manager", ASK.to_owned(), Some(6)),
            ("coordinator", ASK.to_owned(), Some(6)),
            ("team_lead", ASK.to_owned(), None),
            ("team_lead", of(&[2, 3]), Some(6)),
            ("team_lead", of(&[2]), Some(3)),
            ("team_lead", of(&[2, 5]), None),
            ("agent", ASK.to_owned(), None),
            ("agent", of(&[2]), Some(3)),
            ("agent", of(&[2, 3]), None),
            ("partner", ASK.to_owned(), None),
            ("partner", of(&[2]), None),
            ("customer", ASK.to_owned(), None),
        ] {
            let reply = time_spent(&app.as_(who).await, &arguments, figure).await;
            match count {
                Some(count) => assert_eq!(reply.fine().data("timeSpent.figure.count"), count, "{who} {arguments}"),
                None => {
                    assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{who} {arguments}: {reply}");
                    assert!(reply.data("timeSpent").is_null(), "{who}: {reply}");
                }
            }
        }
        // Records behind are named by their ids; the records themselves are seen by those who may.
        let behind = "groups { figure { records { totalCount nodes { recordId } } } }";
        let lead = time_spent(&app.as_("team_lead").await, &of(&[2]), behind).await.fine();
        assert_eq!(lead.list("timeSpent.groups")[0]["figure"]["records"]["totalCount"], 2, "{lead}");
    }

    /// What can't be asked is refused with the field and the way out.
    async fn what_makes_no_sense_is_refused(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let member = company::id(Table::Member, 2);
        for (arguments, field) in [
            (ASK.replace("ticket.step", "ticket.rated"), "source"),
            (ASK.replace("ticket.step", "nothing"), "source"),
            (format!("{ASK}, measure: \"weeks\""), "measure"),
            (format!("{ASK}, groupBy: TEAM, compareBy: TEAM"), "compareBy"),
            (format!("{ASK}, compareBy: DETAIL"), "compareBy"),
            (format!("{ASK}, filter: {{ memberIds: [\"{member}\"] }}"), "filter.memberIds"),
            (format!("{ASK}, details: []"), "details"),
            (format!("{}, details: [\"{member}\"]", ASK.replace("ticket.step", "ticket.queue")), "details"),
            ("source: \"ticket.step\", period: { from: \"2026-01-01\", to: \"2026-12-01\" }, granularity: DAY".to_owned(), "granularity"),
            ("source: \"ticket.step\", period: { from: \"2026-01-01\", to: \"2026-01-01\" }".to_owned(), "period"),
        ] {
            let reply = time_spent(&manager, &arguments, "figure { count }").await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{arguments}: {reply}");
            assert_eq!(reply.errors()[0]["extensions"]["field"], field, "{arguments}: {reply}");
        }
        // An answered question about nothing is no mistake; other sources that measure time can be asked too.
        let opened = ASK.replace("ticket.step", "ticket.opened");
        time_spent(&manager, &format!("{opened}, measure: \"first_response\""), "figure { count median }").await.fine();
    }

    /// What people do is counted as it happens: a ticket that is assigned leaves its queue, one that goes on has waited.
    async fn actions_are_followed(app: TestApp) {
        let today = start().date_naive();
        let period = format!("period: {{ from: \"{}\", to: \"{}\" }}", today - TimeDelta::days(2), today + TimeDelta::days(5));
        // Each time with a token of that time.
        let count = async |source: &str| {
            catch_up(&app).await;
            let manager = app.as_("service_manager").await;
            let reply = time_spent(&manager, &format!("source: \"{source}\", {period}"), "figure { count }").await.fine();
            reply.data("timeSpent.figure.count").as_i64().expect("a count")
        };
        let before = [count("ticket.queue").await, count("ticket.waiting").await, count("ticket.step").await];
        let input = json!({ "kind": "FAULT_REPAIR", "subject": "Pump", "description": "It leaks.", "customerId": company::id(Table::Customer, 1) });
        let manager = app.as_("service_manager").await;
        let made = manager.change("ticketCreate", "ticket { id version }", input).await.fine();
        let ticket = made.data("ticketCreate.ticket").clone();
        let change = async |mutation: &str, version: &Value, mut input: Value| {
            (input["id"], input["expectedVersion"]) = (ticket["id"].clone(), version.clone());
            let manager = app.as_("service_manager").await;
            let reply = manager.change(mutation, "ticket { version }", input).await.fine();
            assert_eq!(reply.data(&format!("{mutation}.userErrors")), &json!([]), "{reply}");
            reply.data(&format!("{mutation}.ticket.version")).clone()
        };
        app.clock.advance(TimeDelta::hours(2));
        let input = json!({ "teamId": company::id(Table::Team, 2), "assigneeId": company::id(Table::Member, 2) });
        let version = change("ticketAssign", &ticket["version"], input).await;
        assert_eq!(count("ticket.queue").await, before[0] + 1);
        let version = change("ticketHold", &version, json!({ "state": "PENDING_PARTS" })).await;
        assert_eq!(count("ticket.waiting").await, before[1], "it still waits");
        app.clock.advance(TimeDelta::hours(3));
        let version = change("ticketResume", &version, json!({})).await;
        assert_eq!(count("ticket.waiting").await, before[1] + 1);
        change("ticketAdvance", &version, json!({ "to": "ANALYSIS" })).await;
        assert_eq!(count("ticket.step").await, before[2] + 1);
    }

    /// A source that is new with an update is counted by itself, and only once.
    async fn a_new_source_is_counted_by_itself(app: TestApp) {
        catch_up(&app).await;
        let facts = async |source: &str| {
            let rows = metric_fact::Entity::find().filter(metric_fact::Column::Source.eq(source));
            rows.all(app.db.reader()).await.expect("facts").len()
        };
        let all = [facts("ticket.opened").await, facts("ticket.step").await + facts("ticket.queue").await];
        // As a database of before the update: no facts of these sources, and no word of them.
        for source in SOURCES {
            metric_fact::Entity::delete_many().filter(metric_fact::Column::Source.eq(source)).exec(app.db.reader()).await.expect("facts go");
            metric_counted_source::Entity::delete_by_id(source).exec(app.db.reader()).await.expect("it goes");
        }
        // And one that nobody hands in any more.
        let gone = metric_counted_source::Model { source: "ticket.gone".to_owned(), counted_at: start() };
        gone.into_active_model().reset_all().insert(app.db.reader()).await.expect("it comes");
        catch_up(&app).await;
        assert_eq!([facts("ticket.opened").await, facts("ticket.step").await + facts("ticket.queue").await], all);
        let counted = metric_counted_source::Entity::find().all(app.db.reader()).await.expect("sources");
        assert!(counted.iter().any(|row| row.source == "ticket.step"));
        assert!(counted.iter().all(|row| row.source != "ticket.gone"));
        let findings = counting::verify(&app.db, &app.counter).await.expect("a verification");
        assert!(findings.is_empty(), "{findings:?}");
        let before = app.db.statements();
        catch_up(&app).await;
        assert!(app.db.statements() - before < 12, "nothing is counted again");
    }
}
