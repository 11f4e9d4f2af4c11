use aftercare::appraisals::rules::content::{Content, Measure};
use aftercare::appraisals::rules::inputs::{Inputs, Planned, Voices};
use aftercare::appraisals::rules::scoring;
use aftercare::appraisals::templates::shipped::shipped;
use aftercare::decimal::{Decimal, SCALE};
use chrono::NaiveDate;
use entity::enums::{
    AppraisalAppealState, AppraisalDisputeState, AppraisalExclusion, AppraisalFeedbackSource,
    AppraisalProposalKind, AppraisalProposalState, AppraisalRaterState, AppraisalRatingBy,
    AppraisalResultCause, AppraisalRhythm, AppraisalStage, AppraisalVersionState, ImprovementState,
    JobFamily,
};
use entity::{
    appraisal, appraisal_absence, appraisal_appeal, appraisal_calibration,
    appraisal_calibration_change, appraisal_cycle, appraisal_cycle_template, appraisal_dispute,
    appraisal_feedback, appraisal_incident, appraisal_plan_item, appraisal_proposal,
    appraisal_rater, appraisal_rating, appraisal_result, appraisal_template,
    appraisal_template_version, improvement_plan,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{Table, days_ago, key, start, write};

/// Templates, cycles, and appraisals with what hangs on them.
#[derive(Clone, Debug, Default)]
pub struct Appraisals {
    pub templates: Vec<appraisal_template::Model>,
    pub versions: Vec<appraisal_template_version::Model>,
    pub cycles: Vec<appraisal_cycle::Model>,
    pub cycle_templates: Vec<appraisal_cycle_template::Model>,
    pub appraisals: Vec<appraisal::Model>,
    pub absences: Vec<appraisal_absence::Model>,
    pub plan_items: Vec<appraisal_plan_item::Model>,
    pub ratings: Vec<appraisal_rating::Model>,
    pub incidents: Vec<appraisal_incident::Model>,
    pub disputes: Vec<appraisal_dispute::Model>,
    pub raters: Vec<appraisal_rater::Model>,
    pub results: Vec<appraisal_result::Model>,
    pub feedback: Vec<appraisal_feedback::Model>,
    pub appeals: Vec<appraisal_appeal::Model>,
    pub calibrations: Vec<appraisal_calibration::Model>,
    pub calibration_changes: Vec<appraisal_calibration_change::Model>,
    pub proposals: Vec<appraisal_proposal::Model>,
    pub improvements: Vec<improvement_plan::Model>,
}

/// The contents of the templates of the company: the service desk's, with the plan and the criteria of technical support, and
/// technical support's.
pub fn contents() -> [Content; 2] {
    let shipped = shipped().expect("a readable file");
    let of = |family| {
        let one = shipped.iter().find(|one| one.family == family);
        one.expect("it ships").content.clone()
    };
    let tech = of(JobFamily::TechnicalSupport);
    let mut desk = of(JobFamily::ServiceDesk);
    for section in &mut desk.sections {
        section.weight /= 2;
    }
    for section in &tech.sections {
        if matches!(section.measure, Measure::Plan | Measure::Criteria { .. }) {
            let mut section = section.clone();
            section.weight = 25;
            desk.sections.push(section);
        }
    }
    [desk, tech]
}

const fn percent(percent: i64) -> i64 {
    percent * SCALE
}

impl Appraisals {
    /// Writes everything; members and tickets must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.templates).await;
        write(tx, &self.versions).await;
        write(tx, &self.cycles).await;
        write(tx, &self.cycle_templates).await;
        write(tx, &self.appraisals).await;
        write(tx, &self.absences).await;
        write(tx, &self.plan_items).await;
        write(tx, &self.ratings).await;
        write(tx, &self.incidents).await;
        write(tx, &self.disputes).await;
        write(tx, &self.raters).await;
        write(tx, &self.results).await;
        write(tx, &self.feedback).await;
        write(tx, &self.appeals).await;
        write(tx, &self.calibrations).await;
        write(tx, &self.calibration_changes).await;
        write(tx, &self.proposals).await;
        write(tx, &self.improvements).await;
    }

    /// Templates of the service desk (1) and of technical support (2), each with a published version. February (1) is in review,
    /// January (2) is published. In both the agent (1, 11) and the mover (3, 13) are reviewed by the lead, the engineer (2, 12) and
    /// the lead (4, 14) by the manager. In February the agent and the engineer have agreed plans, the agent has assessed herself,
    /// and the lead has begun to review her: a rating, a percent of the plan, a comment, and an incident on ticket 1. The colleague
    /// is asked for feedback about her, and so is the lead; the agent is asked about the mover. The mover disputes a survey.
    /// January's results are there, with feedback from three colleagues about the agent, and nobody has taken note; the mover appeals.
    /// The leaver has no appraisal in January.
    pub fn small() -> Self {
        let mut rows = Self::default();
        rows.template(1, "desk", JobFamily::ServiceDesk);
        rows.template(2, "tech", JobFamily::TechnicalSupport);
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a valid day");
        rows.cycle(1, AppraisalStage::Review, (day(2, 1), day(3, 1)));
        rows.cycle(2, AppraisalStage::Published, (day(1, 1), day(2, 1)));
        for (n, who, version, reviewer, place) in [
            (1, 2, 1, 1, (2, 1)),
            (2, 4, 2, 7, (5, 2)),
            (3, 5, 1, 1, (3, 1)),
            (4, 1, 1, 7, (1, 1)),
        ] {
            rows.appraisal(n, 1, (who, version, reviewer), place);
            rows.appraisal(n + 10, 2, (who, version, reviewer), place);
        }
        rows.absences.push(appraisal_absence::Model {
            id: key(Table::AppraisalAbsence, 1),
            cycle_id: key(Table::AppraisalCycle, 2),
            member_id: key(Table::Member, 6),
            cause: AppraisalExclusion::Left,
            days: 30,
            created_at: start(),
        });
        rows.said_in_february();
        for (place, criteria) in [(11, 70), (12, 95), (13, 55), (14, 85)] {
            rows.counted(place, percent(criteria));
        }
        rows.answered();
        rows.followed();
        rows
    }

    /// HR has calibrated January (1), and raised the engineer's result by two points. The lead proposes a training for the mover
    /// (1); the manager's nomination of the engineer as a star was accepted (2), and proposes to promote the lead (3).
    fn followed(&mut self) {
        let hr = key(Table::User, 7);
        self.calibrations.push(appraisal_calibration::Model {
            id: key(Table::Calibration, 1),
            cycle_id: key(Table::AppraisalCycle, 2),
            name: "January".to_owned(),
            department_id: None,
            version_id: None,
            led_by: hr,
            led_by_name: "The hr".to_owned(),
            closed_at: Some(start()),
            conclusion: Some("Judged alike. 尺度一致".to_owned()),
            version: 2,
            created_at: start(),
            updated_at: start(),
        });
        let engineer = self.row(12).clone();
        let (score, band) = (
            engineer.score.unwrap_or(0),
            engineer.band.unwrap_or_default(),
        );
        self.calibration_changes
            .push(appraisal_calibration_change::Model {
                id: key(Table::CalibrationChange, 1),
                calibration_id: key(Table::Calibration, 1),
                appraisal_id: engineer.id,
                from_score: score - 2 * SCALE,
                to_score: score,
                from_band: band.clone(),
                to_band: band,
                reason: "Took over a colleague's work. 承担额外工作".to_owned(),
                made_by: hr,
                made_by_name: "The hr".to_owned(),
                created_at: start(),
            });
        // Desk north's, which the agent sees to, and the engineer's department's.
        for (n, team, department, owner) in [(1, Some(2), None, 2), (2, None, Some(2), 4)] {
            self.improvements.push(improvement_plan::Model {
                id: key(Table::ImprovementPlan, n),
                cycle_id: key(Table::AppraisalCycle, 2),
                team_id: team.map(|team| key(Table::Team, team)),
                department_id: department.map(|one| key(Table::Department, one)),
                region_id: None,
                aim: "Fewer calls come back. 减少重复来电".to_owned(),
                measures: "Ask once more before closing. 结单前再次确认".to_owned(),
                owner_id: key(Table::Member, owner),
                due_on: days_ago(-30),
                state: ImprovementState::Running,
                result: None,
                ended_at: None,
                written_by: hr,
                written_by_name: "The hr".to_owned(),
                version: 1,
                created_at: start(),
                updated_at: start(),
            });
        }
        for (n, of, kind, by) in [
            (1, 13, AppraisalProposalKind::Training, 2),
            (2, 12, AppraisalProposalKind::Star, 1),
            (3, 14, AppraisalProposalKind::Promotion, 1),
        ] {
            let star = kind == AppraisalProposalKind::Star;
            self.proposals.push(appraisal_proposal::Model {
                id: key(Table::AppraisalProposal, n),
                appraisal_id: key(Table::Appraisal, of),
                kind,
                content: "Because of January's result. 依据一月结果".to_owned(),
                state: if star {
                    AppraisalProposalState::Accepted
                } else {
                    AppraisalProposalState::Proposed
                },
                proposed_by: key(Table::User, by),
                proposed_by_name: "A superior".to_owned(),
                decided_by: star.then_some(hr),
                decided_by_name: star.then(|| "The hr".to_owned()),
                decided_at: star.then(start),
                decision: None,
                version: 1 + i32::from(star),
                created_at: start(),
                updated_at: start(),
            });
        }
    }

    fn template(&mut self, n: usize, code: &str, family: JobFamily) {
        let id = key(Table::AppraisalTemplate, n);
        self.templates.push(appraisal_template::Model {
            id,
            code: format!("company.{code}"),
            name: format!("Template {n}"),
            name_zh: format!("模板{n}"),
            family,
            retired_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        let content = &contents()[n - 1];
        self.versions.push(appraisal_template_version::Model {
            id: key(Table::AppraisalVersion, n),
            template_id: id,
            number: 1,
            state: AppraisalVersionState::Published,
            content: serde_json::to_value(content).expect("JSON"),
            note: None,
            published_at: Some(start()),
            published_by_name: Some("HR".to_owned()),
            version: 2,
            created_at: start(),
            updated_at: start(),
        });
    }

    fn cycle(&mut self, n: usize, stage: AppraisalStage, (from, until): (NaiveDate, NaiveDate)) {
        let id = key(Table::AppraisalCycle, n);
        let out = stage == AppraisalStage::Published;
        self.cycles.push(appraisal_cycle::Model {
            id,
            code: format!("2026-{n}"),
            name: format!("Cycle {n}"),
            name_zh: format!("周期{n}"),
            rhythm: AppraisalRhythm::Monthly,
            from_day: from,
            until_day: until,
            stage,
            population: json!({ "departments": [], "leastDays": 10, "leavers": false, "movers": "at_the_end" }),
            self_until: days_ago(1),
            review_until: days_ago(-5),
            publish_on: days_ago(-8),
            acknowledge_until: days_ago(-12),
            appeal_until: days_ago(-14),
            snapshot_id: None,
            published_at: out.then(start),
            closed_at: None,
            reason: None,
            created_by: key(Table::User, 7),
            version: 3,
            created_at: start(),
            updated_at: start(),
        });
        for (place, family) in [
            (1, JobFamily::ServiceDesk),
            (2, JobFamily::TechnicalSupport),
        ] {
            self.cycle_templates.push(appraisal_cycle_template::Model {
                id: key(Table::CycleTemplate, n * 10 + place),
                cycle_id: id,
                version_id: key(Table::AppraisalVersion, place),
                family,
            });
        }
    }

    fn appraisal(
        &mut self,
        n: usize,
        cycle: usize,
        (who, version, reviewer): (usize, usize, usize),
        (team, department): (usize, usize),
    ) {
        self.appraisals.push(appraisal::Model {
            id: key(Table::Appraisal, n),
            cycle_id: key(Table::AppraisalCycle, cycle),
            member_id: key(Table::Member, who),
            version_id: key(Table::AppraisalVersion, version),
            reviewer_id: Some(key(Table::Member, reviewer)),
            team_id: Some(key(Table::Team, team)),
            department_id: Some(key(Table::Department, department)),
            days: 20,
            plan_agreed_at: None,
            self_comment: None,
            self_submitted_at: None,
            review_comment: None,
            review_submitted_at: None,
            inputs: None,
            snapshot_id: None,
            result: 0,
            score: None,
            band: None,
            blocked: None,
            acknowledged_at: None,
            acknowledgement: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    fn row(&mut self, n: usize) -> &mut appraisal::Model {
        let id = key(Table::Appraisal, n);
        let row = self.appraisals.iter_mut().find(|row| row.id == id);
        row.expect("an appraisal")
    }

    fn said_in_february(&mut self) {
        for (n, of) in [(1, 1), (2, 2)] {
            self.row(of).plan_agreed_at = Some(start());
            self.plan_items.push(appraisal_plan_item::Model {
                id: key(Table::PlanItem, n),
                appraisal_id: key(Table::Appraisal, of),
                place: 1,
                title: format!("Plan {n}"),
                measure: "All articles are revised. 全部文章已修订".to_owned(),
                weight: 100,
                own_percent: Some(percent(90)),
                percent: None,
                comment: None,
                version: 1,
                created_at: start(),
                updated_at: start(),
            });
        }
        self.plan_items[0].percent = Some(percent(62));
        self.plan_items[0].comment = Some(format!("Two are missing: {JUDGED}"));
        let agent = self.row(1);
        agent.self_comment = Some("A good month. 顺利".to_owned());
        agent.self_submitted_at = Some(start());
        agent.review_comment = Some(format!("Has to listen: {JUDGED}"));
        for (n, by, said) in [
            (1, AppraisalRatingBy::Own, 90),
            (2, AppraisalRatingBy::Reviewer, 63),
        ] {
            self.ratings.push(appraisal_rating::Model {
                id: key(Table::AppraisalRating, n),
                appraisal_id: key(Table::Appraisal, 1),
                by,
                criterion: "records".to_owned(),
                percent: percent(said),
                comment: (said == 63).then(|| format!("Gaps: {JUDGED}")),
                updated_at: start(),
            });
        }
        self.incidents.push(appraisal_incident::Model {
            id: key(Table::Incident, 1),
            appraisal_id: key(Table::Appraisal, 1),
            behaviour: "rudeness".to_owned(),
            day: days_ago(10),
            ticket_id: Some(key(Table::Ticket, 1)),
            evidence: "The record of the call. 通话录音".to_owned(),
            recorded_by: key(Table::User, 2),
            recorded_by_name: "team_lead".to_owned(),
            withdrawn_at: None,
            withdrawn_reason: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.disputes.push(appraisal_dispute::Model {
            id: key(Table::Dispute, 1),
            appraisal_id: key(Table::Appraisal, 3),
            metric_key: "satisfaction".to_owned(),
            record_table: "ticket".to_owned(),
            record_id: key(Table::Ticket, 2),
            grounds: "It was somebody else's. 与本人无关".to_owned(),
            state: AppraisalDisputeState::Open,
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            decision: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.raters.push(appraisal_rater::Model {
            id: key(Table::Rater, 1),
            appraisal_id: key(Table::Appraisal, 1),
            member_id: key(Table::Member, 3),
            source: AppraisalFeedbackSource::Peer,
            state: AppraisalRaterState::Asked,
            proposed_by: key(Table::User, 3),
            reason: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// Two more requests in February; in January three colleagues (two with words) and the lead on the agent, and the mover's appeal.
    fn answered(&mut self) {
        use AppraisalFeedbackSource::{Peer, Superior};
        for (n, about, who, source) in [(2, 1, 1, Superior), (3, 3, 2, Peer)] {
            self.raters.push(appraisal_rater::Model {
                id: key(Table::Rater, n),
                appraisal_id: key(Table::Appraisal, about),
                member_id: key(Table::Member, who),
                source,
                ..self.raters[0].clone()
            });
        }
        let words = Some("Explains well. 讲解清楚");
        for (n, source, rating, comment) in [
            (1, Peer, 5, words),
            (2, Peer, 4, words),
            (3, Peer, 4, None),
            (4, Superior, 3, words),
        ] {
            let questions = contents()[0]
                .sections
                .iter()
                .find_map(|one| match &one.measure {
                    Measure::Feedback { questions, .. } => Some(questions.clone()),
                    _ => None,
                });
            let answers = questions.expect("the desk asks for feedback").into_iter();
            self.feedback.push(appraisal_feedback::Model {
                id: key(Table::AppraisalFeedback, n),
                appraisal_id: key(Table::Appraisal, 11),
                source,
                answers: answers.map(|one| (one.key, json!(rating))).collect(),
                comment: comment.map(str::to_owned),
            });
        }
        self.appeals.push(appraisal_appeal::Model {
            id: key(Table::AppraisalAppeal, 1),
            appraisal_id: key(Table::Appraisal, 13),
            number: 1,
            grounds: "I was on leave for a week. 曾休假一周".to_owned(),
            state: AppraisalAppealState::Filed,
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            decision: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// What was frozen in January, and the result that follows.
    fn counted(&mut self, n: usize, judged: i64) {
        let row = self.row(n);
        let version = usize::from(row.version_id == key(Table::AppraisalVersion, 2));
        let content = &contents()[version];
        let inputs = inputs(content, Decimal(judged));
        let outcome = scoring::score(content, &inputs).expect("nothing is missing");
        row.self_submitted_at = Some(start());
        row.review_submitted_at = Some(start());
        row.review_comment = Some("Steady work. 稳定".to_owned());
        row.inputs = Some(serde_json::to_value(&inputs).expect("JSON"));
        row.result = 1;
        row.score = Some(outcome.score.0);
        row.band = Some(outcome.band.clone());
        self.results.push(appraisal_result::Model {
            id: key(Table::AppraisalResult, n),
            appraisal_id: key(Table::Appraisal, n),
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
        });
    }
}

/// A word in everything that reviewers say before results are out, and nowhere else.
pub const JUDGED: &str = "amarant";

/// Fair figures, everything judged with the same percent, one incident, and feedback from all sides that is enough.
fn inputs(content: &Content, judged: Decimal) -> Inputs {
    let mut inputs = Inputs {
        plan: vec![Planned {
            title: "Revise the articles. 修订知识库".to_owned(),
            weight: 100,
            percent: Some(judged),
        }],
        ..Inputs::default()
    };
    for section in &content.sections {
        match &section.measure {
            Measure::Metrics { items } => {
                // The better end of the curve, or nearly.
                for item in items {
                    let good = item.anchors.iter().max_by_key(|one| one.percent);
                    let value = good.map(|one| one.value);
                    inputs.metrics.insert(item.metric.clone(), value);
                }
            }
            Measure::Criteria { items } => {
                let keys = items.iter().map(|item| item.key.clone());
                inputs.criteria.extend(keys.map(|key| (key, judged)));
            }
            Measure::Feedback { sources, questions } => {
                for side in sources {
                    let means = questions
                        .iter()
                        .map(|one| (one.key.clone(), Decimal(4 * SCALE)));
                    let voices = Voices {
                        answers: side.least,
                        means: means.collect(),
                    };
                    inputs.feedback.insert(side.source, voices);
                }
            }
            Measure::Plan | Measure::Competencies => {}
        }
    }
    if let Some(one) = content.behaviours.first() {
        inputs.incidents.insert(one.key.clone(), 1);
    }
    inputs
}
