//! Users, API clients, and which roles they have.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{Locale, UserKind, UserStatus};
use entity::{api_client, api_client_secret, user};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::calendar::{at_hour, opening_day};
use super::customers::{CAST, Customers};
use super::people::People;
use super::random::Chance;
use super::text::names;

/// The password of every demo user. It is printed, so it is no secret.
pub const DEMO_PASSWORD: &str = "demo-Pass-2026";
/// How many partners have an API client.
const API_PARTNERS: usize = 3;
/// How many customers besides the demo customer have an account.
const CUSTOMER_ACCOUNTS: usize = 12;

/// A user of every role, as people sign in to look around: login, role, its Chinese name.
pub const LOGINS: [(&str, &str, &str); 11] = [
    ("admin.demo", "admin", "系统管理员"),
    ("manager.demo", "service_manager", "服务经理"),
    ("lead.demo", "team_lead", "团队主管"),
    ("agent.demo", "agent", "客服专员"),
    ("engineer.demo", "engineer", "技术工程师"),
    ("coordinator.demo", "coordinator", "售后协调员"),
    ("trainer.demo", "trainer", "培训师"),
    ("hr.demo", "hr", "人力资源"),
    ("auditor.demo", "auditor", "审计员"),
    ("partner.demo", "partner", "合作伙伴"),
    ("customer.demo", "customer", "客户"),
];

/// Whoever holds a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The user at that place.
    User(usize),
    /// The API client at that place.
    Client(usize),
}

/// All principals. Password hashes are left empty: hashing is salted, so it is no part of what a seed determines.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// Users.
    pub users: Vec<user::Model>,
    /// The places of the users of members, by member; everybody has one.
    pub of_member: Vec<usize>,
    /// The places of the users of partners, by partner.
    pub of_partner: Vec<Vec<usize>>,
    /// The places of the users of customers: customer, user.
    pub of_customer: Vec<(usize, usize)>,
    /// API clients; the first one is the demo partner's.
    pub clients: Vec<api_client::Model>,
    /// Their secrets.
    pub secrets: Vec<api_client_secret::Model>,
    /// The demo partner's secret, to be printed.
    pub demo_secret: String,
    /// Who holds which role, by its key.
    pub roles: Vec<(Holder, &'static str)>,
}

impl Accounts {
    /// Generates them.
    #[must_use]
    pub fn generate(seed: u64, today: NaiveDate, people: &People, customers: &Customers) -> Self {
        let mut accounts = Self {
            users: Vec::new(),
            of_member: Vec::new(),
            of_partner: Vec::new(),
            of_customer: Vec::new(),
            clients: Vec::new(),
            secrets: Vec::new(),
            demo_secret: String::new(),
            roles: Vec::new(),
        };
        accounts.add_staff(seed, people);
        accounts.add_partners(seed, customers);
        accounts.add_customers(seed, customers);
        accounts.add_clients(seed, today, customers);
        // The documentation's examples are read in English; `Accept-Language` gives the Chinese ones.
        for user in accounts
            .users
            .iter_mut()
            .filter(|user| user.login.ends_with(".demo"))
        {
            user.locale = Locale::En;
        }
        accounts
    }

    /// The place of a demo user by its login.
    #[must_use]
    pub fn demo(&self, login: &str) -> usize {
        self.users
            .iter()
            .position(|user| user.login == login)
            .unwrap_or(0)
    }

    /// The user of a customer, if it has one.
    #[must_use]
    pub fn customer_user(&self, customer: usize) -> Option<usize> {
        self.of_customer
            .iter()
            .find(|(known, _)| *known == customer)
            .map(|(_, user)| *user)
    }

    fn add_staff(&mut self, seed: u64, people: &People) {
        let cast = staff_cast(people);
        for (place, member) in people.members.iter().enumerate() {
            let name = &people.names[place];
            let demo = cast
                .iter()
                .find(|(known, _)| *known == place)
                .map(|(_, login)| *login);
            let mut row = blank(seed, self.users.len(), member.created_at);
            row.login = demo.map_or_else(|| name.handle(), str::to_owned);
            row.display_name.clone_from(&name.written);
            row.member_id = Some(member.id);
            if member.left_on.is_some() {
                row.status = UserStatus::Disabled;
                row.epoch = 1;
                row.version = 2;
                row.updated_at = member.updated_at;
            }
            let holder = Holder::User(self.users.len());
            let role = demo
                .and_then(role_of_login)
                .unwrap_or_else(|| role_of_seat(people, place));
            self.roles.push((holder, role));
            self.of_member.push(self.users.len());
            self.users.push(row);
        }
    }

