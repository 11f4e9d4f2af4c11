//! What is told of calendars as people write them.

use chrono::{NaiveDate, Weekday};

use super::{Draft, DraftDay, DraftWindow};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn draft() -> Draft {
    let windows = |texts: &[(&str, &str)]| -> Vec<DraftWindow> {
        texts
            .iter()
            .map(|(from, to)| DraftWindow {
                from: (*from).to_owned(),
                to: (*to).to_owned(),
            })
            .collect()
    };
    Draft {
        time_zone: Some("Asia/Shanghai".to_owned()),
        weekly: Some(vec![
            (
                Weekday::Mon,
                windows(&[("09:00", "12:00"), ("13:30", "18:00")]),
            ),
            (Weekday::Tue, windows(&[("22:00", "06:00")])),
        ]),
        days: vec![DraftDay {
            date: date("2026-01-01"),
            like: None,
            windows: None,
            name: Some("New Year".to_owned()),
            name_zh: Some("元旦".to_owned()),
        }],
        remove_days: Vec::new(),
        remove_days_before: None,
    }
}

fn weekly(draft: &mut Draft) -> &mut Vec<(Weekday, Vec<DraftWindow>)> {
    draft.weekly.as_mut().expect("a week")
}

/// The fields and messages of the mistakes that a change brings into a good draft.
fn mistakes(change: impl FnOnce(&mut Draft)) -> Vec<String> {
    let mut draft = draft();
    change(&mut draft);
    match draft.look_over(None) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes
            .iter()
            .map(|mistake| format!("{}: {}", mistake.field.join("."), mistake.text.en))
            .collect(),
    }
}

#[test]
fn mistakes_name_the_window_and_the_day() {
    let window = |from: &str, to: &str| DraftWindow {
        from: from.to_owned(),
        to: to.to_owned(),
    };
    assert_eq!(mistakes(|_| {}), Vec::<String>::new());
    assert_eq!(
        mistakes(|draft| draft.time_zone = Some("China".to_owned())),
        ["input.timeZone: `China` is no time zone; write its IANA name, such as Asia/Shanghai."]
    );
    assert_eq!(
        mistakes(|draft| weekly(draft)[0].1[1] = window("9:00", "25:00")),
        [
            "input.weekly.0.windows.1: Monday: 9:00-25:00 is no window; write times from 00:00 to 23:59, and an end up to 24:00."
        ]
    );
    assert_eq!(
        mistakes(|draft| weekly(draft)[0].1[1] = window("11:30", "18:00")),
        [
            "input.weekly.0.windows: Monday: 09:00-12:00 and 11:30-18:00 overlap; let one end before the other begins."
        ]
    );
    assert_eq!(
        mistakes(|draft| weekly(draft).push((Weekday::Wed, vec![window("05:00", "07:00")]))),
        [
            "input.weekly.2.windows: Wednesday: 22:00-06:00 and 05:00-07:00 overlap; let one end before the other begins."
        ]
    );
    assert_eq!(
        mistakes(|draft| weekly(draft).push((Weekday::Mon, Vec::new()))),
        ["input.weekly.2: Monday is named twice; give all its windows in one place."]
    );
    assert_eq!(
        mistakes(|draft| weekly(draft).clear()),
        ["input.weekly: A week without any window never has working time; give at least one."]
    );
    assert_eq!(
        mistakes(|draft| draft.days.push(draft.days[0].clone())),
        ["input.days.1.date: 2026-01-01 is there twice; keep one of the two."]
    );
    assert_eq!(
        mistakes(|draft| draft.days[0].windows =
            Some(vec![window("10:00", "12:00"), window("11:00", "13:00")])),
        [
            "input.days.0.windows: 2026-01-01: 10:00-12:00 and 11:00-13:00 overlap; let one end before the other begins."
        ]
    );
    assert_eq!(
        mistakes(|draft| draft.days[0].windows = Some(vec![window("10:00", "12:00"); 11])),
        ["input.days.0.windows: 2026-01-01 has more than 10 windows; join some of them."]
    );
    assert_eq!(
        mistakes(|draft| {
            draft.days[0].windows = Some(Vec::new());
            draft.days[0].like = Some(Weekday::Mon);
        }),
        [
            "input.days.0: 2026-01-01 is either worked like a weekday or has windows of its own, not both."
        ]
    );
    assert_eq!(
        mistakes(|draft| {
            let day = draft.days[0].clone();
            draft.days = (0..801)
                .map(|offset| DraftDay {
                    date: day.date + chrono::Days::new(offset),
                    ..day.clone()
                })
                .collect();
        }),
        [
            "input.days: 801 special days are too many; a calendar has at most 800. Leave out years long past."
        ]
    );
}

#[test]
fn a_change_keeps_what_it_doesnt_name() {
    let base = draft().look_over(None).expect("a plan");
    let change = Draft {
        days: vec![DraftDay {
            date: date("2027-01-01"),
            ..draft().days[0].clone()
        }],
        ..Draft::default()
    };
    let after = change.look_over(Some(&base)).expect("a plan");
    assert_eq!((after.zone, &after.week), (base.zone, &base.week));
    let dates = |plan: &super::Plan| {
        plan.days
            .keys()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(dates(&after), ["2026-01-01", "2027-01-01"]);
    let drop_old = Draft {
        remove_days_before: Some(date("2026-06-01")),
        ..Draft::default()
    };
    assert_eq!(
        dates(&drop_old.look_over(Some(&after)).expect("a plan")),
        ["2027-01-01"]
    );
    let remove = |day: &str| Draft {
        remove_days: vec![date(day)],
        ..Draft::default()
    };
    let one = remove("2027-01-01")
        .look_over(Some(&after))
        .expect("a plan");
    assert_eq!(dates(&one), ["2026-01-01"]);
    let mistakes = remove("2026-05-05")
        .look_over(Some(&after))
        .expect_err("a mistake");
    assert_eq!(
        mistakes[0].text.en,
        "2026-05-05 is no special day of this calendar, so it can't be removed."
    );
}
