use chrono::{DateTime, TimeDelta, Utc};
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
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Table, days_ago, key, start, write};

/// Rules, meetings, suggestions.
#[derive(Clone, Debug, Default)]
pub struct Teamwork {
    pub rules: Vec<team_rule::Model>,
    pub proposals: Vec<rule_proposal::Model>,
    pub versions: Vec<team_rule_version::Model>,
    pub electors: Vec<rule_elector::Model>,
    pub ballots: Vec<rule_ballot::Model>,
    pub comments: Vec<rule_comment::Model>,
    pub notes: Vec<rule_acknowledgement::Model>,
    pub series: Vec<meeting_series::Model>,
    pub series_members: Vec<meeting_series_member::Model>,
    pub meetings: Vec<meeting::Model>,
    pub invitees: Vec<meeting_invitee::Model>,
    pub items: Vec<action_item::Model>,
    pub agenda: Vec<meeting_agenda_item::Model>,
    pub minutes: Vec<meeting_minute::Model>,
    pub decisions: Vec<meeting_decision::Model>,
    pub suggestions: Vec<suggestion::Model>,
    pub steps: Vec<suggestion_step::Model>,
    pub supports: Vec<suggestion_support::Model>,
}

fn member(n: usize) -> Uuid {
    key(Table::Member, n)
}

fn after(days: i64) -> DateTime<Utc> {
    start() + TimeDelta::days(days)
}

/// For whom.
#[derive(Clone, Copy)]
enum For {
    Company,
    Department(usize),
    Team(usize),
}

impl For {
    fn columns(self) -> (CircleKind, Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Company => (CircleKind::Company, None, None),
            Self::Department(n) => (
                CircleKind::Department,
                Some(key(Table::Department, n)),
                None,
            ),
            Self::Team(n) => (CircleKind::Team, None, Some(key(Table::Team, n))),
        }
    }
}

