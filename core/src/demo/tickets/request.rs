//! What a customer wants: kind, channel, unit and words of a new ticket.

use chrono::{DateTime, Utc};
use entity::enums::{Channel, CustomerTier, TicketKind, TicketPriority};

use super::course::End;
use super::showcase::Part;
use crate::demo::accounts::Holder;
use crate::demo::calendar::day_of;
use crate::demo::company::Company;
use crate::demo::partners::line_of;
use crate::demo::random::Chance;
use crate::demo::text::matters::matters;

/// A new ticket, before anybody works on it.
#[derive(Clone, Debug)]
pub struct Request {
    /// Kind.
    pub kind: TicketKind,
    /// Priority.
    pub priority: TicketPriority,
    /// Channel.
    pub channel: Channel,
    /// Whoever opened it outside; none when staff took it down.
    pub outsider: Option<Holder>,
    /// The place of the customer.
    pub customer: usize,
    /// The place of the contact.
    pub contact: usize,
    /// The place of the unit.
    pub unit: Option<usize>,
    /// The place of the product.
    pub product: Option<usize>,
    /// Is it written in English?
    pub english: bool,
    /// The matter in one line.
    pub subject: String,
    /// The matter in full.
    pub description: String,
}

const KINDS: [(TicketKind, u32); 7] = [
    (TicketKind::Consultation, 26),
    (TicketKind::Complaint, 7),
    (TicketKind::TechnicalSupport, 20),
    (TicketKind::FaultRepair, 26),
    (TicketKind::ReturnExchange, 7),
    (TicketKind::OnSiteService, 11),
    (TicketKind::UpgradeCampaign, 3),
];
const CHANNELS: [(Channel, u32); 6] = [
    (Channel::Phone, 46),
    (Channel::Wechat, 19),
    (Channel::Email, 12),
    (Channel::Web, 10),
    (Channel::Chat, 9),
    (Channel::Social, 4),
];

/// Makes a request that comes in at a time.
pub fn make(
    company: &Company,
    at: DateTime<Utc>,
    part: Option<&Part>,
    chance: &mut Chance,
) -> Request {
    let customer = part.map_or_else(|| who(company, at, chance), |part| part.customer);
    let folder = &company.customers.folders[customer];
    let kind = part.map_or_else(|| chance.weighted(&KINDS), |part| part.kind);
    let priority = priority(kind, company.customers.customers[customer].tier, chance);
    let (channel, outsider) = way(company, customer, part, chance);
    let unit = unit_in_use(company, customer, at, chance);
    let product = unit.map_or_else(
        || any_product(company, at, chance),
        |unit| company.customers.unit_products[unit],
    );
    let english = folder.english || chance.percent(6);
    let (subject, description) = words(company, kind, product, unit, english, chance);
    let extra = folder.contacts.len().saturating_sub(1).min(1);
    Request {
        kind,
        priority,
        channel,
        outsider,
        customer,
        contact: folder.contacts.start + chance.below(1 + extra),
        unit,
        product: Some(product),
        english,
        subject,
        description,
    }
}

/// A customer of that time; important ones come more often.
fn who(company: &Company, at: DateTime<Utc>, chance: &mut Chance) -> usize {
    let known = company.customers.known_at(at).max(1);
    let mut choice = chance.below(known);
    for _ in 0..4 {
        if chance.percent(company.customers.folders[choice].needs) {
            break;
        }
        choice = chance.below(known);
    }
    choice
}

fn priority(kind: TicketKind, tier: CustomerTier, chance: &mut Chance) -> TicketPriority {
    use TicketPriority::{High, Low, Normal, Urgent};
    let pressing =
        kind == TicketKind::Complaint || matches!(tier, CustomerTier::Gold | CustomerTier::Vip);
    if pressing {
        chance.weighted(&[(Low, 4), (Normal, 48), (High, 36), (Urgent, 12)])
    } else {
        chance.weighted(&[(Low, 14), (Normal, 66), (High, 16), (Urgent, 4)])
    }
}

