//! Rules, and how they came about.

use chrono::TimeDelta;
use entity::enums::{
    CircleKind, RuleBallotKind, RuleProposalKind, RuleProposalState, RuleVoteChoice,
    RuleVoteOutcome,
};
use entity::{
    rule_acknowledgement, rule_ballot, rule_comment, rule_elector, rule_proposal, team_rule,
    team_rule_version,
};

use super::{Maker, ahead};
use crate::demo::calendar::{at_hour, days_ago};
use crate::demo::text::teamwork::Proposal;

impl Maker<'_> {
    /// A proposal with its vote, and the rule that it became.
    pub(super) fn proposal(&mut self, what: &Proposal) {
        use RuleProposalState::{Adopted, Commenting, Voting};
        let day = days_ago(self.today, what.days_ago);
        let at = at_hour(day, 10);
        let (team, team_members) = self.lead_team();
        let circle = if what.company {
            self.everybody()
        } else {
            team_members
        };
        let (id, proposer) = (self.id(at), self.demo(what.by));
        let voting = what.state == Voting;
        let adopted = what.state == Adopted;
        let votes = voting || adopted;
        // A vote that is over was open for a week; one that is on has three days left.
        let begun = votes.then(|| at + TimeDelta::days(3));
        let ends = begun.map(|begun| {
            if voting {
                at_hour(ahead(self.today, 3), 10)
            } else {
                begun + TimeDelta::days(7)
            }
        });
        let in_force_from = ahead(day, 14);
        let secret = what.ballot == RuleBallotKind::Secret;
        let (mut yes, mut no) = (0, 0);
        let mut cast = Vec::new();
        for (place, member) in circle.iter().enumerate().filter(|_| votes) {
            let row_id = self.id(at);
            self.all.electors.push(rule_elector::Model {
                id: row_id,
                proposal_id: id,
                member_id: *member,
            });
            // Of seven, five are for it, one is against it, and one stays away, of a vote that is on yet more.
            let stays_away = place % 7 == 6 || (voting && place % 2 == 1);
            if stays_away {
                continue;
            }
            let choice = if place % 7 == 5 {
                no += 1;
                RuleVoteChoice::No
            } else {
                yes += 1;
                RuleVoteChoice::Yes
            };
            cast.push((*member, choice));
        }
        let seconds = |n: usize| TimeDelta::seconds(i64::try_from(n).unwrap_or(0) * 601);
        for (place, (member_id, choice)) in cast.into_iter().enumerate() {
            // Ballots of a secret vote are destroyed when it is over.
            if adopted && secret {
                break;
            }
            let cast_at = begun.unwrap_or(at) + seconds(place + 1);
            let row_id = self.id(cast_at);
            self.all.ballots.push(rule_ballot::Model {
                id: row_id,
                proposal_id: id,
                member_id,
                choice,
                cast_at,
            });
        }
        let rule_id = adopted.then(|| self.id(at));
        let circle_kind = if what.company {
            CircleKind::Company
        } else {
            CircleKind::Team
        };
        let team_id = (!what.company).then_some(team);
        let electors = votes.then(|| i32::try_from(circle.len()).unwrap_or(0));
        self.all.proposals.push(rule_proposal::Model {
            id,
            kind: RuleProposalKind::New,
            rule_id,
            circle: circle_kind,
            department_id: None,
            team_id,
            title: what.title.to_owned(),
            body: what.body.to_owned(),
            reason: what.reason.to_owned(),
            ballot: what.ballot,
            quorum_percent: 50,
            majority_percent: 50,
            in_force_from,
            proposer_id: proposer,
            state: what.state,
            opened_at: Some(at),
            voting_from: begun,
            voting_until: ends,
            electors,
            yes: adopted.then_some(yes),
            no: adopted.then_some(no),
            abstain: adopted.then_some(0),
            outcome: adopted.then_some(RuleVoteOutcome::Adopted),
            closed_at: ends.filter(|_| adopted),
            note: None,
            version: if what.state == Commenting { 2 } else { 3 },
            created_at: at,
            updated_at: begun.unwrap_or(at),
        });
        let speaker = self.demo("agent.demo");
        let (comment, author_name) = (self.id(at), self.name(speaker));
        self.all.comments.push(rule_comment::Model {
            id: comment,
            proposal_id: id,
            author_id: speaker,
            author_name,
            body: what.comment.to_owned(),
            created_at: at + TimeDelta::hours(5),
        });
        if let Some(rule_id) = rule_id {
            let adopted_at = ends.unwrap_or(at);
            self.all.rules.push(team_rule::Model {
                id: rule_id,
                circle: circle_kind,
                department_id: None,
                team_id,
                title: what.title.to_owned(),
                current: 1,
                repealed_from: None,
                version: 1,
                created_at: adopted_at,
                updated_at: adopted_at,
            });
            let version = self.id(adopted_at);
            self.all.versions.push(team_rule_version::Model {
                id: version,
                rule_id,
                number: 1,
                title: what.title.to_owned(),
                body: what.body.to_owned(),
                proposal_id: id,
                in_force_from,
                created_at: adopted_at,
            });
            // Three of four have taken note.
            let noted = circle
                .iter()
                .enumerate()
                .filter(|(place, _)| place % 4 != 3);
            for (place, member) in noted {
                let at = adopted_at + seconds(place + 1);
                let row_id = self.id(at);
                self.all.notes.push(rule_acknowledgement::Model {
                    id: row_id,
                    version_id: version,
                    member_id: *member,
                    at,
                });
            }
        }
    }
}
