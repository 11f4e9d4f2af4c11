//! What a version of a rule says: who gets what for what, up to which bounds (规则内容).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decimal::Decimal;
use crate::error::Text;

pub use super::bounds::{Budget, Caps, Exhausted, Rounding, RoundingMode, Stacking, StackingMode};

/// The most bytes of a rule as JSON; a longer one isn't even read.
pub const LARGEST: usize = 64 << 10;

/// Everything that a version of a rule says. [`super::checking`] tells whether it can be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleContent {
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What it is for.
    pub purpose: String,
    /// 中文目的.
    pub purpose_zh: String,
    /// What it gives.
    pub kind: Kind,
    /// By which method it works.
    pub method: Method,
    /// Whom it is for.
    #[serde(default)]
    pub population: Population,
    /// For which time it gives.
    pub period: Period,
    /// For what it gives.
    pub trigger: Trigger,
    /// When it gives: an expression that is true or false.
    #[serde(default = "always")]
    pub condition: String,
    /// What it gives: an expression; money where the rule has a currency, otherwise a number of things.
    pub amount: String,
    /// The currency by ISO 4217 in which it pays; none when it gives something else, which is counted in whole things.
    #[serde(default)]
    pub currency: Option<String>,
    /// Named numbers that its expressions use and a simulation can vary.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// Steps of achievement; what they bring is `tiers` in the amount.
    #[serde(default)]
    pub tiers: Option<Tiers>,
    /// Between whom the amount is split.
    #[serde(default)]
    pub split: Option<Split>,
    /// Bounds of what it gives.
    #[serde(default)]
    pub caps: Caps,
    /// What there is to give altogether.
    #[serde(default)]
    pub budget: Option<Budget>,
    /// How it goes together with other rules.
    #[serde(default)]
    pub stacking: Option<Stacking>,
    /// How the amount is rounded, once, before it is split.
    pub rounding: Rounding,
    /// Facts of which more never brings less; a simulation holds the rule to it.
    #[serde(default)]
    pub monotone_in: BTreeSet<String>,
    /// The title and the words of an honour.
    #[serde(default)]
    pub citation: Option<Citation>,
    /// What becomes of an award when the money behind it is paid back.
    #[serde(default)]
    pub on_refund: OnRefund,
}

fn always() -> String {
    "true".to_owned()
}

impl RuleContent {
    /// Reads a rule from JSON.
    ///
    /// # Errors
    /// It is too long, or its form is wrong.
    pub fn read(json: &str) -> Result<Self, Text> {
        if json.len() > LARGEST {
            return Err(Text::new(
                format!("A rule has at most {LARGEST} bytes."),
                format!("规则最多 {LARGEST} 字节。"),
            ));
        }
        serde_json::from_str(json).map_err(|wrong| {
            Text::new(
                format!("The rule can't be read: {wrong}."),
                format!("规则格式有误：{wrong}。"),
            )
        })
    }

    /// What it is called, in both languages.
    #[must_use]
    pub fn title(&self) -> Text {
        Text::new(self.name.clone(), self.name_zh.clone())
    }
}

/// What a rule gives (激励形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// A bonus (奖金).
    Bonus,
    /// A part of money that came in (提成).
    Commission,
    /// More pay (调薪).
    PayAdjustment,
    /// A benefit (福利).
    Benefit,
    /// An honour (荣誉).
    Honour,
    /// A proposal for promotion (晋升).
    Promotion,
    /// A place in a training (培训名额).
    TrainingPlace,
    /// Something that is taken off (扣款): the amount is above nought, and the ledger books it the other way round.
    Deduction,
}

impl Kind {
    /// Is it always an amount of money?
    #[must_use]
    pub const fn needs_currency(self) -> bool {
        matches!(
            self,
            Self::Bonus | Self::Commission | Self::PayAdjustment | Self::Deduction
        )
    }
}

/// By which method a rule works (激励方法).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Method {
    /// For reaching a goal (目标激励).
    Goal,
    /// By honour (荣誉激励).
    Honour,
    /// For a place in a contest (竞赛激励).
    Contest,
    /// For what should happen more often (正强化).
    PositiveReinforcement,
    /// Against what shouldn't happen (负强化).
    NegativeReinforcement,
    /// By telling the results (反馈激励).
    Feedback,
    /// For money collected from renewals and new contracts (续约与新签激励).
    Renewal,
}

