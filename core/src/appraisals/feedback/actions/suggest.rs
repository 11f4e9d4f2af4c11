//! Finding raters for a whole cycle (自动推荐评价人).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::enums::{AppraisalFeedbackSource, AppraisalRaterState};
use entity::{appraisal, appraisal_cycle, appraisal_rater};
use serde_json::json;
use uuid::Uuid;

use super::common::{own_view, rater};
use crate::access::{Call, Permission, to_change};
use crate::app::App;
use crate::appraisals::CYCLE_CHANGED;
use crate::appraisals::actions::common::wrong_stage;
use crate::appraisals::feedback::rules::form::Form;
use crate::appraisals::feedback::rules::together::{Shared, candidates, shared};
use crate::appraisals::feedback::store;
use crate::appraisals::rules::raters::{Wanted, propose};
use crate::appraisals::rules::stages::{Deed, allows};
use crate::appraisals::store::content_of;
use crate::audit;
use crate::error::Result;
use crate::events::Event;
use crate::metrics::rules::period::Period;
use crate::organisation::{Home, at_home_in, by_number, holds_on, homes, today};
use crate::settings;
use crate::tasks::Due;
use crate::tickets::responsibility::store::worked_on;
use crate::work::Work;

/// Raters to find for a cycle.
#[derive(Clone, Copy, Debug)]
pub struct RatersSuggest {
    /// The cycle.
    pub cycle_id: Uuid,
    /// Are they asked at once, without being approved?
    pub ask: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Suggested {
    /// How many raters are new.
    pub raters: usize,
    /// How many appraisals have fewer colleagues than something could be told of.
    pub short: usize,
}

/// Proposes raters for every appraisal of a cycle that has too few: colleagues of the same team and of the same tickets, those with the
/// fewest requests first, and the reviewer as superior. Done again, it only fills what is missing.
///
/// # Errors
/// A user error about the stage; a missing permission.
pub async fn raters_suggest(app: &App, call: &Call, input: RatersSuggest) -> Result<Suggested> {
    let permission = Permission::AppraisalManage;
    call.viewer.require(permission)?;
    let mut work = Work::begin(&app.db, call).await?;
    let id = input.cycle_id;
    // Locked: whoever proposes by hand holds the cycle, and waits.
    let cycle =
        to_change::<appraisal_cycle::Entity>(work.tx(), &call.viewer, permission, id).await?;
    if !allows(cycle.stage, Deed::NameRaters) {
        return Err(wrong_stage(cycle.stage).into());
    }
    let whole = Whole::read(app, &work, &cycle).await?;
    let state = if input.ask {
        AppraisalRaterState::Asked
    } else {
        AppraisalRaterState::Proposed
    };
    let (rows, short) = whole.filled(call, state);
    let done = Suggested {
        raters: rows.len(),
        short,
    };
    store::insert_raters(work.tx(), rows).await?;
    work.audit(audit::Entry {
        action: "appraisal.raters.suggest",
        entity_type: "appraisal_cycle",
        entity_id: Some(id),
        detail: json!({ "raters": done.raters, "asked": input.ask }),
    });
    let payload = json!({ "action": "appraisal.raters.suggest" });
    work.emit(Event::new(call.at, CYCLE_CHANGED, id, payload));
    work.commit().await?;
    Ok(done)
}

/// An appraisal of the cycle with its form.
struct One {
    row: appraisal::Model,
    form: Form,
    there: Vec<appraisal_rater::Model>,
}

/// Everything that raters are found by.
struct Whole {
    appraisals: Vec<One>,
    teams: Teams,
    shared: Shared,
    here: BTreeSet<Uuid>,
    most: u32,
    peers: usize,
}

impl Whole {
    async fn read(app: &App, work: &Work<'_>, cycle: &appraisal_cycle::Model) -> Result<Self> {
        let tx = work.tx();
        let rows = store::appraisals_in(tx, cycle.id).await?;
        let contents = content_of(tx, rows.iter().map(|row| row.version_id).collect()).await?;
        let mut there: HashMap<Uuid, Vec<appraisal_rater::Model>> = HashMap::new();
        for rater in store::of_cycle(tx, cycle.id).await? {
            there.entry(rater.appraisal_id).or_default().push(rater);
        }
        let period = Period {
            from: cycle.from_day,
            to: cycle.until_day,
        };
        let teams = Teams::read(work, &rows, period).await?;
        let zone = app.config.time_zone();
        let start = |day: chrono::NaiveDate| {
            let before = day.pred_opt().unwrap_or(day);
            Due::Day(before).moment(zone)
        };
        let shared = shared(worked_on(tx, start(period.from), start(period.to)).await?);
        let people = teams.people().chain(shared.keys().copied()).collect();
        let day = today(work.call());
        let here = by_number(tx, &people).await?.into_iter();
        let here = here.filter(|row| holds_on(row.joined_on, row.left_on, day));
        let most = settings::read(tx, &settings::APPRAISAL_MOST_REQUESTS).await?;
        let peers = settings::read(tx, &settings::APPRAISAL_PEERS).await?;
        let one = |row: appraisal::Model| {
            let form = Form::of(contents.get(&row.version_id)?)?;
            let there = there.remove(&row.id).unwrap_or_default();
            Some(One { row, form, there })
        };
        Ok(Self {
            appraisals: rows.into_iter().filter_map(one).collect(),
            teams,
            shared,
            here: here.map(|row| row.id).collect(),
            most: u32::try_from(most).unwrap_or(u32::MAX),
            peers: usize::try_from(peers).unwrap_or(0),
        })
    }

