//! Looking at the time to standard and at mentors' results: many pairs at once, in a fixed number of statements.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};
use entity::{member, mentoring};
use uuid::Uuid;

use crate::access::{Permission, Viewer, by_ids};
use crate::db::Db;
use crate::error::Result;
use crate::metrics::counting::Counter;
use crate::metrics::figures::{Daily, Many, Metric, Part, covers, daily_of_members};
use crate::metrics::rules::definition::Direction;
use crate::metrics::rules::period::Period;
use crate::organisation::{self, Home};
use crate::settings::{self, Figures};
use crate::training::mentoring::rules::results::{Outcome, Results, results};
use crate::training::mentoring::rules::standard::{
    Compared, Measured, Terms, Verdict, Window, compare, verdict, windows,
};
use crate::training::mentoring::rules::stays::{Piece, experienced, stay_on, stays};
use crate::training::mentoring::store;

/// So many days after the first one nobody is a newcomer any more.
const LONGEST: u64 = 400;

/// How a newcomer stands against the team.
#[derive(Clone, Debug)]
pub struct Look {
    /// The first day in the team.
    pub since: Option<NaiveDate>,
    /// The team.
    pub team: Option<Uuid>,
    /// The answer; none while there is no such metric or the newcomer has no team.
    pub verdict: Option<Verdict>,
    /// What it follows from.
    pub windows: Vec<Compared>,
    /// Within how many days it is expected.
    pub expected_days: i64,
    /// May the viewer have the newcomer's figures?
    pub own_shown: bool,
    /// And those of the team?
    pub team_shown: bool,
}

impl Look {
    /// The days to the standard, if it was reached.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        match self.verdict {
            Some(Verdict::Reached { days, .. }) => Some(days),
            _ => None,
        }
    }
}

/// Where a newcomer began.
#[derive(Clone, Copy, Debug)]
struct Start {
    team: Uuid,
    since: NaiveDate,
    /// The first day that isn't looked at any more.
    until: NaiveDate,
}

/// What is known of all that are looked at.
struct Known<'m> {
    terms: Terms,
    pieces: HashMap<Uuid, Vec<Piece>>,
    /// By team those who ever had their home there.
    people: HashMap<Uuid, BTreeSet<Uuid>>,
    figures: BTreeMap<&'m str, BTreeMap<Uuid, Daily<'m>>>,
}

