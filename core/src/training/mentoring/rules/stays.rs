//! How long members were in a team without a break (在组时段).

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use crate::metrics::rules::period::Period;

/// Where a member was at home for some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The team.
    pub team: Option<Uuid>,
    /// The first day.
    pub from: NaiveDate,
    /// The first day after it; none while no end is known.
    pub to: Option<NaiveDate>,
}

/// Times in a team, each without a break.
#[must_use]
pub fn stays(pieces: &[Piece], team: Uuid) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let mut mine: Vec<_> = pieces
        .iter()
        .filter(|piece| piece.team == Some(team))
        .map(|piece| (piece.from, piece.to))
        .collect();
    mine.sort_unstable();
    let mut merged: Vec<(NaiveDate, Option<NaiveDate>)> = Vec::new();
    for (from, to) in mine {
        match merged.last_mut() {
            Some((_, end)) if end.is_none_or(|end| end >= from) => {
                *end = end.and_then(|end| to.map(|to| to.max(end)));
            }
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// The team of a member on a day with the whole time there; the first one after the day when there is none on it.
#[must_use]
pub fn stay_on(pieces: &[Piece], day: NaiveDate) -> Option<(Uuid, NaiveDate, Option<NaiveDate>)> {
    let holds = |piece: &&Piece| piece.to.is_none_or(|to| day < to);
    let piece = pieces.iter().filter(holds).min_by_key(|piece| piece.from)?;
    let team = piece.team?;
    stays(pieces, team)
        .into_iter()
        .find(|(from, to)| *from <= piece.from && to.is_none_or(|to| piece.from < to))
        .map(|(from, to)| (team, from, to))
}

/// Was somebody who stayed so an experienced member of the team in all of that time: there from so many days before it on?
#[must_use]
pub fn experienced(stays: &[(NaiveDate, Option<NaiveDate>)], period: Period, days: u64) -> bool {
    let Some(since) = period.from.checked_sub_days(Days::new(days)) else {
        return false;
    };
    stays
        .iter()
        .any(|(from, to)| *from <= since && to.is_none_or(|to| period.to <= to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u64) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        first.checked_add_days(Days::new(number)).expect("a day")
    }

    fn piece(team: u128, from: u64, to: Option<u64>) -> Piece {
        Piece {
            team: (team > 0).then(|| Uuid::from_u128(team)),
            from: day(from),
            to: to.map(day),
        }
    }

    #[test]
    fn a_stay_has_no_break() {
        let pieces = [
            piece(1, 0, Some(10)),
            piece(1, 10, Some(20)),
            piece(2, 20, Some(30)),
            piece(1, 30, None),
        ];
        let team = Uuid::from_u128(1);
        assert_eq!(
            stays(&pieces, team),
            [(day(0), Some(day(20))), (day(30), None)]
        );
        assert_eq!(
            stay_on(&pieces, day(15)),
            Some((team, day(0), Some(day(20))))
        );
        assert_eq!(stay_on(&pieces, day(99)), Some((team, day(30), None)));
        assert_eq!(
            stay_on(&[piece(1, 5, None)], day(0)),
            Some((team, day(5), None))
        );
        assert_eq!(stay_on(&[piece(0, 0, None)], day(0)), None);
        assert_eq!(stay_on(&[piece(1, 0, Some(3))], day(3)), None);
    }

    #[test]
    fn the_experienced_were_there_long_enough_before() {
        let of = |from, to| Period {
            from: day(from),
            to: day(to),
        };
        let there = [(day(0), Some(day(70)))];
        assert!(experienced(&there, of(30, 60), 30));
        assert!(!experienced(&there, of(29, 59), 30));
        assert!(experienced(&there, of(40, 70), 30));
        assert!(!experienced(&there, of(41, 71), 30));
    }
}
