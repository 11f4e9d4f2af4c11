//! The demo company's appraisals: one month that is over, one that is being calibrated, and the present one, in which members say
//! how they see themselves. Cycles go on by the same actions as anybody's; what people said is written in bulk.

use chrono::{Datelike, Days, Months, NaiveDate};
use entity::enums::{AppraisalFeedbackSource, AppraisalRatingBy, AppraisalRhythm};
use entity::{
    appraisal, appraisal_feedback, appraisal_incident, appraisal_plan_item, appraisal_rating,
    appraisal_template_version,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Map, json};
use uuid::Uuid;

use super::calendar::{at_hour, day_of};
use super::random::Chance;
use super::text::appraisals::{COMMENTS, PLANS, SELF, WORDS};
use crate::access::Call;
use crate::app::App;
use crate::appraisals::actions::common::Step;
use crate::appraisals::cycles::actions::{
    Content, cycle_close, cycle_count, cycle_create, cycle_open, cycle_publish, cycle_review, round,
};
use crate::appraisals::cycles::rules::Calendar;
use crate::appraisals::feedback::actions::{RatersSuggest, raters_suggest};
use crate::appraisals::rules::content::{Anchor, Content as Template, Measure};
use crate::appraisals::rules::population::{Movers, Rule};
use crate::appraisals::store::content_of;
use crate::appraisals::templates::actions::{TemplateDraft, template_draft, version_publish};
use crate::appraisals::templates::{shipped::shipped, template_id};
use crate::decimal::{Decimal, SCALE};
use crate::error::{Error, Result};

/// The seed of what people say: it is the same in every demo company.
const SEED: u64 = 20_260_301;

/// So many days after a period its results are due.
const PUBLISHED_AFTER: u64 = 8;

/// Appraises two months that are over and begins with the present one.
///
/// # Errors
/// When the database fails.
pub async fn appraise(app: &App) -> Result<()> {
    let now = app.clock.now();
    let today = day_of(now);
    let call = Call::system(now, "demo").on(today);
    let first = today.with_day(1).unwrap_or(today);
    let month = |ago: u32| first.checked_sub_months(Months::new(ago)).unwrap_or(first);
    scale(app, &call).await?;
    let over = judged(app, &call, (month(2), month(1))).await?;
    publish(app, &call, (over, month(1))).await?;
    judged(app, &call, (month(1), first)).await?;
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    let open = begun(app, &call, (first, next)).await?;
    let ask = RatersSuggest {
        cycle_id: open,
        ask: true,
    };
    raters_suggest(app, &call, ask).await?;
    Ok(())
}

/// The service desk's template that ships is made for sixty to a hundred and twenty tickets a month; who works in the demo company
/// has four to nine, so its next version says so.
async fn scale(app: &App, call: &Call) -> Result<()> {
    let shipped = shipped().map_err(Error::internal)?;
    let Some(mut content) = shipped
        .into_iter()
        .find_map(|one| (one.code == SERVICE_DESK).then_some(one.content))
    else {
        return Ok(());
    };
    for section in &mut content.sections {
        let Measure::Metrics { items } = &mut section.measure else {
            continue;
        };
        for item in items.iter_mut().filter(|item| item.metric == "workload") {
            item.anchors = [(0, 0), (4, 60), (8, 100)]
                .map(|(value, percent)| Anchor {
                    value: Decimal(value * SCALE),
                    percent: Decimal(percent * SCALE),
                })
                .to_vec();
        }
    }
    let draft = TemplateDraft {
        id: template_id(SERVICE_DESK),
        content,
        note: Some("As many tickets as one has here. 按本公司的工单量调整".to_owned()),
    };
    template_draft(app, call, &draft, None).await?;
    version_publish(app, call, step(latest(app, SERVICE_DESK).await?, 1)).await?;
    Ok(())
}

/// The service desk's template.
const SERVICE_DESK: &str = "service_desk.monthly";

/// The latest version of a template.
async fn latest(app: &App, code: &str) -> Result<Uuid> {
    let version = appraisal_template_version::Entity::find()
        .filter(appraisal_template_version::Column::TemplateId.eq(template_id(code)))
        .order_by_desc(appraisal_template_version::Column::Number)
        .one(app.db.reader())
        .await?;
    let version = version.ok_or_else(|| Error::internal("a template without a version"))?;
    Ok(version.id)
}