/// How the newcomers of these pairs stand.
///
/// # Errors
/// When the database fails.
pub async fn look(
    db: &Db,
    counter: &Counter,
    viewer: &Viewer,
    pairs: &[mentoring::Model],
    today: NaiveDate,
) -> Result<HashMap<Uuid, Look>> {
    let db = db.reader();
    let figures = settings::read_all(db).await?;
    let expected_days = figures.get(&settings::MENTORING_EXPECTED_DAYS)?;
    let keys: BTreeSet<&str> = pairs.iter().map(|pair| pair.metric_key.as_str()).collect();
    let metrics = Metric::find_each(db, &counter.sources, &keys).await?;
    let newcomers: BTreeSet<Uuid> = pairs.iter().map(|pair| pair.newcomer_id).collect();
    let pieces = pieces(organisation::homes(db, newcomers.iter().copied()).await?);
    let starts: HashMap<Uuid, Start> = pairs
        .iter()
        .filter_map(|pair| {
            let pieces = pieces.get(&pair.newcomer_id)?;
            Some((pair.id, start(pieces, pair.started_on, today)?))
        })
        .collect();
    let teams: BTreeSet<Uuid> = starts.values().map(|start| start.team).collect();
    let teams: Vec<Uuid> = teams.into_iter().collect();
    let mut known = Known {
        terms: terms(&figures)?,
        pieces,
        people: HashMap::new(),
        figures: BTreeMap::new(),
    };
    let there = organisation::at_home_in(db, &teams).await?;
    let others = organisation::homes(db, there.iter().copied()).await?;
    known.pieces.extend(self::pieces(others));
    for (member, pieces) in &known.pieces {
        for team in pieces.iter().filter_map(|piece| piece.team) {
            known.people.entry(team).or_default().insert(*member);
        }
    }
    let wishes: Vec<Many<'_>> = metrics
        .values()
        .filter_map(|metric| wish(metric, pairs, &starts, &known))
        .collect();
    let read = daily_of_members(db, &wishes).await?;
    for (wish, days) in wishes.iter().zip(read) {
        let key = wish.metric.defined.metric.key.as_str();
        known.figures.insert(key, days);
    }
    let newcomers: Vec<Uuid> = newcomers.into_iter().collect();
    let permission = Permission::MetricMemberRead;
    let shown = by_ids::<member::Entity>(db, viewer, permission, &newcomers).await?;
    let mut shown_teams = BTreeSet::new();
    for team in teams {
        let part = Part {
            teams: vec![team],
            ..Part::default()
        };
        // A team is looked for among the viewer's own, without a statement.
        if covers(db, viewer, permission, &part).await? {
            shown_teams.insert(team);
        }
    }
    let looks = pairs.iter().map(|pair| {
        let start = starts.get(&pair.id);
        let compared = start
            .zip(metrics.get(&pair.metric_key))
            .map(|(start, metric)| (start.since, compared(pair, *start, metric, &known)));
        let look = Look {
            since: start.map(|start| start.since),
            team: start.map(|start| start.team),
            verdict: compared
                .as_ref()
                .map(|(since, compared)| verdict(*since, compared)),
            windows: compared.map(|(_, compared)| compared).unwrap_or_default(),
            expected_days,
            own_shown: shown.contains_key(&pair.newcomer_id),
            team_shown: start.is_some_and(|start| shown_teams.contains(&start.team)),
        };
        (pair.id, look)
    });
    Ok(looks.collect())
}

fn terms(figures: &Figures) -> Result<Terms> {
    let plain = |value: i64| u64::try_from(value).unwrap_or(1);
    Ok(Terms {
        window: plain(figures.get(&settings::MENTORING_WINDOW_DAYS)?),
        step: plain(figures.get(&settings::MENTORING_STEP_DAYS)?),
        least_cases: figures.get(&settings::MENTORING_LEAST_CASES)?,
        least_colleagues: usize::try_from(figures.get(&settings::METRICS_MINIMUM_GROUP)?)
            .unwrap_or(usize::MAX),
        factor_percent: figures.get(&settings::MENTORING_FACTOR_PERCENT)?,
        mean: figures.get(&settings::MENTORING_AGAINST_MEAN)?,
        less_is_better: false,
    })
}

fn pieces(homes: HashMap<Uuid, Vec<Home>>) -> HashMap<Uuid, Vec<Piece>> {
    let plain = |home: Home| Piece {
        team: home.team,
        from: home.from,
        to: home.to,
    };
    let of = |(member, homes): (Uuid, Vec<Home>)| (member, homes.into_iter().map(plain).collect());
    homes.into_iter().map(of).collect()
}

fn start(pieces: &[Piece], day: NaiveDate, today: NaiveDate) -> Option<Start> {
    let (team, since, left) = stay_on(pieces, day)?;
    let longest = since.checked_add_days(Days::new(LONGEST))?;
    let until = left.unwrap_or(longest).min(longest).min(today);
    Some(Start { team, since, until })
}

/// All that is read of a metric: the days of every pair that is measured by it, for everybody in their teams.
fn wish<'m>(
    metric: &'m Metric,
    pairs: &[mentoring::Model],
    starts: &HashMap<Uuid, Start>,
    known: &Known<'_>,
) -> Option<Many<'m>> {
    let mut members = BTreeSet::new();
    let mut period: Option<Period> = None;
    for pair in pairs {
        let Some(start) = starts.get(&pair.id) else {
            continue;
        };
        if pair.metric_key != metric.defined.metric.key || start.since >= start.until {
            continue;
        }
        members.insert(pair.newcomer_id);
        members.extend(known.people.get(&start.team).into_iter().flatten());
        let so_far = period.unwrap_or(Period {
            from: start.since,
            to: start.until,
        });
        period = Some(Period {
            from: so_far.from.min(start.since),
            to: so_far.to.max(start.until),
        });
    }
    Some(Many {
        metric,
        period: period?,
        members: members.into_iter().collect(),
    })
}