    fn add_partners(&mut self, seed: u64, customers: &Customers) {
        let mut chance = Chance::of(seed, "partner users", 0);
        for (place, partner) in customers.partners.iter().enumerate() {
            let mut users = Vec::new();
            for number in 0..=usize::from(place < 4) {
                let name = names::chinese(&mut chance);
                let mut row = blank(seed, self.users.len(), partner.created_at);
                row.kind = UserKind::Partner;
                row.login = match (place, number) {
                    (0, 0) => "partner.demo".to_owned(),
                    _ => format!(
                        "{}.{}{}",
                        partner.code.to_lowercase(),
                        name.handle(),
                        number + 1
                    ),
                };
                row.display_name = name.written;
                row.partner_id = Some(partner.id);
                self.roles.push((Holder::User(self.users.len()), "partner"));
                users.push(self.users.len());
                self.users.push(row);
            }
            self.of_partner.push(users);
        }
    }

    fn add_customers(&mut self, seed: u64, customers: &Customers) {
        let others = (CAST..customers.customers.len()).take(CUSTOMER_ACCOUNTS);
        for place in std::iter::once(0).chain(others) {
            let customer = &customers.customers[place];
            let contact = &customers.contacts[customers.folders[place].contacts.start];
            let mut row = blank(seed, self.users.len(), customer.created_at);
            row.kind = UserKind::Customer;
            row.login = match place {
                0 => "customer.demo".to_owned(),
                _ => format!("{}.customer", customer.number.to_lowercase()),
            };
            row.display_name.clone_from(&contact.name);
            row.customer_id = Some(customer.id);
            if customers.folders[place].english {
                row.locale = Locale::En;
            }
            self.roles
                .push((Holder::User(self.users.len()), "customer"));
            self.of_customer.push((place, self.users.len()));
            self.users.push(row);
        }
    }

    fn add_clients(&mut self, seed: u64, today: NaiveDate, customers: &Customers) {
        let created_at = at_hour(opening_day(today), 11) + chrono::TimeDelta::days(60);
        let admin = self.users[self.demo("admin.demo")].id;
        for (place, partner) in customers.partners.iter().take(API_PARTNERS).enumerate() {
            let mut chance = Chance::of(seed, "api client", u64::try_from(place).unwrap_or(0));
            let id = chance.id(created_at);
            let secret = format!("acs_{:016x}{:016x}", chance.bits(), chance.bits());
            self.secrets.push(api_client_secret::Model {
                id: chance.id(created_at),
                api_client_id: id,
                secret_hash: sha256_hex(&secret),
                created_at,
                expires_at: None,
                revoked_at: None,
            });
            if place == 0 {
                self.demo_secret = secret;
            }
            self.roles.push((Holder::Client(place), "partner"));
            self.clients.push(api_client::Model {
                id,
                name: format!(
                    "{} 工单接口",
                    partner.name_zh.as_deref().unwrap_or(&partner.name)
                ),
                partner_id: partner.id,
                status: UserStatus::Active,
                epoch: 0,
                trusted_documents_only: false,
                created_by: Some(admin),
                version: 1,
                created_at,
                updated_at: created_at,
            });
        }
    }

    /// Every id of a principal, for checks.
    #[must_use]
    pub fn principals(&self) -> BTreeSet<Uuid> {
        let users = self.users.iter().map(|user| user.id);
        users
            .chain(self.clients.iter().map(|client| client.id))
            .collect()
    }
}

/// Which member each demo user of the staff is.
fn staff_cast(people: &People) -> [(usize, &'static str); 9] {
    [
        (people.holder("MO-IT", 0), "admin.demo"),
        (people.head("CS"), "manager.demo"),
        (people.holder("CS-REG", 0), "lead.demo"),
        (people.holder("CS-REG-E", 0), "agent.demo"),
        (people.holder("TS-FLD-E", 0), "engineer.demo"),
        (people.holder("AC-DSP", 0), "coordinator.demo"),
        (people.holder("MO-TRN", 0), "trainer.demo"),
        (people.holder("MO-HR", 0), "hr.demo"),
        (people.holder("MO-IT", 1), "auditor.demo"),
    ]
}

fn role_of_login(login: &str) -> Option<&'static str> {
    LOGINS
        .iter()
        .find(|(known, ..)| *known == login)
        .map(|(_, role, _)| *role)
}

/// The role that fits a member's seat.
fn role_of_seat(people: &People, member: usize) -> &'static str {
    match people.seat_of(member).position {
        "DIR" | "CSM" | "TSM" | "ACM" => "service_manager",
        "CSL" if people.seat_of(member).department == "AC" => "coordinator",
        "CSL" => "team_lead",
        "TSE" | "FSE" | "FSS" => "engineer",
        "ACD" | "ACP" => "coordinator",
        "HRS" => "hr",
        "TRN" => "trainer",
        "ITQ" => "auditor",
        _ => "agent",
    }
}

fn blank(seed: u64, place: usize, created_at: DateTime<Utc>) -> user::Model {
    user::Model {
        id: Chance::of(seed, "user", u64::try_from(place).unwrap_or(0)).id(created_at),
        kind: UserKind::Staff,
        login: String::new(),
        display_name: String::new(),
        password_hash: String::new(),
        password_changed_at: created_at,
        member_id: None,
        partner_id: None,
        customer_id: None,
        locale: Locale::Zh,
        status: UserStatus::Active,
        epoch: 0,
        version: 1,
        created_at,
        updated_at: created_at,
    }
}

fn sha256_hex(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
