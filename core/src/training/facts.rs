//! What of training counts in figures (培训事实): entries of the ledger of hours, and places in sessions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono_tz::Tz;
use entity::enums::Attribution::Owner;
use entity::enums::{TrainingAttendance, TrainingHoursKind};
use entity::training_hour;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::store::Taken;
use super::{HOURS_BOOKED, SESSION_CHANGED, store};
use crate::db::{Pool, Transaction};
use crate::error::{Result, Text};
use crate::events::Event;
use crate::ids::Node;
use crate::metrics::facts::{
    Detail, MEASURES, Measure, MeasureUnit, Occurrence, Provider, Source, noon,
};

/// An entry of the ledger of hours.
pub const HOURS: &str = "training.hours";
/// A place in a session.
pub const PLACE: &str = "training.place";

static LEDGER: LazyLock<Vec<Source>> = LazyLock::new(|| {
    vec![Source {
        key: HOURS,
        name: Text::new("Entry of the ledger of hours", "学时台账记录"),
        meaning: Text::new(
            "An entry of a member's ledger of hours; it counts on the day of the training, also when it was booked or corrected later. Detail: its kind. `seconds`: how long; below nought where it takes something back.",
            "成员学时台账中的一条记录，计入培训当日，之后补登或更正的也计入该日。细目：记录类型。seconds：时长，冲减时为负。",
        ),
        attributions: &[Owner],
        measures: const {
            &[Measure {
                key: "seconds",
                unit: MeasureUnit::Seconds,
            }]
        },
        detail: Detail::Word,
    }]
});

static SESSIONS: LazyLock<Vec<Source>> = LazyLock::new(|| {
    vec![Source {
        key: PLACE,
        name: Text::new("Place in a session", "培训席位"),
        meaning: Text::new(
            "A member's place in a session whose attendance is recorded; it counts on the day on which the session began. A member who takes part in two sessions has two places. Detail: the code of the course. `attended`: whether the member was there, in full or in part. `seconds`: for how long.",
            "成员在场次中已登记出勤的席位，计入场次开始当日。同一成员参加两场计两个席位（人次）。细目：课程编码。attended：是否到场（含部分到场）。seconds：到场时长。",
        ),
        attributions: &[Owner],
        measures: const {
            &[
                Measure {
                    key: "attended",
                    unit: MeasureUnit::YesNo,
                },
                Measure {
                    key: "seconds",
                    unit: MeasureUnit::Seconds,
                },
            ]
        },
        detail: Detail::Word,
    }]
});

/// The facts of the ledger of hours.
#[derive(Clone, Copy, Debug)]
pub struct HoursFacts {
    /// The company's time zone: the ledger knows days, the register moments.
    pub zone: Tz,
}

impl Provider for HoursFacts {
    fn record_kind(&self) -> &'static str {
        training_hour::Entity::PREFIX
    }

    fn sources(&self) -> &[Source] {
        &LEDGER
    }

    fn touched(&self, event: &Event) -> Vec<Uuid> {
        named_by(event, HOURS_BOOKED)
    }

    fn occurrences<'a>(
        &'a self,
        tx: &'a Transaction,
        records: &'a [Uuid],
    ) -> BoxFuture<'a, Result<Vec<Occurrence>>> {
        Box::pin(async move {
            let entries = store::entries_by_id(tx, records).await?;
            Ok(entries
                .into_iter()
                .map(|entry| booked(&entry, self.zone))
                .collect())
        })
    }

    fn records<'a>(
        &'a self,
        db: &'a Pool,
        after: Option<Uuid>,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Uuid>>> {
        Box::pin(store::entry_ids(db, after, limit))
    }

    fn details<'a>(
        &'a self,
        _db: &'a Pool,
        _source: &'a str,
        words: &'a [String],
    ) -> BoxFuture<'a, Result<BTreeMap<String, Text>>> {
        let named = words
            .iter()
            .filter_map(|word| Some((word.clone(), kind_named(word)?)))
            .collect();
        Box::pin(async move { Ok(named) })
    }
}

/// The facts of sessions.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionPlaces;

