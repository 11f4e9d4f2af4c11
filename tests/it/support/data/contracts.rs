use entity::enums::{
    ContractKind, ContractRole, ContractState, PaymentKind, Province, RenewalLoss, RenewalState,
};
use entity::{contract, contract_payment, contract_share, payment_credit, renewal};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Table, days_ago, key, start, write};
use ContractRole::{Collector, Seller};

/// Contracts with people, money and renewals.
#[derive(Clone, Debug, Default)]
pub struct Contracts {
    pub contracts: Vec<contract::Model>,
    pub shares: Vec<contract_share::Model>,
    pub payments: Vec<contract_payment::Model>,
    pub credits: Vec<payment_credit::Model>,
    pub renewals: Vec<renewal::Model>,
}

impl Contracts {
    /// Writes everything; customers, products and members must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        // One by one: a renewal comes after the contract that it renews, a refund after its collection.
        for row in &self.contracts {
            write(tx, std::slice::from_ref(row)).await;
        }
        write(tx, &self.shares).await;
        for row in &self.payments {
            write(tx, std::slice::from_ref(row)).await;
        }
        write(tx, &self.credits).await;
        write(tx, &self.renewals).await;
    }

    /// Customer 1 renewed contract 1 by 2; the agent sold and collects with the colleague, and 100 of 1000.01 yuan went back.
    /// Contract 3, with customer 3, was sold by the engineer and ends in 20 days. Customer 4 didn't answer about contract 4, which
    /// is over, and was lost before, at the end of 5; there the money is in dollars.
    pub fn small() -> Self {
        let mut all = Self::default();
        let customers = [
            (1, Province::Beijing, 35),
            (1, Province::Beijing, -330),
            (3, Province::Guangdong, -20),
            (4, Province::Jiangsu, 5),
            (4, Province::Jiangsu, 100),
        ];
        for (n, (customer, province, ago)) in (1..).zip(customers) {
            all.contract(n, customer, province, ago);
        }
        let renews = &mut all.contracts[1];
        (renews.kind, renews.renews_id) = (ContractKind::Renewal, Some(key(Table::Contract, 1)));
        renews.is_first = false;
        all.contracts[3].is_first = false;
        all.contracts[3].currency = "USD".to_owned();
        all.share(1, Seller, 2, 10_000);
        all.share(1, Collector, 2, 6_000);
        all.share(1, Collector, 3, 4_000);
        all.share(2, Collector, 2, 10_000);
        all.share(3, Seller, 4, 10_000);
        all.share(4, Collector, 5, 10_000);
        all.payment(1, 1, 1, 100_001, 300);
        all.credit(1, Seller, 2, (10_000, 100_001));
        all.credit(1, Collector, 2, (6_000, 60_001));
        all.credit(1, Collector, 3, (4_000, 40_000));
        all.payment(2, 4, 4, 50_000, 200);
        all.credit(2, Collector, 5, (10_000, 50_000));
        all.payment(3, 1, 1, 10_000, 40);
        let refund = &mut all.payments[2];
        (refund.kind, refund.refunds_id) =
            (PaymentKind::Refunded, Some(key(Table::ContractPayment, 1)));
        all.credit(3, Seller, 2, (10_000, 10_000));
        all.credit(3, Collector, 2, (6_000, 6_000));
        all.credit(3, Collector, 3, (4_000, 4_000));
        let won = &mut all.renewals[0];
        (won.state, won.new_contract_id, won.decided_on) = (
            RenewalState::Won,
            Some(key(Table::Contract, 2)),
            Some(days_ago(40)),
        );
        let silent = &mut all.renewals[3];
        (silent.state, silent.attempts, silent.last_contacted_on) =
            (RenewalState::Contacted, 1, Some(days_ago(10)));
        let lost = &mut all.renewals[4];
        (lost.state, lost.lost_reason, lost.decided_on) = (
            RenewalState::Lost,
            Some(RenewalLoss::Price),
            Some(days_ago(90)),
        );
        all
    }

    /// A new contract of a year with its renewal to come.
    pub fn contract(&mut self, n: usize, customer: usize, province: Province, ended_ago: i64) {
        let (id, customer_id) = (key(Table::Contract, n), key(Table::Customer, customer));
        self.contracts.push(contract::Model {
            id,
            number: format!("HT-{n:04}"),
            customer_id,
            product_id: Some(key(Table::Product, 1)),
            kind: ContractKind::New,
            renews_id: None,
            is_first: true,
            province,
            value: 1_200_000,
            currency: "CNY".to_owned(),
            signed_on: days_ago(ended_ago + 370),
            starts_on: days_ago(ended_ago + 365),
            until: days_ago(ended_ago),
            state: ContractState::Active,
            cancelled_on: None,
            reason: None,
            created_by: Uuid::nil(),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.renewals.push(renewal::Model {
            id: key(Table::Renewal, n),
            contract_id: id,
            customer_id,
            due_on: days_ago(ended_ago),
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
            created_at: start(),
            updated_at: start(),
        });
    }

    /// A member's share in a role.
    pub fn share(&mut self, contract: usize, role: ContractRole, member: usize, share: i32) {
        self.shares.push(contract_share::Model {
            id: key(Table::ContractShare, self.shares.len() + 1),
            contract_id: key(Table::Contract, contract),
            role,
            member_id: key(Table::Member, member),
            share,
            created_at: start(),
        });
    }

    /// Money that came.
    pub fn payment(&mut self, n: usize, contract: usize, customer: usize, amount: i64, ago: i64) {
        let id = key(Table::Contract, contract);
        let of = self.contracts.iter().find(|row| row.id == id);
        self.payments.push(contract_payment::Model {
            id: key(Table::ContractPayment, n),
            contract_id: id,
            customer_id: key(Table::Customer, customer),
            kind: PaymentKind::Collected,
            refunds_id: None,
            amount,
            currency: of.expect("the contract").currency.clone(),
            paid_on: days_ago(ago),
            reference: Some(format!("BANK-{n}")),
            note: None,
            recorded_by: Uuid::nil(),
            recorded_by_name: "The cashier".to_owned(),
            created_at: start(),
        });
    }

    /// A member's part of it.
    pub fn credit(
        &mut self,
        payment: usize,
        role: ContractRole,
        member: usize,
        (share, amount): (i32, i64),
    ) {
        self.credits.push(payment_credit::Model {
            id: key(Table::PaymentCredit, self.credits.len() + 1),
            payment_id: key(Table::ContractPayment, payment),
            role,
            member_id: key(Table::Member, member),
            share,
            amount,
        });
    }
}
