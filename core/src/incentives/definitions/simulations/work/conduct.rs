//! Reading how members worked with tickets, where the rules that are tried look at that (读取工作行为).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::Result;
use crate::identity::members_of_users;
use crate::incentives::definitions::simulations::conduct::{Known, counts};
use crate::incentives::definitions::simulations::plan::Plan;
use crate::incentives::definitions::simulations::result::{Conduct, Regard};
use crate::incentives::gather;
use crate::incentives::rules::guard_rails::Looks;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::run::Team;
use crate::metrics::counting::Counter;
use crate::metrics::definitions::all_latest;
use crate::metrics::facts::midnight;
use crate::metrics::goals::store::measures;
use crate::metrics::rules::definition::Body;
use crate::tickets::facts::RATED;
use crate::tickets::responsibility::store::given_up_between;
use crate::tickets::store::held_between;
use crate::tickets::surveys::store::asked_of_closed;

/// So many tickets are looked at, the newest ones.
const TICKETS: u64 = 100_000;

/// How members worked in the simulated time; nothing where no candidate looks at tickets or ratings. A fixed number of statements.
///
/// # Errors
/// When the database fails.
pub(super) async fn conduct(
    connection: &impl ConnectionTrait,
    counter: &Counter,
    plan: &Plan,
    rules: &[Rule],
) -> Result<Conduct> {
    let Some((first, last)) = plan.spans.first().zip(plan.spans.last()) else {
        return Ok(Conduct::default());
    };
    let teams = gather::teams(connection, *last).await?;
    let metrics = all_latest(connection).await?;
    let metrics = Metrics(
        metrics
            .iter()
            .map(|one| (one.metric.key.as_str(), &one.definition.body))
            .collect(),
    );
    let mut regards: BTreeMap<Uuid, Regard> = BTreeMap::new();
    for rule in candidates(plan, rules) {
        let regard = Regard {
            all: metrics.look(rule.facts().iter().filter_map(|fact| metric_of(fact))),
            of: BTreeMap::new(),
        };
        regards.insert(rule.reference().version, regard);
    }
    // What a rule that pays by goals looks at is what those goals are measured by.
    for (facts, population) in gather::GOALS {
        let names = |rule: &&Rule| facts.iter().any(|fact| rule.facts().contains(*fact));
        let named: Vec<&Rule> = candidates(plan, rules).filter(names).collect();
        if named.is_empty() {
            continue;
        }
        let goals = measures(connection, population, (first.from, last.to)).await?;
        let looks = metrics.of_goals(&goals, &teams);
        for rule in named {
            let regard = regards.entry(rule.reference().version).or_default();
            for (member, looks) in &looks {
                let of = regard.of.entry(*member).or_default();
                *of = of.and(*looks);
            }
        }
    }
    regards.retain(|_, regard| regard.sees_anything());
    if regards.is_empty() {
        return Ok(Conduct::default());
    }
    let times = (
        midnight(first.from, counter.zone),
        midnight(last.to, counter.zone),
    );
    let members =
        |team: &Team| -> BTreeSet<Uuid> { team.members.iter().map(|person| person.id).collect() };
    let known = Known {
        tickets: held_between(connection, times, TICKETS).await?,
        asked: asked_of_closed(connection, times).await?,
        given_up: given_up(connection, times).await?,
        teams: teams.iter().map(members).collect(),
    };
    Ok(Conduct {
        counts: counts(&known, times),
        regards,
    })
}

/// The versions that are tried, as they are.
fn candidates<'r>(plan: &Plan, rules: &'r [Rule]) -> impl Iterator<Item = &'r Rule> {
    let slots = plan.slots();
    let tried = plan.candidates.clone();
    rules
        .iter()
        .zip(slots)
        .filter(move |(_, slot)| slot.value.is_none() && tried.contains(&slot.version))
        .map(|(rule, _)| rule)
}

/// The metric that a fact is.
fn metric_of(fact: &str) -> Option<&str> {
    let (of, key) = fact.split_once('.')?;
    matches!(of, "metric" | "team" | "region").then_some(key)
}

/// What each metric counts, by its key.
struct Metrics<'m>(BTreeMap<&'m str, &'m Body>);

impl<'m> Metrics<'m> {
    /// What metrics look at; those that stand on others look at what these look at.
    fn look<'k>(&self, keys: impl Iterator<Item = &'k str>) -> Looks
    where
        'm: 'k,
    {
        let mut open: Vec<&str> = keys.collect();
        let mut seen = BTreeSet::new();
        let mut looks = Looks::default();
        while let Some(key) = open.pop() {
            if !seen.insert(key) {
                continue;
            }
            match self.0.get(key) {
                Some(Body::Facts(base)) if base.source == RATED => looks.ratings = true,
                Some(Body::Facts(base)) => looks.tickets |= base.source.starts_with("ticket."),
                Some(Body::Derived(derived)) => {
                    open.extend(derived.inputs.iter().map(String::as_str));
                }
                None => {}
            }
        }
        looks
    }

    /// What the goals of each member look at, of teams those of everybody in them.
    fn of_goals(&self, goals: &[(Uuid, String)], teams: &[Team]) -> BTreeMap<Uuid, Looks> {
        let mut found: BTreeMap<Uuid, Looks> = BTreeMap::new();
        for (of, metric) in goals {
            let looks = self.look(std::iter::once(metric.as_str()));
            let team = teams.iter().find(|team| team.id == *of);
            let members = team.map_or_else(
                || vec![*of],
                |team| team.members.iter().map(|person| person.id).collect(),
            );
            for member in members {
                let of = found.entry(member).or_default();
                *of = of.and(looks);
            }
        }
        found
    }
}

/// From whom how many tickets were given to others by somebody else; what the owner offered is no sign of anything.
async fn given_up(
    connection: &impl ConnectionTrait,
    times: (DateTime<Utc>, DateTime<Utc>),
) -> Result<HashMap<Uuid, u64>> {
    let given = given_up_between(connection, times).await?;
    let users: BTreeSet<Uuid> = given.iter().map(|one| one.offered_by).collect();
    let users: Vec<Uuid> = users.into_iter().collect();
    let behind = members_of_users(connection, &users).await?;
    let mut counts = HashMap::new();
    for one in given {
        if behind.get(&one.offered_by) != Some(&one.from) {
            *counts.entry(one.from).or_default() += 1;
        }
    }
    Ok(counts)
}
