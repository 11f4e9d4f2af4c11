//! Reading how members worked with tickets, where the rules that are tried look at that (读取工作行为).

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::Result;
use crate::incentives::definitions::simulations::conduct::{Known, counts};
use crate::incentives::definitions::simulations::plan::Plan;
use crate::incentives::definitions::simulations::result::Conduct;
use crate::incentives::gather;
use crate::incentives::rules::rule::Rule;
use crate::metrics::counting::Counter;
use crate::metrics::definitions::all_latest;
use crate::metrics::facts::midnight;
use crate::metrics::rules::definition::Body;
use crate::tickets::facts::RATED;
use crate::tickets::responsibility::store::given_up_between;
use crate::tickets::store::held_between;
use crate::tickets::surveys::store::asked_between;

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
    let (tickets, ratings) = looks_at(connection, plan, rules).await?;
    let days = plan.spans.first().zip(plan.spans.last());
    let Some((first, last)) = days.filter(|_| tickets || ratings) else {
        return Ok(Conduct::default());
    };
    let times = (
        midnight(first.from, counter.zone),
        midnight(last.to, counter.zone),
    );
    let teams = gather::teams(connection, *last).await?;
    let members = |team: &crate::incentives::rules::run::Team| -> BTreeSet<Uuid> {
        team.members.iter().map(|person| person.id).collect()
    };
    let known = Known {
        tickets: held_between(connection, times, TICKETS).await?,
        asked: asked_between(connection, times).await?,
        given_up: given_up_between(connection, times).await?,
        teams: teams.iter().map(members).collect(),
    };
    Ok(Conduct {
        counts: counts(&known, times),
        tickets,
        ratings,
    })
}

/// Does a candidate count tickets, and does one look at ratings? Metrics that stand on others look at what those look at.
async fn looks_at(
    connection: &impl ConnectionTrait,
    plan: &Plan,
    rules: &[Rule],
) -> Result<(bool, bool)> {
    let metrics = all_latest(connection).await?;
    let by_key: BTreeMap<&str, &Body> = metrics
        .iter()
        .map(|one| (one.metric.key.as_str(), &one.definition.body))
        .collect();
    let facts = rules
        .iter()
        .filter(|rule| plan.candidates.contains(&rule.reference().version))
        .flat_map(Rule::facts);
    let mut open: Vec<&str> = facts
        .filter_map(|fact| fact.split_once('.').map(|(_, key)| key))
        .collect();
    let mut seen = BTreeSet::new();
    let (mut tickets, mut ratings) = (false, false);
    while let Some(key) = open.pop() {
        if !seen.insert(key) {
            continue;
        }
        match by_key.get(key) {
            Some(Body::Facts(base)) if base.source == RATED => ratings = true,
            Some(Body::Facts(base)) => tickets |= base.source.starts_with("ticket."),
            Some(Body::Derived(derived)) => open.extend(derived.inputs.iter().map(String::as_str)),
            None => {}
        }
    }
    Ok((tickets, ratings))
}
