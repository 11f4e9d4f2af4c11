//! What rules can ask about, and what is known of it: read from the domains that know (取数).
//!
//! Whatever is asked as of a frozen period is read as it was known when that was frozen: figures from the snapshot, the rest
//! without what was recorded later. So the same question gets the same answer for good.

mod figures;
mod goals;
mod own;
mod people;
mod records;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use entity::enums::{Attribution, Dimension};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::rules::catalogue::{Catalogue, Fact};
use super::rules::facts;
use super::rules::run::{Member, Record, Surroundings, Team};
use super::rules::trace::Span;
use super::rules::value::{FactValue, Facts};
use crate::customers::Late;
use crate::error::Result;
use crate::metrics::definitions::{self, Defined};
use crate::metrics::facts::midnight;
use crate::metrics::rules::at::At;
use crate::metrics::rules::definition::Body;
use crate::metrics::rules::grouping::By;
use crate::metrics::rules::period::Period;
use crate::metrics::{Sources, snapshots};
use crate::settings::{self, COMPANY_CURRENCY};

pub use goals::{GOALS, unclosed_goals};

/// Everything that rules can ask about, from the register of metrics, goals, appraisals, contests, exams, contracts' payments,
/// recognition, suggestions and tenure. Retired metrics are among them, so that old versions of rules can still be read. Two statements.
///
/// # Errors
/// When the database fails.
pub async fn catalogue(connection: &impl ConnectionTrait, _: &Sources) -> Result<Catalogue> {
    let currency = settings::read(connection, &COMPANY_CURRENCY).await?;
    let metrics = definitions::all_latest(connection).await?;
    let mut all: Vec<Fact> = facts::standard(&currency);
    for one in &metrics {
        let [member, team, region] =
            facts::of_metric(&one.metric.key, &one.version.name, &one.version.name_zh);
        if is_of_members(one) {
            all.push(member);
        }
        all.extend([team, region]);
    }
    Ok(Catalogue::new(all))
}

/// Are there figures of single members? Records that nobody is credited with have none.
fn is_of_members(one: &Defined) -> bool {
    match &one.definition.body {
        Body::Facts(base) => base.attribution != Attribution::Record,
        Body::Derived(_) => true,
    }
}

/// What is known of the surroundings (teams, regions, company) for the facts named; a number of statements that depends on the
/// facts only.
///
/// # Errors
/// When the database fails.
pub async fn surroundings(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    span: Span,
    at: &At,
    facts: &BTreeSet<String>,
) -> Result<Surroundings> {
    let period = period(span);
    let ask = figures::Asked {
        sources,
        at,
        period,
    };
    let team = By::Dimension(Dimension::Team);
    let mut teams = figures::of_groups(connection, &ask, "team", team, facts).await?;
    if facts.contains("team.goal_progress") {
        let known_at = known_at(connection, at).await?;
        for (id, progress) in own::teams_goals(connection, span, known_at).await? {
            let known = teams.entry(id).or_default();
            known.insert("team.goal_progress".to_owned(), progress);
        }
    }
    Ok(Surroundings {
        teams,
        regions: figures::of_groups(connection, &ask, "region", By::Region, facts).await?,
        company: Facts::new(),
    })
}

