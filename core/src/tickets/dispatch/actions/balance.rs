//! Whether work was shared fairly, and where it piles up now.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::team;
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::organisation::workforce::profiles;
use crate::organisation::{Placement, Wanted, placements, today};
use crate::tickets::dispatch::figures::figures;
use crate::tickets::dispatch::rules::{
    Balance, Share, balance, fair_shares, gini, per_thousand, percent,
};
use crate::tickets::dispatch::scope::Scope;
use crate::tickets::dispatch::store::{self, Queue, Received};

/// The longest stretch of a report.
const LONGEST: TimeDelta = TimeDelta::days(366);
/// The most members that a report of bottlenecks lists.
const MOST_MEMBERS: usize = 200;

/// How work was shared in a stretch.
#[derive(Clone, Debug)]
pub struct Fairness {
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when, not included.
    pub to: DateTime<Utc>,
    /// Tickets received by all.
    pub received: u64,
    /// The Gini figure in parts of a thousand.
    pub gini: Option<u64>,
    /// Member by member, who received most first.
    pub rows: Vec<FairnessRow>,
}

/// What one member received.
#[derive(Clone, Copy, Debug)]
pub struct FairnessRow {
    /// The member.
    pub member: Uuid,
    /// Tickets received and what they weigh.
    pub received: Received,
    /// The part of all that was received, in parts of a thousand.
    pub share: u64,
    /// The fair part, in parts of a thousand.
    pub fair_share: u64,
    /// Open tickets now.
    pub open: u64,
    /// Open tickets at most.
    pub capacity: u64,
}

/// Who is placed in a team today, or in all teams within the viewer's reach; none when the team is out of reach.
async fn placed(app: &App, call: &Call, team: Option<Uuid>) -> Result<Option<Vec<Placement>>> {
    let (reader, viewer) = (app.db.reader(), &call.viewer);
    let scope = Scope::of(viewer);
    let mut wanted = Wanted::default();
    if let Some(team) = team {
        let known =
            find::<team::Entity>(reader, viewer, Permission::OrganisationRead, team).await?;
        if known.is_none() || !scope.has(team) {
            return Ok(None);
        }
        wanted.teams = BTreeSet::from([team]);
    } else {
        wanted.all = scope.all;
        wanted.teams = scope.teams;
        wanted.members = scope.own.into_iter().collect();
    }
    Ok(Some(placements(reader, &wanted, today(call)).await?))
}

/// Open tickets now and at most, of members, in their order.
async fn loads(app: &App, call: &Call, members: &[Uuid]) -> Result<Vec<(u64, u64)>> {
    let reader = app.db.reader();
    let default = figures(reader).await?.capacity;
    let profiles = profiles(reader, members, call.at, today(call)).await?;
    let open = store::open_of(reader, members).await?;
    Ok(members
        .iter()
        .map(|member| {
            let capacity = profiles
                .get(member)
                .and_then(|profile| profile.capacity)
                .map_or(u64::from(default), |most| u64::try_from(most).unwrap_or(0));
            let open = open.get(member).copied().unwrap_or_default();
            (u64::from(open.count()), capacity)
        })
        .collect())
}