    /// The new rows, and how many appraisals are still short of colleagues.
    fn filled(
        &self,
        call: &Call,
        state: AppraisalRaterState,
    ) -> (Vec<appraisal_rater::Model>, usize) {
        use AppraisalFeedbackSource::{Peer, Superior};
        let mut rows = Vec::new();
        let mut busy = self.busy();
        for one in &self.appraisals {
            rows.extend(own_view(call, &one.row, &one.form, &one.there));
            let taken = |who: Uuid| one.there.iter().any(|rater| rater.member_id == who);
            let superior = one
                .row
                .reviewer_id
                .filter(|who| one.form.asks(Superior) && !taken(*who) && *who != one.row.member_id);
            let free = |who: &Uuid| busy.get(who).copied().unwrap_or(0) < self.most;
            if let Some(who) = superior.filter(free) {
                *busy.entry(who).or_default() += 1;
                rows.push(rater(call, one.row.id, (who, Superior), state));
            }
        }
        let wanted: Vec<Wanted> = self.appraisals.iter().map(|one| self.wanted(one)).collect();
        let proposed = propose(&wanted, self.most, busy);
        let mut short = 0;
        for one in self.appraisals.iter().filter(|one| one.form.asks(Peer)) {
            let peers = proposed
                .get(&one.row.member_id)
                .map_or(&[][..], Vec::as_slice);
            let all = u32::try_from(one.peers() + peers.len()).unwrap_or(u32::MAX);
            short += usize::from(all < one.form.least(Peer));
            let peers = peers.iter();
            rows.extend(peers.map(|who| rater(call, one.row.id, (*who, Peer), state)));
        }
        (rows, short)
    }

    /// How often each member is asked or proposed; an answered request counts like an open one.
    fn busy(&self) -> BTreeMap<Uuid, u32> {
        let mut busy = BTreeMap::new();
        let raters = self.appraisals.iter().flat_map(|one| &one.there);
        let counts = |rater: &&appraisal_rater::Model| {
            rater.state != AppraisalRaterState::Declined
                && rater.source != AppraisalFeedbackSource::Own
        };
        for rater in raters.filter(counts) {
            *busy.entry(rater.member_id).or_default() += 1;
        }
        busy
    }

    fn wanted(&self, one: &One) -> Wanted {
        let member = one.row.member_id;
        let mut candidates = candidates(member, &self.teams.colleagues(member), &self.shared);
        candidates.retain(|who, _| self.here.contains(who));
        let asked = one.there.iter().map(|rater| rater.member_id);
        let missing = if one.form.asks(AppraisalFeedbackSource::Peer) {
            self.peers.saturating_sub(one.peers())
        } else {
            0
        };
        Wanted {
            member,
            candidates,
            taken: asked.chain(one.row.reviewer_id).collect(),
            missing,
        }
    }
}

impl One {
    /// How many colleagues are asked or proposed.
    fn peers(&self) -> usize {
        let counts = |rater: &&appraisal_rater::Model| {
            rater.source == AppraisalFeedbackSource::Peer
                && rater.state != AppraisalRaterState::Declined
        };
        self.there.iter().filter(counts).count()
    }
}

/// Who was at home in which team on a day of the period.
struct Teams {
    of_member: HashMap<Uuid, BTreeSet<Uuid>>,
    members: HashMap<Uuid, BTreeSet<Uuid>>,
}

impl Teams {
    async fn read(work: &Work<'_>, rows: &[appraisal::Model], period: Period) -> Result<Self> {
        let tx = work.tx();
        let appraised = homes(tx, rows.iter().map(|row| row.member_id)).await?;
        let teams: BTreeSet<Uuid> = appraised
            .values()
            .flatten()
            .filter_map(|home| home.team.filter(|_| in_time(home, period)))
            .collect();
        let teams: Vec<Uuid> = teams.into_iter().collect();
        let all = homes(tx, at_home_in(tx, &teams).await?).await?;
        let mut read = Self {
            of_member: HashMap::new(),
            members: HashMap::new(),
        };
        for (member, homes) in all {
            for home in homes.iter().filter(|home| in_time(home, period)) {
                if let Some(team) = home.team {
                    read.of_member.entry(member).or_default().insert(team);
                    read.members.entry(team).or_default().insert(member);
                }
            }
        }
        Ok(read)
    }

    fn people(&self) -> impl Iterator<Item = Uuid> {
        self.of_member.keys().copied()
    }

    fn colleagues(&self, member: Uuid) -> BTreeSet<Uuid> {
        let teams = self.of_member.get(&member).into_iter().flatten();
        let members = teams.filter_map(|team| self.members.get(team));
        members.flatten().copied().collect()
    }
}

fn in_time(home: &Home, period: Period) -> bool {
    home.from < period.to && home.to.is_none_or(|to| to > period.from)
}
