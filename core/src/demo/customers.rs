//! Customers with their contacts and units.

use std::ops::Range;

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use entity::enums::{CustomerKind, CustomerTier, Province};
use entity::{contact, customer, partner, product, unit};

use super::calendar::{TICKET_DAYS, at_hour, day_of, opening_day};
use super::organisation::{Organisation, REGION_LETTERS};
use super::partners;
use super::people::People;
use super::random::Chance;
use super::text::places::{PLACES, Place};
use super::text::{companies, names};

/// How many customers at the beginning have a fixed part in the demo: the demo customer and those of the demo partner.
pub const CAST: usize = 6;
/// The fewest customers that the demo works with.
pub const FEWEST: u64 = 20;

/// Where the things of a customer are found.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its contacts; the first is the primary one.
    pub contacts: Range<usize>,
    /// Its units.
    pub units: Range<usize>,
    /// The place of its partner.
    pub partner: Option<usize>,
    /// Does it write English?
    pub english: bool,
    /// How readily it opens tickets, of a hundred.
    pub needs: usize,
}

/// Everything on the customers' side.
#[derive(Clone, Debug)]
pub struct Customers {
    /// Partners; the first is the demo partner.
    pub partners: Vec<partner::Model>,
    /// The catalogue.
    pub products: Vec<product::Model>,
    /// Customers in the order of their numbers, which is that of their age.
    pub customers: Vec<customer::Model>,
    /// Contacts.
    pub contacts: Vec<contact::Model>,
    /// Units.
    pub units: Vec<unit::Model>,
    /// The places of the units' products.
    pub unit_products: Vec<usize>,
    /// What belongs to which customer.
    pub folders: Vec<Folder>,
}

impl Customers {
    /// Generates so many of them.
    #[must_use]
    pub fn generate(
        seed: u64,
        count: u64,
        as_of: DateTime<Utc>,
        organisation: &Organisation,
        people: &People,
    ) -> Self {
        let today = day_of(as_of);
        let mut all = Self {
            partners: partners::partners(seed, today),
            products: partners::products(seed, today),
            customers: Vec::new(),
            contacts: Vec::new(),
            units: Vec::new(),
            unit_products: Vec::new(),
            folders: Vec::new(),
        };
        for index in 0..count {
            all.add(seed, index, count, as_of, organisation, people);
        }
        all
    }

    fn add(
        &mut self,
        seed: u64,
        index: u64,
        count: u64,
        as_of: DateTime<Utc>,
        organisation: &Organisation,
        people: &People,
    ) {
        let mut chance = Chance::of(seed, "customer", index);
        let place = usize::try_from(index).unwrap_or(usize::MAX);
        let created_at = joined(index, count, as_of, &mut chance);
        let home = if place < CAST {
            place_of(Province::Zhejiang)
        } else {
            chance.weighted(&weights())
        };
        let place_row = &PLACES[home];
        let abroad = matches!(place_row.province, Province::HongKong | Province::Macao);
        let english = place >= CAST && chance.percent(if abroad { 60 } else { 11 });
        let company = place < CAST || chance.percent(58);
        let name = if company {
            company_name(place, place_row, english, &mut chance)
        } else if english {
            names::english(&mut chance).written
        } else {
            names::chinese(&mut chance).written
        };
        let partner = match place {
            0 => None,
            1..CAST => Some(0),
            _ => self.partner_near(place_row.province, day_of(as_of), organisation, &mut chance),
        };
        let tier = if place == 0 {
            CustomerTier::Gold
        } else {
            tier(company, &mut chance)
        };
        let row = customer::Model {
            id: chance.id(created_at),
            number: format!("C{:06}", index + 1),
            kind: if company {
                CustomerKind::Company
            } else {
                CustomerKind::Person
            },
            name,
            province: place_row.province,
            tier,
            partner_id: partner.map(|partner| self.partners[partner].id),
            owner_id: owner(
                place_row.province,
                day_of(as_of),
                organisation,
                people,
                &mut chance,
            ),
            version: 1,
            created_at,
            updated_at: created_at,
        };
        let contacts = self.contacts.len();
        self.add_contacts(&row, english, &mut chance);
        let units = self.units.len();
        self.add_units(&row, day_of(as_of), &mut chance);
        let needs = match row.tier {
            _ if place < CAST => 100,
            CustomerTier::Vip => 100,
            CustomerTier::Gold => 75,
            CustomerTier::Silver => 50,
            CustomerTier::Standard => 28,
        };
        self.folders.push(Folder {
            contacts: contacts..self.contacts.len(),
            units: units..self.units.len(),
            partner,
            english,
            needs,
        });
        self.customers.push(row);
    }

    /// Three in ten customers came through a partner of their region.
    fn partner_near(
        &self,
        province: Province,
        today: NaiveDate,
        organisation: &Organisation,
        chance: &mut Chance,
    ) -> Option<usize> {
        if !chance.percent(30) {
            return None;
        }
        let regions = organisation.regions_of(province, today);
        let near: Vec<usize> = (0..self.partners.len())
            .filter(|partner| {
                let theirs = organisation.regions_of(self.partners[*partner].province, today);
                theirs.first() == regions.first()
            })
            .collect();
        (!near.is_empty()).then(|| chance.pick(&near))
    }

