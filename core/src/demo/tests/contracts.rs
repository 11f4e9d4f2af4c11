//! The demo company's contracts hold together, to the last fen.

use std::collections::BTreeMap;

use entity::enums::{PaymentKind, RenewalState};

use super::company;
use crate::customers::contracts::rules::shares::{Share, flaws};

#[test]
fn contracts_are_renewed_lost_and_due() {
    let rows = &company().contracts;
    let count = |state| {
        rows.renewals
            .iter()
            .filter(|row| row.state == state)
            .count()
    };
    assert!(rows.contracts.len() >= 20, "{}", rows.contracts.len());
    for state in [RenewalState::Won, RenewalState::Lost, RenewalState::Due] {
        assert!(count(state) > 0, "{state:?}");
    }
    let refunds = rows
        .payments
        .iter()
        .filter(|row| row.kind == PaymentKind::Refunded);
    assert!(refunds.count() > 0);
    assert_eq!(rows.renewals.len(), rows.contracts.len());
    for contract in &rows.contracts {
        let people: Vec<Share> = rows
            .shares
            .iter()
            .filter(|row| row.contract_id == contract.id)
            .map(|row| Share {
                role: row.role,
                member_id: row.member_id,
                share: row.share,
            })
            .collect();
        assert_eq!(flaws(&people), [], "{}", contract.number);
        let later = rows
            .contracts
            .iter()
            .filter(|row| row.renews_id == Some(contract.id));
        assert!(later.count() <= 1);
    }
}

#[test]
fn money_is_credited_as_a_whole_in_each_role() {
    let rows = &company().contracts;
    for payment in &rows.payments {
        assert!(payment.amount > 0 && payment.paid_on < company().today());
        let mut roles: BTreeMap<_, i64> = BTreeMap::new();
        for credit in rows
            .credits
            .iter()
            .filter(|row| row.payment_id == payment.id)
        {
            *roles.entry(credit.role).or_default() += credit.amount;
        }
        assert!(!roles.is_empty());
        assert!(
            roles.values().all(|sum| *sum == payment.amount),
            "{payment:?}"
        );
    }
}