/// The next members by id after `after`, with the facts named; a fixed number of statements a page.
///
/// # Errors
/// When the database fails.
pub async fn members(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    span: Span,
    at: &At,
    facts: &BTreeSet<String>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Member>> {
    let people = people::after(connection, span, after, limit).await?;
    known(connection, sources, span, (at, None), facts, people).await
}

/// Those of these members who worked here in the period, by id, with the facts named; a fixed number of statements.
///
/// # Errors
/// When the database fails.
pub async fn members_by_id(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    span: Span,
    at: &At,
    facts: &BTreeSet<String>,
    ids: &[Uuid],
) -> Result<Vec<Member>> {
    let people = people::among(connection, span, ids).await?;
    known(connection, sources, span, (at, None), facts, people).await
}

/// The same as everything stands today, in a period that is going on: goals that are still pursued count with what they have
/// brought so far.
///
/// # Errors
/// When the database fails.
pub async fn members_so_far(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    span: Span,
    today: NaiveDate,
    facts: &BTreeSet<String>,
    ids: &[Uuid],
) -> Result<Vec<Member>> {
    let people = people::among(connection, span, ids).await?;
    let at = (&At::Now, Some(today));
    known(connection, sources, span, at, facts, people).await
}

async fn known(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    span: Span,
    (at, so_far): (&At, Option<NaiveDate>),
    facts: &BTreeSet<String>,
    people: Vec<Member>,
) -> Result<Vec<Member>> {
    let ids: Vec<Uuid> = people.iter().map(|member| member.person.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ask = figures::Asked {
        sources,
        at,
        period: period(span),
    };
    let mut known = figures::of_members(connection, &ask, &ids, facts).await?;
    let about = own::About {
        span,
        times: times(sources, span),
        known_at: known_at(connection, at).await?,
        so_far,
        sources,
        members: &ids,
        facts,
    };
    own::add(connection, &about, &mut known).await?;
    let with = |mut member: Member| {
        if let Some(facts) = known.remove(&member.person.id) {
            member.facts.extend(facts);
        }
        if !facts.contains(people::TENURE) {
            member.facts.remove(people::TENURE);
        }
        member
    };
    Ok(people.into_iter().map(with).collect())
}

/// The teams of the period with their members: those who had their home there on its last day. A fixed number of statements.
///
/// # Errors
/// When the database fails.
pub async fn teams(connection: &impl ConnectionTrait, span: Span) -> Result<Vec<Team>> {
    people::teams(connection, span).await
}

/// The next records of a source after `after`, with whom they credit: `payment` (money that was collected) or `contest_award`
/// (prizes that were won); of others there are none. A fixed number of statements a page.
///
/// # Errors
/// When the database fails.
pub async fn records(
    connection: &impl ConnectionTrait,
    source: &str,
    span: Span,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Record>> {
    let whole = records::Known {
        zone: chrono_tz::Tz::UTC,
        at: END,
        late: None,
    };
    let page = records::page(connection, source, span, whole, after, limit).await?;
    Ok(page.records)
}

/// The same as of a moment, in the company's time zone, with where the next page begins; none at the end.
///
/// # Errors
/// When the database fails.
pub async fn records_at(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    source: &str,
    span: Span,
    at: &At,
    page: (Option<Uuid>, u64),
) -> Result<(Vec<Record>, Option<Uuid>)> {
    records_with_late(connection, sources, source, span, (at, None), page).await
}

/// The same with money of earlier days that was recorded late.
///
/// # Errors
/// When the database fails.
pub async fn records_with_late(
    connection: &impl ConnectionTrait,
    sources: &Sources,
    source: &str,
    span: Span,
    (at, late): (&At, Option<Late>),
    (after, limit): (Option<Uuid>, u64),
) -> Result<(Vec<Record>, Option<Uuid>)> {
    let known = records::Known {
        zone: sources.zone(),
        at: known_at(connection, at).await?,
        late,
    };
    let page = records::page(connection, source, span, known, after, limit).await?;
    Ok((page.records, page.last))
}

/// The sources of records that there are.
pub const SOURCES: [&str; 2] = ["payment", "contest_award"];

/// After everything that can have happened.
const END: DateTime<Utc> = DateTime::<Utc>::from_timestamp_nanos(9_000_000_000_000_000_000);

/// Up to which moment what was recorded is known.
async fn known_at(connection: &impl ConnectionTrait, at: &At) -> Result<DateTime<Utc>> {
    match at {
        At::Now => Ok(END),
        At::Frozen(frozen) => snapshots::frozen_at(connection, frozen.id).await,
    }
}

const fn period(span: Span) -> Period {
    Period {
        from: span.from,
        to: span.to,
    }
}

/// From when to when a period lasts.
fn times(sources: &Sources, span: Span) -> (DateTime<Utc>, DateTime<Utc>) {
    let zone = sources.zone();
    (midnight(span.from, zone), midnight(span.to, zone))
}

/// The last day of a period.
fn last_day(span: Span) -> NaiveDate {
    span.to.pred_opt().unwrap_or(span.to)
}

/// Facts by whom or what they are about.
type KnownOf = BTreeMap<Uuid, Facts>;

fn put(known: &mut KnownOf, of: Uuid, key: &str, value: FactValue) {
    known.entry(of).or_default().insert(key.to_owned(), value);
}

/// On which day something happened, in the company's time zone.
fn day_of(at: DateTime<Utc>, zone: chrono_tz::Tz) -> NaiveDate {
    zone.from_utc_datetime(&at.naive_utc()).date_naive()
}

/// Groups by member.
fn by_member<T>(rows: impl IntoIterator<Item = (Uuid, T)>) -> HashMap<Uuid, Vec<T>> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for (member, row) in rows {
        groups.entry(member).or_default().push(row);
    }
    groups
}
