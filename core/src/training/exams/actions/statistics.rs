//! How an exam and its questions do (考试分析), once it is closed, and only where enough people sat it that nobody is found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::{ExamState, QuestionKind};
use entity::{exam, exam_attempt, exam_item, exam_question_version};
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::settings::{self, METRICS_MINIMUM_GROUP};
use crate::training::exams::rules::grading::share;
use crate::training::exams::rules::items::{Analysis, Try, analyse};
use crate::training::exams::rules::question::{Answer, Choice, Key};
use crate::training::exams::rules::result::percent;
use crate::training::exams::store;

/// How an exam does.
#[derive(Clone, Debug)]
pub struct ExamStatistics {
    /// How many attempts are marked.
    pub attempts: usize,
    /// How many different members sat them.
    pub members: usize,
    /// The fewest of either for anything to be said.
    pub minimum: i64,
    /// How many of a hundred passed, in ten-thousandths; none when too few sat.
    pub pass_rate: Option<i64>,
    /// The mean of what they reached, in hundredths of the points, in ten-thousandths; none when too few sat.
    pub mean_percent: Option<i64>,
    /// Its questions, version by version; those that too few had are left out.
    pub items: Vec<ItemStatistics>,
}

/// How a question does.
#[derive(Clone, Debug)]
pub struct ItemStatistics {
    /// The version.
    pub version: exam_question_version::Model,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The topic.
    pub topic: String,
    /// How hard and how telling it is.
    pub analysis: Analysis,
    /// How many didn't answer.
    pub unanswered: usize,
    /// How often each option was chosen; empty where there are none.
    pub distractors: Vec<Distractor>,
}

/// How often an option was chosen.
#[derive(Clone, Debug)]
pub struct Distractor {
    /// The option.
    pub choice: Choice,
    /// Is it right?
    pub correct: bool,
    /// How often.
    pub chosen: usize,
}

/// How a closed exam that the viewer runs does; none when there is no such exam.
///
/// # Errors
/// `BAD_INPUT` while it isn't closed.
pub async fn statistics(app: &App, call: &Call, exam_id: Uuid) -> Result<Option<ExamStatistics>> {
    let (db, viewer) = (app.db.reader(), &call.viewer);
    viewer.require(Permission::ExamManage)?;
    let Some(exam) = find::<exam::Entity>(db, viewer, Permission::ExamManage, exam_id).await?
    else {
        return Ok(None);
    };
    if exam.state != ExamState::Closed {
        return Err(ApiError::bad_input(
            "examId",
            "statistics would tell what is right: they come when the exam is closed",
            "考试结束后方可查看统计，以免泄露答案",
        )
        .into());
    }
    let minimum = settings::read(db, &METRICS_MINIMUM_GROUP).await?;
    let attempts = store::graded_attempts(db, exam_id).await?;
    let members: BTreeSet<Uuid> = attempts.iter().map(|row| row.member_id).collect();
    let mut whole = ExamStatistics {
        attempts: attempts.len(),
        members: members.len(),
        minimum,
        pass_rate: None,
        mean_percent: None,
        items: Vec::new(),
    };
    if !enough(members.len(), minimum) {
        return Ok(Some(whole));
    }
    let passed = attempts
        .iter()
        .filter(|row| row.passed == Some(true))
        .count();
    whole.pass_rate = Some(share(1_000_000, number(passed), number(attempts.len())));
    let percents = attempts
        .iter()
        .map(|row| percent(row.points.unwrap_or(0), row.max_points));
    whole.mean_percent = Some(share(percents.sum(), 1, number(attempts.len())));
    whole.items = items(app, &attempts, minimum).await?;
    Ok(Some(whole))
}

async fn items(
    app: &App,
    attempts: &[exam_attempt::Model],
    minimum: i64,
) -> Result<Vec<ItemStatistics>> {
    let db = app.db.reader();
    let of: HashMap<Uuid, &exam_attempt::Model> =
        attempts.iter().map(|row| (row.id, row)).collect();
    let ids: Vec<Uuid> = attempts.iter().map(|row| row.id).collect();
    let mut tries: BTreeMap<Uuid, Vec<(exam_item::Model, &exam_attempt::Model)>> = BTreeMap::new();
    for item in store::items_of_many(db, &ids).await? {
        if let Some(attempt) = of.get(&item.attempt_id) {
            tries
                .entry(item.version_id)
                .or_default()
                .push((item, attempt));
        }
    }
    tries.retain(|_, tries| {
        let members: BTreeSet<Uuid> = tries.iter().map(|(_, attempt)| attempt.member_id).collect();
        enough(members.len(), minimum)
    });
    let versions = store::versions(db, tries.keys().copied()).await?;
    let kinds = store::kinds_of(db, versions.iter().map(|row| row.question_id)).await?;
    let mut found = Vec::new();
    for version in versions {
        let (Some(tries), Some((kind, topic))) =
            (tries.get(&version.id), kinds.get(&version.question_id))
        else {
            continue;
        };
        let plain: Vec<Try> = tries
            .iter()
            .map(|(item, attempt)| Try {
                points: item.points.unwrap_or(0),
                max_points: item.max_points,
                total: attempt.points.unwrap_or(0),
            })
            .collect();
        let Some(analysis) = analyse(&plain) else {
            continue;
        };
        let answers: Vec<&exam_item::Model> = tries.iter().map(|(item, _)| item).collect();
        found.push(ItemStatistics {
            analysis,
            kind: *kind,
            topic: topic.clone(),
            unanswered: answers.iter().filter(|item| item.answer.is_none()).count(),
            distractors: distractors(&version, &answers)?,
            version,
        });
    }
    found.sort_by(|one, other| {
        let key = |item: &ItemStatistics| (item.topic.clone(), item.version.id);
        key(one).cmp(&key(other))
    });
    Ok(found)
}

fn distractors(
    version: &exam_question_version::Model,
    items: &[&exam_item::Model],
) -> Result<Vec<Distractor>> {
    let choices: Vec<Choice> = serde_json::from_value(version.options.clone())?;
    let key: Key = serde_json::from_value(version.key.clone())?;
    let Key::Options { correct } = key else {
        return Ok(Vec::new());
    };
    let mut counts = vec![0; choices.len()];
    for item in items {
        let answer: Option<Answer> = item
            .answer
            .clone()
            .map(serde_json::from_value)
            .transpose()?;
        if let Some(Answer::Options { chosen }) = answer {
            for place in chosen {
                if let Some(count) = counts.get_mut(place) {
                    *count += 1;
                }
            }
        }
    }
    Ok(choices
        .into_iter()
        .zip(counts)
        .enumerate()
        .map(|(place, (choice, chosen))| Distractor {
            choice,
            correct: correct.contains(&place),
            chosen,
        })
        .collect())
}

fn enough(members: usize, minimum: i64) -> bool {
    number(members) >= minimum
}

fn number(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
