//! A member's own view of a period in the schema.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use entity::enums::Locale;
use entity::incentive_rule;

use crate::graphql::{Date, Id, Money};
use crate::incentives::definitions::graphql::IncentiveKind;
use crate::incentives::definitions::kind_of;
use crate::incentives::rules::words::{pays, why};
use crate::incentives::runs::rules::outlook::{NextTier, Unmet};
use crate::incentives::runs::view::{Got, Mine, Reachable};

/// A period as the signed-in member sees it: without others' figures. 我的激励
pub struct MyIncentives {
    /// The view.
    pub mine: Arc<Mine>,
    /// The language of the request.
    pub locale: Locale,
}

/// A period as the signed-in member sees it: without others' figures. 我的激励
#[Object]
impl MyIncentives {
    /// The first day. 首日
    async fn from_day(&self) -> Date {
        self.mine.span.from.into()
    }

    /// The first day after it. 截止日（不含）
    async fn until_day(&self) -> Date {
        self.mine.span.to.into()
    }

    /// What was approved, with what was corrected and taken back of it since. 已获得
    async fn earned(&self) -> Vec<MyIncentiveSum> {
        self.mine.earned.iter().map(sum).collect()
    }

    /// What waits for approval. 待审批
    async fn pending(&self) -> Vec<MyIncentiveSum> {
        self.mine.pending.iter().map(sum).collect()
    }

    /// What can still be reached by the rules that are meant for you; only while the period is going on. 还可争取
    async fn reachable(&self) -> Vec<IncentiveReachable> {
        let places = 0..self.mine.reachable.len();
        places
            .map(|place| IncentiveReachable {
                mine: self.mine.clone(),
                place,
                locale: self.locale,
            })
            .collect()
    }
}

/// What a member got of a kind. 小计
#[derive(SimpleObject)]
pub struct MyIncentiveSum {
    /// What. 激励形式
    kind: IncentiveKind,
    /// How many awards. 奖励数
    awards: i64,
    /// How much; null for things. 金额
    amount: Option<Money>,
    /// How many things; null for money. 数量
    count: Option<i64>,
}

fn sum(got: &Got) -> MyIncentiveSum {
    let currency = got.currency.as_deref();
    MyIncentiveSum {
        kind: got.kind.into(),
        awards: got.awards,
        amount: currency.map(|currency| Money::of_minor(got.amount, currency)),
        count: currency.is_none().then_some(got.amount),
    }
}

/// What can still be reached by a rule. 可争取的激励
pub struct IncentiveReachable {
    mine: Arc<Mine>,
    place: usize,
    locale: Locale,
}

impl IncentiveReachable {
    fn of(&self) -> &Reachable {
        &self.mine.reachable[self.place]
    }
}

/// What can still be reached by a rule. 可争取的激励
#[Object]
impl IncentiveReachable {
    /// The rule, `incentiverule_...`. 规则
    async fn rule_id(&self) -> Id<incentive_rule::Entity> {
        Id::new(self.of().rule.reference().rule)
    }

    /// What the rule is called, in the language of the request. 规则名称
    async fn name(&self) -> String {
        let title = self.of().rule.content().title();
        title.in_locale(self.locale).to_owned()
    }

    /// What it is for, in the language of the request. 目的
    async fn purpose(&self) -> &str {
        let content = self.of().rule.content();
        match self.locale {
            Locale::Zh => &content.purpose_zh,
            Locale::En => &content.purpose,
        }
    }

    /// What it gives. 激励形式
    async fn kind(&self) -> IncentiveKind {
        kind_of(self.of().rule.content().kind).into()
    }

    /// What it gives as things stand, within the cap of a member and before caps and budgets that look at everybody; null for things,
    /// and where it hangs on records to come, a team or a region. 当前金额
    async fn amount(&self) -> Option<Money> {
        let currency = self.of().rule.content().currency.as_deref()?;
        Some(Money::of_minor(self.of().outlook.amount?, currency))
    }

    /// How many things as things stand; null for money, and like the amount. 当前数量
    async fn count(&self) -> Option<i64> {
        let money = self.of().rule.content().currency.is_some();
        self.of().outlook.amount.filter(|_| !money)
    }

    /// Why it gives nothing as things stand, in the language of the request. 未发放原因
    async fn nothing(&self) -> Option<String> {
        let nothing = self.of().outlook.nothing.as_ref()?;
        let told = why(nothing, &self.mine.catalogue);
        Some(told.in_locale(self.locale).to_owned())
    }

    /// The next step of achievement; null without steps, at the last one, and where it isn't about your own figures. 下一阶梯
    async fn next_tier(&self) -> Option<IncentiveNextTier> {
        let next = self.of().outlook.next.as_ref()?;
        let currency = self.of().rule.content().currency.as_deref();
        Some(next_tier(next, currency, self.locale))
    }

    /// What of the condition about your own figures doesn't hold. 未满足的条件
    async fn unmet(&self) -> Vec<IncentiveUnmet> {
        let outlook = &self.of().outlook;
        outlook.unmet.iter().map(|one| self.lack(one)).collect()
    }
}

impl IncentiveReachable {
    fn lack(&self, unmet: &Unmet) -> IncentiveUnmet {
        let name = |key: &String| {
            let name = self.mine.catalogue.name(key);
            name.in_locale(self.locale).to_owned()
        };
        let text = |number: Option<crate::incentives::rules::value::Number>| {
            number.map(|number| number.shown(4).to_string())
        };
        IncentiveUnmet {
            part: unmet.part.clone(),
            fact: unmet.fact.as_ref().map(name),
            now: text(unmet.now),
            wanted: text(unmet.wanted),
            beyond: unmet.beyond,
            distance: text(unmet.distance),
        }
    }
}

/// The next step of achievement. 下一阶梯
#[derive(SimpleObject)]
pub struct IncentiveNextTier {
    /// Which one, counted from 1. 第几级
    number: i32,
    /// Where you stand, a decimal number; null when that isn't known. 当前值
    base: Option<String>,
    /// Where the step begins. 起点
    from: String,
    /// How much is missing; null like the base. 差距
    distance: Option<String>,
    /// What it brings, in the language of the request: a part of the base, so much for each, or a fixed amount. 阶梯奖励
    pays: String,
}

fn next_tier(next: &NextTier, currency: Option<&str>, locale: Locale) -> IncentiveNextTier {
    let text = |number: crate::incentives::rules::value::Number| number.shown(4).to_string();
    IncentiveNextTier {
        number: i32::try_from(next.tier + 1).unwrap_or(i32::MAX),
        base: next.base.map(text),
        from: text(next.from),
        distance: next.distance.map(text),
        pays: pays(next.pays, currency).in_locale(locale).to_owned(),
    }
}

/// A part of a condition that doesn't hold. 未满足的条件
#[derive(SimpleObject)]
pub struct IncentiveUnmet {
    /// The part as the rule writes it. 条件
    part: String,
    /// What the fact that it is about is called, in the language of the request; null where it is about several. 事实
    fact: Option<String>,
    /// Where you stand, a decimal number; null when that isn't known. 当前值
    now: Option<String>,
    /// What is wanted. 要求
    wanted: Option<String>,
    /// Must it be passed? To reach it isn't enough then. 是否须超过
    beyond: bool,
    /// How much is missing. 差距
    distance: Option<String>,
}
