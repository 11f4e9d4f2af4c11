//! A member's own view of a period (我的激励): what was earned, what is pending, and what can still be reached.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use entity::enums::IncentiveKind;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::rules::outlook::{Outlook, outlook};
use super::rules::spans;
use super::store;
use crate::access::{Call, Permission};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::incentives::definitions::{in_force, period_of};
use crate::incentives::gather;
use crate::incentives::rules::award::{Case, Credited};
use crate::incentives::rules::catalogue::{Catalogue, Level};
use crate::incentives::rules::content::{Kind, Period};
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::Member;
use crate::incentives::rules::trace::{Nothing, Span, Subject};
use crate::incentives::rules::value::Facts;
use crate::metrics::Sources;
use crate::organisation::today;

/// What a member got of a kind in a currency, or of things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Got {
    /// What.
    pub kind: IncentiveKind,
    /// The currency; none when things are given.
    pub currency: Option<String>,
    /// How many awards.
    pub awards: i64,
    /// How much, in minor units or things.
    pub amount: i64,
}

/// What can still be reached by a rule.
#[derive(Clone, Debug)]
pub struct Reachable {
    /// The rule.
    pub rule: Arc<Rule>,
    /// How the member stands with it.
    pub outlook: Outlook,
}

/// A member's period.
#[derive(Clone, Debug)]
pub struct Mine {
    /// The days.
    pub span: Span,
    /// What was approved, with what was corrected and taken back of it since.
    pub earned: Vec<Got>,
    /// What waits for approval.
    pub pending: Vec<Got>,
    /// What can still be reached: of the period that is going on, by rules that are meant for the member.
    pub reachable: Vec<Reachable>,
    /// What the facts are called.
    pub catalogue: Catalogue,
}

/// The period of that kind in which a day lies, as the signed-in member sees it. Others' figures aren't in it.
///
/// # Errors
/// `NOT_FOUND` for an account without a member; refusals of permission.
pub async fn mine(app: &App, call: &Call, period: Period, day: Option<NaiveDate>) -> Result<Mine> {
    call.viewer.require(Permission::IncentiveAwardRead)?;
    let me = call
        .viewer
        .standing
        .member_id
        .ok_or_else(ApiError::not_found)?;
    let now = today(call);
    let span = spans::around(period, day.unwrap_or(now))
        .ok_or_else(|| ApiError::bad_input("day", "that day is too far away", "日期超出范围"))?;
    let reader = app.db.reader();
    let (earned, pending) = store::got(reader, me, period_of(period), span.from).await?;
    let sources = &app.counter.sources;
    let catalogue = gather::catalogue(reader, sources).await?;
    let reachable = if span.from <= now && now < span.to {
        let asked = Asked {
            sources,
            catalogue: &catalogue,
            span,
            today: now,
            me,
        };
        asked.reachable(reader, period).await?
    } else {
        Vec::new()
    };
    Ok(Mine {
        span,
        earned,
        pending,
        reachable,
        catalogue,
    })
}

struct Asked<'a> {
    sources: &'a Sources,
    catalogue: &'a Catalogue,
    span: Span,
    today: NaiveDate,
    me: Uuid,
}

impl Asked<'_> {
    async fn reachable(
        &self,
        connection: &impl ConnectionTrait,
        period: Period,
    ) -> Result<Vec<Reachable>> {
        let rules = in_force(connection, self.catalogue, period, self.span).await?;
        let rules: Vec<Rule> = rules.into_iter().filter(can_be_reached).collect();
        // Figures of teams and regions are others' too: they aren't even read.
        let facts: BTreeSet<String> = rules
            .iter()
            .flat_map(|rule| rule.facts().iter().cloned())
            .filter(|key| {
                let fact = self.catalogue.get(key);
                fact.is_some_and(|fact| fact.level == Level::Member)
            })
            .collect();
        let members = gather::members_so_far(
            connection,
            self.sources,
            self.span,
            self.today,
            &facts,
            &[self.me],
        )
        .await?;
        let Some(me) = members.first() else {
            return Ok(Vec::new());
        };
        let looked = rules.into_iter().map(|rule| self.look(rule, me));
        // What isn't meant for a member can't be reached by them.
        let meant = |one: &Reachable| one.outlook.nothing != Some(Nothing::Population);
        Ok(looked.filter(meant).collect())
    }

    fn look(&self, rule: Rule, me: &Member) -> Reachable {
        let none = Facts::new();
        let people = [Credited {
            person: me.person,
            role: None,
            share: 10_000,
        }];
        let case = Case {
            period: self.span,
            subject: &Subject::Member { id: self.me },
            facts: &[&me.facts, &none],
            people: &people,
        };
        Reachable {
            outlook: outlook(&rule, self.catalogue, &case),
            rule: Arc::new(rule),
        }
    }
}

/// A deduction is nothing to reach for.
fn can_be_reached(rule: &Rule) -> bool {
    rule.content().kind != Kind::Deduction
}

/// Sums by kind and currency.
pub(super) fn sums(rows: Vec<(IncentiveKind, Option<String>, i64, i64)>) -> Vec<Got> {
    let mut sums: BTreeMap<(IncentiveKind, Option<String>), (i64, i64)> = BTreeMap::new();
    for (kind, currency, awards, amount) in rows {
        let sum = sums.entry((kind, currency)).or_default();
        sum.0 += awards;
        sum.1 = sum.1.saturating_add(amount);
    }
    sums.into_iter()
        .map(|((kind, currency), (awards, amount))| Got {
            kind,
            currency,
            awards,
            amount,
        })
        .collect()
}
