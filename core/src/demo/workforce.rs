//! What the demo company's members can do, when they work and when they are away.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use entity::enums::{LeaveKind, LeaveState};
use entity::{
    calendar, calendar_version, certificate, leave, member_capacity, member_certificate,
    member_shift, member_skill, skill,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, days_ago, opening_day};
use super::people::People;
use super::random::Chance;

/// Code, names, group, whether it counts only with a certificate.
#[rustfmt::skip]
const SKILLS: [(&str, &str, &str, &str, bool); 10] = [
    ("climate.repair", "Air conditioning and heat pumps", "空调与热泵维修", "product", false),
    ("water.repair", "Water purification", "净水设备维修", "product", false),
    ("charging.repair", "Charging stations", "充电设备维修", "product", false),
    ("solar.repair", "Solar power and storage", "光储设备维修", "product", false),
    ("electric.low", "Low-voltage electrical work", "低压电工作业", "safety", true),
    ("refrigerant", "Handling of refrigerants", "制冷剂作业", "safety", true),
    ("phone", "Telephone and chat", "电话与在线沟通", "communication", false),
    ("complaints", "Complaints", "投诉处理", "communication", false),
    ("english", "Service in English", "英语服务", "communication", false),
    ("parts", "Spare parts", "备件管理", "logistics", false),
];
/// Code, names, skill with level, months.
type CertificateLine = (
    &'static str,
    &'static str,
    &'static str,
    Option<(&'static str, i32)>,
    Option<i32>,
);

/// The certificate that attending a course grants.
pub const SITE_SAFETY: &str = "safety.site";

#[rustfmt::skip]
const CERTIFICATES: [CertificateLine; 6] = [
    ("electrician.low", "Licence for low-voltage electrical work", "低压电工作业证", Some(("electric.low", 3)), Some(36)),
    ("refrigeration", "Licence for refrigeration and air conditioning", "制冷与空调作业证", Some(("refrigerant", 3)), Some(36)),
    ("charging.2", "Charging stations, second grade", "充电设备二级认证", Some(("charging.repair", 4)), Some(24)),
    ("solar.2", "Solar power, second grade", "光储设备二级认证", Some(("solar.repair", 4)), Some(24)),
    ("service.senior", "Senior service agent", "高级客服师", Some(("complaints", 4)), None),
    (SITE_SAFETY, "Instruction in safety on site", "现场安全培训证", None, Some(12)),
];
/// The rota of the service desk: code, names, window.
#[rustfmt::skip]
const ROTA: [(&str, &str, &str, &str, &str); 3] = [
    ("desk_early", "Service desk, early shift", "客服早班", "07:00", "15:00"),
    ("desk_late", "Service desk, late shift", "客服晚班", "14:00", "22:00"),
    ("desk_night", "Service desk, night shift", "客服夜班", "22:00", "07:00"),
];
/// The teams that work in shifts, with the seats in each.
const IN_SHIFTS: [(&str, usize); 2] = [("CS-HOT", 3), ("CS-ONL", 3)];
/// For how many weeks before and after this one the rota is planned.
const WEEKS: u64 = 4;

/// The rows.
#[derive(Clone, Debug, Default)]
pub struct Workforce {
    /// The calendars of the rota.
    pub calendars: Vec<calendar::Model>,
    /// Their versions.
    pub calendar_versions: Vec<calendar_version::Model>,
    /// The catalogue of skills.
    pub skills: Vec<skill::Model>,
    /// The catalogue of certificates.
    pub certificates: Vec<certificate::Model>,
    /// The levels of members.
    pub member_skills: Vec<member_skill::Model>,
    /// The certificates of members.
    pub member_certificates: Vec<member_certificate::Model>,
    /// The rota.
    pub member_shifts: Vec<member_shift::Model>,
    /// The capacities of members.
    pub member_capacities: Vec<member_capacity::Model>,
    /// Leave.
    pub leaves: Vec<leave::Model>,
}

/// What rows are made of.
struct Maker<'c> {
    seed: u64,
    today: NaiveDate,
    as_of: DateTime<Utc>,
    people: &'c People,
    accounts: &'c Accounts,
}

