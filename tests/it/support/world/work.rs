//! What hangs on the members of a world: a row of each kind for every member.

use entity::enums::{LeaveKind, LeaveState};
use entity::{
    calendar, certificate, leave, member, member_capacity, member_certificate, member_shift,
    member_skill, skill,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{insert, noon};

/// The rows.
#[derive(Debug, Default)]
pub struct Work {
    /// One calendar, without a version.
    pub calendars: Vec<calendar::Model>,
    /// One skill.
    pub skills: Vec<skill::Model>,
    /// One certificate.
    pub certificates: Vec<certificate::Model>,
    /// A level of each member.
    pub member_skills: Vec<member_skill::Model>,
    /// A certificate of each member.
    pub member_certificates: Vec<member_certificate::Model>,
    /// A shift of each member.
    pub member_shifts: Vec<member_shift::Model>,
    /// A capacity of each member.
    pub member_capacities: Vec<member_capacity::Model>,
    /// Leave of each member.
    pub leaves: Vec<leave::Model>,
}

/// An id that belongs to another and is no other's.
pub fn beside(id: Uuid, kind: u128) -> Uuid {
    Uuid::from_u128(id.as_u128() ^ (kind << 48))
}

impl Work {
    /// The rows of these members.
    pub fn of(members: &[member::Model]) -> Self {
        let mut work = Self::default();
        let Some(first) = members.first() else {
            return work;
        };
        let (at, day) = (noon(), noon().date_naive());
        let (calendar_id, skill_id, certificate_id) = (
            beside(first.id, 1),
            beside(first.id, 2),
            beside(first.id, 3),
        );
        work.calendars.push(calendar::Model {
            id: calendar_id,
            code: format!("early-{}", first.number),
            name: "Early".to_owned(),
            name_zh: "早班".to_owned(),
            current: 1,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        work.skills.push(skill::Model {
            id: skill_id,
            code: format!("skill-{}", first.number),
            name: "Valves".to_owned(),
            name_zh: "阀门".to_owned(),
            category: "product".to_owned(),
            needs_certificate: false,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        work.certificates.push(certificate::Model {
            id: certificate_id,
            code: format!("certificate-{}", first.number),
            name: "Valves".to_owned(),
            name_zh: "阀门".to_owned(),
            skill_id: Some(skill_id),
            level: Some(2),
            months_valid: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        for row in members {
            work.member_skills.push(member_skill::Model {
                id: beside(row.id, 4),
                member_id: row.id,
                skill_id,
                level: 3,
                note: None,
                valid_from: day,
                valid_to: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            work.member_certificates.push(member_certificate::Model {
                id: beside(row.id, 5),
                member_id: row.id,
                certificate_id,
                number: None,
                issued_on: day,
                expires_on: None,
                revoked_on: None,
                warned_at: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            work.member_shifts.push(member_shift::Model {
                id: beside(row.id, 6),
                member_id: row.id,
                calendar_id,
                valid_from: day,
                valid_to: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            work.member_capacities.push(member_capacity::Model {
                id: beside(row.id, 7),
                member_id: row.id,
                open_tickets: 10,
                valid_from: day,
                valid_to: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            work.leaves.push(leave::Model {
                id: beside(row.id, 8),
                member_id: row.id,
                kind: LeaveKind::Personal,
                starts_at: at,
                ends_at: at + chrono::TimeDelta::days(1),
                state: LeaveState::Approved,
                reason: None,
                decided_by: None,
                decided_by_name: None,
                decided_at: None,
                decision_note: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
        work
    }

    pub(super) async fn write(&self, connection: &impl ConnectionTrait) {
        insert(connection, &self.calendars).await;
        insert(connection, &self.skills).await;
        insert(connection, &self.certificates).await;
        insert(connection, &self.member_skills).await;
        insert(connection, &self.member_certificates).await;
        insert(connection, &self.member_shifts).await;
        insert(connection, &self.member_capacities).await;
        insert(connection, &self.leaves).await;
    }
}
