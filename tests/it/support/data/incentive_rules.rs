use aftercare::incentives::definitions::simulations::plan::{Mode, Plan, spans};
use aftercare::incentives::rules::content::{Period, RuleContent};
use chrono::NaiveDate;
use entity::enums::{
    IncentiveKind, IncentiveMethod, IncentivePeriod, IncentiveRuleState, IncentiveSimulationState,
};
use entity::{incentive_rule, incentive_rule_version, incentive_simulation};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{Table, key, start, write};

/// Rules with their versions, and a simulation.
#[derive(Clone, Debug, Default)]
pub struct IncentiveRules {
    pub rules: Vec<incentive_rule::Model>,
    pub versions: Vec<incentive_rule_version::Model>,
    pub simulations: Vec<incentive_simulation::Model>,
}

/// A monthly bonus of so many yuan for everybody.
pub fn bonus(yuan: i64) -> RuleContent {
    serde_json::from_value(json!({
        "name": "Bonus", "nameZh": "奖金", "purpose": "For everybody.", "purposeZh": "人人有份。", "kind": "BONUS", "method": "GOAL",
        "period": "MONTH", "trigger": { "on": "PER_PERIOD" }, "condition": "tenure.months >= 0", "amount": "money(base)", "currency": "CNY",
        "parameters": [{ "key": "base", "name": "Base", "nameZh": "基数", "value": yuan.to_string(), "least": "1", "most": "1000" }],
        "rounding": { "mode": "HALF_UP", "step": 1 },
    }))
    .expect("a content")
}

impl IncentiveRules {
    /// Writes everything.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.rules).await;
        write(tx, &self.versions).await;
        write(tx, &self.simulations).await;
    }

    /// A bonus (1) that is in force since January (version 1) and has a draft (version 2), which is being tried (1); another one (2)
    /// of which there is a draft only (version 3). HR wrote them.
    pub fn small() -> Self {
        let mut rows = Self::default();
        rows.rule(1, "bonus");
        rows.rule(2, "planned");
        rows.version(1, (1, 1), &bonus(100));
        rows.version(2, (1, 2), &bonus(120));
        rows.version(3, (2, 1), &bonus(50));
        let first = &mut rows.versions[0];
        first.state = IncentiveRuleState::Active;
        first.approved_at = Some(start());
        first.approved_by_name = Some("The service_manager".to_owned());
        first.active_from = NaiveDate::from_ymd_opt(2026, 1, 1);
        first.activated_by_name = Some("The hr".to_owned());
        let plan = Plan {
            candidates: vec![key(Table::IncentiveVersion, 2)],
            digests: Vec::new(),
            mode: Mode::Beside,
            today: vec![key(Table::IncentiveVersion, 1)],
            spans: spans(Period::Month, start().date_naive(), 1),
            vary: None,
            by: None,
        };
        rows.simulations.push(incentive_simulation::Model {
            id: key(Table::Simulation, 1),
            // Cancelled, so that no worker goes on with it.
            state: IncentiveSimulationState::Cancelled,
            period: IncentivePeriod::Month,
            request: serde_json::to_value(plan).expect("a plan"),
            cursor: None,
            done: 0,
            total: 1,
            failure: None,
            requested_by_name: "The hr".to_owned(),
            started_at: None,
            released_at: None,
            released_by_name: None,
            released_group: None,
            ended_at: Some(start()),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        rows
    }

    fn rule(&mut self, n: usize, code: &str) {
        self.rules.push(incentive_rule::Model {
            id: key(Table::IncentiveRule, n),
            code: code.to_owned(),
            name: "Bonus".to_owned(),
            name_zh: "奖金".to_owned(),
            kind: IncentiveKind::Bonus,
            method: IncentiveMethod::Goal,
            period: IncentivePeriod::Month,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }

    fn version(&mut self, n: usize, (rule, number): (usize, i32), content: &RuleContent) {
        let hr: Uuid = key(Table::User, 7);
        self.versions.push(incentive_rule_version::Model {
            id: key(Table::IncentiveVersion, n),
            rule_id: key(Table::IncentiveRule, rule),
            number,
            state: IncentiveRuleState::Draft,
            period: IncentivePeriod::Month,
            content: serde_json::to_value(content).expect("a content"),
            note: None,
            authors: json!([hr]),
            simulated_at: None,
            approved_at: None,
            approved_by_name: None,
            reason: None,
            active_from: None,
            active_until: None,
            activated_by_name: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }
}
