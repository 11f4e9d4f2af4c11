//! What stages, states, kinds and priorities are called in a letter, and how times are written.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use entity::enums::{Locale, TicketKind, TicketPriority, TicketStage, TicketState};

/// A kind of request.
#[must_use]
pub const fn kind(kind: TicketKind, locale: Locale) -> &'static str {
    let (en, zh) = match kind {
        TicketKind::Consultation => ("Consultation", "咨询"),
        TicketKind::Complaint => ("Complaint", "投诉"),
        TicketKind::TechnicalSupport => ("Technical support", "技术支持"),
        TicketKind::FaultRepair => ("Fault repair", "故障维修"),
        TicketKind::ReturnExchange => ("Return or exchange", "退换货"),
        TicketKind::OnSiteService => ("On-site service", "现场服务"),
        TicketKind::UpgradeCampaign => ("Upgrade campaign", "升级活动"),
    };
    pick(en, zh, locale)
}

/// A stage.
#[must_use]
pub const fn stage(stage: TicketStage, locale: Locale) -> &'static str {
    let (en, zh) = match stage {
        TicketStage::Intake => ("Intake", "受理"),
        TicketStage::Analysis => ("Analysis", "分析"),
        TicketStage::Solution => ("Solution", "方案制定"),
        TicketStage::Execution => ("Execution", "执行"),
        TicketStage::Feedback => ("Feedback", "结果反馈"),
    };
    pick(en, zh, locale)
}

/// A state.
#[must_use]
pub const fn state(state: TicketState, locale: Locale) -> &'static str {
    let (en, zh) = match state {
        TicketState::Open => ("In progress", "处理中"),
        TicketState::PendingCustomer => ("Waiting for your answer", "待您回复"),
        TicketState::PendingParts => ("Waiting for parts", "待配件"),
        TicketState::OnHold => ("On hold", "暂缓处理"),
        TicketState::Closed => ("Closed", "已关闭"),
        TicketState::Cancelled => ("Cancelled", "已取消"),
    };
    pick(en, zh, locale)
}

/// A priority.
#[must_use]
pub const fn priority(priority: TicketPriority, locale: Locale) -> &'static str {
    let (en, zh) = match priority {
        TicketPriority::Low => ("Low", "低"),
        TicketPriority::Normal => ("Normal", "普通"),
        TicketPriority::High => ("High", "高"),
        TicketPriority::Urgent => ("Urgent", "紧急"),
    };
    pick(en, zh, locale)
}

const fn pick(en: &'static str, zh: &'static str, locale: Locale) -> &'static str {
    match locale {
        Locale::En => en,
        Locale::Zh => zh,
    }
}

/// A day: `2 March 2026`, 2026年3月2日.
#[must_use]
pub fn day(day: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::En => day.format("%-d %B %Y").to_string(),
        Locale::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// A moment in a time zone: `2 March 2026, 10:00`, 2026年3月2日 10:00.
#[must_use]
pub fn moment(at: DateTime<Utc>, zone: Tz, locale: Locale) -> String {
    let there = at.with_timezone(&zone);
    let date = day(there.date_naive(), locale);
    let time = format!("{:02}:{:02}", there.hour(), there.minute());
    match locale {
        Locale::En => format!("{date}, {time}"),
        Locale::Zh => format!("{date} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_write_them() {
        let at = DateTime::from_timestamp(1_772_416_800, 0).expect("a valid time");
        let zone: Tz = "Asia/Shanghai".parse().expect("a zone");
        assert_eq!(moment(at, zone, Locale::En), "2 March 2026, 10:00");
        assert_eq!(moment(at, zone, Locale::Zh), "2026年3月2日 10:00");
    }
}