impl Teamwork {
    /// Writes everything; members and teams must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.rules).await;
        write(tx, &self.proposals).await;
        write(tx, &self.versions).await;
        write(tx, &self.electors).await;
        write(tx, &self.ballots).await;
        write(tx, &self.comments).await;
        write(tx, &self.notes).await;
        write(tx, &self.series).await;
        write(tx, &self.series_members).await;
        write(tx, &self.meetings).await;
        write(tx, &self.invitees).await;
        write(tx, &self.items).await;
        write(tx, &self.agenda).await;
        write(tx, &self.minutes).await;
        write(tx, &self.decisions).await;
        write(tx, &self.suggestions).await;
        write(tx, &self.steps).await;
        write(tx, &self.supports).await;
    }

    /// Rules 1 (the desk's) and 2 (the company's). Proposals: 1 is the agent's draft for desk north, 2 is the agent's for the
    /// desk and open for comments, 3 the lead's for the service desk in an open vote, 4 the manager's for the company in a
    /// secret one, 5 and 6 have become the rules.
    ///
    /// The lead's weekly series 1 of desk north has meeting 1, held a week ago, and meeting 2 in five days; the engineer holds
    /// sharing session 3 in three days. The agent should have done item 1 by yesterday; the mover has done item 2.
    ///
    /// Suggestion 1 is the agent's, by name, and the manager looks after it; 2 is the colleague's, anonymous and new; 3 is the
    /// mover's, anonymous, and the lead looks after it.
    pub fn small() -> Self {
        let mut all = Self::default();
        all.charter();
        all.meetings();
        all.suggestions();
        all
    }

    fn rule(&mut self, n: usize, of: For) {
        let (circle, department_id, team_id) = of.columns();
        self.rules.push(team_rule::Model {
            id: key(Table::TeamRule, n),
            circle,
            department_id,
            team_id,
            title: format!("Rule {n}"),
            current: 1,
            repealed_from: None,
            version: 1,
            created_at: after(-20),
            updated_at: after(-20),
        });
        self.versions.push(team_rule_version::Model {
            id: key(Table::RuleVersion, n),
            rule_id: key(Table::TeamRule, n),
            number: 1,
            title: format!("Rule {n}"),
            body: "Whoever answers first keeps the case. 首问负责".to_owned(),
            proposal_id: key(Table::RuleProposal, 4 + n),
            in_force_from: days_ago(19),
            created_at: after(-20),
        });
    }

    fn proposal(&mut self, n: usize, proposer: usize, of: For, state: RuleProposalState) {
        let (circle, department_id, team_id) = of.columns();
        let voting = state == RuleProposalState::Voting;
        let over = state == RuleProposalState::Adopted;
        self.proposals.push(rule_proposal::Model {
            id: key(Table::RuleProposal, n),
            kind: RuleProposalKind::New,
            rule_id: over.then(|| key(Table::TeamRule, n - 4)),
            circle,
            department_id,
            team_id,
            title: format!("Proposal {n}"),
            body: "No case waits over night. 工单不过夜".to_owned(),
            reason: "Customers wait too long. 客户等待过久".to_owned(),
            ballot: if n == 4 {
                RuleBallotKind::Secret
            } else {
                RuleBallotKind::Open
            },
            quorum_percent: 50,
            majority_percent: 50,
            in_force_from: days_ago(-10),
            proposer_id: member(proposer),
            state,
            opened_at: (state != RuleProposalState::Draft).then(|| after(-5)),
            voting_from: (voting || over).then(|| after(-1)),
            voting_until: (voting || over).then(|| after(6)),
            electors: (voting || over).then_some(if n == 4 { 7 } else { 5 }),
            yes: over.then_some(3),
            no: over.then_some(1),
            abstain: over.then_some(0),
            outcome: over.then_some(RuleVoteOutcome::Adopted),
            closed_at: over.then(|| after(-20)),
            note: None,
            version: 1,
            created_at: after(n as i64 - 30),
            updated_at: after(-1),
        });
    }

    fn charter(&mut self) {
        use RuleProposalState::{Adopted, Commenting, Draft, Voting};
        self.rule(1, For::Team(1));
        self.rule(2, For::Company);
        self.proposal(1, 2, For::Team(2), Draft);
        self.proposal(2, 2, For::Team(1), Commenting);
        self.proposal(3, 1, For::Department(1), Voting);
        self.proposal(4, 7, For::Company, Voting);
        self.proposal(5, 1, For::Team(1), Adopted);
        self.proposal(6, 7, For::Company, Adopted);
        for (proposal, members) in [(3, &[1, 2, 3, 5, 7][..]), (4, &[1, 2, 3, 4, 5, 7, 8][..])] {
            for n in members {
                self.electors.push(rule_elector::Model {
                    id: key(Table::RuleElector, proposal * 10 + n),
                    proposal_id: key(Table::RuleProposal, proposal),
                    member_id: member(*n),
                });
            }
        }
        use RuleVoteChoice::{No, Yes};
        for (proposal, n, choice) in [(3, 2, Yes), (3, 3, No), (4, 2, No), (4, 3, Yes)] {
            self.ballots.push(rule_ballot::Model {
                id: key(Table::RuleBallot, proposal * 10 + n),
                proposal_id: key(Table::RuleProposal, proposal),
                member_id: member(n),
                choice,
                cast_at: after(0) - TimeDelta::minutes(n as i64),
            });
        }
        self.comments.push(rule_comment::Model {
            id: key(Table::RuleComment, 1),
            proposal_id: key(Table::RuleProposal, 2),
            author_id: member(3),
            author_name: "Zhang Wei".to_owned(),
            body: "And on Sundays?".to_owned(),
            created_at: after(-1),
        });
        self.notes.push(rule_acknowledgement::Model {
            id: key(Table::RuleNote, 1),
            version_id: key(Table::RuleVersion, 1),
            member_id: member(2),
            at: after(-19),
        });
    }

    fn meeting(&mut self, n: usize, days: i64, invited: &[usize]) {
        let series = (n < 3).then(|| key(Table::Series, 1));
        let held = days < 0;
        let starts_at = after(days);
        self.meetings.push(meeting::Model {
            id: key(Table::Meeting, n),
            series_id: series,
            series_day: series.map(|_| days_ago(-days)),
            kind: if n == 3 {
                MeetingKind::Sharing
            } else {
                MeetingKind::Meeting
            },
            title: format!("Meeting {n}"),
            team_id: series.map(|_| key(Table::Team, 2)),
            organiser_id: member(if n == 3 { 4 } else { 1 }),
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(45),
            place: Some("Room 3".to_owned()),
            link: None,
            state: if held {
                MeetingState::Held
            } else {
                MeetingState::Planned
            },
            reason: None,
            minutes_number: i32::from(held),
            held_at: held.then_some(starts_at),
            version: 1,
            created_at: after(-10),
            updated_at: after(-10),
        });
        for invitee in invited {
            self.invitees.push(meeting_invitee::Model {
                id: key(Table::Invitee, n * 10 + invitee),
                meeting_id: key(Table::Meeting, n),
                member_id: member(*invitee),
                name: format!("Member {invitee}"),
                attendance: held.then_some(MeetingAttendance::Present),
            });
        }
    }

    fn item(&mut self, n: usize, owner: usize, state: ActionItemState) {
        self.items.push(action_item::Model {
            id: key(Table::ActionItem, n),
            meeting_id: key(Table::Meeting, 1),
            series_id: Some(key(Table::Series, 1)),
            title: format!("Item {n}"),
            detail: None,
            owner_id: member(owner),
            due_on: days_ago(1),
            state,
            note: None,
            closed_at: (state == ActionItemState::Done).then(|| after(-2)),
            version: 1,
            created_at: after(-7),
            updated_at: after(-7),
        });
    }

    fn meetings(&mut self) {
        self.series.push(meeting_series::Model {
            id: key(Table::Series, 1),
            kind: MeetingKind::Meeting,
            title: "Desk north".to_owned(),
            team_id: Some(key(Table::Team, 2)),
            organiser_id: member(1),
            rhythm: MeetingRhythm::Weekly,
            first_day: days_ago(7),
            start_minute: 600,
            minutes: 45,
            place: Some("Room 3".to_owned()),
            link: None,
            planned_until: days_ago(-6),
            ended_at: None,
            version: 1,
            created_at: after(-10),
            updated_at: after(-10),
        });
        for n in [1, 2, 5] {
            self.series_members.push(meeting_series_member::Model {
                id: key(Table::SeriesMember, n),
                series_id: key(Table::Series, 1),
                member_id: member(n),
            });
        }
        self.meeting(1, -7, &[1, 2, 5]);
        self.meeting(2, 5, &[1, 2, 5]);
        self.meeting(3, 3, &[4, 8]);
        self.item(1, 2, ActionItemState::Open);
        self.item(2, 5, ActionItemState::Done);
        for (n, of, carried) in [(1, 1, None), (2, 2, Some(1))] {
            self.agenda.push(meeting_agenda_item::Model {
                id: key(Table::AgendaItem, n),
                meeting_id: key(Table::Meeting, of),
                place: 1,
                title: format!("Topic {n}"),
                minutes: Some(10),
                presenter_id: Some(member(2)),
                action_item_id: carried.map(|n| key(Table::ActionItem, n)),
                created_at: after(-8),
            });
        }
        self.minutes.push(meeting_minute::Model {
            id: key(Table::Minutes, 1),
            meeting_id: key(Table::Meeting, 1),
            number: 1,
            body: "We talked about waiting times.".to_owned(),
            author_id: member(1),
            author_name: "Wang Fang".to_owned(),
            written_at: after(-7),
        });
        self.decisions.push(meeting_decision::Model {
            id: key(Table::Decision, 1),
            meeting_id: key(Table::Meeting, 1),
            number: 1,
            body: "Nobody waits longer than an hour.".to_owned(),
            decided_at: after(-7),
        });
    }

    fn suggestion(&mut self, n: usize, author: usize, handler: Option<usize>) {
        let anonymous = n > 1;
        self.suggestions.push(suggestion::Model {
            id: key(Table::Suggestion, n),
            title: format!("Suggestion {n}"),
            body: "Answer the simple questions by a template.".to_owned(),
            area: SuggestionArea::Process,
            author_id: member(author),
            anonymous,
            handler_id: handler.map(member),
            state: match handler {
                Some(_) => SuggestionState::Received,
                None => SuggestionState::Submitted,
            },
            outcome: None,
            supporters: i32::from(n == 1),
            closed_at: None,
            version: 1,
            created_at: after(n as i64 - 10),
            updated_at: after(n as i64 - 10),
        });
        let step = |place: usize, kind, actor: Option<usize>| suggestion_step::Model {
            id: key(Table::SuggestionStep, n * 10 + place),
            suggestion_id: key(Table::Suggestion, n),
            kind,
            note: None,
            actor_id: actor.map(member),
            actor_name: actor.map(|n| format!("Member {n}")),
            at: after(n as i64 - 10) + TimeDelta::hours(place as i64),
        };
        let named = (!anonymous).then_some(author);
        self.steps
            .push(step(1, SuggestionStepKind::Submitted, named));
        if handler.is_some() {
            self.steps
                .push(step(2, SuggestionStepKind::Received, handler));
        }
    }

    fn suggestions(&mut self) {
        self.suggestion(1, 2, Some(7));
        self.suggestion(2, 3, None);
        self.suggestion(3, 5, Some(1));
        self.supports.push(suggestion_support::Model {
            id: key(Table::SuggestionSupport, 1),
            suggestion_id: key(Table::Suggestion, 1),
            member_id: member(4),
            at: after(-5),
        });
    }
}