/// A cycle whose population is fixed.
async fn begun(app: &App, call: &Call, (from, until): (NaiveDate, NaiveDate)) -> Result<Uuid> {
    let (year, month) = (from.year(), from.month());
    let later = |days: u64| until.checked_add_days(Days::new(days)).unwrap_or(until);
    let mut versions = Vec::new();
    for one in shipped().map_err(Error::internal)? {
        versions.push(latest(app, &one.code).await?);
    }
    let content = Content {
        code: format!("{year}-{month:02}"),
        name: format!("Appraisals of {year}-{month:02}"),
        name_zh: format!("{year} 年 {month} 月考核"),
        rhythm: AppraisalRhythm::Monthly,
        from_day: from,
        until_day: until,
        calendar: Calendar {
            self_until: later(2),
            review_until: later(5),
            publish_on: later(PUBLISHED_AFTER),
            acknowledge_until: later(15),
            appeal_until: later(18),
        },
        population: Rule {
            departments: [].into(),
            least_days: 15,
            leavers: false,
            movers: Movers::AtTheEnd,
        },
        versions,
    };
    let id = cycle_create(app, call, &content, None).await?;
    cycle_open(app, call, step(id, 1)).await
}

/// A cycle whose results are computed.
async fn judged(app: &App, call: &Call, period: (NaiveDate, NaiveDate)) -> Result<Uuid> {
    let id = begun(app, call, period).await?;
    say(app, id, period.1).await?;
    cycle_review(app, call, step(id, 2)).await?;
    cycle_count(app, call, step(id, 3)).await?;
    round(&app.db, &app.counter, call.at).await?;
    Ok(id)
}

