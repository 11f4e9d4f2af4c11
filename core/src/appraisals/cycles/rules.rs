//! In which order the days of a cycle come, and which of them are over too early.

use chrono::NaiveDate;
use entity::enums::AppraisalRhythm as Rhythm;
use serde::Serialize;

use crate::error::Text;

/// Until when what is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// The last day for self-assessments.
    pub self_until: NaiveDate,
    /// The last day for reviews and feedback.
    pub review_until: NaiveDate,
    /// The day on which results are due.
    pub publish_on: NaiveDate,
    /// The last day for taking note.
    pub acknowledge_until: NaiveDate,
    /// The last day for appeals.
    pub appeal_until: NaiveDate,
}

/// The most days that a period of this rhythm has.
const fn longest(rhythm: Rhythm) -> i64 {
    match rhythm {
        Rhythm::Monthly => 31,
        Rhythm::Quarterly => 92,
        Rhythm::Yearly => 366,
    }
}

/// The most days from the first day of a period to the last day for appeals.
const HORIZON: i64 = 2 * 366;

/// What is wrong with these days: the field and why.
#[must_use]
pub fn misplaced(
    rhythm: Rhythm,
    (from, until): (NaiveDate, NaiveDate),
    calendar: &Calendar,
) -> Vec<(&'static str, Text)> {
    let mut found = Vec::new();
    let most = longest(rhythm);
    if !(1..=most).contains(&(until - from).num_days()) {
        let text = Text::new(
            format!(
                "A period of this rhythm has 1 to {most} days, and `until` is the first day after it."
            ),
            format!("该周期类型最长 {most} 天，且 until 为不含在内的次日。"),
        );
        found.push(("untilDay", text));
    }
    let order = [
        ("selfUntil", from, calendar.self_until),
        ("reviewUntil", calendar.self_until, calendar.review_until),
        ("publishOn", calendar.review_until, calendar.publish_on),
        ("publishOn", until, calendar.publish_on),
        (
            "acknowledgeUntil",
            calendar.publish_on,
            calendar.acknowledge_until,
        ),
        ("appealUntil", calendar.publish_on, calendar.appeal_until),
    ];
    for (field, earlier, later) in order {
        if later < earlier {
            let text = Text::new(
                format!(
                    "This day comes on {earlier} or later: first the period and the self-assessments, then reviews, results, acknowledgements and appeals."
                ),
                format!("该日期不得早于 {earlier}：依次为自评、评价、公布、确认与申诉。"),
            );
            found.push((field, text));
        }
    }
    for (field, last) in [
        ("acknowledgeUntil", calendar.acknowledge_until),
        ("appealUntil", calendar.appeal_until),
    ] {
        if (last - from).num_days() > HORIZON {
            let text = Text::new(
                "A cycle is over within two years.",
                "考核周期须在两年内结束。",
            );
            found.push((field, text));
        }
    }
    found
}

/// What is wrong with results that come out today: the last days for taking note and for appeals that are over already. Nothing
/// is, once a cycle is so old that its days can't be moved any more.
#[must_use]
pub fn missed(
    from: NaiveDate,
    (acknowledge_until, appeal_until): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Vec<Text> {
    if (today - from).num_days() > HORIZON {
        return Vec::new();
    }
    let days = [
        ("take note of a result", "确认", acknowledge_until),
        ("appeal", "申诉", appeal_until),
    ];
    let mut found = Vec::new();
    for (en, zh, last) in days {
        if last < today {
            found.push(Text::new(
                format!(
                    "The last day to {en} was {last}; set later days with `appraisalCycleReschedule` first."
                ),
                format!("{zh}截止日 {last} 已过，请先通过 appraisalCycleReschedule 调整日程。"),
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn march() -> Calendar {
        Calendar {
            self_until: day("2026-04-02"),
            review_until: day("2026-04-08"),
            publish_on: day("2026-04-12"),
            acknowledge_until: day("2026-04-17"),
            appeal_until: day("2026-04-20"),
        }
    }

    fn fields(period: (&str, &str), rhythm: Rhythm, calendar: Calendar) -> Vec<&'static str> {
        let period = (day(period.0), day(period.1));
        let found = misplaced(rhythm, period, &calendar).into_iter();
        found.map(|(field, _)| field).collect()
    }

    #[test]
    fn days_come_one_after_the_other() {
        let month = ("2026-03-01", "2026-04-01");
        let with = |change: fn(&mut Calendar)| {
            let mut calendar = march();
            change(&mut calendar);
            fields(month, Rhythm::Monthly, calendar)
        };
        assert_eq!(with(|_| {}), [""; 0]);
        assert_eq!(with(|one| one.review_until = one.self_until), [""; 0]);
        assert_eq!(
            with(|one| one.self_until = day("2026-02-28")),
            ["selfUntil"]
        );
        assert_eq!(
            with(|one| one.review_until = day("2026-04-01")),
            ["reviewUntil"]
        );
        assert_eq!(
            with(|one| one.publish_on = day("2026-04-07")),
            ["publishOn"]
        );
        assert_eq!(
            with(|one| one.acknowledge_until = day("2026-04-11")),
            ["acknowledgeUntil"]
        );
        assert_eq!(
            with(|one| one.appeal_until = day("2026-04-11")),
            ["appealUntil"]
        );
        assert_eq!(
            with(|one| one.appeal_until = day("2028-04-11")),
            ["appealUntil"]
        );
    }

    #[test]
    fn results_come_out_before_the_last_days_of_members() {
        let calendar = march();
        let last = (calendar.acknowledge_until, calendar.appeal_until);
        for (today, expected) in [
            ("2026-04-12", 0),
            ("2026-04-17", 0),
            ("2026-04-18", 1),
            ("2026-04-20", 1),
            ("2026-04-21", 2),
            // The last day to which they can be moved, and the one after it.
            ("2028-03-02", 2),
            ("2028-03-03", 0),
        ] {
            let found = missed(day("2026-03-01"), last, day(today));
            assert_eq!(found.len(), expected, "{today}");
        }
    }

    #[test]
    fn a_period_is_as_long_as_its_rhythm_at_most() {
        let period = ("2026-01-01", "2026-04-01");
        assert_eq!(fields(period, Rhythm::Monthly, march()), ["untilDay"]);
        assert_eq!(fields(period, Rhythm::Quarterly, march()), [""; 0]);
        let none = ("2026-04-01", "2026-04-01");
        assert_eq!(fields(none, Rhythm::Yearly, march()), ["untilDay"]);
    }
}
