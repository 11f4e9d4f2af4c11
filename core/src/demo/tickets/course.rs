//! The steps of a ticket after it was opened, and when they are taken.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{TicketKind, TicketPriority, TicketStage, TicketState};

use crate::demo::calendar::working_time;
use crate::demo::random::Chance;
use crate::demo::text::replies::Moment;

use TicketStage::{Analysis, Execution, Feedback, Intake, Solution};

/// Something that happens to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The desk takes it.
    ToDesk,
    /// It goes into the queue of the team that solves it.
    ToTeam,
    /// Somebody there is given it.
    ToHandler,
    /// It moves to a stage, forward or back.
    Stage(TicketStage),
    /// It waits.
    Hold(TicketState),
    /// It goes on.
    Resume,
    /// It is done.
    Close,
    /// It is given up.
    Cancel,
    /// It is taken up again.
    Reopen,
    /// Something is written.
    Say(Moment),
}

/// An action with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub action: Action,
}

/// How far a ticket comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// To the end.
    Closed,
    /// Given up in a stage.
    Cancelled(TicketStage),
    /// It is worked on in a stage.
    Working(TicketStage),
    /// It waits in a stage.
    Waiting(TicketStage, TicketState),
}

/// What is out of the ordinary in a ticket's course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How far it comes.
    end: End,
    /// A pause on the way.
    pause: Option<(TicketStage, TicketState)>,
    /// Back from execution to an earlier stage, once.
    back: Option<TicketStage>,
    /// Taken up again after it was closed.
    reopen: bool,
    /// So many times slower than others.
    slow: i32,
}

impl Plan {
    /// A plain course up to an end.
    #[must_use]
    pub const fn until(end: End) -> Self {
        Self {
            end,
            pause: None,
            back: None,
            reopen: false,
            slow: 1,
        }
    }

    /// An ordinary course, or not.
    pub fn by_chance(kind: TicketKind, chance: &mut Chance) -> Self {
        let end = if chance.percent(4) {
            End::Cancelled(chance.weighted(&[
                (Intake, 3),
                (Analysis, 4),
                (Solution, 2),
                (Execution, 1),
            ]))
        } else {
            End::Closed
        };
        let parts = matches!(
            kind,
            TicketKind::FaultRepair | TicketKind::OnSiteService | TicketKind::ReturnExchange
        );
        let pause = match chance.below(100) {
            0..9 => Some((Solution, TicketState::PendingCustomer)),
            9..14 => Some((Analysis, TicketState::PendingCustomer)),
            14..28 if parts => Some((Execution, TicketState::PendingParts)),
            28..30 => Some((Solution, TicketState::OnHold)),
            _ => None,
        };
        let back = chance
            .percent(4)
            .then(|| chance.pick(&[Analysis, Solution]));
        Self {
            end,
            pause,
            back,
            reopen: chance.percent(5),
            slow: if chance.percent(6) { 6 } else { 1 },
        }
    }

    /// Does the course come to its end in this stage, without being closed?
    fn stops_in(&self, stage: TicketStage) -> bool {
        match self.end {
            End::Closed => false,
            End::Cancelled(last) | End::Working(last) | End::Waiting(last, _) => last == stage,
        }
    }
}

/// Median hours of a stage.
fn median_hours(kind: TicketKind, stage: TicketStage) -> f64 {
    let hours: [f64; 5] = match kind {
        TicketKind::Consultation => [0.3, 0.6, 1.0, 1.5, 20.0],
        TicketKind::Complaint => [0.4, 3.0, 6.0, 14.0, 48.0],
        TicketKind::TechnicalSupport => [0.4, 2.0, 3.0, 5.0, 30.0],
        TicketKind::FaultRepair => [0.5, 4.0, 6.0, 22.0, 44.0],
        TicketKind::ReturnExchange => [0.5, 6.0, 10.0, 44.0, 44.0],
        TicketKind::OnSiteService => [0.5, 2.0, 5.0, 28.0, 40.0],
        TicketKind::UpgradeCampaign => [1.0, 8.0, 18.0, 60.0, 48.0],
    };
    match stage {
        Intake => hours[0],
        Analysis => hours[1],
        Solution => hours[2],
        Execution => hours[3],
        Feedback => hours[4],
    }
}

/// Median hours in the queue of the team that solves it; none where whoever took it does. Returns pile up at the parts
/// desk, and for a visit nobody is free at once.
const fn queue_hours(kind: TicketKind) -> Option<f64> {
    match kind {
        TicketKind::Consultation | TicketKind::Complaint => None,
        TicketKind::TechnicalSupport => Some(0.6),
        TicketKind::FaultRepair => Some(2.0),
        TicketKind::OnSiteService => Some(4.0),
        TicketKind::ReturnExchange => Some(9.0),
        TicketKind::UpgradeCampaign => Some(3.0),
    }
}

/// The pen that writes steps down, each later than the one before.
struct Pen<'c> {
    at: DateTime<Utc>,
    pace: f64,
    kind: TicketKind,
    steps: Vec<Step>,
    chance: &'c mut Chance,
}