/// Whom a rule is for: whoever fits everything that is named; everybody when nothing is (适用人群).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Population {
    /// In one of these departments.
    #[serde(default)]
    pub departments: BTreeSet<Uuid>,
    /// In one of these teams.
    #[serde(default)]
    pub teams: BTreeSet<Uuid>,
    /// In one of these positions.
    #[serde(default)]
    pub positions: BTreeSet<Uuid>,
    /// For so many whole months at least.
    #[serde(default)]
    pub least_months: u32,
}

/// For which time a rule gives (周期).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Period {
    /// A calendar month (月).
    Month,
    /// A calendar quarter (季).
    Quarter,
    /// A calendar year (年).
    Year,
}

/// For what a rule gives (触发).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Trigger {
    /// Once a period, for each member - for each team where the amount is split (按周期).
    PerPeriod,
    /// For each record of the period, for each whom it credits - once where the amount is split (按记录).
    PerRecord {
        /// The source of the records by its name in the catalogue, such as `payment`.
        source: String,
    },
}

/// A number with a name (参数).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Parameter {
    /// How the expressions name it: small letters, digits and `_`.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// What it is.
    pub value: Decimal,
    /// The least that it can become.
    #[serde(default)]
    pub least: Option<Decimal>,
    /// The most that it can become.
    #[serde(default)]
    pub most: Option<Decimal>,
}

/// Steps of achievement (阶梯).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tiers {
    /// What is held against the steps: an expression, money or a number.
    pub base: String,
    /// How they are applied.
    pub method: TierMethod,
    /// The steps, from the lowest one up; each ends where it says, the last one may have no end.
    pub steps: Vec<Tier>,
}

/// How tiers are applied (阶梯方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TierMethod {
    /// Each step for the part of the base within it, so that more pays more on the part above only (超额累进).
    Sliced,
    /// The step in which the base lies, for the whole base (全额累进).
    Whole,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Where it begins: the base itself, in major units for money.
    pub from: Decimal,
    /// Before what it ends; without an end when it is none.
    #[serde(default)]
    pub to: Option<Decimal>,
    /// What it brings.
    pub pays: TierPays,
}

/// What a step brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "by",
    content = "value",
    rename_all = "SCREAMING_SNAKE_CASE",
    deny_unknown_fields
)]
pub enum TierPays {
    /// So much of the base: 0.05 is five percent (比例).
    Rate(Decimal),
    /// So many major units of the rule's currency for each one of a base that is a number (单价).
    Each(Decimal),
    /// A fixed amount, in major units of the rule's currency or in things, once it is reached (定额).
    Amount(Decimal),
}

/// Between whom an amount is split (分配).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "SCREAMING_SNAKE_CASE", deny_unknown_fields)]
pub enum Split {
    /// Between the roles that a record credits, and within a role by the shares of the record (按角色).
    Role {
        /// The roles; their shares make 10,000.
        roles: Vec<RoleShare>,
        /// What becomes of the part of a role that nobody has.
        unfilled: Unfilled,
    },
    /// Equally between the members of the team, or all whom the record credits (平均).
    Equal,
}

/// The share of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoleShare {
    /// The role as records name it, such as `collector`.
    pub role: String,
    /// In ten-thousandths of the whole.
    pub basis_points: u32,
}

/// What becomes of the part of a role that nobody has (空缺处理).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Unfilled {
    /// Nobody gets it (不发放).
    Lapses,
    /// The other roles share it by their shares (按比例分摊).
    Spread,
}

/// The title and the words of an honour (荣誉称号与颁奖词).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Citation {
    /// The title, such as "Star of the quarter".
    pub title: String,
    /// 中文称号.
    pub title_zh: String,
    /// What it is given for.
    pub text: String,
    /// 中文颁奖词.
    pub text_zh: String,
}

/// What becomes of an award when the money behind it is paid back (退款处理).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OnRefund {
    /// Its share of what was paid back is taken back (按比例追回).
    #[default]
    TakeBack,
    /// It stays (不追回).
    Keep,
}
