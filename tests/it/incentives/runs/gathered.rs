use std::collections::BTreeMap;

use aftercare::appraisals::store::{incidents_of_members, outcomes};
use aftercare::decimal::Decimal;
use aftercare::incentives::runs::verify::verify;
use chrono::{NaiveDate, TimeDelta};
use entity::enums::{AppraisalRhythm, GoalBound, GoalState};
use entity::{appraisal, appraisal_cycle, appraisal_incident, appraisal_result, goal};
use uuid::Uuid;

use super::bytes::key_of;
use super::templates::template;
use super::*;
use crate::support::data::bonus;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn agent() -> Uuid {
    key(Table::Member, 2)
}

/// A monthly rule by what is asked here.
fn paying(condition: &str, amount: &str) -> RuleContent {
    let mut content = serde_json::to_value(bonus(1)).expect("JSON");
    content["name"] = json!("Asked");
    content["condition"] = json!(condition);
    content["amount"] = json!(amount);
    content["parameters"] = json!([]);
    serde_json::from_value(content).expect("a content")
}

/// What rule 10 gives in a run, in fen by member.
async fn given(app: &TestApp, run: &Value) -> BTreeMap<Uuid, i64> {
    let awards = incentive_award::Entity::find()
        .filter(incentive_award::Column::RunId.eq(key_of(run)))
        .filter(incentive_award::Column::RuleId.eq(key(Table::IncentiveRule, 10)));
    let awards = awards.all(app.db.reader()).await.expect("awards");
    let amount = |award: incentive_award::Model| (award.member_id, award.amount);
    awards.into_iter().map(amount).collect()
}

async fn put<M, A>(app: &TestApp, row: M)
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let row = row.into_active_model().reset_all();
    let insert = A::Entity::insert_many([row]);
    let written = insert.exec_without_returning(app.db.reader()).await;
    written.expect("it fits the table");
}

/// Another cycle beside one of the company's that is like it, with the agent's appraisal in it: the key of that.
async fn beside(
    app: &TestApp,
    (like, n): (usize, usize),
    rhythm: AppraisalRhythm,
    (from, until): (&str, &str),
) -> Uuid {
    let db = app.db.reader();
    let of = key(Table::AppraisalCycle, like);
    let cycle = appraisal_cycle::Entity::find_by_id(of).one(db).await;
    let cycle = cycle.expect("an answer").expect("a cycle");
    let own = appraisal::Entity::find()
        .filter(appraisal::Column::CycleId.eq(of))
        .filter(appraisal::Column::MemberId.eq(agent()));
    let own = own.one(db).await.expect("an answer").expect("an appraisal");
    let cycle = appraisal_cycle::Model {
        id: key(Table::AppraisalCycle, n),
        code: format!("beside-{n}"),
        rhythm,
        from_day: day(from),
        until_day: day(until),
        ..cycle
    };
    let own = appraisal::Model {
        id: key(Table::Appraisal, n * 100),
        cycle_id: cycle.id,
        ..own
    };
    let id = own.id;
    put(app, cycle).await;
    put(app, own).await;
    id
}

async fn call_off(hr: &Actor, cycle: usize) {
    let which = id(Table::AppraisalCycle, cycle);
    let query = "query($id: ID!) { appraisalCycle(id: $id) { version } }";
    let seen = hr.send(query, json!({ "id": which })).await.fine();
    let input = json!({
        "id": which, "expectedVersion": seen.data("appraisalCycle.version"), "reason": "Made twice. 重复",
    });
    let reply = hr
        .change("appraisalCycleCancel", "cycle { stage }", input)
        .await
        .fine();
    assert_eq!(reply.data("appraisalCycleCancel.cycle.stage"), "CANCELLED");
}

