//! A clock in sentences: one for each interval, and one for how it ended (计时说明).

use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use entity::enums::{SlaClockState, SlaReason};

use super::clock::{Clock, Interval};
use crate::error::Text;

/// The whole ledger, in order.
#[must_use]
pub fn clock(clock: &Clock) -> Vec<Text> {
    let zone = clock.level.calendar.zone();
    let mut sentences: Vec<Text> = clock
        .intervals
        .iter()
        .map(|each| interval(each, zone))
        .collect();
    sentences.extend(ending(clock, zone));
    sentences
}

/// What happened in one interval, and why its due time was what it was.
#[must_use]
pub fn interval(interval: &Interval, zone: Tz) -> Text {
    let when = period(interval, zone);
    let why = reason(interval.reason);
    let used = used(interval.ran_before, interval.target);
    let (does, due) = match interval.state {
        SlaClockState::Running => (ran(interval), due(interval, zone)),
        SlaClockState::Paused => (Text::new("paused", "暂停计时"), Text::new("", "")),
        SlaClockState::Stopped => (Text::new("stopped", "已停止"), Text::new("", "")),
    };
    Text::new(
        format!(
            "{}: {} ({}); {}{}.",
            when.en, does.en, why.en, used.en, due.en
        ),
        format!(
            "{}：{}（{}）；{}{}。",
            when.zh, does.zh, why.zh, used.zh, due.zh
        ),
    )
}

fn period(interval: &Interval, zone: Tz) -> Text {
    let from = moment(interval.from, zone);
    match interval.to {
        None => Text::new(format!("Since {}", from.en), format!("自{}起", from.zh)),
        Some(to) => {
            let to = moment(to, zone);
            Text::new(
                format!("{} to {}", from.en, to.en),
                format!("{}至{}", from.zh, to.zh),
            )
        }
    }
}

fn ran(interval: &Interval) -> Text {
    match interval.ran {
        None => Text::new("running", "计时中"),
        Some(seconds) => {
            let length = duration(seconds);
            Text::new(
                format!("ran for {} of working time", length.en),
                format!("计时{}", length.zh),
            )
        }
    }
}

fn used(ran_before: i64, target: i64) -> Text {
    let (before, target) = (duration(ran_before), duration(target));
    Text::new(
        format!("{} of {} had run before", before.en, target.en),
        format!("此前已计{}，时限{}", before.zh, target.zh),
    )
}

fn due(interval: &Interval, zone: Tz) -> Text {
    let Some(due) = interval.due else {
        return Text::new(
            ", and the calendar has no working time left for the rest",
            "，日历中已无足够的工作时间",
        );
    };
    let at = moment(due, zone);
    if interval.overran() {
        Text::new(
            format!(", so it was due on {}, which was missed", at.en),
            format!("，到期时间为{}，已超时", at.zh),
        )
    } else if interval.to.is_some() {
        Text::new(
            format!(", so it was due on {}", at.en),
            format!("，当时到期时间为{}", at.zh),
        )
    } else {
        Text::new(
            format!(", so it is due on {}", at.en),
            format!("，到期时间为{}", at.zh),
        )
    }
}

fn ending(clock: &Clock, zone: Tz) -> Option<Text> {
    let stopped = moment(clock.stopped_at()?, zone);
    let length = duration(clock.ran());
    let (en, zh) = match (clock.met, clock.breached_at) {
        (Some(true), _) => ("in time".to_owned(), "按时完成".to_owned()),
        (Some(false), Some(missed)) => {
            let missed = moment(missed, zone);
            (
                format!("too late: the due time of {} was missed", missed.en),
                format!("超时完成：错过到期时间{}", missed.zh),
            )
        }
        (Some(false), None) => ("too late".to_owned(), "超时完成".to_owned()),
        (None, _) => ("without a verdict".to_owned(), "不作评判".to_owned()),
    };
    Some(Text::new(
        format!("Stopped on {} after {}: {en}.", stopped.en, length.en),
        format!("{}停止，累计{}：{zh}。", stopped.zh, length.zh),
    ))
}

fn reason(reason: SlaReason) -> Text {
    match reason {
        SlaReason::Started => Text::new("the clock was started", "开始计时"),
        SlaReason::WaitingCustomer => Text::new("waiting for the customer", "待客户回复"),
        SlaReason::WaitingParts => Text::new("waiting for parts", "待配件"),
        SlaReason::OnHold => Text::new("the ticket was put on hold", "工单挂起"),
        SlaReason::Resumed => Text::new("the ticket went on after waiting", "等待结束，恢复处理"),
        SlaReason::Stopped => Text::new(
            "it was done, until the ticket was reopened",
            "已完成，直至重新打开",
        ),
        SlaReason::Reopened => Text::new("the ticket was reopened", "工单重新打开"),
        SlaReason::PriorityChanged => Text::new("the priority changed", "优先级变更"),
        SlaReason::FactsChanged => Text::new(
            "kind, customer tier or region changed",
            "工单类型、客户等级或区域变更",
        ),
        SlaReason::PolicyChanged => Text::new("the policy changed", "服务级别策略变更"),
        SlaReason::CalendarChanged => Text::new("the calendar changed", "工作日历变更"),
    }
}

/// A moment on the calendar's wall clock.
fn moment(at: DateTime<Utc>, zone: Tz) -> Text {
    let local = at.with_timezone(&zone);
    let clock = if local.second() == 0 {
        "%H:%M"
    } else {
        "%H:%M:%S"
    };
    let weekday =
        ["一", "二", "三", "四", "五", "六", "日"][local.weekday().num_days_from_monday() as usize];
    Text::new(
        format!("{} {}", local.format("%a %Y-%m-%d"), local.format(clock)),
        format!(
            "{}（周{weekday}）{}",
            local.format("%Y-%m-%d"),
            local.format(clock)
        ),
    )
}

/// Working time as people say it; a day of working time means nothing, so hours go on counting.
fn duration(seconds: i64) -> Text {
    let parts = [
        (seconds / 3_600, "h", "小时"),
        (seconds % 3_600 / 60, "min", "分钟"),
        (seconds % 60, "s", "秒"),
    ];
    let some = || parts.iter().filter(|(count, ..)| *count != 0);
    if some().next().is_none() {
        return Text::new("0 min", "0分钟");
    }
    Text::new(
        some()
            .map(|(count, unit, _)| format!("{count} {unit}"))
            .collect::<Vec<_>>()
            .join(" "),
        some()
            .map(|(count, _, unit)| format!("{count}{unit}"))
            .collect::<String>(),
    )
}
