//! What domains hand to the register: their records' facts, and what their sources are called.
//!
//! A domain implements [`Provider`] for one kind of record and gives it to the server when `app.rs` wires it. To add a
//! source: a line in its `sources`, and occurrences from its `occurrences`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use entity::enums::{Attribution, Province};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::access::Permission;
use crate::db::{Pool, Transaction};
use crate::error::{Result, Text};
use crate::events::Event;

/// The most measures that a source has.
pub const MEASURES: usize = 4;
/// The whole of a fact: weights are in ten-thousandths.
pub const WHOLE: i32 = 10_000;

/// A kind of thing that happens and can be counted, such as `ticket.resolved`.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its key: the kind of record, a dot, what happened.
    pub key: &'static str,
    /// What it is called.
    pub name: Text,
    /// What one fact of it is, and on which day it counts (time rule, 时间口径).
    pub meaning: Text,
    /// By which rules it can be attributed.
    pub attributions: &'static [Attribution],
    /// What is measured of each fact; at most four.
    pub measures: &'static [Measure],
    /// What within their record its facts are about.
    pub detail: Detail,
}

/// What the detail of a source's facts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// There is none: they are about the record as a whole.
    None,
    /// A word that stays the same when its name changes, such as a step; [`Provider::details`] names it.
    Word,
    /// The key of a row, whose ids have this prefix.
    Row(&'static str),
}

/// Something measured of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its key within the source, such as `seconds`.
    pub key: &'static str,
    /// What its whole number means.
    pub unit: MeasureUnit,
}

/// What the whole number of a measure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureUnit {
    /// Seconds.
    Seconds,
    /// One for yes, nought for no.
    YesNo,
    /// Points of a rating.
    Points,
    /// A number of things.
    Count,
    /// Minor units of the company's currency, such as fen (分).
    Money,
}

/// Something that happened to a record, as its domain tells it, before it is attributed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The key of the source.
    pub source: &'static str,
    /// The record.
    pub record_id: Uuid,
    /// Counts the occurrences of one source within the record, so that each is told from the others.
    pub part: i32,
    /// When it happened: it counts on the day of this moment.
    pub at: DateTime<Utc>,
    /// Who answers for it.
    pub owner: Option<Uuid>,
    /// Who worked on it, with ten-thousandths that add up to the whole; empty when nothing is recorded.
    pub shares: Vec<(Uuid, i32)>,
    /// The team that has the record.
    pub team: Option<Uuid>,
    /// The province.
    pub province: Option<Province>,
    /// The product.
    pub product: Option<Uuid>,
    /// The way the record came in.
    pub channel: Option<String>,
    /// What kind of record it is.
    pub kind: Option<String>,
    /// What within the record it is about, such as a step or a reason for waiting.
    pub detail: Option<String>,
    /// The measures, in the order of the source; none where it isn't known.
    pub values: [Option<i64>; MEASURES],
}

/// A domain's facts about one kind of record.
pub trait Provider: Send + Sync {
    /// What its records are, such as `ticket`: the prefix of their ids.
    fn record_kind(&self) -> &'static str;

    /// Everything that can be counted about them.
    fn sources(&self) -> &[Source];

    /// What somebody needs beside `metric.member.read` to see figures of single members, small groups and the records behind
    /// figures, where that alone would tell what the domain itself keeps closer; such looks are logged.
    fn guard(&self) -> Option<Permission> {
        None
    }

    /// Which records an event may have changed facts of; one event may stand for many.
    fn touched(&self, event: &Event) -> Vec<Uuid>;

    /// All facts of these records as they are now, in a fixed number of statements. A record without facts has none.
    fn occurrences<'a>(
        &'a self,
        tx: &'a Transaction,
        records: &'a [Uuid],
    ) -> BoxFuture<'a, Result<Vec<Occurrence>>>;

    /// The next records after `after`, in the order of their ids, for counting everything anew.
    fn records<'a>(
        &'a self,
        db: &'a Pool,
        after: Option<Uuid>,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Uuid>>>;

    /// What the words are called that stand in the details of a source, in a fixed number of statements; those that have
    /// no name are left out.
    fn details<'a>(
        &'a self,
        _db: &'a Pool,
        _source: &'a str,
        _words: &'a [String],
    ) -> BoxFuture<'a, Result<BTreeMap<String, Text>>> {
        Box::pin(async { Ok(BTreeMap::new()) })
    }
}

/// A moment that lies on the day, whatever the clocks did that night.
#[must_use]
pub fn noon(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midday = day.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
    zone.from_local_datetime(&midday)
        .earliest()
        .map_or_else(|| midday.and_utc(), |at| at.with_timezone(&Utc))
}

/// When a day begins. A few zones skip midnight on one day a year; the first hour that there is counts.
#[must_use]
pub fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..24)
        .find_map(|hours| {
            zone.from_local_datetime(&(midnight + TimeDelta::hours(hours)))
                .earliest()
        })
        .map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noon_lies_on_its_day_everywhere() {
        for zone in [
            Tz::Asia__Shanghai,
            Tz::Pacific__Kiritimati,
            Tz::Pacific__Midway,
            Tz::Europe__Berlin,
        ] {
            for day in ["2026-01-01", "2026-03-29", "2026-10-25", "2026-12-31"] {
                let day: NaiveDate = day.parse().expect("a day");
                assert_eq!(noon(day, zone).with_timezone(&zone).date_naive(), day);
            }
        }
    }
}