fn compared(
    pair: &mentoring::Model,
    start: Start,
    metric: &Metric,
    known: &Known<'_>,
) -> Vec<Compared> {
    let terms = Terms {
        less_is_better: metric.defined.definition.direction == Direction::Down,
        ..known.terms
    };
    let Some(figures) = known.figures.get(pair.metric_key.as_str()) else {
        return Vec::new();
    };
    let measured = |member: &Uuid, period: Period| {
        let daily = figures.get(member)?;
        let value = daily.figure(period)?;
        Some(Measured {
            value: value.0,
            cases: daily.cases(period),
        })
    };
    let colleagues: Vec<(Uuid, Vec<_>)> = known
        .people
        .get(&start.team)
        .into_iter()
        .flatten()
        .filter(|member| **member != pair.newcomer_id)
        .filter_map(|member| Some((*member, stays(known.pieces.get(member)?, start.team))))
        .collect();
    windows(start.since, start.until, &terms)
        .into_iter()
        .map(|period| {
            let there = colleagues
                .iter()
                .filter(|(_, stays)| experienced(stays, period, terms.window));
            let window = Window {
                period,
                own: measured(&pair.newcomer_id, period),
                colleagues: there
                    .filter_map(|(member, _)| measured(member, period))
                    .collect(),
            };
            compare(&window, &terms)
        })
        .collect()
}

/// What became of a mentor's pairs.
#[derive(Clone, Debug)]
pub struct MentorResults {
    /// The mentor.
    pub mentor: Uuid,
    /// The results.
    pub results: Results,
    /// May how many reached the standard, and when, be told?
    pub shown: bool,
}

/// The results of the mentors within reach, or of some of them: those with the most pairs first. Of the pairs that may be
/// looked at, the latest 500 are put together. How newcomers did is withheld where they are few and not all of their pairs
/// may be seen.
///
/// # Errors
/// Refusals of permission.
pub async fn mentor_results(
    db: &Db,
    counter: &Counter,
    viewer: &Viewer,
    mentors: Option<&[Uuid]>,
    today: NaiveDate,
) -> Result<Vec<MentorResults>> {
    viewer.require(Permission::MentoringResultRead)?;
    let pairs = store::pairs_of_mentors(db.reader(), viewer, mentors).await?;
    let looks = look(db, counter, viewer, &pairs, today).await?;
    let ids: Vec<Uuid> = pairs.iter().map(|pair| pair.id).collect();
    let read = Permission::MentoringRead;
    let seen = by_ids::<mentoring::Entity>(db.reader(), viewer, read, &ids).await?;
    let least = settings::read(db.reader(), &settings::METRICS_MINIMUM_GROUP).await?;
    let mut of: BTreeMap<Uuid, Vec<&mentoring::Model>> = BTreeMap::new();
    for pair in &pairs {
        of.entry(pair.mentor_id).or_default().push(pair);
    }
    let mut all: Vec<MentorResults> = of
        .into_iter()
        .map(|(mentor, pairs)| {
            let outcomes: Vec<Outcome> = pairs
                .iter()
                .map(|pair| Outcome {
                    state: pair.state,
                    result: pair.result,
                    days: looks.get(&pair.id).and_then(Look::days),
                })
                .collect();
            let results = results(&outcomes);
            let every = pairs.iter().all(|pair| seen.contains_key(&pair.id));
            MentorResults {
                mentor,
                results,
                shown: every || i64::from(results.reached) >= least,
            }
        })
        .collect();
    all.sort_by_key(|one| (std::cmp::Reverse(one.results.pairs), one.mentor));
    Ok(all)
}
