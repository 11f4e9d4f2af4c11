//! What members have to do, from all domains in one list (待办).
//!
//! Each domain hands in its [`TaskSource`]s when `app.rs` wires the server, so that this list knows none of them. A source
//! keeps its own scope: it gives what the viewer may see of the members asked about, and nothing else.
//!
//! To add a source: a kind here, its `TaskSource` in the store of its domain, a line in `app.rs`.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use futures_util::future::{BoxFuture, try_join_all};
use uuid::Uuid;

use crate::access::Viewer;
use crate::db::Pool;
use crate::error::{Result, Text};

/// The most tasks that a source gives: the soonest. The total counts the others too.
pub const MOST: usize = 500;

/// Where a task comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// A ticket that the member works on.
    Ticket,
    /// An action item of a meeting.
    ActionItem,
    /// A vote on a rule.
    Vote,
    /// A rule to take note of.
    RuleAcknowledgement,
    /// A suggestion that the member looks after.
    Suggestion,
    /// An exam to sit.
    Exam,
    /// Courses that the member must do.
    Course,
    /// A certificate that runs out.
    Certificate,
    /// A goal of the member that is off course.
    Goal,
    /// A self-assessment, a review or an acknowledgement in an appraisal, or a plan for improvement that the member sees to.
    Appraisal,
    /// A colleague about whom the member is asked for feedback.
    AppraisalFeedback,
    /// The renewal of a contract that ends, which the member collects.
    Renewal,
}

/// Until when something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// On that day at the latest.
    Day(NaiveDate),
    /// Before that moment.
    At(DateTime<Utc>),
}

impl Due {
    /// The moment at which it is too late.
    #[must_use]
    pub fn moment(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::At(at) => at,
            Self::Day(day) => {
                let next = day
                    .succ_opt()
                    .unwrap_or(day)
                    .and_time(chrono::NaiveTime::MIN);
                // A day may begin with the hour that the clocks leave out.
                let first = zone.from_local_datetime(&next).earliest();
                let later = || {
                    zone.from_local_datetime(&(next + TimeDelta::hours(1)))
                        .earliest()
                };
                first
                    .or_else(later)
                    .map_or_else(|| next.and_utc(), |at| at.with_timezone(&Utc))
            }
        }
    }

    /// The day on which it has to be done at the latest.
    #[must_use]
    pub fn day(self, zone: Tz) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(at) => at.with_timezone(&zone).date_naive(),
        }
    }
}

/// Something that a member has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Where it comes from.
    pub kind: TaskKind,
    /// Who has to do it.
    pub member: Uuid,
    /// What, in both languages.
    pub title: Text,
    /// Until when; none when nothing presses.
    pub due: Option<Due>,
    /// The table of what it is about, in the singular.
    pub table: &'static str,
    /// The key of that row.
    pub id: Uuid,
}

/// Tasks, the soonest first, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The soonest.
    pub tasks: Vec<Task>,
    /// How many there are.
    pub total: u64,
}

impl Found {
    /// Everything that there is, when a source has it all in hand.
    #[must_use]
    pub fn all(mut tasks: Vec<Task>, zone: Tz) -> Self {
        let total = tasks.len() as u64;
        tasks.sort_by_key(|task| place(task, zone));
        tasks.truncate(MOST);
        Self { tasks, total }
    }
}

/// Whose tasks are asked for, by whom and when.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Who asks.
    pub viewer: &'a Viewer,
    /// Whose tasks.
    pub members: &'a [Uuid],
    /// When.
    pub at: DateTime<Utc>,
    /// The organisation's time zone.
    pub zone: Tz,
}

impl Asked<'_> {
    /// Today in the organisation.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.at.with_timezone(&self.zone).date_naive()
    }

    /// Does the viewer ask for their own and nobody else's?
    #[must_use]
    pub fn about_self(&self) -> bool {
        self.viewer
            .standing
            .member_id
            .is_some_and(|me| self.members == [me])
    }
}

/// Whoever knows of tasks.
pub trait TaskSource: Send + Sync {
    /// Of which kind they are.
    fn kind(&self) -> TaskKind;

    /// The tasks of the members asked about that the viewer may see, the soonest first, in a number of statements that
    /// depends on nothing.
    fn tasks<'a>(&'a self, db: &'a Pool, asked: &'a Asked<'a>) -> BoxFuture<'a, Result<Found>>;
}

/// The sources of all domains, as the server was wired.
#[derive(Clone, Default)]
pub struct Tasks(Arc<Vec<Arc<dyn TaskSource>>>);

impl Tasks {
    /// These sources.
    #[must_use]
    pub fn new(sources: Vec<Arc<dyn TaskSource>>) -> Self {
        Self(Arc::new(sources))
    }

    /// The tasks of all sources, or of some kinds, in one order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(
        &self,
        db: &Pool,
        asked: &Asked<'_>,
        kinds: Option<&[TaskKind]>,
    ) -> Result<Found> {
        let wanted = |source: &&Arc<dyn TaskSource>| {
            kinds.is_none_or(|kinds| kinds.contains(&source.kind()))
        };
        let parts = self.0.iter().filter(wanted);
        let parts = try_join_all(parts.map(|source| source.tasks(db, asked))).await?;
        let mut whole = Found::default();
        for part in parts {
            whole.total += part.total;
            whole.tasks.extend(part.tasks);
        }
        whole.tasks.sort_by_key(|task| place(task, asked.zone));
        Ok(whole)
    }
}

/// Where a task stands in a list: the soonest first, what doesn't press last.
#[must_use]
pub fn place(task: &Task, zone: Tz) -> (bool, Option<DateTime<Utc>>, TaskKind, Uuid, Uuid) {
    let due = task.due.map(|due| due.moment(zone));
    (due.is_none(), due, task.kind, task.id, task.member)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_where_the_organisation_is() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let due = Due::Day(day);
        assert_eq!(
            due.moment(chrono_tz::Asia::Shanghai).to_rfc3339(),
            "2026-03-02T16:00:00+00:00"
        );
        assert_eq!(
            due.moment(chrono_tz::UTC).to_rfc3339(),
            "2026-03-03T00:00:00+00:00"
        );
        let at = Due::At(due.moment(chrono_tz::UTC));
        assert_eq!(
            at.day(chrono_tz::Asia::Shanghai),
            day.succ_opt().expect("a day")
        );
        // In Havana the clocks go forward at midnight.
        let day = NaiveDate::from_ymd_opt(2026, 3, 7).expect("a day");
        assert_eq!(
            Due::Day(day)
                .moment(chrono_tz::America::Havana)
                .to_rfc3339(),
            "2026-03-08T05:00:00+00:00"
        );
    }

    #[test]
    fn the_soonest_first_and_what_does_not_press_last() {
        let zone = chrono_tz::UTC;
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).map(Due::Day);
        let task = |kind, due, id| Task {
            kind,
            member: Uuid::nil(),
            title: Text::new("", ""),
            due,
            table: "ticket",
            id: Uuid::from_u128(id),
        };
        let found = Found::all(
            vec![
                task(TaskKind::Ticket, None, 1),
                task(TaskKind::Vote, day(3), 2),
                task(TaskKind::Ticket, day(3), 3),
                task(TaskKind::Goal, day(2), 4),
            ],
            zone,
        );
        let order: Vec<u128> = found.tasks.iter().map(|task| task.id.as_u128()).collect();
        assert_eq!(order, [4, 3, 2, 1]);
        assert_eq!(found.total, 4);
    }
}
