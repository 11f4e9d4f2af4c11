use aftercare::metrics::{counting, definitions};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::{Attribution, Province};
use entity::{metric_fact, metric_version};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

/// Facts of this test alone: so many ratings of a member in a team on a day.
struct Rated {
    member: usize,
    team: usize,
    day: &'static str,
    rating: i64,
    count: usize,
}

/// Lets the register take in whatever has happened.
pub async fn catch_up(app: &TestApp) {
    let now = app.clock.now();
    app.counter.catch_up(&app.db, now).await.expect("it counts");
}

/// Puts facts straight into the register, in place of all others, and sums them up.
async fn only(app: &TestApp, facts: &[Rated]) {
    catch_up(app).await;
    metric_fact::Entity::delete_many()
        .exec(app.db.reader())
        .await
        .expect("facts go");
    let mut rows = Vec::new();
    for fact in facts {
        for _ in 0..fact.count {
            let day: NaiveDate = fact.day.parse().expect("a day");
            let n = rows.len();
            rows.push(
                metric_fact::Model {
                    id: Uuid::from_u128(n as u128 + 1),
                    source: "ticket.rated".to_owned(),
                    attribution: Attribution::Owner,
                    record_kind: "ticket".to_owned(),
                    record_id: key(Table::Ticket, n % 5 + 1),
                    part: 0,
                    at: day.and_hms_opt(4, 0, 0).expect("a time").and_utc(),
                    day,
                    weight: 10_000,
                    member_id: Some(key(Table::Member, fact.member)),
                    team_id: Some(key(Table::Team, fact.team)),
                    department_id: Some(key(Table::Department, 1)),
                    province: Some(Province::Hebei),
                    product_id: None,
                    channel: Some("phone".to_owned()),
                    kind: Some(
                        if n % 2 == 0 {
                            "complaint"
                        } else {
                            "consultation"
                        }
                        .to_owned(),
                    ),
                    detail: None,
                    value0: Some(fact.rating),
                    value1: None,
                    value2: None,
                    value3: None,
                }
                .into_active_model(),
            );
        }
    }
    let rows = rows.into_iter().map(sea_orm::ActiveModelTrait::reset_all);
    metric_fact::Entity::insert_many(rows)
        .exec(app.db.reader())
        .await
        .expect("facts come");
    counting::sum_all(&app.db, &app.counter)
        .await
        .expect("sums");
}

pub async fn minimum(app: &TestApp, people: i64) {
    let admin = app.as_("admin").await;
    let input = json!({ "key": "metrics.minimum_group", "value": people.to_string(), "expectedVersion": 0 });
    admin
        .change("settingChange", "setting { value }", input)
        .await
        .fine();
}

async fn satisfaction(who: &Actor, arguments: &str, fields: &str) -> Reply {
    who.ask(&format!("{{ metric(key: \"satisfaction\", {arguments}) {{ additive additiveNote hasWithheld upToDate groups {{ key {fields} }} }} }}")).await
}

const MARCH: &str = "period: { from: \"2026-02-01\", to: \"2026-03-01\" }";

/// Team 2 has one busy member, team 3 two.
const FEBRUARY: [Rated; 4] = [
    Rated {
        member: 2,
        team: 2,
        day: "2026-02-03",
        rating: 5,
        count: 6,
    },
    Rated {
        member: 3,
        team: 3,
        day: "2026-02-03",
        rating: 3,
        count: 2,
    },
    Rated {
        member: 5,
        team: 3,
        day: "2026-02-20",
        rating: 4,
        count: 2,
    },
    Rated {
        member: 5,
        team: 3,
        day: "2026-01-20",
        rating: 1,
        count: 4,
    },
];

