use aftercare::appraisals::rules::content::{Content, Measure};
use aftercare::appraisals::rules::inputs::{Inputs, Planned};
use aftercare::appraisals::rules::scoring::score;
use aftercare::decimal::{Decimal, SCALE};
use chrono::NaiveDate;
use entity::enums::{
    AppraisalResultCause, AppraisalRhythm, AppraisalStage, AssignmentKind, JobFamily,
};
use entity::{
    appraisal, appraisal_cycle, appraisal_cycle_template, appraisal_result, assignment, member,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set,
};
use serde_json::json;
use uuid::Uuid;

use crate::support::app::{Actor, TestApp};
use crate::support::company;
use crate::support::data::{Table, contents, days_ago, key, long_ago, start};

/// Who is appraised how: the member (made when above 100), team and department, the reviewer, and with how many percent everything
/// is judged - which is the score, for the template of technical support counts nothing else then.
pub type Judged = (usize, (usize, usize), usize, i64);

/// The appraisal of a member in a cycle of these tests.
pub fn appraisal_of(cycle: usize, member: usize) -> Uuid {
    key(Table::Appraisal, cycle * 1_000 + member)
}

/// The same as clients write it.
pub fn appraisal_id(cycle: usize, member: usize) -> String {
    company::id(Table::Appraisal, cycle * 1_000 + member)
}

/// What the template of technical support says.
pub fn content() -> Content {
    let [_, tech] = contents();
    tech
}

/// Everything judged with the same percent, and nothing else known.
pub fn inputs(percent: i64) -> Inputs {
    let judged = Decimal(percent * SCALE);
    let mut inputs = Inputs {
        plan: vec![Planned {
            title: "Revise the articles. 修订知识库".to_owned(),
            weight: 100,
            percent: Some(judged),
        }],
        ..Inputs::default()
    };
    for section in &content().sections {
        if let Measure::Criteria { items } = &section.measure {
            let keys = items.iter().map(|item| item.key.clone());
            inputs.criteria.extend(keys.map(|key| (key, judged)));
        }
    }
    inputs
}

