//! Tags, custom fields with values, links and a view of the demo company.

use entity::enums::{FieldType, LinkKind, TicketKind};
use entity::{custom_field, saved_view, tag, ticket_field_value, ticket_link, ticket_tag};
use serde_json::{Value, json};
use uuid::Uuid;

use super::accounts::Accounts;
use super::organisation::Organisation;
use super::random::Chance;
use super::tickets::TicketRows;
use chrono::{DateTime, Utc};

/// What there is to put on tickets, and a view that a team shares.
#[derive(Clone, Debug)]
pub struct Collaboration {
    /// The tags.
    pub tags: Vec<tag::Model>,
    /// The custom fields.
    pub fields: Vec<custom_field::Model>,
    /// The views.
    pub views: Vec<saved_view::Model>,
}

/// What hangs on one ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// Its tags.
    pub tags: Vec<ticket_tag::Model>,
    /// Its field values.
    pub values: Vec<ticket_field_value::Model>,
    /// Its links to earlier tickets.
    pub links: Vec<ticket_link::Model>,
}

/// The tags: English and Chinese word.
const TAGS: [(&str, &str); 8] = [
    ("VIP", "重点客户"),
    ("Repeat fault", "重复故障"),
    ("Battery", "电池"),
    ("Firmware", "固件"),
    ("Spare part", "备件"),
    ("Refund", "退款"),
    ("Safety", "安全隐患"),
    ("Praise", "表扬"),
];

/// The fields: code, type, names, kinds, public, choices.
type Line = (
    &'static str,
    FieldType,
    &'static str,
    &'static str,
    &'static [TicketKind],
    bool,
    &'static [(&'static str, &'static str, &'static str)],
);

/// The fields.
const FIELDS: [Line; 6] = [
    (
        "fault_code",
        FieldType::Choice,
        "Fault code",
        "故障类别",
        &[TicketKind::FaultRepair],
        true,
        &[
            ("power", "Power", "电源"),
            ("storage", "Storage", "存储"),
            ("network", "Network", "网络"),
            ("cooling", "Cooling", "散热"),
        ],
    ),
    (
        "firmware",
        FieldType::Text,
        "Firmware version",
        "固件版本",
        &[TicketKind::FaultRepair, TicketKind::TechnicalSupport],
        true,
        &[],
    ),
    (
        "downtime_hours",
        FieldType::Decimal,
        "Downtime in hours",
        "停机小时数",
        &[TicketKind::FaultRepair, TicketKind::Complaint],
        false,
        &[],
    ),
    (
        "people_on_site",
        FieldType::Integer,
        "People on site",
        "上门人数",
        &[TicketKind::OnSiteService],
        false,
        &[],
    ),
    (
        "wished_on",
        FieldType::Date,
        "Wished date",
        "期望日期",
        &[TicketKind::OnSiteService, TicketKind::UpgradeCampaign],
        true,
        &[],
    ),
    (
        "refund_approved",
        FieldType::Flag,
        "Refund approved",
        "已批准退款",
        &[TicketKind::ReturnExchange],
        false,
        &[],
    ),
];