both_databases! {
    /// What two cycles have of it is one thing, and what a cycle had that was called off is none any more.
    async fn a_behaviour_costs_once_and_nothing_once_its_cycle_is_called_off(app: TestApp) {
        in_force(&app, 10, template("conduct_deduction")).await;
        let other = beside(&app, (1, 3), AppraisalRhythm::Quarterly, ("2026-01-01", "2026-04-01")).await;
        let first = key(Table::Incident, 1);
        let first = appraisal_incident::Entity::find_by_id(first).one(app.db.reader()).await;
        let first = first.expect("an answer").expect("an incident");
        put(&app, appraisal_incident::Model { id: key(Table::Incident, 9), appraisal_id: other, ..first }).await;
        let (hr, manager) = (app.as_("hr").await, app.as_("service_manager").await);
        let run = booked(&app, &hr, &manager).await;
        assert_eq!(given(&app, &run).await, BTreeMap::from([(agent(), 10_000)]));

        let held = async || {
            let february = (day("2026-02-01"), day("2026-03-01"));
            let found = incidents_of_members(app.db.reader(), &[agent()], february, app.clock.now()).await;
            found.expect("an answer").remove(&agent()).unwrap_or_default()
        };
        app.clock.advance(TimeDelta::minutes(1));
        let hr = app.as_("hr").await;
        call_off(&hr, 1).await;
        assert_eq!(held().await, [key(Table::Incident, 9)], "the other cycle goes on");
        call_off(&hr, 3).await;
        assert_eq!(held().await, Vec::<Uuid>::new());
        let found = verify(&app.db, &app.counter, Some(key_of(&run))).await.expect("a verdict");
        assert_eq!(found.findings, [], "the run is read as it was known");
    }

    /// A month asks how the month was, and a quarter how the quarter was, whichever cycle came later.
    async fn the_appraisal_counts_that_has_the_rhythm_of_the_rule(app: TestApp) {
        in_force(&app, 10, paying("has(appraisal.score)", "money(appraisal.score)")).await;
        let result = key(Table::AppraisalResult, 11);
        let result = appraisal_result::Entity::find_by_id(result).one(app.db.reader()).await;
        let result = result.expect("an answer").expect("a result");
        for (n, rhythm, days, score) in [
            (3, AppraisalRhythm::Monthly, ("2026-02-01", "2026-03-01"), 80),
            (4, AppraisalRhythm::Quarterly, ("2025-12-01", "2026-03-01"), 20),
            (5, AppraisalRhythm::Monthly, ("2026-03-01", "2026-04-01"), 60),
        ] {
            let appraisal_id = beside(&app, (2, n), rhythm, days).await;
            let id = key(Table::AppraisalResult, n * 100);
            put(&app, appraisal_result::Model { id, appraisal_id, score: score * 10_000, ..result.clone() }).await;
        }
        let hr = app.as_("hr").await;
        let run = calculated(&app, &hr).await;
        assert_eq!(given(&app, &run).await, BTreeMap::from([(agent(), 8_000)]));
        let quarter = (day("2026-01-01"), day("2026-04-01"));
        let found = outcomes(app.db.reader(), &[agent()], quarter, start()).await.expect("an answer");
        assert_eq!(found[&agent()].score, Decimal(200_000));
    }

    /// Where at most so much may happen, nothing at all is best.
    async fn the_less_of_what_is_bounded_the_more_it_pays(app: TestApp) {
        in_force(&app, 10, paying("has(goal.progress)", "money(goal.progress)")).await;
        let like = goal::Entity::find_by_id(key(Table::Goal, 2)).one(app.db.reader()).await;
        let like = like.expect("an answer").expect("a goal");
        for (n, member, figure) in [(21, 2, 0), (22, 4, 320_000), (23, 1, 400_000)] {
            put(&app, goal::Model {
                id: key(Table::Goal, n),
                member_id: Some(key(Table::Member, member)),
                bound: GoalBound::AtMost,
                target: 400_000,
                until_day: day("2026-03-01"),
                state: GoalState::Achieved,
                closed_at: Some(start()),
                result: Some(figure),
                ..like.clone()
            }).await;
        }
        let hr = app.as_("hr").await;
        let run = calculated(&app, &hr).await;
        let expected = [(2, 20_000), (4, 12_500), (1, 10_000)].map(|(n, fen)| (key(Table::Member, n), fen));
        assert_eq!(given(&app, &run).await, BTreeMap::from(expected));
    }

    /// As far as it has come today.
    async fn a_goal_that_is_pursued_can_still_be_reached(app: TestApp) {
        in_force(&app, 10, paying("goal.progress >= 100", "money(goal.progress)")).await;
        let agent = app.as_("agent").await;
        let query = "query { myIncentives(period: MONTH) { reachable { name amount { amount } unmet { now wanted distance } } } }";
        let asked = async || {
            let reply = agent.ask(query).await.fine();
            reply.data("myIncentives.reachable.1").clone()
        };
        // 80 percent in time, and 95 are wanted by the first of April.
        assert_eq!(asked().await, json!({
            "name": "Asked", "amount": { "amount": "0" },
            "unmet": [{ "now": "84.2105", "wanted": "100", "distance": "15.7895" }],
        }));
        goal::Entity::update_many()
            .col_expr(goal::Column::Target, Expr::value(640_000))
            .filter(goal::Column::Id.eq(key(Table::Goal, 2)))
            .exec(app.db.reader()).await.expect("a lower target");
        assert_eq!(asked().await, json!({ "name": "Asked", "amount": { "amount": "125" }, "unmet": [] }));
    }
}
