//! Batched reads: what members can do, whether they are at work, when they are away, and who can do a thing.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::workforce::rules::skills::Ability;
use crate::organisation::workforce::store::{
    AtWork, Holder, Wanted, abilities, at_work, away, holders,
};

/// What a member can do on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AbilityOf {
    /// Who.
    pub member: Uuid,
    /// On which day.
    pub day: NaiveDate,
}

impl Loader<AbilityOf> for Loads {
    type Value = Ability;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[AbilityOf]) -> Result<HashMap<AbilityOf, Ability>, Arc<Error>> {
        let mut answers = HashMap::with_capacity(keys.len());
        for (day, members) in alike(keys, |key| (key.day, key.member)) {
            let of = abilities(self.db.reader(), &self.call.viewer, &members, day).await?;
            answers.extend(
                of.into_iter()
                    .map(|(member, ability)| (AbilityOf { member, day }, ability)),
            );
        }
        Ok(answers)
    }
}

/// Who can do a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HoldersOf {
    /// What.
    pub skill: Uuid,
    /// Which of them.
    pub wanted: Wanted,
}

impl Loader<HoldersOf> for Loads {
    type Value = Arc<Vec<Holder>>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[HoldersOf],
    ) -> Result<HashMap<HoldersOf, Self::Value>, Arc<Error>> {
        let mut answers = HashMap::with_capacity(keys.len());
        for (wanted, skills) in alike(keys, |key| (key.wanted, key.skill)) {
            let of = holders(self.db.reader(), &self.call.viewer, &skills, wanted).await?;
            answers.extend(
                of.into_iter()
                    .map(|(skill, list)| (HoldersOf { skill, wanted }, Arc::new(list))),
            );
        }
        Ok(answers)
    }
}

/// Whether a member is at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AtWorkOf {
    /// Who.
    pub member: Uuid,
    /// At which moment.
    pub at: DateTime<Utc>,
    /// The day of that moment in the organisation's time zone.
    pub day: NaiveDate,
}

impl Loader<AtWorkOf> for Loads {
    type Value = AtWork;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[AtWorkOf]) -> Result<HashMap<AtWorkOf, AtWork>, Arc<Error>> {
        let mut answers = HashMap::with_capacity(keys.len());
        for ((at, day), members) in alike(keys, |key| ((key.at, key.day), key.member)) {
            let of = at_work(self.db.reader(), &members, at, day).await?;
            answers.extend(
                of.into_iter()
                    .map(|(member, at_work)| (AtWorkOf { member, at, day }, at_work)),
            );
        }
        Ok(answers)
    }
}

/// When a member is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AwayOf {
    /// Who.
    pub member: Uuid,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; for ever when nothing is said.
    pub to: Option<DateTime<Utc>>,
}

impl Loader<AwayOf> for Loads {
    type Value = Vec<(DateTime<Utc>, DateTime<Utc>)>;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[AwayOf]) -> Result<HashMap<AwayOf, Self::Value>, Arc<Error>> {
        let mut answers = HashMap::with_capacity(keys.len());
        for ((from, to), members) in alike(keys, |key| ((key.from, key.to), key.member)) {
            let of = away(self.db.reader(), &self.call.viewer, &members, (from, to)).await?;
            answers.extend(
                of.into_iter()
                    .map(|(member, times)| (AwayOf { member, from, to }, times)),
            );
        }
        Ok(answers)
    }
}

/// Keys that ask the same about different objects, together.
fn alike<K, Q: Eq + Hash>(keys: &[K], parts: impl Fn(&K) -> (Q, Uuid)) -> HashMap<Q, Vec<Uuid>> {
    let mut groups: HashMap<Q, Vec<Uuid>> = HashMap::new();
    for key in keys {
        let (question, object) = parts(key);
        groups.entry(question).or_default().push(object);
    }
    groups
}