impl Collaboration {
    /// Generates it.
    #[must_use]
    pub fn generate(
        seed: u64,
        at: DateTime<Utc>,
        organisation: &Organisation,
        accounts: &Accounts,
    ) -> Self {
        let mut chance = Chance::of(seed, "tags", 0);
        let tags = TAGS.map(|(name, name_zh)| tag::Model {
            id: chance.id(at),
            name: name.to_owned(),
            name_zh: Some(name_zh.to_owned()),
            folded: name.to_lowercase(),
            version: 1,
            created_at: at,
            updated_at: at,
        });
        let mut chance = Chance::of(seed, "custom fields", 0);
        let fields = FIELDS.map(|line| field(&mut chance, line, at));
        let mut chance = Chance::of(seed, "saved views", 0);
        // The team of the demo agent.
        let mut teams = organisation.teams.iter();
        let team = teams.find(|team| team.code == "CS-REG-E");
        let team = team.map(|team| team.id);
        let mut view = |login: &str, name: &str, filter: Value, team_id| saved_view::Model {
            id: chance.id(at),
            user_id: accounts.users[accounts.demo(login)].id,
            name: name.to_owned(),
            filter,
            ordering: Some("UPDATED_AT_DESC".to_owned()),
            columns: json!(["number", "subject", "customer", "dueAt"]),
            team_id,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        let going = json!({ "state": { "in": ["OPEN", "PENDING_CUSTOMER", "PENDING_PARTS"] } });
        let power = json!({ "fields": [{ "field": "fault_code", "choice": { "eq": "power" } }] });
        let views = vec![
            view("manager.demo", "Going on · 处理中", going, team),
            view("agent.demo", "Power faults · 电源故障", power, None),
        ];
        Self {
            tags: tags.into(),
            fields: fields.into(),
            views,
        }
    }

    /// What hangs on the ticket with that index; `earlier` gives a ticket before it.
    #[must_use]
    pub fn on(
        &self,
        seed: u64,
        index: u64,
        rows: &TicketRows,
        earlier: impl FnOnce(u64) -> Uuid,
    ) -> Extras {
        let (ticket, at) = (&rows.ticket, rows.ticket.created_at);
        let mut chance = Chance::of(seed, "collaboration", index);
        let mut extras = Extras::default();
        if chance.percent(25) {
            let tag = chance.below(self.tags.len());
            extras.tags.push(ticket_tag::Model {
                id: chance.id(at),
                ticket_id: ticket.id,
                tag_id: self.tags[tag].id,
                at,
            });
        }
        for (field, line) in self.fields.iter().zip(FIELDS) {
            if line.4.contains(&ticket.kind) && chance.percent(60) {
                let value = value(&mut chance, field, line, ticket.id, at);
                extras.values.push(value);
            }
        }
        if index > 0 && chance.percent(2) {
            let back = chance.below(usize::try_from(index.min(500)).unwrap_or(500));
            let other = earlier(index - 1 - back as u64);
            extras.links.push(ticket_link::Model {
                id: chance.id(at),
                from_id: other,
                to_id: ticket.id,
                kind: LinkKind::RelatedTo,
                created_by: None,
                created_at: at,
            });
        }
        extras
    }
}

fn field(chance: &mut Chance, line: Line, at: DateTime<Utc>) -> custom_field::Model {
    let (code, value_type, name, name_zh, kinds, public, choices) = line;
    let choices: Vec<Value> = choices
        .iter()
        .map(|(code, name, name_zh)| json!({ "code": code, "name": name, "name_zh": name_zh }))
        .collect();
    let number = value_type == FieldType::Decimal || value_type == FieldType::Integer;
    custom_field::Model {
        id: chance.id(at),
        code: code.to_owned(),
        kinds: json!(kinds),
        value_type,
        name: name.to_owned(),
        name_zh: name_zh.to_owned(),
        help: None,
        choices: choices.into(),
        min_value: number.then_some(0),
        max_value: None,
        public,
        retired_at: None,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

fn value(
    chance: &mut Chance,
    field: &custom_field::Model,
    line: Line,
    ticket_id: Uuid,
    at: DateTime<Utc>,
) -> ticket_field_value::Model {
    let mut row = ticket_field_value::Model {
        id: chance.id(at),
        ticket_id,
        field_id: field.id,
        text_value: None,
        number_value: None,
        date_value: None,
        flag_value: None,
        updated_at: at,
    };
    match field.value_type {
        FieldType::Text => {
            let (major, minor) = (chance.between(1, 4), chance.between(0, 12));
            row.text_value = Some(format!("{major}.{minor}"));
        }
        FieldType::Integer => row.number_value = Some(chance.between(1, 4) * 10_000),
        FieldType::Decimal => row.number_value = Some(chance.between(1, 200) * 2_500),
        FieldType::Date => {
            let day = at.date_naive() + chrono::TimeDelta::days(chance.between(1, 14));
            row.date_value = Some(day);
        }
        FieldType::Flag => row.flag_value = Some(chance.percent(70)),
        FieldType::Choice => row.text_value = Some(chance.pick(line.6).0.to_owned()),
    }
    row
}
