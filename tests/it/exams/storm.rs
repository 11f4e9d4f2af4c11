//! Five hundred members sit one exam at once on PostgreSQL: no answer is lost, none is taken late.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use aftercare::access::{Actor, Call, Grants, Permission, Standing, Viewer};
use aftercare::app::App;
use aftercare::training::exams::actions::{AnswerSave, answer_save, attempt_start, hand_in, round};
use aftercare::training::exams::rules::question::Said;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{ActorKind, ExamAttemptState, Reach, UserKind};
use entity::{exam_attempt, exam_item, member};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::{cell, choices, content, exam, question};
use crate::support::app::TestApp;
use crate::support::data::{Data, Table, key, minutes, start};
use crate::support::database::{Arrange, Backend};

const MEMBERS: usize = 500;
const QUESTIONS: usize = 3;

fn call(member: Uuid, at: DateTime<Utc>) -> Call {
    let grants: Grants = [
        Permission::ExamRead,
        Permission::ExamSit,
        Permission::ExamResultRead,
    ]
    .into_iter()
    .map(|one| (one, Reach::Own))
    .collect();
    let viewer = Viewer {
        actor: Actor {
            kind: ActorKind::User,
            id: Some(member),
            name: "sitter".to_owned(),
        },
        kind: Some(UserKind::Staff),
        grants: Arc::new(grants),
        standing: Arc::new(Standing {
            member_id: Some(member),
            principal_id: Some(member),
            day: Some(start().date_naive()),
            ..Standing::default()
        }),
        ..Viewer::anonymous()
    };
    Call {
        viewer,
        ..Call::system(at, "storm")
    }
}

async fn items_of(app: &App, attempt: Uuid) -> Vec<exam_item::Model> {
    let mut items = exam_item::Entity::find()
        .filter(exam_item::Column::AttemptId.eq(attempt))
        .all(app.db.reader())
        .await
        .expect("items");
    items.sort_by_key(|item| item.position);
    items
}

fn answer(item: Uuid, sequence: i64, label: &str) -> AnswerSave {
    AnswerSave {
        item_id: item,
        sequence,
        said: Said {
            choices: Some(vec![label.to_owned()]),
            ..Said::default()
        },
    }
}

/// One member: begins, answers each question and changes the answer, while an old one is tried again; every fifth hands in, the
/// others try one more at the deadline and after it. Returns the attempt with what has to be there.
async fn sit(app: Arc<App>, exam: Uuid, member: Uuid, turn: usize) -> (Uuid, BTreeMap<Uuid, i64>) {
    let began = minutes(1) + TimeDelta::milliseconds(turn as i64);
    let attempt = attempt_start(&app, &call(member, began), exam, Some("storm"))
        .await
        .expect("it begins");
    let deadline = began + TimeDelta::minutes(60);
    let mut expected = BTreeMap::new();
    for item in items_of(&app, attempt).await {
        let at = deadline - TimeDelta::microseconds(1);
        let (first, second) = (
            call(member, began + TimeDelta::minutes(5)),
            call(member, at),
        );
        let (early, late) = (answer(item.id, 1, "A"), answer(item.id, 2, "B"));
        answer_save(&app, &second, &late)
            .await
            .expect("it is taken");
        // The first one was on its way for long.
        answer_save(&app, &first, &early)
            .await
            .expect("a retry does no harm");
        expected.insert(item.id, 2);
    }
    if turn.is_multiple_of(5) {
        hand_in(
            &app,
            &call(member, deadline - TimeDelta::microseconds(1)),
            attempt,
        )
        .await
        .expect("it is handed in");
    }
    for late in [
        TimeDelta::zero(),
        TimeDelta::seconds(1),
        TimeDelta::seconds(20),
    ] {
        let item = *expected.keys().next().expect("an item");
        let refused =
            answer_save(&app, &call(member, deadline + late), &answer(item, 9, "C")).await;
        assert!(
            refused.is_err(),
            "an answer at {late} after the deadline was taken"
        );
    }
    (attempt, expected)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_sit_at_once() {
    let Some(app) = TestApp::arrange(Backend::Postgres).await else {
        return;
    };
    let trainer = app.as_("trainer").await;
    for _ in 0..QUESTIONS + 2 {
        question(&trainer, "SINGLE", "pump", choices()).await;
    }
    let id = exam(
        &trainer,
        content(json!([cell("pump", QUESTIONS, "10")])),
        &[],
    )
    .await;
    let (_, id) = aftercare::graphql::ids::decode(&id).expect("an id");
    let mut data = Data::default();
    let members: Vec<Uuid> = (1_000..1_000 + MEMBERS)
        .map(|n| data.member(n, "Sitter"))
        .collect();
    let rows = data
        .members
        .iter()
        .map(|row: &member::Model| row.clone().into_active_model());
    member::Entity::insert_many(rows)
        .exec_without_returning(app.db.reader())
        .await
        .expect("members");
    assert_eq!(members[0], key(Table::Member, 1_000));

    let began = Instant::now();
    let tasks: Vec<_> = members
        .iter()
        .enumerate()
        .map(|(turn, member)| tokio::spawn(sit(Arc::clone(&*app), id, *member, turn)))
        .collect();
    let mut expected = BTreeMap::new();
    for task in tasks {
        let (attempt, items) = task.await.expect("nobody fails");
        expected.insert(attempt, items);
    }
    eprintln!(
        "{MEMBERS} members, {QUESTIONS} questions, twice answered: {:?}",
        began.elapsed()
    );
    assert_eq!(expected.len(), MEMBERS);
    // What wasn't handed in is by the worker; then everything is marked, and every answer is there.
    let done = round(
        &app.db,
        app.config.time_zone(),
        minutes(62) + TimeDelta::seconds(30),
    )
    .await
    .expect("a round");
    eprintln!("{done} more by the worker: {:?}", began.elapsed());
    let attempts = exam_attempt::Entity::find()
        .filter(exam_attempt::Column::ExamId.eq(id))
        .all(app.db.reader())
        .await
        .expect("attempts");
    assert_eq!(attempts.len(), MEMBERS);
    let items = exam_item::Entity::find()
        .all(app.db.reader())
        .await
        .expect("items");
    for attempt in attempts {
        assert_eq!(attempt.state, ExamAttemptState::Graded, "{}", attempt.id);
        for (item, sequence) in &expected[&attempt.id] {
            let row = items.iter().find(|row| row.id == *item).expect("the item");
            assert_eq!(row.sequence, *sequence);
            let second = row.option_order[1].as_u64().expect("a place");
            assert_eq!(
                row.answer,
                Some(json!({ "kind": "options", "chosen": [second] }))
            );
            assert!(row.answered_at.is_some_and(|at| at < attempt.deadline));
        }
    }
}
