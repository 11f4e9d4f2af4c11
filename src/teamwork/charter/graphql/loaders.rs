//! Batched reads of what hangs on proposals and rules.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use entity::enums::RuleVoteChoice;
use entity::{rule_ballot, team_rule};
use uuid::Uuid;

use crate::access::{Permission, by_ids};
use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::today;
use crate::teamwork::charter::store::{self, ballots};

type Read<K, V> = Result<HashMap<K, V>, Arc<Error>>;

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident),*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, Hash)]
            pub struct $name(pub Uuid);
        )*
    };
}

keys! {
    /// That one may vote on a proposal.
    ElectionOf,
    /// How one voted on a proposal oneself.
    OwnVoteOn,
    /// How many have voted on a proposal.
    TurnoutOf,
    /// Who voted how on a proposal, when the vote is open.
    VotesOn,
    /// That one has taken note of the latest text of a rule.
    NoteOf,
    /// Who hasn't taken note of the latest text of a rule.
    OutstandingOf
}

impl Loader<ElectionOf> for Loads {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, keys: &[ElectionOf]) -> Read<ElectionOf, ()> {
        let Some(me) = self.call.viewer.standing.member_id else {
            return Ok(HashMap::new());
        };
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let mine = ballots::elections_of(self.db.reader(), &ids, me).await?;
        Ok(mine.into_iter().map(|id| (ElectionOf(id), ())).collect())
    }
}

impl Loader<OwnVoteOn> for Loads {
    type Value = RuleVoteChoice;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[OwnVoteOn]) -> Read<OwnVoteOn, RuleVoteChoice> {
        let Some(me) = self.call.viewer.standing.member_id else {
            return Ok(HashMap::new());
        };
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let mine = ballots::own(self.db.reader(), &ids, me).await?;
        Ok(mine
            .into_iter()
            .map(|(id, choice)| (OwnVoteOn(id), choice))
            .collect())
    }
}

impl Loader<TurnoutOf> for Loads {
    type Value = i64;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[TurnoutOf]) -> Read<TurnoutOf, i64> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let counts = ballots::turnouts(self.db.reader(), &ids).await?;
        Ok(counts
            .into_iter()
            .map(|(id, count)| (TurnoutOf(id), count))
            .collect())
    }
}

impl Loader<VotesOn> for Loads {
    type Value = Vec<rule_ballot::Model>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[VotesOn]) -> Read<VotesOn, Vec<rule_ballot::Model>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let votes = ballots::votes(self.db.reader(), &self.call.viewer, &ids).await?;
        Ok(votes
            .into_iter()
            .map(|(id, votes)| (VotesOn(id), votes))
            .collect())
    }
}

impl Loader<NoteOf> for Loads {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, keys: &[NoteOf]) -> Read<NoteOf, ()> {
        let Some(me) = self.call.viewer.standing.member_id else {
            return Ok(HashMap::new());
        };
        let (db, viewer) = (self.db.reader(), &self.call.viewer);
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let rules = by_ids::<team_rule::Entity>(db, viewer, Permission::TeamRuleRead, &ids).await;
        let rules = rules.map_err(|error| Arc::new(Error::from(error)))?;
        let latest: Vec<(Uuid, i32)> = rules.values().map(|rule| (rule.id, rule.current)).collect();
        let noted = store::noted_latest(db, &latest, me).await?;
        Ok(noted.into_iter().map(|id| (NoteOf(id), ())).collect())
    }
}

impl Loader<OutstandingOf> for Loads {
    type Value = Vec<Uuid>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[OutstandingOf]) -> Read<OutstandingOf, Vec<Uuid>> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let day = today(&self.call);
        let (db, viewer) = (self.db.reader(), &self.call.viewer);
        let all = store::outstanding(db, viewer, Some(&ids), None, day).await?;
        Ok(all
            .into_iter()
            .map(|one| (OutstandingOf(one.rule.id), one.members))
            .collect())
    }
}
