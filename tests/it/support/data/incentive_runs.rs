use std::collections::BTreeMap;

use aftercare::incentives::rules::award::{Outcome, Person};
use aftercare::incentives::rules::catalogue::Catalogue;
use aftercare::incentives::rules::checking::compile;
use aftercare::incentives::rules::facts::standard;
use aftercare::incentives::rules::run::{self, Member, Surroundings};
use aftercare::incentives::rules::trace::{RuleRef, Span, Trace};
use aftercare::incentives::rules::value::{FactValue, Facts, Number, Value};
use aftercare::incentives::runs::rules::keys;
use chrono::NaiveDate;
use entity::enums::{
    IncentiveAccount, IncentiveCorrectionState, IncentiveKind, IncentivePeriod, IncentiveReason,
    IncentiveRunState, IncentiveSubject,
};
use entity::{
    incentive_award, incentive_correction, incentive_lock, incentive_payout, incentive_posting,
    incentive_question, incentive_run, incentive_transaction,
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{Table, bonus, days_ago, key, start, write};

/// Runs, awards and the ledger.
#[derive(Clone, Debug, Default)]
pub struct IncentiveRuns {
    pub runs: Vec<incentive_run::Model>,
    pub awards: Vec<incentive_award::Model>,
    pub payouts: Vec<incentive_payout::Model>,
    pub transactions: Vec<incentive_transaction::Model>,
    pub postings: Vec<incentive_posting::Model>,
    pub locks: Vec<incentive_lock::Model>,
    pub corrections: Vec<incentive_correction::Model>,
    pub questions: Vec<incentive_question::Model>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// How the bonus of January came about for a member.
fn trace(member: usize) -> Trace {
    let reference = RuleRef {
        rule: key(Table::IncentiveRule, 1),
        version: key(Table::IncentiveVersion, 1),
        number: 1,
    };
    let catalogue = Catalogue::new(standard("CNY"));
    let rule = compile(reference, bonus(100), &catalogue).expect("a rule");
    let months = Number::whole(22).expect("a number");
    let members = [Member {
        person: Person {
            id: key(Table::Member, member),
            department: None,
            team: None,
            position: None,
            months: 22,
        },
        region: None,
        facts: Facts::from([(
            "tenure.months".to_owned(),
            FactValue::of(Value::Number(months)),
        )]),
    }];
    let period = Span {
        from: day("2026-01-01"),
        to: day("2026-02-01"),
    };
    let around = Surroundings {
        teams: BTreeMap::new(),
        regions: BTreeMap::new(),
        company: Facts::new(),
    };
    let outcomes = run::members(&[rule], period, &around, &members);
    let Some((_, Outcome::Awards(mut awards))) = outcomes.into_iter().next() else {
        panic!("no award");
    };
    awards.remove(0).trace
}

impl IncentiveRuns {
    /// Writes everything; members and rules must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.runs).await;
        write(tx, &self.awards).await;
        write(tx, &self.payouts).await;
        write(tx, &self.transactions).await;
        write(tx, &self.postings).await;
        write(tx, &self.locks).await;
        write(tx, &self.corrections).await;
        write(tx, &self.questions).await;
    }

    /// January's bonus (run 1) was run by HR, approved and booked: 100 yuan each for the agent (award 1), the engineer (award 2) and
    /// the lead (award 3). The agent was paid (payout 1) and asks about it (question 1); HR proposes a correction (1). 2024 is
    /// locked.
    pub fn small() -> Self {
        let mut rows = Self::default();
        rows.run();
        for (n, member) in (1..).zip([2, 4, 1]) {
            rows.award(n, member);
        }
        rows.payouts.push(incentive_payout::Model {
            id: key(Table::IncentivePayout, 1),
            number: 0,
            name: "January".to_owned(),
            currency: "CNY".to_owned(),
            until_day: day("2026-02-01"),
            booked_on: days_ago(10),
            members: 1,
            total: 10_000,
            made_by: key(Table::User, 7),
            made_by_name: "The hr".to_owned(),
            created_at: start(),
            reversed_at: None,
            reversed_on: None,
            reversed_by_name: None,
            reversal_reason: None,
        });
        rows.paid(2);
        rows.locks.push(incentive_lock::Model {
            id: key(Table::IncentiveLock, 1),
            open_from: day("2025-01-01"),
            note: None,
            made_by: key(Table::User, 7),
            made_by_name: "The hr".to_owned(),
            created_at: start(),
        });
        rows.corrections.push(incentive_correction::Model {
            id: key(Table::IncentiveCorrection, 1),
            award_id: key(Table::IncentiveAward, 1),
            member_id: key(Table::Member, 2),
            amount: 500,
            currency: "CNY".to_owned(),
            reason: "Five yuan were forgotten. 少发五元".to_owned(),
            state: IncentiveCorrectionState::Proposed,
            proposed_by: key(Table::User, 7),
            proposed_by_name: "The hr".to_owned(),
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            decision: None,
            withdrawn_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        rows.questions.push(incentive_question::Model {
            id: key(Table::IncentiveQuestion, 1),
            award_id: key(Table::IncentiveAward, 1),
            member_id: key(Table::Member, 2),
            question: "Why not more? 为何不多些？".to_owned(),
            answer: None,
            answered_by: None,
            answered_by_name: None,
            answered_at: None,
            withdrawn_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        rows
    }

    fn run(&mut self) {
        let versions = [key(Table::IncentiveVersion, 1)];
        self.runs.push(incentive_run::Model {
            id: key(Table::IncentiveRun, 1),
            period: IncentivePeriod::Month,
            from_day: day("2026-01-01"),
            until_day: day("2026-02-01"),
            attempt: 1,
            state: IncentiveRunState::Approved,
            versions: json!(versions),
            rule_set: keys::rule_set(&versions),
            snapshot_id: None,
            late: None,
            cursor: None,
            evaluated: 3,
            awards: 3,
            lacks: None,
            spent: Some(json!({})),
            problem: None,
            started_by: key(Table::User, 7),
            started_by_name: "The hr".to_owned(),
            calculated_at: Some(start()),
            decided_by: Some(key(Table::User, 2)),
            decided_by_name: Some("The service_manager".to_owned()),
            decided_at: Some(start()),
            reason: None,
            booked_until: None,
            booked_at: Some(start()),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    fn award(&mut self, n: usize, member: usize) {
        let id = key(Table::IncentiveAward, n);
        let member_id = key(Table::Member, member);
        self.awards.push(incentive_award::Model {
            id,
            run_id: key(Table::IncentiveRun, 1),
            rule_id: key(Table::IncentiveRule, 1),
            version_id: key(Table::IncentiveVersion, 1),
            kind: IncentiveKind::Bonus,
            member_id,
            subject: IncentiveSubject::Member,
            source: None,
            subject_id: member_id.to_string(),
            day: day("2026-01-01"),
            part: 0,
            currency: Some("CNY".to_owned()),
            reckoned: 10_000,
            amount: 10_000,
            trace: serde_json::to_string(&trace(member)).expect("JSON"),
            steps: None,
            created_at: start(),
        });
        let sides = [
            (IncentiveAccount::Expense, key(Table::IncentiveRule, 1)),
            (IncentiveAccount::Payable, member_id),
        ];
        self.entry(n, (IncentiveReason::Award, 10_000), member, sides);
        let entry = self.transactions.last_mut().expect("an entry");
        (entry.award_id, entry.rule_id) = (Some(id), Some(key(Table::IncentiveRule, 1)));
    }

    fn paid(&mut self, member: usize) {
        let member_id = key(Table::Member, member);
        let sides = [
            (IncentiveAccount::Payable, member_id),
            (IncentiveAccount::Paid, member_id),
        ];
        self.entry(9, (IncentiveReason::Payout, -10_000), member, sides);
        let entry = self.transactions.last_mut().expect("an entry");
        (entry.day, entry.payout_id, entry.line) =
            (days_ago(10), Some(key(Table::IncentivePayout, 1)), Some(1));
    }

    fn entry(
        &mut self,
        n: usize,
        (reason, amount): (IncentiveReason, i64),
        member: usize,
        sides: [(IncentiveAccount, uuid::Uuid); 2],
    ) {
        let id = key(Table::IncentiveTransaction, n);
        for ((place, sign), (account, account_of)) in [(0, 1), (1, -1)].into_iter().zip(sides) {
            self.postings.push(incentive_posting::Model {
                transaction_id: id,
                place,
                account,
                account_of,
                currency: "CNY".to_owned(),
                amount: sign * 10_000,
            });
        }
        self.transactions.push(incentive_transaction::Model {
            id,
            reason,
            day: day("2026-01-31"),
            member_id: key(Table::Member, member),
            rule_id: None,
            award_id: None,
            payout_id: None,
            reference: format!("reference_{n}"),
            currency: "CNY".to_owned(),
            amount,
            line: None,
            note: None,
            made_by_name: "The server".to_owned(),
            created_at: start(),
        });
    }
}
