//! Batched reads of the organisation's nested fields.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use chrono::NaiveDate;
use entity::{member, team};
use uuid::Uuid;

use crate::error::Error;
use crate::graphql::Loads;
use crate::organisation::by_number;
use crate::organisation::store::members_of;
use crate::organisation::structure::store::visible_teams_on;

/// The key of a team's members on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TeamMembership {
    /// The team.
    pub team_id: Uuid,
    /// The day.
    pub day: NaiveDate,
}

impl Loader<TeamMembership> for Loads {
    type Value = Vec<member::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[TeamMembership],
    ) -> Result<HashMap<TeamMembership, Vec<member::Model>>, Arc<Error>> {
        let mut by_day: HashMap<NaiveDate, Vec<Uuid>> = HashMap::new();
        for key in keys {
            by_day.entry(key.day).or_default().push(key.team_id);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for (day, teams) in by_day {
            let members = members_of(self.db.reader(), &self.call.viewer, &teams, day)
                .await
                .map_err(Arc::new)?;
            answers.extend(
                members
                    .into_iter()
                    .map(|(team_id, rows)| (TeamMembership { team_id, day }, rows)),
            );
        }
        Ok(answers)
    }
}

/// A member whom everybody may know by the rules of another domain, such as whoever takes part in a contest. Show nothing of it
/// but number and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KnownMember(pub Uuid);

impl Loader<KnownMember> for Loads {
    type Value = member::Model;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[KnownMember],
    ) -> Result<HashMap<KnownMember, member::Model>, Arc<Error>> {
        let ids = keys.iter().map(|key| key.0).collect();
        let rows = by_number(self.db.reader(), &ids).await?;
        Ok(rows
            .into_iter()
            .map(|row| (KnownMember(row.id), row))
            .collect())
    }
}

/// The key of the teams right below a team on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TeamChildren {
    /// The team above.
    pub team_id: Uuid,
    /// The day.
    pub day: NaiveDate,
}

impl Loader<TeamChildren> for Loads {
    type Value = Vec<team::Model>;
    type Error = Arc<Error>;

    async fn load(
        &self,
        keys: &[TeamChildren],
    ) -> Result<HashMap<TeamChildren, Vec<team::Model>>, Arc<Error>> {
        let days: BTreeSet<NaiveDate> = keys.iter().map(|key| key.day).collect();
        let mut answers: HashMap<TeamChildren, Vec<team::Model>> = HashMap::new();
        for day in days {
            let teams = visible_teams_on(self.db.reader(), &self.call.viewer, day)
                .await
                .map_err(Arc::new)?;
            for team in teams {
                if let Some(team_id) = team.parent_id {
                    let key = TeamChildren { team_id, day };
                    answers.entry(key).or_default().push(team);
                }
            }
        }
        Ok(answers)
    }
}