impl Provider for SessionPlaces {
    fn record_kind(&self) -> &'static str {
        entity::training_session::Entity::PREFIX
    }

    fn sources(&self) -> &[Source] {
        &SESSIONS
    }

    fn touched(&self, event: &Event) -> Vec<Uuid> {
        named_by(event, SESSION_CHANGED)
    }

    fn occurrences<'a>(
        &'a self,
        tx: &'a Transaction,
        records: &'a [Uuid],
    ) -> BoxFuture<'a, Result<Vec<Occurrence>>> {
        Box::pin(async move {
            let places = store::taken(tx, records).await?;
            Ok(places.into_iter().map(place).collect())
        })
    }

    fn records<'a>(
        &'a self,
        db: &'a Pool,
        after: Option<Uuid>,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Uuid>>> {
        Box::pin(store::session_ids(db, after, limit))
    }

    fn details<'a>(
        &'a self,
        db: &'a Pool,
        _source: &'a str,
        words: &'a [String],
    ) -> BoxFuture<'a, Result<BTreeMap<String, Text>>> {
        Box::pin(store::course_names(db, words))
    }
}

fn named_by(event: &Event, kind: &str) -> Vec<Uuid> {
    if event.kind == kind {
        vec![event.entity_id]
    } else {
        Vec::new()
    }
}

/// What has neither team, place, product nor channel of its own: it goes by the member.
fn of_member(source: &'static str, record_id: Uuid, member: Uuid) -> Occurrence {
    Occurrence {
        source,
        record_id,
        part: 0,
        at: chrono::DateTime::UNIX_EPOCH,
        owner: Some(member),
        shares: Vec::new(),
        team: None,
        province: None,
        product: None,
        channel: None,
        kind: None,
        detail: None,
        values: [None; MEASURES],
    }
}

fn booked(entry: &training_hour::Model, zone: Tz) -> Occurrence {
    let mut values = [None; MEASURES];
    values[0] = Some(i64::from(entry.minutes) * 60);
    Occurrence {
        at: noon(entry.day, zone),
        detail: Some(kind_word(entry.kind).to_owned()),
        values,
        ..of_member(HOURS, entry.id, entry.member_id)
    }
}

fn place(taken: Taken) -> Occurrence {
    let there = taken.attendance != TrainingAttendance::Absent;
    let mut values = [None; MEASURES];
    values[0] = Some(i64::from(there));
    values[1] = Some(i64::from(taken.minutes) * 60);
    Occurrence {
        part: i32::try_from(taken.turn).unwrap_or(i32::MAX),
        at: taken.at,
        detail: Some(taken.course),
        values,
        ..of_member(PLACE, taken.session, taken.member)
    }
}

const fn kind_word(kind: TrainingHoursKind) -> &'static str {
    match kind {
        TrainingHoursKind::Attendance => "attendance",
        TrainingHoursKind::External => "external",
        TrainingHoursKind::Correction => "correction",
        TrainingHoursKind::Reversal => "reversal",
    }
}

fn kind_named(word: &str) -> Option<Text> {
    Some(match word {
        "attendance" => Text::new("Attendance", "出勤"),
        "external" => Text::new("External study", "外部学习"),
        "correction" => Text::new("Correction", "更正"),
        "reversal" => Text::new("Reversal", "冲销"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_taken_whether_or_not_the_member_comes() {
        let seen = |attendance, minutes| {
            let fact = place(Taken {
                session: Uuid::nil(),
                turn: 3,
                member: Uuid::max(),
                at: chrono::DateTime::UNIX_EPOCH,
                course: "SAFETY".to_owned(),
                attendance,
                minutes,
            });
            (fact.part, fact.values[0], fact.values[1])
        };
        assert_eq!(
            seen(TrainingAttendance::Present, 90),
            (3, Some(1), Some(5400))
        );
        assert_eq!(seen(TrainingAttendance::Part, 30), (3, Some(1), Some(1800)));
        assert_eq!(seen(TrainingAttendance::Absent, 0), (3, Some(0), Some(0)));
    }

    #[test]
    fn every_kind_of_entry_has_a_name() {
        for kind in [
            TrainingHoursKind::Attendance,
            TrainingHoursKind::External,
            TrainingHoursKind::Correction,
            TrainingHoursKind::Reversal,
        ] {
            assert!(kind_named(kind_word(kind)).is_some());
        }
    }
}