    fn add_contacts(&mut self, customer: &customer::Model, english: bool, chance: &mut Chance) {
        let company = customer.kind == CustomerKind::Company;
        let count = if company { 1 + chance.below(3) } else { 1 };
        for place in 0..count {
            let name = if english {
                names::english(chance)
            } else {
                names::chinese(chance)
            };
            let written = if company {
                name.written.clone()
            } else {
                customer.name.clone()
            };
            let handle = if company || english {
                name.handle()
            } else {
                "mail".to_owned()
            };
            let host = customer.number.to_lowercase();
            self.contacts.push(contact::Model {
                id: chance.id(customer.created_at),
                customer_id: customer.id,
                name: written,
                role: company.then(|| companies::function(english, chance).to_owned()),
                phone: Some(format!("+86 1390000{:04}", chance.below(10_000))),
                email: (place == 0 || chance.percent(70))
                    .then(|| format!("{handle}@{host}.example.com")),
                is_primary: place == 0,
                version: 1,
                created_at: customer.created_at,
                updated_at: customer.created_at,
            });
        }
    }

    fn add_units(&mut self, customer: &customer::Model, today: NaiveDate, chance: &mut Chance) {
        let company = customer.kind == CustomerKind::Company;
        let count = if company {
            1 + chance.below(4)
        } else {
            1 + chance.below(2)
        };
        let first = day_of(customer.created_at);
        let days = (today - first).num_days().max(0);
        for place in 0..count {
            let later = if place == 0 {
                0
            } else {
                chance.between(0, days)
            };
            let sold_on = first + Days::new(u64::try_from(later).unwrap_or(0));
            let product = partners::bought(&self.products, company, sold_on, chance);
            let row = &self.products[product];
            let created_at = if place == 0 {
                customer.created_at
            } else {
                at_hour(sold_on, 10)
            };
            let serial = format!(
                "{}-{}-{:07}",
                row.code,
                sold_on.format("%y%m"),
                self.units.len() + 1
            );
            self.units.push(unit::Model {
                id: chance.id(created_at),
                serial,
                product_id: row.id,
                customer_id: customer.id,
                sold_on,
                warranty_until: sold_on
                    .checked_add_months(Months::new(partners::warranty_months(product))),
                version: 1,
                created_at,
                updated_at: created_at,
            });
            self.unit_products.push(product);
        }
    }

    /// How many customers there were at a time.
    #[must_use]
    pub fn known_at(&self, at: DateTime<Utc>) -> usize {
        self.customers
            .partition_point(|customer| customer.created_at <= at)
    }
}

/// When a customer came: a good third before the two years of tickets, the others spread over them.
fn joined(index: u64, count: u64, as_of: DateTime<Utc>, chance: &mut Chance) -> DateTime<Utc> {
    let opened = at_hour(opening_day(day_of(as_of)), 9) + TimeDelta::days(14);
    let window = as_of - TimeDelta::days(TICKET_DAYS);
    let early = (count * 2 / 5).max(CAST as u64);
    let (from, to, place, of) = if index < early {
        (opened, window, index, early)
    } else {
        (
            window,
            as_of - TimeDelta::days(1),
            index - early,
            count - early,
        )
    };
    let span = u128::try_from((to - from).num_seconds().max(0)).unwrap_or(0);
    let share = (u128::from(place) << 16) + u128::from(chance.bits() >> 48);
    let seconds = span * share / (u128::from(of.max(1)) << 16);
    from + TimeDelta::seconds(i64::try_from(seconds).unwrap_or(0))
}

fn weights() -> [(usize, u32); PLACES.len()] {
    std::array::from_fn(|place| (place, PLACES[place].people))
}

fn place_of(province: Province) -> usize {
    PLACES
        .iter()
        .position(|place| place.province == province)
        .unwrap_or(0)
}

/// The cast has names that can be told apart at a glance.
fn company_name(place: usize, home: &Place, english: bool, chance: &mut Chance) -> String {
    const CAST_NAMES: [&str; CAST] = [
        "杭州安居物业管理有限公司",
        "宁波海纳酒店管理有限公司",
        "温州瑞达汽车服务有限公司",
        "杭州西溪实验中学",
        "绍兴明悦食品有限公司",
        "嘉兴同创纺织有限公司",
    ];
    match CAST_NAMES.get(place) {
        Some(name) => (*name).to_owned(),
        None if english => companies::english(home, chance),
        None => companies::chinese(home, chance),
    }
}

fn tier(company: bool, chance: &mut Chance) -> CustomerTier {
    use CustomerTier::{Gold, Silver, Standard, Vip};
    if company {
        chance.weighted(&[(Standard, 62), (Silver, 22), (Gold, 12), (Vip, 4)])
    } else {
        chance.weighted(&[(Standard, 82), (Silver, 12), (Gold, 5), (Vip, 1)])
    }
}

/// A member of the customers' team of the region answers for the customer.
fn owner(
    province: Province,
    today: NaiveDate,
    organisation: &Organisation,
    people: &People,
    chance: &mut Chance,
) -> Option<uuid::Uuid> {
    let regions = organisation.regions_of(province, today);
    let region = chance.pick(&regions);
    let team = organisation.team(&format!("CS-REG-{}", REGION_LETTERS[region]));
    people
        .anyone_in(team, today, today, chance)
        .map(|member| people.members[member].id)
}
