//! What the demo company has agreed on, met for and suggested: rules with their votes, a weekly meeting with what came of it, a
//! sharing session, suggestions at every stage.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use entity::enums::{
    ActionItemState, CircleKind, MeetingAttendance, MeetingKind, MeetingRhythm, MeetingState,
    RuleBallotKind, RuleProposalKind, RuleProposalState, RuleVoteChoice, RuleVoteOutcome,
    SuggestionArea, SuggestionState, SuggestionStepKind,
};
use entity::{
    action_item, meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute,
    meeting_series, meeting_series_member, rule_acknowledgement, rule_ballot, rule_comment,
    rule_elector, rule_proposal, suggestion, suggestion_step, suggestion_support, team_rule,
    team_rule_version,
};
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, day_of, days_ago};
use super::organisation::Organisation;
use super::people::People;
use super::random::Chance;
use super::text::teamwork::{PROPOSALS, Proposal, SUGGESTIONS, TOPICS};

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

    fn proposal(&mut self, what: &Proposal) {
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

    fn meeting(&mut self, of: Option<&meeting_series::Model>, like: &Plan<'_>) -> Uuid {
        let id = self.id(like.starts_at);
        let held = like.starts_at < self.as_of;
        self.all.meetings.push(meeting::Model {
            id,
            series_id: of.map(|series| series.id),
            series_day: of.map(|_| day_of(like.starts_at)),
            kind: like.kind,
            title: like.title.to_owned(),
            team_id: of.and_then(|series| series.team_id),
            organiser_id: like.organiser,
            starts_at: like.starts_at,
            ends_at: like.starts_at + TimeDelta::minutes(45),
            place: Some("三楼会议室 Room 3".to_owned()),
            link: None,
            state: if held {
                MeetingState::Held
            } else {
                MeetingState::Planned
            },
            reason: None,
            minutes_number: i32::from(held),
            held_at: held.then(|| like.starts_at + TimeDelta::minutes(45)),
            version: 1,
            created_at: like.starts_at - TimeDelta::days(30),
            updated_at: like.starts_at - TimeDelta::days(30),
        });
        for (place, member) in like.invited.iter().enumerate() {
            let (row_id, name) = (self.id(like.starts_at), self.name(*member));
            let came = if place % 9 == 8 {
                MeetingAttendance::Excused
            } else {
                MeetingAttendance::Present
            };
            self.all.invitees.push(meeting_invitee::Model {
                id: row_id,
                meeting_id: id,
                member_id: *member,
                name,
                attendance: held.then_some(came),
            });
        }
        id
    }

    /// The weekly meeting of the lead's team: four were held, four are to come.
    fn weekly(&mut self) {
        let lead = self.demo("lead.demo");
        let (team, mut invited) = self.lead_team();
        if !invited.contains(&lead) {
            invited.push(lead);
        }
        let back = u64::from(self.today.weekday().num_days_from_monday()) + 21;
        let first_day = days_ago(self.today, back);
        let made = at_hour(days_ago(first_day, 7), 9);
        let series = meeting_series::Model {
            id: self.id(made),
            kind: MeetingKind::Meeting,
            title: "周例会 Weekly meeting".to_owned(),
            team_id: Some(team),
            organiser_id: lead,
            rhythm: MeetingRhythm::Weekly,
            first_day,
            start_minute: 9 * 60,
            minutes: 45,
            place: Some("三楼会议室 Room 3".to_owned()),
            link: None,
            planned_until: ahead(first_day, 49),
            ended_at: None,
            version: 1,
            created_at: made,
            updated_at: made,
        };
        for member in &invited {
            let row_id = self.id(made);
            self.all.series_members.push(meeting_series_member::Model {
                id: row_id,
                series_id: series.id,
                member_id: *member,
            });
        }
        let mut left: Vec<(Uuid, Uuid, &str)> = Vec::new();
        let mut next = true;
        for week in 0..8_u64 {
            let starts_at = at_hour(ahead(first_day, 7 * week), 9);
            let plan = Plan {
                kind: series.kind,
                title: &series.title,
                organiser: lead,
                starts_at,
                invited: &invited,
            };
            let id = self.meeting(Some(&series), &plan);
            let held = starts_at < self.as_of;
            let topic = TOPICS[usize::try_from(week).unwrap_or(0) % TOPICS.len()];
            self.talk(id, 1, topic.title, None, starts_at);
            if held {
                let owner = invited[usize::try_from(week).unwrap_or(0) % invited.len()];
                let done = week < 2;
                let item = self.come_of(id, &series, (topic.item, owner, done), starts_at);
                if !done {
                    left.push((item, owner, topic.item));
                }
                let (minutes, author_name) = (self.id(starts_at), self.name(lead));
                self.all.minutes.push(meeting_minute::Model {
                    id: minutes,
                    meeting_id: id,
                    number: 1,
                    body: topic.minutes.to_owned(),
                    author_id: lead,
                    author_name,
                    written_at: starts_at + TimeDelta::hours(2),
                });
                let decision = self.id(starts_at);
                self.all.decisions.push(meeting_decision::Model {
                    id: decision,
                    meeting_id: id,
                    number: 1,
                    body: topic.decision.to_owned(),
                    decided_at: starts_at + TimeDelta::minutes(40),
                });
            } else if next {
                next = false;
                let places = 2..;
                for (place, (item, _, title)) in places.zip(left.clone()) {
                    self.talk(id, place, title, Some(item), starts_at);
                }
            }
        }
        self.all.series.push(series);
    }

    fn talk(
        &mut self,
        meeting: Uuid,
        place: i32,
        title: &str,
        item: Option<Uuid>,
        at: DateTime<Utc>,
    ) {
        let id = self.id(at);
        self.all.agenda.push(meeting_agenda_item::Model {
            id,
            meeting_id: meeting,
            place,
            title: title.to_owned(),
            minutes: item.is_none().then_some(20),
            presenter_id: None,
            action_item_id: item,
            created_at: at - TimeDelta::days(3),
        });
    }

    fn come_of(
        &mut self,
        meeting: Uuid,
        series: &meeting_series::Model,
        (title, owner, done): (&str, Uuid, bool),
        at: DateTime<Utc>,
    ) -> Uuid {
        let id = self.id(at);
        self.all.items.push(action_item::Model {
            id,
            meeting_id: meeting,
            series_id: Some(series.id),
            title: title.to_owned(),
            detail: None,
            owner_id: owner,
            due_on: ahead(day_of(at), 10),
            state: if done {
                ActionItemState::Done
            } else {
                ActionItemState::InProgress
            },
            note: done.then(|| "已完成并告知全组。Done, and told to all.".to_owned()),
            closed_at: done.then(|| at + TimeDelta::days(6)),
            version: 2,
            created_at: at + TimeDelta::minutes(40),
            updated_at: at + TimeDelta::days(1),
        });
        id
    }

    /// The engineer tells in a week what was learnt.
    fn sharing(&mut self) {
        let engineer = self.demo("engineer.demo");
        let plan = Plan {
            kind: MeetingKind::Sharing,
            title: "分享会：充电模块的三种常见故障 Sharing: three common faults of charging modules",
            organiser: engineer,
            starts_at: at_hour(ahead(self.today, 7), 15),
            invited: &[engineer, self.demo("agent.demo"), self.demo("lead.demo")],
        };
        self.meeting(None, &plan);
    }

    fn suggestions(&mut self) {
        let handler = self.demo("manager.demo");
        let handler_name = self.name(handler);
        let authors: Vec<Uuid> = self
            .everybody()
            .into_iter()
            .filter(|id| *id != handler)
            .collect();
        for (n, what) in SUGGESTIONS.iter().enumerate() {
            let author = if n == 0 {
                self.demo("agent.demo")
            } else {
                authors[(n * 11) % authors.len()]
            };
            let at = at_hour(days_ago(self.today, what.days_ago), 14);
            let id = self.id(at);
            let named = (!what.anonymous).then_some(author);
            let mut last = at;
            for (place, (kind, note)) in what.steps.iter().enumerate() {
                last = at + TimeDelta::days(2 * i64::try_from(place).unwrap_or(0));
                let (row_id, author_name) = (self.id(last), named.map(|id| self.name(id)));
                let by_author = *kind == SuggestionStepKind::Submitted;
                self.all.steps.push(suggestion_step::Model {
                    id: row_id,
                    suggestion_id: id,
                    kind: *kind,
                    note: (!note.is_empty()).then(|| (*note).to_owned()),
                    actor_id: if by_author { named } else { Some(handler) },
                    actor_name: if by_author {
                        author_name
                    } else {
                        Some(handler_name.clone())
                    },
                    at: last,
                });
            }
            let fans: Vec<Uuid> = authors
                .iter()
                .copied()
                .filter(|member| *member != author)
                .skip(n * 3)
                .take(what.supporters)
                .collect();
            for member in &fans {
                let row_id = self.id(at);
                self.all.supports.push(suggestion_support::Model {
                    id: row_id,
                    suggestion_id: id,
                    member_id: *member,
                    at: at + TimeDelta::hours(3),
                });
            }
            let over = matches!(
                what.state,
                SuggestionState::Done | SuggestionState::Declined
            );
            let outcome = what.steps.last().map(|(_, note)| (*note).to_owned());
            self.all.suggestions.push(suggestion::Model {
                id,
                title: what.title.to_owned(),
                body: what.body.to_owned(),
                area: what.area,
                author_id: author,
                anonymous: what.anonymous,
                handler_id: (what.state != SuggestionState::Submitted).then_some(handler),
                state: what.state,
                outcome: outcome.filter(|_| over),
                supporters: i32::try_from(fans.len()).unwrap_or(0),
                closed_at: over.then_some(last),
                version: i32::try_from(what.steps.len()).unwrap_or(1),
                created_at: at,
                updated_at: last,
            });
        }
    }
}

/// A meeting to make.
struct Plan<'a> {
    kind: MeetingKind,
    title: &'a str,
    organiser: Uuid,
    starts_at: DateTime<Utc>,
    invited: &'a [Uuid],
}

/// What a suggestion of the demo is about, and what was done with it.
#[derive(Clone, Copy, Debug)]
pub struct Idea {
    /// In a line.
    pub title: &'static str,
    /// As a whole.
    pub body: &'static str,
    /// What it is about.
    pub area: SuggestionArea,
    /// Nobody is named.
    pub anonymous: bool,
    /// How long ago.
    pub days_ago: u64,
    /// How many support it.
    pub supporters: usize,
    /// How far it is.
    pub state: SuggestionState,
    /// What was done with it.
    pub steps: &'static [(SuggestionStepKind, &'static str)],
}
