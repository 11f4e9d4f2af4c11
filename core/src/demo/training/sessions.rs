//! Sessions of the demo company: five a month for a year, and what is planned for the next weeks.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use entity::enums::{
    TrainingAttendance, TrainingAudience, TrainingEnrolmentState, TrainingHoursKind,
    TrainingSessionState,
};
use entity::{
    training_enrolment, training_feedback, training_hour, training_session,
    training_session_trainer,
};

use super::super::calendar::{at_hour, days_ago};
use super::super::random::Chance;
use super::super::text::courses::{COURSES, SAID, for_position};
use super::{Maker, Training};

/// Over how many days sessions were held.
const DAYS: u64 = 390;
/// Every so many days there is one.
const EVERY: u64 = 6;
/// For how long feedback can be given.
const FEEDBACK_DAYS: i64 = 14;

/// A session to make.
struct Plan {
    /// Tells it from the others.
    place: u64,
    /// Which course.
    course: usize,
    /// On which day.
    day: NaiveDate,
    /// How many can take part.
    capacity: usize,
    /// How many ask for a place, at most.
    asked: usize,
    state: TrainingSessionState,
}

impl Training {
    pub(super) fn sessions(&mut self, maker: &Maker<'_>) {
        let staff: Vec<usize> = (0..COURSES.len())
            .filter(|place| COURSES[*place].audience == TrainingAudience::Staff)
            .collect();
        let first = days_ago(maker.today, DAYS);
        for place in 0..DAYS / EVERY {
            let mut chance = Chance::of(maker.seed, "session", place);
            let day = working_day(first + Days::new(place * EVERY));
            // Those of the last days may not be over yet.
            if day + Days::new(1) >= maker.today {
                continue;
            }
            let course = staff[usize::try_from(place).unwrap_or(0) % staff.len()];
            let state = if place % 17 == 16 {
                TrainingSessionState::Cancelled
            } else {
                TrainingSessionState::Held
            };
            self.session(
                maker,
                &mut chance,
                &Plan {
                    place,
                    course,
                    day,
                    capacity: 24,
                    asked: 18 + chance_below(place, 7),
                    state,
                },
            );
        }
        let ahead = [
            (4, 6, 5, 8, TrainingSessionState::Open),
            (9, 0, 20, 11, TrainingSessionState::Open),
            (16, 4, 16, 0, TrainingSessionState::Planned),
        ];
        for (place, (days, course, capacity, asked, state)) in (1_000..).zip(ahead) {
            let mut chance = Chance::of(maker.seed, "session", place);
            let day = working_day(maker.today + Days::new(days));
            let plan = Plan {
                place,
                course,
                day,
                capacity,
                asked,
                state,
            };
            self.session(maker, &mut chance, &plan);
        }
    }

    fn session(&mut self, maker: &Maker<'_>, chance: &mut Chance, plan: &Plan) {
        let course = self.courses[plan.course].clone();
        let starts_at = at_hour(plan.day, 9);
        let ends_at = starts_at + TimeDelta::minutes(i64::from(course.minutes));
        let created_at = (starts_at - TimeDelta::days(21)).min(maker.as_of);
        let over = plan.state == TrainingSessionState::Held;
        let cancelled = plan.state == TrainingSessionState::Cancelled;
        let updated_at = match plan.state {
            TrainingSessionState::Held => ends_at,
            TrainingSessionState::Cancelled => starts_at - TimeDelta::days(2),
            _ => created_at,
        };
        let online = plan.place % 3 == 1;
        let id = chance.id(created_at);
        self.sessions.push(training_session::Model {
            id,
            course_id: course.id,
            place: (!online).then(|| "培训教室 301".to_owned()),
            link: online.then(|| format!("https://meeting.anxin.example/t/{:04}", plan.place)),
            guest_trainer: None,
            starts_at,
            ends_at,
            minutes: course.minutes,
            capacity: i32::try_from(plan.capacity).unwrap_or(1),
            enrol_until: starts_at - TimeDelta::hours(12),
            state: plan.state,
            reason: cancelled.then(|| "讲师出差，改期另行通知。".to_owned()),
            held_at: over.then_some(ends_at),
            feedback_until: over.then(|| ends_at + TimeDelta::days(FEEDBACK_DAYS)),
            created_by: maker.runner.id,
            version: if over { 4 } else { 1 },
            created_at,
            updated_at,
        });
        let teacher = (!maker.teachers.is_empty()).then(|| chance.pick(&maker.teachers));
        if let Some(teacher) = teacher {
            let member = &maker.people.members[teacher];
            self.trainers.push(training_session_trainer::Model {
                id: chance.id(created_at),
                session_id: id,
                member_id: member.id,
                name: member.name.clone(),
            });
        }
        if cancelled {
            return;
        }
        let takers = self.takers(maker, chance, plan, &course.code, teacher);
        for (turn, member) in (1..).zip(takers) {
            self.enrolment(maker, chance, plan, (turn, member));
        }
    }

