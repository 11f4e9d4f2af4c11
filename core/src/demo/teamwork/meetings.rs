//! Meetings, and what came of them.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use entity::enums::{ActionItemState, MeetingAttendance, MeetingKind, MeetingRhythm, MeetingState};
use entity::{
    action_item, meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute,
    meeting_series, meeting_series_member,
};
use uuid::Uuid;

use super::{Maker, ahead};
use crate::demo::calendar::{at_hour, day_of, days_ago};
use crate::demo::text::teamwork::TOPICS;

/// A meeting to make.
struct Plan<'a> {
    kind: MeetingKind,
    title: &'a str,
    organiser: Uuid,
    starts_at: DateTime<Utc>,
    invited: &'a [Uuid],
}

impl Maker<'_> {
    fn meeting(&mut self, of: Option<&meeting_series::Model>, like: &Plan<'_>) -> Uuid {
        let id = self.id(like.starts_at);
        let held = like.starts_at < self.as_of;
        self.all.meetings.push(meeting::Model {
            id,
            series_id: of.map(|series| series.id),
            series_day: of.map(|_| day_of(like.starts_at)),
            kind: like.kind,
            title: like.title.to_owned(),
            team_id: of.and_then(|series| series.team_id),
            organiser_id: like.organiser,
            starts_at: like.starts_at,
            ends_at: like.starts_at + TimeDelta::minutes(45),
            place: Some("三楼会议室 Room 3".to_owned()),
            link: None,
            state: if held {
                MeetingState::Held
            } else {
                MeetingState::Planned
            },
            reason: None,
            minutes_number: i32::from(held),
            held_at: held.then(|| like.starts_at + TimeDelta::minutes(45)),
            version: 1,
            created_at: like.starts_at - TimeDelta::days(30),
            updated_at: like.starts_at - TimeDelta::days(30),
        });
        for (place, member) in like.invited.iter().enumerate() {
            let (row_id, name) = (self.id(like.starts_at), self.name(*member));
            let came = if place % 9 == 8 {
                MeetingAttendance::Excused
            } else {
                MeetingAttendance::Present
            };
            self.all.invitees.push(meeting_invitee::Model {
                id: row_id,
                meeting_id: id,
                member_id: *member,
                name,
                attendance: held.then_some(came),
            });
        }
        id
    }

    /// The weekly meeting of the lead's team: four were held, four are to come.
    pub(super) fn weekly(&mut self) {
        let lead = self.demo("lead.demo");
        let (team, mut invited) = self.lead_team();
        if !invited.contains(&lead) {
            invited.push(lead);
        }
        let back = u64::from(self.today.weekday().num_days_from_monday()) + 21;
        let first_day = days_ago(self.today, back);
        let made = at_hour(days_ago(first_day, 7), 9);
        let series = meeting_series::Model {
            id: self.id(made),
            kind: MeetingKind::Meeting,
            title: "周例会 Weekly meeting".to_owned(),
            team_id: Some(team),
            organiser_id: lead,
            rhythm: MeetingRhythm::Weekly,
            first_day,
            start_minute: 9 * 60,
            minutes: 45,
            place: Some("三楼会议室 Room 3".to_owned()),
            link: None,
            planned_until: ahead(first_day, 49),
            ended_at: None,
            version: 1,
            created_at: made,
            updated_at: made,
        };
        for member in &invited {
            let row_id = self.id(made);
            self.all.series_members.push(meeting_series_member::Model {
                id: row_id,
                series_id: series.id,
                member_id: *member,
            });
        }
        let mut left: Vec<(Uuid, Uuid, &str)> = Vec::new();
        let mut next = true;
        for week in 0..8_u64 {
            let starts_at = at_hour(ahead(first_day, 7 * week), 9);
            let plan = Plan {
                kind: series.kind,
                title: &series.title,
                organiser: lead,
                starts_at,
                invited: &invited,
            };
            let id = self.meeting(Some(&series), &plan);
            let held = starts_at < self.as_of;
            let topic = TOPICS[usize::try_from(week).unwrap_or(0) % TOPICS.len()];
            self.talk(id, 1, topic.title, None, starts_at);
            if held {
                let owner = invited[usize::try_from(week).unwrap_or(0) % invited.len()];
                let done = week < 2;
                let item = self.come_of(id, &series, (topic.item, owner, done), starts_at);
                if !done {
                    left.push((item, owner, topic.item));
                }
                let (minutes, author_name) = (self.id(starts_at), self.name(lead));
                self.all.minutes.push(meeting_minute::Model {
                    id: minutes,
                    meeting_id: id,
                    number: 1,
                    body: topic.minutes.to_owned(),
                    author_id: lead,
                    author_name,
                    written_at: starts_at + TimeDelta::hours(2),
                });
                let decision = self.id(starts_at);
                self.all.decisions.push(meeting_decision::Model {
                    id: decision,
                    meeting_id: id,
                    number: 1,
                    body: topic.decision.to_owned(),
                    decided_at: starts_at + TimeDelta::minutes(40),
                });
            } else if next {
                next = false;
                let places = 2..;
                for (place, (item, _, title)) in places.zip(left.clone()) {
                    self.talk(id, place, title, Some(item), starts_at);
                }
            }
        }
        self.all.series.push(series);
    }

    fn talk(
        &mut self,
        meeting: Uuid,
        place: i32,
        title: &str,
        item: Option<Uuid>,
        at: DateTime<Utc>,
    ) {
        let id = self.id(at);
        self.all.agenda.push(meeting_agenda_item::Model {
            id,
            meeting_id: meeting,
            place,
            title: title.to_owned(),
            minutes: item.is_none().then_some(20),
            presenter_id: None,
            action_item_id: item,
            created_at: at - TimeDelta::days(3),
        });
    }

    fn come_of(
        &mut self,
        meeting: Uuid,
        series: &meeting_series::Model,
        (title, owner, done): (&str, Uuid, bool),
        at: DateTime<Utc>,
    ) -> Uuid {
        let id = self.id(at);
        self.all.items.push(action_item::Model {
            id,
            meeting_id: meeting,
            series_id: Some(series.id),
            title: title.to_owned(),
            detail: None,
            owner_id: owner,
            due_on: ahead(day_of(at), 10),
            state: if done {
                ActionItemState::Done
            } else {
                ActionItemState::InProgress
            },
            note: done.then(|| "已完成并告知全组。Done, and told to all.".to_owned()),
            closed_at: done.then(|| at + TimeDelta::days(6)),
            version: 2,
            created_at: at + TimeDelta::minutes(40),
            updated_at: at + TimeDelta::days(1),
        });
        id
    }

    /// The engineer tells in a week what was learnt.
    pub(super) fn sharing(&mut self) {
        let engineer = self.demo("engineer.demo");
        let plan = Plan {
            kind: MeetingKind::Sharing,
            title: "分享会：充电模块的三种常见故障 Sharing: three common faults of charging modules",
            organiser: engineer,
            starts_at: at_hour(ahead(self.today, 7), 15),
            invited: &[engineer, self.demo("agent.demo"), self.demo("lead.demo")],
        };
        self.meeting(None, &plan);
    }
}