impl Pen<'_> {
    /// After so many hours, give or take, at a time when people work.
    fn after(&mut self, hours: f64, action: Action) {
        let seconds = self.chance.seconds_around(hours * 3600.0 * self.pace, 0.8);
        self.at = working_time(self.at + TimeDelta::seconds(seconds), self.chance);
        self.steps.push(Step {
            at: self.at,
            action,
        });
    }

    /// A few minutes later.
    fn soon(&mut self, action: Action) {
        self.at += TimeDelta::seconds(self.chance.between(40, 600));
        self.steps.push(Step {
            at: self.at,
            action,
        });
    }

    fn maybe(&mut self, cases: usize, moment: Moment) {
        if self.chance.percent(cases) {
            self.soon(Action::Say(moment));
        }
    }

    fn enter(&mut self, stage: TicketStage, from: TicketStage) {
        let hours = median_hours(self.kind, from);
        self.after(hours, Action::Stage(stage));
        match stage {
            Intake => {}
            Analysis => self.maybe(48, Moment::Diagnosed),
            Solution => self.maybe(20, Moment::Called),
            Execution => {
                self.maybe(46, Moment::Planned);
                self.maybe(30, Moment::Worked);
                self.maybe(18, Moment::Asked);
            }
            Feedback => self.maybe(50, Moment::Done),
        }
    }

    fn pause(&mut self, state: TicketState) {
        self.after(0.5, Action::Hold(state));
        let hours = match state {
            TicketState::PendingCustomer => 16.0,
            TicketState::PendingParts => 70.0,
            _ => 48.0,
        };
        self.after(hours, Action::Resume);
    }
}

/// The steps of a ticket opened at a time.
#[must_use]
pub fn steps(
    plan: &Plan,
    kind: TicketKind,
    priority: TicketPriority,
    created_at: DateTime<Utc>,
    chance: &mut Chance,
) -> Vec<Step> {
    let pace = match priority {
        TicketPriority::Low => 1.5,
        TicketPriority::Normal => 1.0,
        TicketPriority::High => 0.7,
        TicketPriority::Urgent => 0.45,
    };
    let pace = pace * f64::from(plan.slow);
    let mut pen = Pen {
        at: created_at,
        pace,
        kind,
        steps: Vec::with_capacity(14),
        chance,
    };
    if plan.end == End::Working(Intake) {
        return pen.steps;
    }
    // A first answer doesn't take longer because the rest will.
    pen.pace = pace.min(1.0);
    pen.after(0.12, Action::ToDesk);
    pen.maybe(72, Moment::Received);
    pen.pace = pace;
    walk(
        &mut pen,
        plan,
        &[Intake, Analysis, Solution, Execution, Feedback],
    );
    if plan.end == End::Closed {
        let hours = median_hours(kind, Feedback);
        pen.maybe(15, Moment::Called);
        pen.after(hours, Action::Close);
        if plan.reopen {
            pen.after(90.0, Action::Reopen);
            walk(
                &mut pen,
                &Plan::until(End::Closed),
                &[Analysis, Solution, Execution, Feedback],
            );
            pen.after(hours, Action::Close);
        }
    }
    pen.steps
}

/// Goes through stages, the first of which the ticket is in already.
fn walk(pen: &mut Pen<'_>, plan: &Plan, stages: &[TicketStage]) {
    let mut back = plan.back;
    for (place, stage) in stages.iter().copied().enumerate() {
        if place > 0 {
            pen.enter(stage, stages[place - 1]);
        }
        if stage == Analysis && stages[0] == Intake {
            pen.soon(Action::ToTeam);
            if let Some(hours) = queue_hours(pen.kind) {
                pen.after(hours, Action::ToHandler);
            }
        }
        if plan.stops_in(stage) {
            match plan.end {
                End::Cancelled(_) => pen.after(3.0, Action::Cancel),
                End::Waiting(_, state) => pen.after(1.0, Action::Hold(state)),
                End::Working(_) | End::Closed => {}
            }
            return;
        }
        if let Some((_, state)) = plan
            .pause
            .filter(|(pause, _)| *pause == stage && back == plan.back)
        {
            pen.pause(state);
        }
        if stage == Execution
            && let Some(earlier) = back.take()
        {
            pen.enter(earlier, Execution);
            if earlier == Analysis {
                pen.enter(Solution, Analysis);
            }
            pen.enter(Execution, Solution);
        }
    }
}

/// Fits the steps between opening and the as-of time, so that all of them have happened.
pub fn squeeze(
    steps: &mut [Step],
    created_at: DateTime<Utc>,
    as_of: DateTime<Utc>,
    chance: &mut Chance,
) {
    let Some(last) = steps.last().map(|step| step.at) else {
        return;
    };
    let room =
        (as_of - created_at).num_microseconds().unwrap_or(0).max(0) * chance.between(75, 95) / 100;
    let taken = (last - created_at)
        .num_microseconds()
        .unwrap_or(i64::MAX)
        .max(1);
    if taken <= room {
        return;
    }
    for step in steps {
        let share =
            i128::from((step.at - created_at).num_microseconds().unwrap_or(0)) * i128::from(room);
        let micros = i64::try_from(share / i128::from(taken)).unwrap_or(room);
        step.at = created_at + TimeDelta::microseconds(micros);
    }
}

/// Do the steps lead to an end?
#[must_use]
pub fn has_ended(steps: &[Step]) -> bool {
    let moves = steps.iter().rev().map(|step| step.action);
    moves
        .into_iter()
        .find(|action| !matches!(action, Action::Say(_)))
        .is_some_and(|action| matches!(action, Action::Close | Action::Cancel))
}
