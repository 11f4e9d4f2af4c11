//! Writing, opening, answering and closing rounds (编写、开放、填写、结束调查).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::enums::{StaffQuestionKind, StaffSurveyState};
use entity::{
    staff_survey_cell, staff_survey_invitation, staff_survey_question, staff_survey_round,
    staff_survey_tally,
};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::rules::HIGHEST;
use super::{CHANGED, store};
use crate::access::{Call, Permission, find, to_change};
use crate::app::App;
use crate::audit;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Error, Result, Text, UserError, UserErrorCode};
use crate::events::Event;
use crate::organisation::structure::actions::dated;
use crate::organisation::today;
use crate::settings::{self, STAFF_SURVEY_MINIMUM_GROUP};
use crate::work::{Once, Work, expect_version};

/// The permission for writing, opening and closing.
const MANAGE: Permission = Permission::StaffSurveyManage;
/// The most characters of a title and an option.
const TITLE: usize = 200;
/// The most characters of a question.
const QUESTION: usize = 500;
/// The most questions of a round.
const QUESTIONS: usize = 40;
/// How many options a choice has.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=10;

/// A question as it is written.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// How it is answered.
    pub kind: StaffQuestionKind,
    /// What is asked, in English.
    pub text: String,
    /// In Chinese.
    pub text_zh: String,
    /// What can be chosen, in both languages; none for ratings.
    pub options: Vec<(String, String)>,
}

/// A round as it is written.
#[derive(Clone, Debug, Serialize)]
pub struct Written {
    /// Its title in English.
    pub title: String,
    /// In Chinese.
    pub title_zh: String,
    /// The first day on which nobody answers any more.
    pub closes_on: NaiveDate,
    /// The questions, in order.
    pub questions: Vec<Asked>,
}

/// How many choices a question has.
#[must_use]
pub fn choices(question: &staff_survey_question::Model) -> i32 {
    match question.kind {
        StaffQuestionKind::Rating => HIGHEST,
        StaffQuestionKind::Choice => {
            let options = question.options.as_array().map_or(0, Vec::len);
            i32::try_from(options).unwrap_or(0)
        }
    }
}

impl Written {
    fn look_over(&self, checks: &mut Checks, call: &Call) -> Self {
        let count = self.questions.len();
        checks.ensure(
            (1..=QUESTIONS).contains(&count),
            UserErrorCode::Invalid,
            "input.questions",
            || {
                Text::new(
                    format!("A round has 1 to {QUESTIONS} questions."),
                    format!("须有 1 至 {QUESTIONS} 道题目。"),
                )
            },
        );
        dated(checks, call, "input.closesOn", self.closes_on);
        checks.ensure(
            self.closes_on != today(call),
            UserErrorCode::RuleViolated,
            "input.closesOn",
            || Text::new("It closes tomorrow at the earliest.", "最早于明天结束。"),
        );
        Self {
            title: checks.text("input.title", &self.title, TITLE),
            title_zh: checks.text("input.titleZh", &self.title_zh, TITLE),
            closes_on: self.closes_on,
            questions: self
                .questions
                .iter()
                .take(QUESTIONS)
                .enumerate()
                .map(|(place, asked)| asked.look_over(checks, &format!("input.questions.{place}")))
                .collect(),
        }
    }

    fn rows(&self, round: Uuid, call: &Call) -> Vec<staff_survey_question::Model> {
        let questions = (1..).zip(&self.questions);
        questions
            .map(|(place, asked)| staff_survey_question::Model {
                id: new_id(call.at),
                round_id: round,
                place,
                kind: asked.kind,
                text: asked.text.clone(),
                text_zh: asked.text_zh.clone(),
                options: json!(asked.options),
            })
            .collect()
    }
}