/// Publishes and ends a cycle whose appeals are over. Where a band has more than its share it waits for calibration.
async fn publish(app: &App, call: &Call, (id, until): (Uuid, NaiveDate)) -> Result<()> {
    // On the day on which results were due, so that members had their days to appeal.
    let due = until.checked_add_days(Days::new(PUBLISHED_AFTER));
    let then = Call::system(call.at, "demo").on(due.unwrap_or(until));
    // Two versions more came with the frozen figures and the end of computing.
    match cycle_publish(app, &then, step(id, 6)).await {
        Ok(_) => {}
        Err(Error::User(_)) => return Ok(()),
        Err(error) => return Err(error),
    }
    match cycle_close(app, call, step(id, 7)).await {
        Ok(_) | Err(Error::User(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

fn step(id: Uuid, expected_version: i32) -> Step {
    Step {
        id,
        expected_version,
    }
}

/// What people said, one row after the other.
#[derive(Default)]
struct Said {
    appraisals: Vec<appraisal::Model>,
    plan: Vec<appraisal_plan_item::Model>,
    ratings: Vec<appraisal_rating::Model>,
    incidents: Vec<appraisal_incident::Model>,
    feedback: Vec<appraisal_feedback::Model>,
}

/// Writes what everybody says in a cycle, in the days after its period.
async fn say(app: &App, cycle: Uuid, until: NaiveDate) -> Result<()> {
    let tx = app.db.begin().await?;
    let rows = appraisal::Entity::find()
        .filter(appraisal::Column::CycleId.eq(cycle))
        .order_by_asc(appraisal::Column::Id)
        .all(&tx)
        .await?;
    let contents = content_of(&tx, rows.iter().map(|row| row.version_id).collect()).await?;
    let mut said = Said::default();
    for (place, row) in rows.into_iter().enumerate() {
        let mut chance = Chance::of(SEED ^ cycle.as_u64_pair().1, "appraisal", place as u64);
        if let Some(content) = contents.get(&row.version_id) {
            said.about(row, content, until, &mut chance);
        }
    }
    for row in said.appraisals {
        let row = row.into_active_model();
        sea_orm::ActiveModelTrait::update(sea_orm::ActiveModelTrait::reset_all(row), &tx).await?;
    }
    macro_rules! write {
        ($($table:ident: $rows:ident),*) => {
            $(for some in said.$rows.chunks(500) {
                let rows = some.iter().cloned().map(IntoActiveModel::into_active_model);
                $table::Entity::insert_many(rows).exec_without_returning(&tx).await?;
            })*
        };
    }
    write!(appraisal_plan_item: plan, appraisal_rating: ratings, appraisal_incident: incidents, appraisal_feedback: feedback);
    tx.commit().await?;
    Ok(())
}

impl Said {
    fn about(
        &mut self,
        row: appraisal::Model,
        content: &Template,
        until: NaiveDate,
        chance: &mut Chance,
    ) {
        let (own_at, at) = (at_hour(until, 10), at_hour(until, 16));
        // How somebody is seen moves about a level of their own.
        let level = chance.between(66, 90);
        let percent = |chance: &mut Chance| (level + chance.between(-8, 8)) * SCALE;
        for section in &content.sections {
            match &section.measure {
                Measure::Plan => {
                    for (place, (title, measure, weight)) in (1..).zip(chance.pick(&PLANS)) {
                        let seen = percent(chance);
                        self.plan.push(appraisal_plan_item::Model {
                            id: chance.id(own_at),
                            appraisal_id: row.id,
                            place,
                            title: title.to_owned(),
                            measure: measure.to_owned(),
                            weight,
                            own_percent: Some((seen + 5 * SCALE).min(100 * SCALE)),
                            percent: Some(seen),
                            comment: None,
                            version: 1,
                            created_at: own_at,
                            updated_at: at,
                        });
                    }
                }
                Measure::Criteria { items } => {
                    for item in items {
                        let seen = percent(chance);
                        let own = (seen + 6 * SCALE).min(100 * SCALE);
                        for (by, percent) in [
                            (AppraisalRatingBy::Own, own),
                            (AppraisalRatingBy::Reviewer, seen),
                        ] {
                            self.ratings.push(appraisal_rating::Model {
                                id: chance.id(at),
                                appraisal_id: row.id,
                                by,
                                criterion: item.key.clone(),
                                percent,
                                comment: None,
                                updated_at: at,
                            });
                        }
                    }
                }
                Measure::Feedback { sources, questions } => {
                    for side in sources {
                        let answers = match side.source {
                            AppraisalFeedbackSource::Customer => 0,
                            AppraisalFeedbackSource::Peer => chance.between(2, 4),
                            _ => 1,
                        };
                        for _ in 0..answers {
                            let mut rated = Map::new();
                            for question in questions {
                                let rating = (level / 20 + chance.between(-1, 1)).clamp(1, 5);
                                rated.insert(question.key.clone(), json!(rating));
                            }
                            let comment = chance.percent(70).then(|| chance.pick(&COMMENTS));
                            self.feedback.push(appraisal_feedback::Model {
                                id: uuid::Builder::from_random_bytes(bytes(chance)).into_uuid(),
                                appraisal_id: row.id,
                                source: side.source,
                                answers: json!(rated),
                                comment: comment.map(str::to_owned),
                            });
                        }
                    }
                }
                Measure::Metrics { .. } | Measure::Competencies => {}
            }
        }
        if !content.behaviours.is_empty() && chance.percent(8) {
            self.incidents.push(appraisal_incident::Model {
                id: chance.id(at),
                appraisal_id: row.id,
                behaviour: content.behaviours[0].key.clone(),
                day: until.checked_sub_days(Days::new(9)).unwrap_or(until),
                ticket_id: None,
                evidence: "The customer called and complained. 客户来电投诉。".to_owned(),
                recorded_by: Uuid::nil(),
                recorded_by_name: "demo".to_owned(),
                withdrawn_at: None,
                withdrawn_reason: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
        self.appraisals.push(appraisal::Model {
            plan_agreed_at: Some(own_at),
            self_comment: Some(chance.pick(&SELF).to_owned()),
            self_submitted_at: Some(own_at),
            review_comment: Some(chance.pick(&WORDS).to_owned()),
            review_submitted_at: Some(at),
            version: row.version + 2,
            updated_at: at,
            ..row
        });
    }
}

fn bytes(chance: &mut Chance) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&chance.bits().to_le_bytes());
    bytes[8..].copy_from_slice(&chance.bits().to_le_bytes());
    bytes
}
