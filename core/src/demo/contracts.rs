//! The demo company's contracts: companies among its customers have yearly ones, most of them renewed, some lost, some due; the
//! money for them, now and then with a refund; and who sold and collects.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use entity::enums::{
    ContractKind, ContractRole, ContractState, CustomerKind, PaymentKind, RenewalLoss, RenewalState,
};
use entity::{contract, contract_payment, contract_share, customer, payment_credit, renewal};
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, day_of};
use super::customers::{CAST, Customers};
use super::people::People;
use super::random::Chance;
use crate::customers::contracts::rules::credit::{Credit, of_collection, of_refund};
use crate::customers::contracts::rules::shares::Share;

/// Of a hundred companies so many have contracts, beside those with a fixed part.
const WITH_CONTRACTS: usize = 35;
/// What a year costs, in fen.
const PRICES: [i64; 6] = [298_000, 680_000, 1_280_000, 1_999_900, 3_600_000, 8_888_800];

/// The rows.
#[derive(Clone, Debug, Default)]
pub struct Contracts {
    /// Contracts, earlier ones of a customer first.
    pub contracts: Vec<contract::Model>,
    /// Who stands behind them.
    pub shares: Vec<contract_share::Model>,
    /// Money, collections before their refunds.
    pub payments: Vec<contract_payment::Model>,
    /// Who is credited with it.
    pub credits: Vec<payment_credit::Model>,
    /// Renewals.
    pub renewals: Vec<renewal::Model>,
}

/// What the rows are made of.
struct Maker<'c> {
    today: NaiveDate,
    people: &'c People,
    customer: &'c customer::Model,
    products: Vec<Uuid>,
    user: Uuid,
    name: String,
    chance: Chance,
}

impl Contracts {
    /// Generates them as of a time.
    #[must_use]
    pub fn generate(
        seed: u64,
        as_of: DateTime<Utc>,
        people: &People,
        customers: &Customers,
        accounts: &Accounts,
    ) -> Self {
        let user = &accounts.users[accounts.demo("manager.demo")];
        let mut rows = Self::default();
        for (place, customer) in customers.customers.iter().enumerate() {
            let mut chance = Chance::of(seed, "contract", place as u64);
            let chosen = place < CAST || chance.percent(WITH_CONTRACTS);
            if customer.kind != CustomerKind::Company || !chosen {
                continue;
            }
            let units = customers.folders[place].units.clone();
            let maker = Maker {
                today: day_of(as_of),
                people,
                customer,
                products: customers.units[units]
                    .iter()
                    .map(|unit| unit.product_id)
                    .collect(),
                user: user.id,
                name: user.display_name.clone(),
                chance,
            };
            rows.years(maker);
        }
        rows
    }

    /// One contract after the other, until one isn't renewed or holds today.
    fn years(&mut self, mut maker: Maker<'_>) {
        let first = day_of(maker.customer.created_at);
        let mut starts_on = first + Days::new(7);
        let mut before: Option<usize> = None;
        loop {
            let signed_on = starts_on - Days::new(7);
            if signed_on >= maker.today {
                break;
            }
            let until = starts_on
                .checked_add_months(Months::new(12))
                .unwrap_or(starts_on);
            let Some(people) = maker.people_on(signed_on) else {
                break;
            };
            let place = self.contract(&mut maker, before, (signed_on, starts_on, until), &people);
            self.money(&mut maker, place, &people);
            if let Some(before) = before {
                self.won(before, place, signed_on);
            }
            if until - Days::new(7) >= maker.today || !self.goes_on(&mut maker, place) {
                break;
            }
            (before, starts_on) = (Some(place), until);
        }
    }