impl Asked {
    fn look_over(&self, checks: &mut Checks, field: &str) -> Self {
        let count = self.options.len();
        let fits = match self.kind {
            StaffQuestionKind::Rating => count == 0,
            StaffQuestionKind::Choice => OPTIONS.contains(&count),
        };
        checks.ensure(
            fits,
            UserErrorCode::Invalid,
            &format!("{field}.options"),
            || {
                Text::new(
                    "A choice has 2 to 10 options, a rating has none.",
                    "单选题须有 2 至 10 个选项，评分题不设选项。",
                )
            },
        );
        let options = self.options.iter().take(*OPTIONS.end()).enumerate();
        let options = options.map(|(place, (en, zh))| {
            let field = format!("{field}.options.{place}");
            (
                checks.text(&format!("{field}.text"), en, TITLE),
                checks.text(&format!("{field}.textZh"), zh, TITLE),
            )
        });
        let options = options.collect();
        Self {
            kind: self.kind,
            text: checks.body(&format!("{field}.text"), &self.text, QUESTION),
            text_zh: checks.body(&format!("{field}.textZh"), &self.text_zh, QUESTION),
            options,
        }
    }
}

/// Writes the draft of a round and returns its id.
///
/// # Errors
/// User errors about the words; a missing permission.
pub async fn round_create(
    app: &App,
    call: &Call,
    input: &Written,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    call.viewer.require(MANAGE)?;
    let mut work = Work::begin(&app.db, call).await?;
    if let Once::Repeated(id) = work
        .once(idempotency_key, "staffSurveyCreate", input)
        .await?
    {
        return Ok(id);
    }
    let mut checks = Checks::default();
    let written = input.look_over(&mut checks, call);
    checks.done()?;
    let row = staff_survey_round::Model {
        id: new_id(call.at),
        title: written.title.clone(),
        title_zh: written.title_zh.clone(),
        state: StaffSurveyState::Draft,
        opened_on: None,
        closes_on: written.closes_on,
        minimum: None,
        invited: None,
        created_by: call.viewer.actor.id.unwrap_or(Uuid::nil()),
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    let id = row.id;
    let detail = json!({ "title": row.title, "questions": written.questions.len() });
    store::insert(work.tx(), row).await?;
    store::put_questions(work.tx(), id, written.rows(id, call)).await?;
    leave_trace(&mut work, id, "staff_survey.create", detail);
    work.done(id).await?;
    work.commit().await?;
    Ok(id)
}

/// Writes the draft of a round anew and returns its id.
///
/// # Errors
/// User errors about the words, or when it is open; refusals of permission and version.
pub async fn round_update(
    app: &App,
    call: &Call,
    (id, expected_version): (Uuid, i32),
    input: &Written,
) -> Result<Uuid> {
    let (mut work, row) =
        in_state(app, call, (id, expected_version), StaffSurveyState::Draft).await?;
    let mut checks = Checks::default();
    let written = input.look_over(&mut checks, call);
    checks.done()?;
    let detail = json!({ "title": written.title, "questions": written.questions.len() });
    store::put_questions(work.tx(), id, written.rows(id, call)).await?;
    let row = staff_survey_round::Model {
        title: written.title,
        title_zh: written.title_zh,
        closes_on: written.closes_on,
        ..row
    };
    store::save(work.tx(), row, call.at).await?;
    leave_trace(&mut work, id, "staff_survey.update", detail);
    work.commit().await?;
    Ok(id)
}

/// Opens a round: everybody who works here is invited. Returns its id.
///
/// # Errors
/// User errors when it isn't a draft, or fewer work here than are ever shown; refusals of permission and version.
pub async fn round_open(app: &App, call: &Call, seen: (Uuid, i32)) -> Result<Uuid> {
    let (mut work, row) = in_state(app, call, seen, StaffSurveyState::Draft).await?;
    let day = today(call);
    let minimum = settings::read(work.tx(), &STAFF_SURVEY_MINIMUM_GROUP).await?;
    let minimum = i32::try_from(minimum).unwrap_or(i32::MAX);
    let homes = store::homes_on(work.tx(), day).await?;
    let invited = i32::try_from(homes.len()).unwrap_or(i32::MAX);
    let mut checks = Checks::default();
    checks.ensure(
        row.closes_on > day,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                "It would be closed already; give it a later day first.",
                "结束日期已过，请先修改。",
            )
        },
    );
    checks.ensure(
        invited >= minimum,
        UserErrorCode::RuleViolated,
        "input.id",
        || {
            Text::new(
                format!("Only {invited} people work here; answers of fewer than {minimum} are never shown."),
                format!("在职仅 {invited} 人，少于 {minimum} 人的结果不会显示。"),
            )
        },
    );
    checks.done()?;
    let mut cells = BTreeMap::new();
    for home in homes.values() {
        // Ids at random: none tells an order.
        cells
            .entry(*home)
            .or_insert_with(|| staff_survey_cell::Model {
                id: Uuid::new_v4(),
                round_id: row.id,
                department_id: home.0,
                team_id: home.1,
                people: 0,
            });
    }
    let questions = store::questions_of(work.tx(), row.id).await?;
    let mut tallies = Vec::new();
    for cell in cells.values() {
        for question in &questions {
            tallies.extend(
                (1..=choices(question)).map(|choice| staff_survey_tally::Model {
                    id: Uuid::new_v4(),
                    cell_id: cell.id,
                    question_id: question.id,
                    choice,
                    people: 0,
                }),
            );
        }
    }
    let invitations = homes.iter().filter_map(|(member, home)| {
        Some(staff_survey_invitation::Model {
            id: Uuid::new_v4(),
            round_id: row.id,
            member_id: *member,
            cell_id: cells.get(home)?.id,
            answered: false,
        })
    });
    let invitations = invitations.collect();
    store::open(
        work.tx(),
        cells.into_values().collect(),
        tallies,
        invitations,
    )
    .await?;
    let opened = staff_survey_round::Model {
        state: StaffSurveyState::Open,
        opened_on: Some(day),
        minimum: Some(minimum),
        invited: Some(invited),
        ..row
    };
    let detail = json!({ "invited": invited, "minimum": minimum, "closesOn": opened.closes_on });
    store::save(work.tx(), opened, call.at).await?;
    leave_trace(&mut work, seen.0, "staff_survey.open", detail);
    work.commit().await?;
    Ok(seen.0)
}