/// How work was shared among the members of a team, or of all teams within reach. None when the team is out of reach.
///
/// # Errors
/// `FORBIDDEN`, `BAD_INPUT` for the stretch.
pub async fn fairness(
    app: &App,
    call: &Call,
    team: Option<Uuid>,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Fairness>> {
    call.viewer.require(Permission::DispatchRead)?;
    if to <= from || to - from > LONGEST {
        return Err(ApiError::bad_input(
            "to",
            "must be after `from`, by at most 366 days",
            "须晚于 from，且不超过 366 天",
        )
        .into());
    }
    let Some(placed) = placed(app, call, team).await? else {
        return Ok(None);
    };
    let members: Vec<Uuid> = placed.iter().map(|placed| placed.member.id).collect();
    let loads = loads(app, call, &members).await?;
    let received = store::received(app.db.reader(), &call.viewer, &members, (from, to)).await?;
    let of = |member: &Uuid| received.get(member).copied().unwrap_or_default();
    let shares: Vec<Share> = members
        .iter()
        .zip(&loads)
        .map(|(member, (_, capacity))| Share {
            member: *member,
            received: of(member).tickets,
            capacity: *capacity,
        })
        .collect();
    let all: u64 = shares.iter().map(|share| share.received).sum();
    let mut rows: Vec<FairnessRow> = shares
        .iter()
        .zip(fair_shares(&shares))
        .zip(&loads)
        .map(|((share, fair_share), (open, capacity))| FairnessRow {
            member: share.member,
            received: of(&share.member),
            share: per_thousand(share.received, all),
            fair_share,
            open: *open,
            capacity: *capacity,
        })
        .collect();
    // Members come by number, and the sort keeps that order among equals.
    rows.sort_by_key(|row| std::cmp::Reverse(row.received.tickets));
    Ok(Some(Fairness {
        from,
        to,
        received: all,
        gini: gini(&shares),
        rows,
    }))
}

/// Where work piles up.
#[derive(Clone, Debug)]
pub struct Bottlenecks {
    /// When this was so.
    pub at: DateTime<Utc>,
    /// The waiting tickets by team.
    pub queues: Vec<Queue>,
    /// Members with too much work, most first, and then with too little.
    pub members: Vec<Load>,
}

/// A member's work compared with the team's.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    /// The member.
    pub member: Uuid,
    /// The team.
    pub team: Uuid,
    /// Open tickets.
    pub open: u64,
    /// Open tickets at most.
    pub capacity: u64,
    /// Open tickets of those at most, in percent.
    pub percent: u64,
    /// The same for the whole team.
    pub of_team: u64,
    /// Too much or too little?
    pub balance: Balance,
}

/// Where work piles up in a team, or in all teams within reach. None when the team is out of reach.
///
/// # Errors
/// `FORBIDDEN`.
pub async fn bottlenecks(
    app: &App,
    call: &Call,
    team: Option<Uuid>,
) -> Result<Option<Bottlenecks>> {
    call.viewer.require(Permission::DispatchRead)?;
    let Some(placed) = placed(app, call, team).await? else {
        return Ok(None);
    };
    let scope = Scope::of(&call.viewer);
    let ids: Vec<Uuid> = placed.iter().map(|placed| placed.member.id).collect();
    let loads = loads(app, call, &ids).await?;
    let teams: BTreeSet<Uuid> = placed
        .iter()
        .flat_map(|placed| &placed.teams)
        .map(|place| place.team)
        .filter(|id| team.map_or_else(|| scope.has(*id), |only| only == *id))
        .collect();
    let mut members = Vec::new();
    for team in teams {
        let of_team: Vec<(Uuid, (u64, u64))> = placed
            .iter()
            .zip(&loads)
            .filter(|(placed, _)| placed.teams.iter().any(|place| place.team == team))
            .map(|(placed, load)| (placed.member.id, *load))
            .collect();
        members.extend(uneven(team, &of_team));
    }
    members.sort_by_key(|load| {
        let under = load.balance == Balance::Under;
        let percent = if under {
            load.percent
        } else {
            u64::MAX - load.percent
        };
        (under, percent, load.member, load.team)
    });
    members.truncate(MOST_MEMBERS);
    Ok(Some(Bottlenecks {
        at: call.at,
        queues: store::queues(app.db.reader(), &call.viewer, team, today(call)).await?,
        members,
    }))
}

/// The members of a team who have much more or much less work than it.
fn uneven(team: Uuid, members: &[(Uuid, (u64, u64))]) -> Vec<Load> {
    let open: u64 = members.iter().map(|(_, (open, _))| open).sum();
    let capacity: u64 = members.iter().map(|(_, (_, capacity))| capacity).sum();
    let of_team = percent(open, capacity);
    members
        .iter()
        .map(|(member, (open, capacity))| {
            let percent = percent(*open, *capacity);
            Load {
                member: *member,
                team,
                open: *open,
                capacity: *capacity,
                percent,
                of_team,
                balance: if *capacity == 0 && *open == 0 {
                    Balance::Even
                } else {
                    balance(percent, of_team)
                },
            }
        })
        .filter(|load| load.balance != Balance::Even)
        .collect()
}