impl Workforce {
    /// Generates them as of a time.
    #[must_use]
    pub fn generate(
        seed: u64,
        (today, as_of): (NaiveDate, DateTime<Utc>),
        people: &People,
        accounts: &Accounts,
    ) -> Self {
        let maker = Maker {
            seed,
            today,
            as_of,
            people,
            accounts,
        };
        let mut rows = Self::default();
        rows.catalogue(&maker);
        rows.rota(&maker);
        for member in 0..people.members.len() {
            if people.members[member].left_on.is_none() {
                rows.abilities(&maker, member);
                rows.capacity(&maker, member);
                rows.leave(&maker, member);
            }
        }
        rows
    }

    /// The key of a skill by its code.
    #[must_use]
    pub fn skill(&self, code: &str) -> Uuid {
        let row = self.skills.iter().find(|row| row.code == code);
        row.map_or(Uuid::nil(), |row| row.id)
    }

    fn catalogue(&mut self, maker: &Maker<'_>) {
        let at = at_hour(opening_day(maker.today), 9);
        let mut chance = Chance::of(maker.seed, "skills", 0);
        for (code, name, name_zh, category, needs_certificate) in SKILLS {
            self.skills.push(skill::Model {
                id: chance.id(at),
                code: code.to_owned(),
                name: name.to_owned(),
                name_zh: name_zh.to_owned(),
                category: category.to_owned(),
                needs_certificate,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
        for (code, name, name_zh, skill, months_valid) in CERTIFICATES {
            self.certificates.push(certificate::Model {
                id: chance.id(at),
                code: code.to_owned(),
                name: name.to_owned(),
                name_zh: name_zh.to_owned(),
                skill_id: skill.map(|(code, _)| self.skill(code)),
                level: skill.map(|(_, level)| level),
                months_valid,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
    }

    /// Early, late and night by turns, a week each.
    fn rota(&mut self, maker: &Maker<'_>) {
        let at = at_hour(opening_day(maker.today), 9);
        let mut chance = Chance::of(maker.seed, "rota", 0);
        for (code, name, name_zh, from, to) in ROTA {
            let id = chance.id(at);
            self.calendars.push(calendar::Model {
                id,
                code: code.to_owned(),
                name: name.to_owned(),
                name_zh: name_zh.to_owned(),
                current: 1,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            self.calendar_versions.push(calendar_version::Model {
                id: chance.id(at),
                calendar_id: id,
                number: 1,
                time_zone: "Asia/Shanghai".to_owned(),
                weekly: every_day(from, to),
                days: json!({}),
                note: None,
                created_by: None,
                created_at: at,
            });
        }
        let monday = days_ago(
            maker.today,
            u64::from(maker.today.weekday().num_days_from_monday()),
        );
        let first = days_ago(monday, 7 * WEEKS);
        for (turn, (team, place)) in IN_SHIFTS
            .into_iter()
            .flat_map(|(team, seats)| (0..seats).map(move |place| (team, place)))
            .enumerate()
        {
            let member = &maker.people.members[maker.people.holder(team, place)];
            let mut from = first;
            for week in 0..=2 * WEEKS {
                let to = from + Days::new(7);
                let at = at_hour(days_ago(from, 10), 9).min(maker.as_of);
                let kind = (turn + usize::try_from(week).unwrap_or(0)) % ROTA.len();
                if member.joined_on <= from {
                    self.member_shifts.push(member_shift::Model {
                        id: chance.id(at),
                        member_id: member.id,
                        calendar_id: self.calendars[kind].id,
                        valid_from: from,
                        valid_to: Some(to),
                        version: 1,
                        created_at: at,
                        updated_at: at,
                    });
                }
                from = to;
            }
        }
    }

    /// What the holder of a position can do, and with which certificates.
    fn abilities(&mut self, maker: &Maker<'_>, member: usize) {
        let mut chance = maker.chance("abilities", member);
        let mut levels: Vec<(&str, i64)> = Vec::new();
        match maker.people.seat_of(member).position {
            "CSR" | "CSL" | "CSC" | "RCS" => {
                levels.push(("phone", chance.between(3, 5)));
                levels.push(("complaints", chance.between(2, 4)));
                if chance.percent(40) {
                    levels.push(("english", chance.between(2, 4)));
                }
            }
            "TSE" | "FSS" | "FSE" => {
                // Everybody is better at something: 扬长避短.
                let best = chance.below(4);
                for (place, (code, ..)) in SKILLS.into_iter().take(4).enumerate() {
                    if place == best {
                        levels.push((code, chance.between(4, 5)));
                    } else if chance.percent(60) {
                        levels.push((code, chance.between(2, 3)));
                    }
                }
                levels.push(("electric.low", chance.between(2, 4)));
                if best == 0 {
                    levels.push(("refrigerant", chance.between(2, 4)));
                }
                self.certify(maker, member, 0, &mut chance);
                if best == 0 {
                    self.certify(maker, member, 1, &mut chance);
                } else if best > 1 {
                    self.certify(maker, member, best, &mut chance);
                }
            }
            "ACD" | "ACP" => levels.push(("parts", chance.between(3, 5))),
            _ => {}
        }
        if levels.iter().any(|(code, _)| *code == "complaints") && chance.percent(30) {
            self.certify(maker, member, 4, &mut chance);
        }
        let (from, at) = maker.since(member);
        for (code, level) in levels {
            self.member_skills.push(member_skill::Model {
                id: chance.id(at),
                member_id: maker.people.members[member].id,
                skill_id: self.skill(code),
                level: i32::try_from(level).unwrap_or(1),
                note: None,
                valid_from: from,
                valid_to: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
    }

    /// A certificate; one in five runs out within a month, and one in six has lately.
    fn certify(&mut self, maker: &Maker<'_>, member: usize, kind: usize, chance: &mut Chance) {
        let kind = &self.certificates[kind];
        let expires_on = kind.months_valid.map(|_| match member % 6 {
            2 => days_ago(maker.today, 12),
            4 => maker.today + Days::new(chance.between(5, 28).unsigned_abs()),
            _ => maker.today + Days::new(chance.between(90, 600).unsigned_abs()),
        });
        let months = u32::try_from(kind.months_valid.unwrap_or(20)).unwrap_or(20);
        let issued_on = expires_on
            .unwrap_or(maker.today)
            .checked_sub_months(chrono::Months::new(months))
            .unwrap_or(maker.today);
        let at = at_hour(issued_on, 15);
        self.member_certificates.push(member_certificate::Model {
            id: chance.id(at),
            member_id: maker.people.members[member].id,
            certificate_id: kind.id,
            number: Some(format!(
                "{}-{:05}",
                issued_on.format("%Y"),
                chance.between(1, 99_999)
            )),
            issued_on,
            expires_on,
            revoked_on: None,
            warned_at: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
    }

    /// Who does something else beside tickets has less room for them; others have what the house gives everybody.
    fn capacity(&mut self, maker: &Maker<'_>, member: usize) {
        let open_tickets = match maker.people.seat_of(member).position {
            "CSL" | "FSS" => 8,
            "TSE" | "FSE" => 12,
            "RCS" => 25,
            _ => return,
        };
        let (from, at) = maker.since(member);
        self.member_capacities.push(member_capacity::Model {
            id: maker.chance("capacity", member).id(at),
            member_id: maker.people.members[member].id,
            open_tickets,
            valid_from: from,
            valid_to: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
    }

    /// Some leave that is over, some that is now, granted for later, or waiting.
    fn leave(&mut self, maker: &Maker<'_>, member: usize) {
        let mut chance = maker.chance("leave", member);
        let kinds = [
            (LeaveKind::Annual, 5),
            (LeaveKind::Sick, 2),
            (LeaveKind::Personal, 2),
            (LeaveKind::Compensatory, 2),
            (LeaveKind::Training, 1),
            (LeaveKind::BusinessTrip, 1),
        ];
        // First day from today, days, state.
        let mut times: Vec<(i64, i64, LeaveState)> = Vec::new();
        if chance.percent(70) {
            times.push((
                chance.between(-110, -40),
                chance.between(1, 5),
                LeaveState::Approved,
            ));
        }
        if chance.percent(15) {
            times.push((chance.between(-30, -20), 1, LeaveState::Rejected));
        }
        if member % 11 == 5 {
            times.push((-1, 3, LeaveState::Approved));
        }
        if chance.percent(30) {
            times.push((
                chance.between(4, 15),
                chance.between(1, 5),
                LeaveState::Approved,
            ));
        }
        if chance.percent(30) {
            times.push((
                chance.between(21, 40),
                chance.between(1, 5),
                LeaveState::Requested,
            ));
        }
        for (from, days, state) in times {
            let first = maker.today + TimeDelta::days(from);
            let kind = chance.weighted(&kinds);
            let asked = at_hour(first, 10) - TimeDelta::days(chance.between(22, 45));
            let asked = asked.min(maker.as_of - TimeDelta::hours(3));
            self.leaves.push(maker.leave(
                member,
                (kind, state),
                (at_hour(first, 0), at_hour(first + TimeDelta::days(days), 0)),
                (chance.id(asked), asked),
            ));
        }
    }
}

impl Maker<'_> {
    fn chance(&self, subject: &str, member: usize) -> Chance {
        Chance::of(self.seed, subject, u64::try_from(member).unwrap_or(0))
    }

    /// Since when what is recorded of a member holds.
    fn since(&self, member: usize) -> (NaiveDate, DateTime<Utc>) {
        let joined = self.people.members[member].joined_on;
        let from = joined.max(opening_day(self.today));
        (from, at_hour(from, 14))
    }

    fn leave(
        &self,
        member: usize,
        (kind, state): (LeaveKind, LeaveState),
        (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
        (id, created_at): (Uuid, DateTime<Utc>),
    ) -> leave::Model {
        let seat = self.people.seat_of(member);
        // The head of the department decides; about heads the director does, and about the director another head.
        let head = [seat.department, "MO", "CS"]
            .into_iter()
            .map(|department| self.people.head(department))
            .find(|head| *head != member)
            .unwrap_or(member);
        let decider = &self.accounts.users[self.accounts.of_member[head]];
        let decided = state != LeaveState::Requested;
        let decided_at = (created_at + TimeDelta::hours(2)).min(self.as_of);
        leave::Model {
            id,
            member_id: self.people.members[member].id,
            kind,
            starts_at,
            ends_at,
            state,
            reason: reason(kind).map(str::to_owned),
            decided_by: decided.then_some(decider.id),
            decided_by_name: decided.then(|| decider.display_name.clone()),
            decided_at: decided.then_some(decided_at),
            decision_note: (state == LeaveState::Rejected).then(|| {
                "当天人手不足，请改期。Too few of us that day; please take another.".to_owned()
            }),
            version: if decided { 2 } else { 1 },
            created_at,
            updated_at: if decided { decided_at } else { created_at },
        }
    }
}

fn reason(kind: LeaveKind) -> Option<&'static str> {
    match kind {
        LeaveKind::Annual => Some("回老家探亲"),
        LeaveKind::Personal => Some("家中有事"),
        LeaveKind::Training => Some("参加厂家培训"),
        LeaveKind::BusinessTrip => Some("客户现场支持"),
        LeaveKind::Sick | LeaveKind::Compensatory => None,
    }
}

/// A week with the same window on each day, as a version of a calendar holds it.
fn every_day(from: &str, to: &str) -> Value {
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let week = days.map(|day| (day.to_owned(), json!([{ "from": from, "to": to }])));
    Value::Object(week.into_iter().collect())
}