/// Closes a round, on its day or before; then its results can be read. Returns its id.
///
/// # Errors
/// User errors when it isn't open; refusals of permission and version.
pub async fn round_close(app: &App, call: &Call, seen: (Uuid, i32)) -> Result<Uuid> {
    let (mut work, row) = in_state(app, call, seen, StaffSurveyState::Open).await?;
    store::blur(work.tx(), row.id).await?;
    let closed = staff_survey_round::Model {
        state: StaffSurveyState::Closed,
        closes_on: row.closes_on.min(today(call)),
        ..row
    };
    store::save(work.tx(), closed, call.at).await?;
    leave_trace(&mut work, seen.0, "staff_survey.close", json!({}));
    work.commit().await?;
    Ok(seen.0)
}

/// What somebody chose.
#[derive(Clone, Copy)]
pub struct Chosen {
    /// The question.
    pub question_id: Uuid,
    /// The rating, or the place of the option, from 1.
    pub choice: i32,
}

/// Answers a round, once and as a whole. Returns its id.
///
/// It leaves no audit entry, no event and no idempotency key, and nothing here is logged: see the invariants of this room.
///
/// # Errors
/// User errors when something is missing, the round isn't open, or it was answered already; a missing permission.
pub async fn answer(app: &App, call: &Call, round: Uuid, chosen: &[Chosen]) -> Result<Uuid> {
    let permission = Permission::StaffSurveyAnswer;
    call.viewer.require(permission)?;
    let work = Work::begin(&app.db, call).await?;
    let tx = work.tx();
    let seen = find::<staff_survey_round::Entity>(tx, &call.viewer, permission, round).await?;
    let row = match seen {
        Some(_) => store::hold(tx, round).await?,
        None => None,
    };
    let row = row.ok_or_else(ApiError::not_found)?;
    let me = call.viewer.standing.member_id;
    let mine = match me {
        Some(me) => store::invitation(tx, round, me).await?,
        None => None,
    };
    let Some(mine) = mine else {
        return Err(ApiError::not_found().into());
    };
    let open = row.state == StaffSurveyState::Open && today(call) < row.closes_on;
    if !open {
        return Err(wrong_state(Text::new(
            "This survey isn't open any more.",
            "该调查已结束。",
        )));
    }
    let questions = store::questions_of(tx, round).await?;
    let choices = looked_over(&questions, chosen)?;
    if !store::mark_answered(tx, mine.id).await? {
        return Err(wrong_state(Text::new(
            "You have answered already; an answer can't be changed, for nobody knows which one it is.",
            "您已填写，且无法修改：系统不记录哪份答案属于谁。",
        )));
    }
    store::count(tx, mine.cell_id, &choices).await?;
    work.commit().await?;
    Ok(round)
}