    fn contract(
        &mut self,
        maker: &mut Maker<'_>,
        before: Option<usize>,
        (signed_on, starts_on, until): (NaiveDate, NaiveDate, NaiveDate),
        people: &[Share],
    ) -> usize {
        let at = at_hour(signed_on, 15);
        let id = maker.chance.id(at);
        let place = self.contracts.len();
        let value = before.map_or_else(
            || maker.chance.pick(&PRICES),
            |before| self.contracts[before].value,
        );
        self.contracts.push(contract::Model {
            id,
            number: format!("AX-{}-{:05}", signed_on.format("%Y"), place + 1),
            customer_id: maker.customer.id,
            product_id: maker.products.first().copied(),
            kind: if before.is_some() {
                ContractKind::Renewal
            } else {
                ContractKind::New
            },
            renews_id: before.map(|before| self.contracts[before].id),
            is_first: before.is_none(),
            province: maker.customer.province,
            value,
            currency: "CNY".to_owned(),
            signed_on,
            starts_on,
            until,
            state: ContractState::Active,
            cancelled_on: None,
            reason: None,
            created_by: maker.user,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        for one in people {
            self.shares.push(contract_share::Model {
                id: maker.chance.id(at),
                contract_id: id,
                role: one.role,
                member_id: one.member_id,
                share: one.share,
                created_at: at,
            });
        }
        self.renewals.push(renewal::Model {
            id: maker.chance.id(at),
            contract_id: id,
            customer_id: maker.customer.id,
            due_on: until,
            state: RenewalState::Due,
            attempts: 0,
            last_contacted_on: None,
            answered: false,
            note: None,
            new_contract_id: None,
            lost_reason: None,
            decided_on: None,
            collectors: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        place
    }

    /// What was agreed comes at once or in two parts; of few a part goes back.
    fn money(&mut self, maker: &mut Maker<'_>, place: usize, people: &[Share]) {
        let row = self.contracts[place].clone();
        let halves = maker.chance.percent(30);
        let parts = if halves {
            vec![row.value / 2, row.value - row.value / 2]
        } else {
            vec![row.value]
        };
        for (part, amount) in (0_u64..).zip(parts) {
            let late = u64::try_from(maker.chance.between(1, 25)).unwrap_or(1);
            let day = row.starts_on + Days::new(part * 90 + late);
            if day >= maker.today {
                continue;
            }
            let credits = of_collection(amount, people);
            let paid = self.payment(maker, &row, None, (amount, day), &credits);
            let back = day + Days::new(20);
            if maker.chance.percent(4) && back < maker.today {
                let amount = amount / 10;
                let credits = of_refund(amount, &credits, &[]);
                self.payment(maker, &row, Some(paid), (amount, back), &credits);
            }
        }
    }

    fn payment(
        &mut self,
        maker: &mut Maker<'_>,
        contract: &contract::Model,
        refunds_id: Option<Uuid>,
        (amount, paid_on): (i64, NaiveDate),
        credits: &[Credit],
    ) -> Uuid {
        let at = at_hour(paid_on, 17);
        let id = maker.chance.id(at);
        self.payments.push(contract_payment::Model {
            id,
            contract_id: contract.id,
            customer_id: contract.customer_id,
            kind: if refunds_id.is_some() {
                PaymentKind::Refunded
            } else {
                PaymentKind::Collected
            },
            refunds_id,
            amount,
            currency: contract.currency.clone(),
            paid_on,
            reference: Some(format!("ICBC{:08}", maker.chance.below(100_000_000))),
            note: refunds_id.map(|_| "Service missed once. 一次服务未完成，部分退款。".to_owned()),
            recorded_by: maker.user,
            recorded_by_name: maker.name.clone(),
            created_at: at,
        });
        for one in credits {
            self.credits.push(payment_credit::Model {
                id: maker.chance.id(at),
                payment_id: id,
                role: one.role,
                member_id: one.member_id,
                share: one.share,
                amount: one.amount,
            });
        }
        id
    }

    /// Does the customer sign again? If not, the renewal is lost or still talked about.
    fn goes_on(&mut self, maker: &mut Maker<'_>, place: usize) -> bool {
        let collectors = self.collectors(place);
        let row = &mut self.renewals[place];
        if maker.chance.percent(82) {
            return true;
        }
        let contacted = row.due_on - Days::new(30);
        let recent = row.due_on + Days::new(45) >= maker.today;
        if contacted >= maker.today {
            return false;
        }
        row.attempts = 2;
        row.last_contacted_on = Some(contacted);
        row.answered = maker.chance.percent(60);
        row.version = 3;
        row.state = RenewalState::Contacted;
        row.note = Some("Wants to think it over. 客户表示再考虑。".to_owned());
        row.updated_at = at_hour(contacted, 16);
        if !recent {
            let day = row.due_on + Days::new(30);
            let reasons = [
                RenewalLoss::Price,
                RenewalLoss::Competitor,
                RenewalLoss::NoNeed,
                RenewalLoss::NoAnswer,
            ];
            row.state = RenewalState::Lost;
            row.lost_reason = Some(maker.chance.pick(&reasons));
            row.decided_on = Some(day);
            row.collectors = Some(collectors);
            row.version = 4;
            row.updated_at = at_hour(day, 16);
        }
        false
    }

    fn won(&mut self, before: usize, after: usize, day: NaiveDate) {
        let collectors = self.collectors(before);
        let row = &mut self.renewals[before];
        row.state = RenewalState::Won;
        row.attempts = 1;
        row.last_contacted_on = Some(day - Days::new(10));
        row.answered = true;
        row.new_contract_id = Some(self.contracts[after].id);
        row.decided_on = Some(day);
        row.collectors = Some(collectors);
        row.version = 3;
        row.updated_at = at_hour(day, 15);
    }

    /// Who collects a contract, as a decided renewal keeps them.
    fn collectors(&self, place: usize) -> serde_json::Value {
        let id = self.contracts[place].id;
        let shares = self.shares.iter().rev();
        let collectors: Vec<Share> = shares
            .filter(|row| row.contract_id == id && row.role == ContractRole::Collector)
            .map(|row| Share {
                role: row.role,
                member_id: row.member_id,
                share: row.share,
            })
            .collect();
        serde_json::to_value(collectors).unwrap_or_default()
    }
}

impl Maker<'_> {
    /// Who sells and collects on a day, of those who worked there and still do; nobody before the first of them came.
    fn people_on(&mut self, day: NaiveDate) -> Option<Vec<Share>> {
        let members = self.people.members.iter();
        let here: Vec<Uuid> = members
            .filter(|row| row.left_on.is_none() && row.joined_on <= day)
            .map(|row| row.id)
            .collect();
        if here.is_empty() {
            return None;
        }
        let owner = self.customer.owner_id.filter(|owner| here.contains(owner));
        let collector = owner.unwrap_or_else(|| self.chance.pick(&here));
        let share = |role, member_id, share| Share {
            role,
            member_id,
            share,
        };
        let seller = self.chance.pick(&here);
        let mut people = vec![share(ContractRole::Seller, seller, 10_000)];
        let second = self.chance.pick(&here);
        if second != collector && self.chance.percent(25) {
            people.push(share(ContractRole::Collector, collector, 6_667));
            people.push(share(ContractRole::Collector, second, 3_333));
        } else {
            people.push(share(ContractRole::Collector, collector, 10_000));
        }
        if second != seller && self.chance.percent(15) {
            people.push(share(ContractRole::Assistant, second, 10_000));
        }
        Some(people)
    }
}
