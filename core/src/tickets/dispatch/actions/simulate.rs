//! What if: other weights or requirements, on the queue of now or on the assignments of the past. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{skill, team, ticket};
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, by_ids, find};
use crate::app::App;
use crate::check::Checks;
use crate::error::{Result, Text, UserErrorCode};
use crate::organisation::today;
use crate::tickets::dispatch::figures::{Figures, figures};
use crate::tickets::dispatch::rules::{
    self, Judged, Needs, Replay, Requirement, SkillNeed, Weights, best, judge, skills_needed,
};
use crate::tickets::dispatch::store::{self, Moment, Replayed, Turn};

/// The most waiting tickets that are looked at.
pub const MOST_WAITING: i32 = 200;
/// The most past assignments that are tried again.
pub const MOST_PAST: u64 = 1_000;
/// The most of them that are shown with all candidates.
pub const MOST_SHOWN: usize = 100;
/// The longest stretch of the past.
const LONGEST: TimeDelta = TimeDelta::days(366);
/// The largest weight.
const HEAVIEST: u32 = 1_000;
/// The most requirements that can be tried.
const MOST_REQUIREMENTS: usize = 100;

/// A stretch of the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when, not included.
    pub to: DateTime<Utc>,
}

/// What is tried.
#[derive(Clone, Debug, Default)]
pub struct Simulate {
    /// Only this team's tickets.
    pub team_id: Option<Uuid>,
    /// Other weights than those that hold now.
    pub weights: Option<Weights>,
    /// Other requirements than those that hold now (for the past: than those that held then).
    pub requirements: Option<Vec<Requirement>>,
    /// The past instead of the queue.
    pub past: Option<Past>,
    /// Waiting tickets at most, 1 to 200; 50 when nothing is said.
    pub limit: Option<i32>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The weights that were tried.
    pub weights: Weights,
    /// Tickets that were looked at.
    pub considered: usize,
    /// Past assignments that would have gone to somebody else, or to nobody.
    pub differing: usize,
    /// Tickets that nobody could have.
    pub nobody: usize,
    /// Ticket by ticket, in turn: the whole queue; of the past those that differ, at most 100.
    pub tickets: Vec<TicketTrial>,
    /// Member by member, who gets most first.
    pub members: Vec<MemberTrial>,
}

/// One ticket of a simulation.
#[derive(Clone, Debug)]
pub struct TicketTrial {
    /// The ticket as it is now.
    pub ticket: ticket::Model,
    /// When it is or was given out.
    pub at: DateTime<Utc>,
    /// Who got it in the past.
    pub actual: Option<Uuid>,
    /// Who would get it.
    pub chosen: Option<Uuid>,
    /// Everybody who comes into question.
    pub ranking: Vec<Judged>,
}

/// One member of a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberTrial {
    /// The member.
    pub member: Uuid,
    /// Tickets received in the past.
    pub actual: u32,
    /// Tickets received by what was tried.
    pub simulated: u32,
}

/// Tries weights and requirements.
///
/// # Errors
/// `FORBIDDEN`; user errors naming the field.
pub async fn simulate(app: &App, call: &Call, simulate: Simulate) -> Result<Simulation> {
    call.viewer.require(Permission::DispatchRead)?;
    look_over(app, call, &simulate).await?;
    let mut figures = figures(app.db.reader()).await?;
    figures.weights = simulate.weights.unwrap_or(figures.weights);
    match simulate.past {
        Some(past) => of_past(app, call, &simulate, past, &figures).await,
        None => of_queue(app, call, simulate, &figures).await,
    }
}

async fn look_over(app: &App, call: &Call, simulate: &Simulate) -> Result<()> {
    let (reader, viewer) = (app.db.reader(), &call.viewer);
    let mut checks = Checks::default();
    if let Some(team) = simulate.team_id {
        let known =
            find::<team::Entity>(reader, viewer, Permission::OrganisationRead, team).await?;
        checks.found("input.teamId", known);
    }
    if let Some(weights) = simulate.weights {
        let fine = [weights.load, weights.fit, weights.fairness]
            .iter()
            .all(|weight| *weight <= HEAVIEST);
        checks.ensure(fine, UserErrorCode::Invalid, "input.weights", || {
            Text::new(
                format!("A weight is 0 to {HEAVIEST}."),
                format!("权重须为 0 至 {HEAVIEST}。"),
            )
        });
    }
    if let Some(past) = simulate.past {
        let length = past.to - past.from;
        let fine = length > TimeDelta::zero() && length <= LONGEST;
        checks.ensure(fine, UserErrorCode::Invalid, "input.past", || {
            Text::new(
                "The stretch ends after it begins and is at most 366 days long.",
                "结束时间须晚于开始时间，且不超过 366 天。",
            )
        });
    }
    let limit = simulate.limit.unwrap_or(1);
    checks.ensure(
        (1..=MOST_WAITING).contains(&limit),
        UserErrorCode::Invalid,
        "input.limit",
        || {
            Text::new(
                format!("This must be 1 to {MOST_WAITING}."),
                format!("须为 1 至 {MOST_WAITING}。"),
            )
        },
    );
    if let Some(rules) = &simulate.requirements {
        let field = "input.requirements";
        let few = rules.len() <= MOST_REQUIREMENTS;
        checks.ensure(few, UserErrorCode::TooLong, field, || {
            Text::new(
                format!("At most {MOST_REQUIREMENTS} requirements can be tried."),
                format!("最多 {MOST_REQUIREMENTS} 条要求。"),
            )
        });
        let levels = rules.iter().all(|rule| (1..=5).contains(&rule.level));
        checks.ensure(levels, UserErrorCode::Invalid, field, || {
            Text::new("A level is 1 to 5.", "等级须为 1 至 5。")
        });
        let ids: BTreeSet<Uuid> = rules.iter().map(|rule| rule.skill).collect();
        let ids: Vec<Uuid> = ids.into_iter().take(MOST_REQUIREMENTS).collect();
        let known =
            by_ids::<skill::Entity>(reader, viewer, <skill::Entity as Scoped>::READ, &ids).await?;
        checks.ensure(
            known.len() == ids.len(),
            UserErrorCode::NotFound,
            field,
            || Text::new("There is no such skill.", "技能不存在。"),
        );
    }
    checks.done()
}

