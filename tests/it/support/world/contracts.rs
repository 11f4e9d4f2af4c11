//! A contract with every customer of a world, with people, money and a renewal.

use std::collections::BTreeMap;

use aftercare::customers::CustomerFacts;
use aftercare::customers::contracts::ContractFacts;
use entity::enums::{ContractKind, ContractRole, ContractState, PaymentKind, RenewalState};
use entity::{
    contract, contract_payment, contract_share, customer, member, payment_credit, renewal,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::work::beside;
use super::{insert, noon};

/// The rows.
#[derive(Debug, Default)]
pub struct Contracts {
    /// A contract with each customer.
    pub contracts: Vec<contract::Model>,
    /// Some member behind each but every third.
    pub shares: Vec<contract_share::Model>,
    /// Money for each.
    pub payments: Vec<contract_payment::Model>,
    /// Credited to another member, but for every fourth.
    pub credits: Vec<payment_credit::Model>,
    /// The renewal of each.
    pub renewals: Vec<renewal::Model>,
}

impl Contracts {
    /// The rows of these customers and members.
    pub fn of(customers: &[customer::Model], members: &[member::Model]) -> Self {
        let mut all = Self::default();
        for (place, customer) in customers.iter().enumerate() {
            let member = |step: usize| members[(place * step + 1) % members.len()].id;
            all.contract(customer);
            if place % 3 != 0 {
                all.shares.push(contract_share::Model {
                    id: beside(customer.id, 33),
                    contract_id: beside(customer.id, 31),
                    role: ContractRole::Seller,
                    member_id: member(3),
                    share: 10_000,
                    created_at: noon(),
                });
            }
            if place % 4 != 0 {
                all.credits.push(payment_credit::Model {
                    id: beside(customer.id, 35),
                    payment_id: beside(customer.id, 34),
                    role: ContractRole::Collector,
                    member_id: member(5),
                    share: 10_000,
                    amount: 100,
                });
            }
        }
        all
    }

    fn contract(&mut self, customer: &customer::Model) {
        let (at, day) = (noon(), noon().date_naive());
        let (id, customer_id) = (beside(customer.id, 31), customer.id);
        self.contracts.push(contract::Model {
            id,
            number: format!("HT-{}", customer.number),
            customer_id,
            product_id: None,
            kind: ContractKind::New,
            renews_id: None,
            is_first: true,
            province: customer.province,
            value: 100,
            currency: "CNY".to_owned(),
            signed_on: day,
            starts_on: day,
            until: day + chrono::TimeDelta::days(365),
            state: ContractState::Active,
            cancelled_on: None,
            reason: None,
            created_by: Uuid::nil(),
            version: 1,
            created_at: at,
            updated_at: at,
        });
        self.payments.push(contract_payment::Model {
            id: beside(customer.id, 34),
            contract_id: id,
            customer_id,
            kind: PaymentKind::Collected,
            refunds_id: None,
            amount: 100,
            currency: "CNY".to_owned(),
            paid_on: day,
            reference: None,
            note: None,
            recorded_by: Uuid::nil(),
            recorded_by_name: "The cashier".to_owned(),
            created_at: at,
        });
        self.renewals.push(renewal::Model {
            id: beside(customer.id, 32),
            contract_id: id,
            customer_id,
            due_on: day + chrono::TimeDelta::days(365),
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
    }

    /// Writes all rows.
    pub async fn write(&self, connection: &impl ConnectionTrait) {
        insert(connection, &self.contracts).await;
        insert(connection, &self.shares).await;
        insert(connection, &self.payments).await;
        insert(connection, &self.credits).await;
        insert(connection, &self.renewals).await;
    }

    /// What decides who may see a contract.
    pub fn facts(
        &self,
        contract: Uuid,
        customers: &BTreeMap<Uuid, CustomerFacts>,
    ) -> ContractFacts {
        let row = self.contracts.iter().find(|row| row.id == contract);
        let payments = self
            .payments
            .iter()
            .filter(|row| row.contract_id == contract);
        let payments: Vec<Uuid> = payments.map(|row| row.id).collect();
        let shares = self.shares.iter().filter(|row| row.contract_id == contract);
        let credits = self
            .credits
            .iter()
            .filter(|row| payments.contains(&row.payment_id));
        ContractFacts {
            customer: customers[&row.expect("a contract").customer_id].clone(),
            people: shares.map(|row| row.member_id).collect(),
            credited: credits.map(|row| row.member_id).collect(),
        }
    }
}