/// Every question once, each with something that can be chosen; in the order of the questions.
fn looked_over(
    questions: &[staff_survey_question::Model],
    chosen: &[Chosen],
) -> Result<Vec<(Uuid, i32)>> {
    let mut checks = Checks::default();
    let known: BTreeSet<Uuid> = questions.iter().map(|question| question.id).collect();
    let named: BTreeSet<Uuid> = chosen.iter().map(|one| one.question_id).collect();
    checks.ensure(
        named == known && chosen.len() == questions.len(),
        UserErrorCode::Invalid,
        "input.answers",
        || {
            Text::new(
                "Every question is answered once: a figure with fewer people behind it could tell who they are.",
                "每题须作答一次：若有人跳过，人数过少的统计可能暴露身份。",
            )
        },
    );
    let mut found = Vec::with_capacity(questions.len());
    for question in questions {
        let place = chosen.iter().position(|one| one.question_id == question.id);
        let Some((place, one)) = place.and_then(|at| Some((at, chosen.get(at)?))) else {
            continue;
        };
        let most = choices(question);
        let field = format!("input.answers.{place}.choice");
        checks.ensure(
            (1..=most).contains(&one.choice),
            UserErrorCode::Invalid,
            &field,
            || Text::new(format!("It is 1 to {most}."), format!("须为 1 至 {most}。")),
        );
        found.push((question.id, one.choice));
    }
    checks.done()?;
    Ok(found)
}

fn wrong_state(text: Text) -> Error {
    UserError::new(UserErrorCode::WrongState, "input.id", text).into()
}

async fn in_state<'c>(
    app: &App,
    call: &'c Call,
    (id, expected_version): (Uuid, i32),
    state: StaffSurveyState,
) -> Result<(Work<'c>, staff_survey_round::Model)> {
    call.viewer.require(MANAGE)?;
    let work = Work::begin(&app.db, call).await?;
    let row = to_change::<staff_survey_round::Entity>(work.tx(), &call.viewer, MANAGE, id).await?;
    expect_version(row.version, expected_version)?;
    if row.state == state {
        return Ok((work, row));
    }
    Err(wrong_state(match state {
        StaffSurveyState::Draft => Text::new(
            "It isn't a draft any more: what was asked stays as it is. Write another round.",
            "该调查已开放，题目不可再改，请新建一轮。",
        ),
        _ => Text::new("It isn't open.", "该调查未开放。"),
    }))
}

fn leave_trace(work: &mut Work<'_>, id: Uuid, action: &'static str, detail: serde_json::Value) {
    work.audit(audit::Entry {
        action,
        entity_type: "staff_survey_round",
        entity_id: Some(id),
        detail,
    });
    let event = Event::new(work.call().at, CHANGED, id, json!({ "action": action }));
    work.emit(event);
}