/// How the request comes in, and through which account.
fn way(
    company: &Company,
    customer: usize,
    part: Option<&Part>,
    chance: &mut Chance,
) -> (Channel, Option<Holder>) {
    let accounts = &company.accounts;
    let partner = company.customers.folders[customer].partner;
    let (through_api, through_portal) = match part {
        // The newest one of the demo partner comes from its system, the others from its people.
        Some(part) if part.by_outsider => (
            matches!(part.end, End::Working(_)) && chance.percent(40),
            true,
        ),
        Some(_) => (false, false),
        None => (chance.percent(40), chance.percent(40)),
    };
    if let Some(partner) = partner {
        if through_api && partner < accounts.clients.len() {
            return (Channel::Api, Some(Holder::Client(partner)));
        }
        if through_portal {
            let users = &accounts.of_partner[partner];
            return (Channel::Web, Some(Holder::User(chance.pick(users))));
        }
    } else if through_portal && let Some(user) = accounts.customer_user(customer) {
        return (Channel::Web, Some(Holder::User(user)));
    }
    (chance.weighted(&CHANNELS), None)
}

/// One of the customer's units that it had at that time.
fn unit_in_use(
    company: &Company,
    customer: usize,
    at: DateTime<Utc>,
    chance: &mut Chance,
) -> Option<usize> {
    let day = day_of(at);
    let owned: Vec<usize> = company.customers.folders[customer]
        .units
        .clone()
        .filter(|unit| company.customers.units[*unit].sold_on <= day)
        .collect();
    (!owned.is_empty() && chance.percent(92)).then(|| chance.pick(&owned))
}

/// A product that was in the catalogue at that time.
fn any_product(company: &Company, at: DateTime<Utc>, chance: &mut Chance) -> usize {
    let day = day_of(at);
    let sold: Vec<usize> = (0..company.customers.products.len())
        .filter(|place| company.customers.products[*place].valid_from <= day)
        .collect();
    chance.pick(&sold)
}

const OPENINGS: [(&str, &str); 5] = [
    ("", ""),
    ("您好，", "Hello, "),
    ("客户反映：", "The customer reports: "),
    ("你好，麻烦帮忙看一下：", "Please help us with this: "),
    ("", ""),
];
const WISHES: [(&str, &str); 6] = [
    ("请尽快安排处理。", "Please take care of it soon."),
    ("请回电说明。", "Please call back."),
    (
        "希望本周内解决。",
        "We hope that it can be solved this week.",
    ),
    (
        "联系时间：工作日九点到十八点。",
        "We can be reached on working days from nine to six.",
    ),
    ("谢谢。", "Thank you."),
    ("", ""),
];

fn words(
    company: &Company,
    kind: TicketKind,
    product: usize,
    unit: Option<usize>,
    english: bool,
    chance: &mut Chance,
) -> (String, String) {
    let matter = chance.pick(matters(kind, line_of(product)));
    let row = &company.customers.products[product];
    let serial = unit.map(|unit| company.customers.units[unit].serial.as_str());
    let (opening_zh, opening) = chance.pick(&OPENINGS);
    let (wish_zh, wish) = chance.pick(&WISHES);
    if english {
        let device = serial.map_or(String::new(), |serial| format!(" Serial number {serial}."));
        let text = format!(
            "{opening}{}. Product: {}.{device} {wish}",
            matter.told, row.name
        );
        (
            format!("{}: {}", row.name, matter.short),
            text.trim_end().to_owned(),
        )
    } else {
        let device = serial.map_or(String::new(), |serial| format!("，序列号 {serial}"));
        let text = format!(
            "{opening_zh}{}。产品：{}{device}。{wish_zh}",
            matter.told_zh, row.name_zh
        );
        (format!("{}{}", row.name_zh, matter.short_zh), text)
    }
}