/// The waiting queue: each ticket finds the members with the work that those before it have brought.
async fn of_queue(
    app: &App,
    call: &Call,
    simulate: Simulate,
    figures: &Figures,
) -> Result<Simulation> {
    let reader = app.db.reader();
    let turn = Turn {
        team: simulate.team_id,
        except: Vec::new(),
        most: simulate.limit.unwrap_or(50).unsigned_abs().into(),
    };
    let queue = store::waiting(reader, &call.viewer, Permission::DispatchRead, &turn).await?;
    let asked: Vec<_> = queue.iter().map(store::asked).collect();
    let moment = Moment {
        at: call.at,
        day: today(call),
    };
    let mut pool = store::pool(reader, &asked, &[], moment, figures, false).await?;
    if let Some(requirements) = simulate.requirements {
        let skills: Vec<Uuid> = requirements.iter().map(|rule| rule.skill).collect();
        pool.skills = store::names(reader, &skills).await?;
        pool.requirements = requirements;
    }
    let mut found = Tally::default();
    for (ticket, asked) in queue.into_iter().zip(asked) {
        let needs = pool.needs(asked);
        let ranking = judge(&needs, pool.candidates(&needs, None), figures.weights);
        let chosen = best(&ranking);
        if let Some(member) = chosen {
            pool.took(member, ticket.priority, call.at);
        }
        found.add(
            TicketTrial {
                ticket,
                at: call.at,
                actual: None,
                chosen,
                ranking,
            },
            true,
        );
    }
    Ok(found.simulation(figures.weights))
}

/// The assignments of a stretch, with the facts that were written down with each.
async fn of_past(
    app: &App,
    call: &Call,
    simulate: &Simulate,
    past: Past,
    figures: &Figures,
) -> Result<Simulation> {
    let reader = app.db.reader();
    let stretch = (past.from, past.to);
    let rows = store::past(reader, &call.viewer, stretch, simulate.team_id, MOST_PAST).await?;
    let names = match &simulate.requirements {
        Some(rules) => {
            let skills: Vec<Uuid> = rules.iter().map(|rule| rule.skill).collect();
            store::names(reader, &skills).await?
        }
        None => std::collections::HashMap::new(),
    };
    let mut replay = Replay::new(figures.weights, figures.fairness_days);
    let mut found = Tally::default();
    for row in rows {
        let Replayed {
            decision,
            ticket,
            mut needs,
            candidates,
        } = row;
        let Some(actual) = decision.chosen_member_id else {
            continue;
        };
        if let Some(rules) = &simulate.requirements {
            needs.skills = skills_of(&needs, rules, &names);
        }
        let trial = replay.next(rules::Past {
            at: decision.at,
            needs,
            candidates,
            actual,
            over: ticket.resolved_at.or(ticket.closed_at),
        });
        let differs = trial.chosen != Some(actual);
        found.add(
            TicketTrial {
                ticket,
                at: decision.at,
                actual: Some(actual),
                chosen: trial.chosen,
                ranking: trial.ranking,
            },
            differs,
        );
    }
    Ok(found.simulation(figures.weights))
}

fn skills_of(
    needs: &Needs,
    rules: &[Requirement],
    names: &std::collections::HashMap<Uuid, rules::Label>,
) -> Vec<SkillNeed> {
    skills_needed(rules, needs.kind, needs.product)
        .into_iter()
        .map(|(skill, level)| SkillNeed {
            skill,
            name: names.get(&skill).cloned().unwrap_or_default(),
            level,
        })
        .collect()
}

/// What has been found so far.
#[derive(Default)]
struct Tally {
    considered: usize,
    differing: usize,
    nobody: usize,
    tickets: Vec<TicketTrial>,
    members: BTreeMap<Uuid, (u32, u32)>,
}

impl Tally {
    fn add(&mut self, trial: TicketTrial, show: bool) {
        self.considered += 1;
        if let Some(actual) = trial.actual {
            self.members.entry(actual).or_default().0 += 1;
            self.differing += usize::from(trial.chosen != Some(actual));
        }
        match trial.chosen {
            Some(chosen) => self.members.entry(chosen).or_default().1 += 1,
            None => self.nobody += 1,
        }
        // The queue is bounded by its own limit.
        if show && (trial.actual.is_none() || self.tickets.len() < MOST_SHOWN) {
            self.tickets.push(trial);
        }
    }

    fn simulation(self, weights: Weights) -> Simulation {
        let mut members: Vec<MemberTrial> = self
            .members
            .into_iter()
            .map(|(member, (actual, simulated))| MemberTrial {
                member,
                actual,
                simulated,
            })
            .collect();
        members.sort_by_key(|one| {
            (
                std::cmp::Reverse(one.simulated),
                std::cmp::Reverse(one.actual),
                one.member,
            )
        });
        Simulation {
            weights,
            considered: self.considered,
            differing: self.differing,
            nobody: self.nobody,
            tickets: self.tickets,
            members,
        }
    }
}