both_databases! {
    /// Groups, series, comparison and the records behind: all of the same facts.
    async fn a_figure_with_all_that_belongs_to_it(app: TestApp) {
        only(&app, &FEBRUARY).await;
        let manager = app.as_("service_manager").await;
        let reply = satisfaction(&manager, &format!("{MARCH}, groupBy: TEAM, granularity: WEEK"),
            "subject { id ... on Team { name } } figure { value count records { totalCount nodes { day share values member { id } recordId record { id } } } } series { from to value } previous { from to value change changePercent } yearBefore { value }").await.fine();
        let groups = reply.list("metric.groups");
        assert_eq!(groups.len(), 2, "{reply}");
        let three = groups.iter().find(|group| group["key"] == company::id(Table::Team, 3)).expect("team 3");
        assert_eq!(three["subject"]["id"], company::id(Table::Team, 3));
        assert_eq!((&three["figure"]["value"], &three["figure"]["count"]), (&json!("3.5"), &json!("4")));
        assert_eq!(three["previous"], json!({ "from": "2026-01-01", "to": "2026-02-01", "value": "1", "change": "2.5", "changePercent": "250" }));
        assert_eq!(three["yearBefore"], Value::Null);
        let series: Vec<_> = three["series"].as_array().expect("pieces").iter().map(|piece| (piece["from"].as_str(), piece["value"].as_str())).collect();
        assert_eq!(series, [(Some("2026-02-01"), None), (Some("2026-02-02"), Some("3")), (Some("2026-02-09"), None), (Some("2026-02-16"), Some("4")), (Some("2026-02-23"), None)]);
        let records = &three["figure"]["records"];
        assert_eq!((&records["totalCount"], &records["nodes"][0]["day"], &records["nodes"][0]["share"]), (&json!(4), &json!("2026-02-20"), &json!("1")));
        assert_eq!(records["nodes"][0]["member"]["id"], company::id(Table::Member, 5));
        assert_eq!(records["nodes"][0]["record"]["id"], records["nodes"][0]["recordId"]);
        assert_eq!((reply.data("metric.additive"), reply.data("metric.additiveNote").is_string()), (&json!(false), true));

        // Two dimensions are read from facts, one from sums: the same figures.
        let both = satisfaction(&manager, &format!("{MARCH}, groupBy: KIND, filter: {{ teamIds: [\"{}\"] }}", company::id(Table::Team, 3)), "figure { value count }").await.fine();
        let count: Vec<_> = both.list("metric.groups").iter().map(|group| group["figure"]["count"].as_str().map(str::to_owned)).collect();
        assert_eq!(count, [Some("2".to_owned()), Some("2".to_owned())], "{both}");
        let region = satisfaction(&manager, &format!("{MARCH}, groupBy: REGION"), "figure { count }").await.fine();
        // Hebei belongs to the north, and belonged to the south until yesterday.
        assert_eq!(region.list("metric.groups").len(), 2, "{region}");
    }

    /// What isn't within reach is refused as a whole.
    async fn a_reach_that_is_too_small_is_refused(app: TestApp) {
        only(&app, &FEBRUARY).await;
        let lead = app.as_("team_lead").await;
        let all = satisfaction(&lead, MARCH, "figure { value }").await;
        assert_eq!(all.error_codes(), ["FORBIDDEN"], "{all}");
        assert!(all.data("metric").is_null());
        let teams = |teams: &[usize]| {
            let ids: Vec<String> = teams.iter().map(|team| format!("\"{}\"", company::id(Table::Team, *team))).collect();
            format!("{MARCH}, filter: {{ teamIds: [{}] }}", ids.join(", "))
        };
        let own = satisfaction(&lead, &teams(&[2, 3]), "figure { value count }").await.fine();
        assert_eq!(own.data("metric.groups.0.figure"), &json!({ "value": "4.4", "count": "10" }));
        let more = satisfaction(&lead, &teams(&[2, 5]), "figure { value }").await;
        assert_eq!(more.error_codes(), ["FORBIDDEN"], "{more}");
        let agent = app.as_("agent").await;
        let me = format!("{MARCH}, filter: {{ memberIds: [\"{}\"] }}", company::id(Table::Member, 2));
        let own = satisfaction(&agent, &me, "figure { value records { totalCount } }").await.fine();
        assert_eq!(own.data("metric.groups.0.figure"), &json!({ "value": "5", "records": { "totalCount": 6 } }));
        let other = format!("{MARCH}, filter: {{ memberIds: [\"{}\"] }}", company::id(Table::Member, 3));
        let other = satisfaction(&agent, &other, "figure { value }").await;
        assert_eq!(other.error_codes(), ["FORBIDDEN"], "{other}");
        let coordinator = app.as_("coordinator").await;
        let members = satisfaction(&coordinator, &format!("{MARCH}, groupBy: MEMBER"), "figure { value }").await;
        assert_eq!(members.error_codes(), ["FORBIDDEN"], "{members}");
        for outsider in ["partner", "customer"] {
            let reply = satisfaction(&app.as_(outsider).await, MARCH, "figure { value }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{outsider}: {reply}");
        }
    }

    /// Small groups are withheld from whoever may not see single members, and can't be had by subtraction.
    async fn small_groups_do_not_reveal_a_person(app: TestApp) {
        only(&app, &FEBRUARY).await;
        minimum(&app, 2).await;
        let coordinator = app.as_("coordinator").await;
        let monthly = format!("{MARCH}, granularity: MONTH");
        let company = satisfaction(&coordinator, &monthly, "figure { value withheld }").await.fine();
        assert_eq!(company.data("metric.groups.0.figure"), &json!({ "value": "4.4", "withheld": false }));
        let teams = satisfaction(&coordinator, &format!("{monthly}, groupBy: TEAM"), "figure { value count withheld } series { value withheld }").await.fine();
        for group in teams.list("metric.groups") {
            // One of one person, and the other one, which would tell it.
            assert_eq!(group["series"], json!([{ "value": null, "withheld": true }]), "{teams}");
            assert_eq!(group["figure"], json!({ "value": null, "count": null, "withheld": true }), "{teams}");
        }
        assert_eq!(teams.data("metric.hasWithheld"), true);
        // Days, two dimensions and records would get round it.
        for (arguments, field) in [
            (format!("{MARCH}, granularity: DAY"), "granularity"),
            (MARCH.to_owned(), "granularity"),
            ("period: { from: \"2026-02-01\", to: \"2026-02-20\" }, granularity: MONTH".to_owned(), "granularity"),
            (format!("{monthly}, groupBy: TEAM, filter: {{ kinds: [\"complaint\"] }}"), "filter"),
        ] {
            let reply = satisfaction(&coordinator, &arguments, "figure { value }").await;
            assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{arguments}: {reply}");
            assert_eq!(reply.errors()[0]["extensions"]["field"], field, "{arguments}: {reply}");
        }
        let records = satisfaction(&coordinator, &monthly, "figure { records { totalCount } }").await;
        assert_eq!(records.error_codes(), ["FORBIDDEN"], "{records}");
        // What counts records and not people is nobody's secret.
        let opened = coordinator.ask("{ metric(key: \"tickets_opened\", period: { from: \"2026-02-01\", to: \"2026-03-03\" }) { groups { figure { count records { totalCount } } } } }").await;
        opened.fine();
        // Who may see every member sees all.
        let manager = satisfaction(&app.as_("service_manager").await, &format!("{monthly}, groupBy: TEAM"), "series { value withheld }").await.fine();
        assert!(manager.list("metric.groups").iter().all(|group| group["series"][0]["withheld"] == false), "{manager}");
    }

    /// Who has only facts that a mean leaves out is not behind it, nor are those facts: read from sums and straight from facts.
    async fn what_a_mean_leaves_out_is_not_behind_it(app: TestApp) {
        let of = |member, rating| Rated { member, team: 2, day: "2026-02-03", rating, count: 2 };
        only(&app, &[of(2, 1), of(3, 1), of(5, 4)]).await;
        metric_fact::Entity::update_many()
            .col_expr(metric_fact::Column::Value0, Expr::value(Option::<i64>::None))
            .filter(metric_fact::Column::MemberId.ne(key(Table::Member, 5)))
            .exec(app.db.reader()).await.expect("two have no value");
        counting::sum_all(&app.db, &app.counter).await.expect("sums");
        let (manager, coordinator) = (app.as_("service_manager").await, app.as_("coordinator").await);
        for from in ["sums", "facts"] {
            // Three members have facts; the mean is that of one.
            let figure = satisfaction(&coordinator, &format!("{MARCH}, granularity: MONTH"), "figure { value count withheld }").await.fine();
            assert_eq!(figure.data("metric.groups.0.figure"), &json!({ "value": null, "count": null, "withheld": true }), "{from}");
            let figure = satisfaction(&manager, MARCH, "figure { value count records { totalCount nodes { values } } }").await.fine();
            let rated = json!({ "values": [4, null, null, null] });
            let expected = json!({ "value": "4", "count": "2", "records": { "totalCount": 2, "nodes": [rated, rated] } });
            assert_eq!(figure.data("metric.groups.0.figure"), &expected, "{from}");
            // A figure of nothing hides nothing.
            let two = format!("{MARCH}, filter: {{ memberIds: [\"{}\"] }}", company::id(Table::Member, 2));
            let figure = satisfaction(&manager, &two, "figure { value count withheld records { totalCount } }").await.fine();
            let nothing = json!({ "value": null, "count": "0", "withheld": false, "records": { "totalCount": 0 } });
            assert_eq!(figure.data("metric.groups.0.figure"), &nothing, "{from}");
            metric_version::Entity::update_many()
                .col_expr(metric_version::Column::CountedAt, Expr::value(Option::<DateTime<Utc>>::None))
                .filter(metric_version::Column::MetricId.eq(definitions::metric_id("satisfaction")))
                .exec(app.db.reader()).await.expect("its sums aren't complete");
        }
    }

    /// Several figures of one query take the statements of one, and each has what it has alone.
    async fn figures_of_one_query_are_read_together(app: TestApp) {
        only(&app, &FEBRUARY).await;
        let manager = app.as_("service_manager").await;
        let of = |name: &str, key: &str| format!("{name}: metric(key: \"{key}\", {MARCH}, groupBy: TEAM) {{ groups {{ key figure {{ value count }} }} }}");
        let (mean, count) = (of("mean", "satisfaction"), of("count", "tickets_opened"));
        let cost = async |query: &str| app.statements(async || {
            manager.ask(query).await.fine();
        }).await;
        let alone = cost(&format!("{{ {mean} }}")).await;
        assert_eq!(cost(&format!("{{ {mean} {count} {} }}", of("again", "satisfaction"))).await, alone);
        let together = manager.ask(&format!("{{ {mean} {count} }}")).await.fine();
        for (name, field) in [("mean", &mean), ("count", &count)] {
            let alone = manager.ask(&format!("{{ {field} }}")).await.fine();
            assert_eq!(alone.data(name), together.data(name));
        }
        // What fails, fails alone.
        let reply = manager.ask(&format!("{{ {mean} {} }}", of("none", "no_such_metric"))).await;
        assert_eq!(reply.error_codes(), ["BAD_INPUT"], "{reply}");
        assert_eq!(reply.data("mean"), together.data("mean"));
        assert!(reply.data("none").is_null());
    }

    /// A move that is told late moves the figures of all days since.
    async fn a_late_move_moves_the_figures(app: TestApp) {
        catch_up(&app).await;
        let manager = app.as_("service_manager").await;
        let opened = "{ metric(key: \"tickets_opened\", period: { from: \"2026-01-01\", to: \"2026-03-03\" }, groupBy: TEAM) { upToDate additive groups { key figure { count } } } }";
        let before = manager.ask(opened).await.fine();
        assert_eq!((before.data("metric.upToDate"), before.data("metric.additive")), (&json!(true), &json!(true)));
        app.clock.advance(TimeDelta::seconds(1));
        let agent = app.as_("agent").await;
        let input = json!({ "kind": "FAULT_REPAIR", "subject": "Pump", "description": "It leaks.", "customerId": company::id(Table::Customer, 1) });
        agent.change("ticketCreate", "ticket { id }", input).await.fine();
        let waiting = manager.ask(opened).await.fine();
        assert_eq!(waiting.data("metric.upToDate"), false, "nothing has counted it yet");
        catch_up(&app).await;
        let after = manager.ask(opened).await.fine();
        let sum = |reply: &Reply| reply.list("metric.groups").iter().filter_map(|group| group["figure"]["count"].as_str()?.parse::<i64>().ok()).sum::<i64>();
        assert_eq!(sum(&after), sum(&before) + 1, "{after}");
        assert!(start() < app.clock.now());
    }
}