    /// Who asks for a place: those to whose position the course belongs, each as likely as the others.
    fn takers(
        &self,
        maker: &Maker<'_>,
        chance: &mut Chance,
        plan: &Plan,
        course: &str,
        teacher: Option<usize>,
    ) -> Vec<usize> {
        let fits = |place: &usize| {
            let member = &maker.people.members[*place];
            Some(*place) != teacher
                && member.joined_on < plan.day
                && member.left_on.is_none_or(|left| left > plan.day)
                && for_position(maker.people.seat_of(*place).position).contains(&course)
        };
        let mut fitting: Vec<usize> = (0..maker.people.members.len()).filter(fits).collect();
        let mut takers = Vec::new();
        while takers.len() < plan.asked && !fitting.is_empty() {
            takers.push(fitting.swap_remove(chance.below(fitting.len())));
        }
        takers
    }

    fn enrolment(
        &mut self,
        maker: &Maker<'_>,
        chance: &mut Chance,
        plan: &Plan,
        (turn, member): (i64, usize),
    ) {
        let session = &self.sessions[self.sessions.len() - 1];
        let (session_id, minutes, ends_at) = (session.id, session.minutes, session.ends_at);
        let queued_at = (session.created_at + TimeDelta::hours(2 + turn * 3)).min(maker.as_of);
        let member_id = maker.people.members[member].id;
        let has_place = usize::try_from(turn).unwrap_or(0) <= plan.capacity;
        let over = plan.state == TrainingSessionState::Held;
        let given_back = over && chance.percent(4);
        let came = chance.below(100);
        let attendance = (over && !given_back).then_some(match came {
            0..=85 => TrainingAttendance::Present,
            86..=92 => TrainingAttendance::Part,
            _ => TrainingAttendance::Absent,
        });
        let there = attendance.map(|attendance| match attendance {
            TrainingAttendance::Present => minutes,
            TrainingAttendance::Part => minutes / 2,
            TrainingAttendance::Absent => 0,
        });
        let back_at = queued_at + TimeDelta::hours(30);
        let id = chance.id(queued_at);
        self.enrolments.push(training_enrolment::Model {
            id,
            session_id,
            member_id,
            state: match (given_back, has_place) {
                (true, _) => TrainingEnrolmentState::Cancelled,
                (false, true) => TrainingEnrolmentState::Enrolled,
                (false, false) => TrainingEnrolmentState::Waiting,
            },
            queued_at,
            turn,
            enrolled_by: maker.runner.id,
            promoted_at: None,
            cancelled_at: given_back.then_some(back_at),
            attendance,
            minutes: there,
            granted_id: None,
            checked_in_at: attendance.map(|_| ends_at),
            version: if over { 2 } else { 1 },
            created_at: queued_at,
            updated_at: match (given_back, over) {
                (true, _) => back_at,
                (false, true) => ends_at,
                (false, false) => queued_at,
            },
        });
        if let Some(minutes) = there.filter(|minutes| *minutes > 0) {
            self.booked(maker, chance, (id, member_id), (plan.day, minutes), ends_at);
            self.said(maker, chance, (session_id, id), ends_at);
        }
    }

    fn booked(
        &mut self,
        maker: &Maker<'_>,
        chance: &mut Chance,
        (enrolment, member_id): (uuid::Uuid, uuid::Uuid),
        (day, minutes): (NaiveDate, i32),
        booked_at: DateTime<Utc>,
    ) {
        self.hours.push(training_hour::Model {
            id: chance.id(booked_at),
            member_id,
            day,
            minutes,
            kind: TrainingHoursKind::Attendance,
            enrolment_id: Some(enrolment),
            study_id: None,
            corrects_id: None,
            reason: None,
            booked_by: Some(maker.runner.id),
            booked_by_name: maker.runner.name.clone(),
            booked_at,
        });
    }

    fn said(
        &mut self,
        maker: &Maker<'_>,
        chance: &mut Chance,
        (session_id, enrolment_id): (uuid::Uuid, uuid::Uuid),
        ends_at: DateTime<Utc>,
    ) {
        let given_at = ends_at + TimeDelta::minutes(chance.between(30, 4_000));
        if given_at > maker.as_of || !chance.percent(55) {
            return;
        }
        let (comment, low, high) = chance.pick(&SAID);
        let rating = i32::try_from(chance.between(i64::from(low), i64::from(high))).unwrap_or(4);
        self.feedbacks.push(training_feedback::Model {
            id: chance.id(given_at),
            session_id,
            enrolment_id,
            rating,
            comment: chance.percent(60).then(|| comment.to_owned()),
            given_at,
        });
    }
}

fn chance_below(place: u64, most: u64) -> usize {
    usize::try_from(place % most).unwrap_or(0)
}

/// The day, or the Monday after it at a weekend.
fn working_day(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}
