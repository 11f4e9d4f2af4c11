//! What the demo company has agreed on, met for and suggested: rules with their votes, a weekly meeting with what came of it, a
//! sharing session, suggestions at every stage.

mod charter;
mod meetings;
mod suggestions;

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use entity::{
    action_item, meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute,
    meeting_series, meeting_series_member, rule_acknowledgement, rule_ballot, rule_comment,
    rule_elector, rule_proposal, suggestion, suggestion_step, suggestion_support, team_rule,
    team_rule_version,
};
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::day_of;
use super::organisation::Organisation;
use super::people::People;
use super::random::Chance;
use super::text::teamwork::PROPOSALS;

pub use suggestions::Idea;

/// Rules, meetings and suggestions.
#[derive(Clone, Debug, Default)]
pub struct Teamwork {
    /// Rules.
    pub rules: Vec<team_rule::Model>,
    /// Proposals.
    pub proposals: Vec<rule_proposal::Model>,
    /// Texts of rules.
    pub versions: Vec<team_rule_version::Model>,
    /// Who may vote.
    pub electors: Vec<rule_elector::Model>,
    /// How they voted.
    pub ballots: Vec<rule_ballot::Model>,
    /// What was said.
    pub comments: Vec<rule_comment::Model>,
    /// Who has taken note.
    pub notes: Vec<rule_acknowledgement::Model>,
    /// Series of meetings.
    pub series: Vec<meeting_series::Model>,
    /// Who is invited to them.
    pub series_members: Vec<meeting_series_member::Model>,
    /// Meetings.
    pub meetings: Vec<meeting::Model>,
    /// Who is invited, and came.
    pub invitees: Vec<meeting_invitee::Model>,
    /// What is to be done.
    pub items: Vec<action_item::Model>,
    /// What is talked about.
    pub agenda: Vec<meeting_agenda_item::Model>,
    /// What was said.
    pub minutes: Vec<meeting_minute::Model>,
    /// What was decided.
    pub decisions: Vec<meeting_decision::Model>,
    /// Suggestions.
    pub suggestions: Vec<suggestion::Model>,
    /// What was done with them.
    pub steps: Vec<suggestion_step::Model>,
    /// Who supports them.
    pub supports: Vec<suggestion_support::Model>,
}

/// What everything here is made from.
struct Maker<'a> {
    seed: u64,
    as_of: DateTime<Utc>,
    today: NaiveDate,
    organisation: &'a Organisation,
    people: &'a People,
    accounts: &'a Accounts,
    made: u64,
    all: Teamwork,
}

impl Teamwork {
    /// Generates it as of a time.
    #[must_use]
    pub fn generate(
        seed: u64,
        as_of: DateTime<Utc>,
        organisation: &Organisation,
        people: &People,
        accounts: &Accounts,
    ) -> Self {
        let mut maker = Maker {
            seed,
            as_of,
            today: day_of(as_of),
            organisation,
            people,
            accounts,
            made: 0,
            all: Self::default(),
        };
        for proposal in &PROPOSALS {
            maker.proposal(proposal);
        }
        maker.weekly();
        maker.sharing();
        maker.suggestions();
        maker.all
    }
}

fn ahead(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

impl Maker<'_> {
    fn id(&mut self, at: DateTime<Utc>) -> Uuid {
        self.made += 1;
        Chance::of(self.seed, "teamwork", self.made).id(at)
    }

    /// The member behind a demo login.
    fn demo(&self, login: &str) -> Uuid {
        let user = &self.accounts.users[self.accounts.demo(login)];
        user.member_id.unwrap_or(self.people.members[0].id)
    }

    fn name(&self, member: Uuid) -> String {
        let found = self.people.members.iter().find(|row| row.id == member);
        found.map_or_else(String::new, |row| row.name.clone())
    }

    /// The lead's home team, and who is in it today.
    fn lead_team(&self) -> (Uuid, Vec<Uuid>) {
        let lead = self.demo("lead.demo");
        let home =
            self.people.assignments.iter().find(|row| {
                row.member_id == lead && row.team_id.is_some() && row.valid_to.is_none()
            });
        let team = home.and_then(|row| row.team_id);
        let team = team.unwrap_or(self.organisation.teams[0].id);
        let members: BTreeSet<Uuid> = self
            .people
            .assignments
            .iter()
            .filter(|row| row.team_id == Some(team))
            .filter(|row| {
                row.valid_from <= self.today && row.valid_to.is_none_or(|to| self.today < to)
            })
            .map(|row| row.member_id)
            .collect();
        (team, members.into_iter().collect())
    }

    /// Who works here today.
    fn everybody(&self) -> Vec<Uuid> {
        let here = |row: &&entity::member::Model| {
            row.joined_on <= self.today && row.left_on.is_none_or(|left| self.today < left)
        };
        let members = self.people.members.iter().filter(here);
        members.map(|row| row.id).collect()
    }
}