/// A cycle of December whose figures are frozen, with these appraisals by the template of technical support.
pub async fn cycle(app: &TestApp, n: usize, stage: AppraisalStage, people: &[Judged]) {
    let db = app.database().connect().await;
    let day = |month, day| NaiveDate::from_ymd_opt(2025, month, day).expect("a valid day");
    let id = key(Table::AppraisalCycle, n);
    let row = appraisal_cycle::Model {
        id,
        code: format!("2025-12-{n}"),
        name: format!("Cycle {n}"),
        name_zh: format!("周期{n}"),
        rhythm: AppraisalRhythm::Monthly,
        from_day: day(12, 1),
        until_day: day(12, 31),
        stage,
        population: json!({ "departments": [], "leastDays": 10, "leavers": false, "movers": "at_the_end" }),
        self_until: days_ago(40),
        review_until: days_ago(35),
        publish_on: days_ago(30),
        acknowledge_until: days_ago(20),
        appeal_until: days_ago(15),
        snapshot_id: None,
        published_at: None,
        closed_at: None,
        reason: None,
        created_by: key(Table::User, 7),
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    let insert = appraisal_cycle::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(&db).await.expect("a cycle");
    let used = appraisal_cycle_template::Model {
        id: key(Table::CycleTemplate, n * 1_000),
        cycle_id: id,
        version_id: key(Table::AppraisalVersion, 2),
        family: JobFamily::TechnicalSupport,
    };
    let insert = appraisal_cycle_template::Entity::insert(used.into_active_model().reset_all());
    insert
        .exec_without_returning(&db)
        .await
        .expect("its template");
    for one in people {
        if one.0 > 100 {
            hired(&db, one).await;
        }
        appraised(&db, n, one).await;
    }
    db.close().await.expect("it closes");
}

async fn hired(db: &sea_orm::DatabaseConnection, (n, (team, department), ..): &Judged) {
    let id = key(Table::Member, *n);
    if member::Entity::find_by_id(id)
        .one(db)
        .await
        .expect("a read")
        .is_some()
    {
        return;
    }
    let row = member::Model {
        id,
        number: format!("M{n:04}"),
        name: format!("Member {n}"),
        name_en: None,
        joined_on: long_ago(),
        left_on: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    let insert = member::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await.expect("a member");
    let home = assignment::Model {
        id: key(Table::Assignment, *n),
        member_id: id,
        kind: AssignmentKind::Home,
        department_id: Some(key(Table::Department, *department)),
        team_id: Some(key(Table::Team, *team)),
        region_id: None,
        position_id: None,
        role: "specialist".to_owned(),
        percent: 60,
        valid_from: long_ago(),
        valid_to: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    let insert = assignment::Entity::insert(home.into_active_model().reset_all());
    insert.exec_without_returning(db).await.expect("a home");
}

async fn appraised(
    db: &sea_orm::DatabaseConnection,
    cycle: usize,
    (who, (team, department), reviewer, percent): &Judged,
) {
    let inputs = inputs(*percent);
    let outcome = score(&content(), &inputs).expect("nothing is missing");
    let row = appraisal::Model {
        id: appraisal_of(cycle, *who),
        cycle_id: key(Table::AppraisalCycle, cycle),
        member_id: key(Table::Member, *who),
        version_id: key(Table::AppraisalVersion, 2),
        reviewer_id: Some(key(Table::Member, *reviewer)),
        team_id: Some(key(Table::Team, *team)),
        department_id: Some(key(Table::Department, *department)),
        days: 20,
        plan_agreed_at: None,
        self_comment: None,
        self_submitted_at: None,
        review_comment: None,
        review_submitted_at: None,
        snapshot_id: None,
        inputs: Some(serde_json::to_value(&inputs).expect("JSON")),
        result: 1,
        score: Some(outcome.score.0),
        band: Some(outcome.band.clone()),
        blocked: None,
        acknowledged_at: None,
        acknowledgement: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    };
    let result = appraisal_result::Model {
        id: key(Table::AppraisalResult, cycle * 1_000 + who),
        appraisal_id: row.id,
        number: 1,
        cause: AppraisalResultCause::Counted,
        score: outcome.score.0,
        band: outcome.band.clone(),
        outcome: serde_json::to_value(&outcome).expect("JSON"),
        reason: None,
        made_by: None,
        made_by_name: "The server".to_owned(),
        created_at: start(),
        acknowledged_at: None,
        acknowledgement: None,
    };
    let insert = appraisal::Entity::insert(row.into_active_model().reset_all());
    insert
        .exec_without_returning(db)
        .await
        .expect("an appraisal");
    let insert = appraisal_result::Entity::insert(result.into_active_model().reset_all());
    insert.exec_without_returning(db).await.expect("a result");
}

/// The cycle goes on behind everybody's back.
pub async fn moved_to(app: &TestApp, n: usize, stage: AppraisalStage) {
    let row = appraisal_cycle::ActiveModel {
        id: Set(key(Table::AppraisalCycle, n)),
        stage: Set(stage),
        ..Default::default()
    };
    let db = app.database().connect().await;
    row.update(&db).await.expect("it goes on");
    db.close().await.expect("it closes");
}

/// An appraisal and its results, as they stand in the database.
pub async fn stored(
    app: &TestApp,
    cycle: usize,
    member: usize,
) -> (appraisal::Model, Vec<appraisal_result::Model>) {
    let db = app.db.reader();
    let id = appraisal_of(cycle, member);
    let row = appraisal::Entity::find_by_id(id)
        .one(db)
        .await
        .expect("a read");
    let results = appraisal_result::Entity::find()
        .filter(appraisal_result::Column::AppraisalId.eq(id))
        .order_by_asc(appraisal_result::Column::Number)
        .all(db)
        .await;
    (row.expect("an appraisal"), results.expect("a read"))
}

/// Opens a session over a cycle, or over a department of it, and gives its id.
pub async fn opened(by: &Actor, cycle: usize, department: Option<usize>) -> String {
    let input = json!({
        "cycleId": company::id(Table::AppraisalCycle, cycle), "name": "December",
        "departmentId": department.map(|n| company::id(Table::Department, n)),
    });
    let made = by
        .change("appraisalCalibrationOpen", "calibration { id }", input)
        .await
        .fine();
    made.text("appraisalCalibrationOpen.calibration.id")
        .to_owned()
}
