use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::{LeaveKind, LeaveState};
use entity::{
    calendar, calendar_version, certificate, leave, member_capacity, member_certificate,
    member_shift, member_skill, skill,
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Data, Table, key, long_ago, start, write};

/// Who can do what, who is there and who is away.
#[derive(Clone, Debug, Default)]
pub struct Workforce {
    pub calendars: Vec<calendar::Model>,
    pub calendar_versions: Vec<calendar_version::Model>,
    pub skills: Vec<skill::Model>,
    pub certificates: Vec<certificate::Model>,
    pub member_skills: Vec<member_skill::Model>,
    pub member_certificates: Vec<member_certificate::Model>,
    pub member_shifts: Vec<member_shift::Model>,
    pub member_capacities: Vec<member_capacity::Model>,
    pub leaves: Vec<leave::Model>,
}

impl Workforce {
    pub(super) async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.calendars).await;
        write(tx, &self.calendar_versions).await;
        write(tx, &self.skills).await;
        write(tx, &self.certificates).await;
        write(tx, &self.member_skills).await;
        write(tx, &self.member_certificates).await;
        write(tx, &self.member_shifts).await;
        write(tx, &self.member_capacities).await;
        write(tx, &self.leaves).await;
    }
}

/// So many hours after the tests begin (or, below zero, before).
pub fn hours(n: i64) -> DateTime<Utc> {
    start() + TimeDelta::hours(n)
}

impl Data {
    /// A calendar with the same window on every day, in Shanghai.
    pub fn calendar(&mut self, n: usize, code: &str, (from, to): (&str, &str)) -> Uuid {
        let id = key(Table::Calendar, n);
        let days = [
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ];
        let weekly = days.map(|day| (day.to_owned(), json!([{ "from": from, "to": to }])));
        let rows = &mut self.workforce;
        rows.calendars.push(calendar::Model {
            id,
            code: code.to_owned(),
            name: format!("Calendar {code}"),
            name_zh: format!("日历{n}"),
            current: 1,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        rows.calendar_versions.push(calendar_version::Model {
            id: key(Table::CalendarVersion, n),
            calendar_id: id,
            number: 1,
            time_zone: "Asia/Shanghai".to_owned(),
            weekly: Value::Object(weekly.into_iter().collect()),
            days: json!({ "2026-12-31": { "kind": "windows", "windows": [{ "from": "10:00", "to": "12:00" }] } }),
            note: None,
            created_by: None,
            created_at: start(),
        });
        id
    }

    /// A skill.
    pub fn skill(&mut self, n: usize, code: &str, needs_certificate: bool) -> Uuid {
        let id = key(Table::Skill, n);
        self.workforce.skills.push(skill::Model {
            id,
            code: code.to_owned(),
            name: format!("Skill {code}"),
            name_zh: format!("技能{n}"),
            category: "product".to_owned(),
            needs_certificate,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A certificate that grants a level of a skill for two years.
    pub fn certificate(&mut self, n: usize, skill_id: Uuid, level: i32) -> Uuid {
        let id = key(Table::Certificate, n);
        self.workforce.certificates.push(certificate::Model {
            id,
            code: format!("cert-{n}"),
            name: format!("Certificate {n}"),
            name_zh: format!("证书{n}"),
            skill_id: Some(skill_id),
            level: Some(level),
            months_valid: Some(24),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A level that is recorded for a member.
    pub fn member_skill(&mut self, member_id: Uuid, skill_id: Uuid, level: i32) {
        let id = key(Table::MemberSkill, self.workforce.member_skills.len());
        self.workforce.member_skills.push(member_skill::Model {
            id,
            member_id,
            skill_id,
            level,
            note: Some("seen at work".to_owned()),
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// A certificate that a member holds.
    pub fn member_certificate(
        &mut self,
        member_id: Uuid,
        certificate_id: Uuid,
        (issued_on, expires_on): (NaiveDate, Option<NaiveDate>),
    ) {
        let rows = &mut self.workforce.member_certificates;
        rows.push(member_certificate::Model {
            id: key(Table::MemberCertificate, rows.len()),
            member_id,
            certificate_id,
            number: Some(format!("HV-{}", rows.len())),
            issued_on,
            expires_on,
            revoked_on: None,
            warned_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// A shift that holds all the time.
    pub fn member_shift(&mut self, member_id: Uuid, calendar_id: Uuid) {
        let rows = &mut self.workforce.member_shifts;
        rows.push(member_shift::Model {
            id: key(Table::MemberShift, rows.len()),
            member_id,
            calendar_id,
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// A capacity that holds all the time.
    pub fn member_capacity(&mut self, member_id: Uuid, open_tickets: i32) {
        let rows = &mut self.workforce.member_capacities;
        rows.push(member_capacity::Model {
            id: key(Table::MemberCapacity, rows.len()),
            member_id,
            open_tickets,
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    /// Leave between hours after the tests begin.
    pub fn leave(&mut self, member_id: Uuid, state: LeaveState, (from, to): (i64, i64)) {
        let rows = &mut self.workforce.leaves;
        rows.push(leave::Model {
            id: key(Table::Leave, rows.len()),
            member_id,
            kind: LeaveKind::Sick,
            starts_at: hours(from),
            ends_at: hours(to),
            state,
            reason: Some("flu".to_owned()),
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            decision_note: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }
}
