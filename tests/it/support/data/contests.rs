use entity::enums::{ContestRoundKind, ContestRoundState, ContestState};
use entity::{
    contest, contest_award, contest_conflict, contest_entrant, contest_judge, contest_result,
    contest_round, contest_score,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{Table, key, start, write};

/// Contests with what hangs on them.
#[derive(Clone, Debug, Default)]
pub struct Contests {
    pub contests: Vec<contest::Model>,
    pub rounds: Vec<contest_round::Model>,
    pub entrants: Vec<contest_entrant::Model>,
    pub judges: Vec<contest_judge::Model>,
    pub conflicts: Vec<contest_conflict::Model>,
    pub scores: Vec<contest_score::Model>,
    pub results: Vec<contest_result::Model>,
    pub awards: Vec<contest_award::Model>,
}

fn member(n: usize) -> Uuid {
    key(Table::Member, n)
}

impl Contests {
    /// Writes everything; members must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.contests).await;
        write(tx, &self.rounds).await;
        write(tx, &self.entrants).await;
        write(tx, &self.judges).await;
        write(tx, &self.conflicts).await;
        write(tx, &self.scores).await;
        write(tx, &self.results).await;
        write(tx, &self.awards).await;
    }

    /// The manager runs three contests: a published one (1), in which the agent (entrant 1) was better than the colleague (2) and
    /// the mover (3); one whose first round is on (2), with the colleague (4) and the mover (5), judged by the agent, who
    /// is the mover's mentor, the engineer and the coordinator; and a draft (3).
    pub fn small() -> Self {
        let mut rows = Self::default();
        rows.contest(1, ContestState::Published, &[4, 8]);
        rows.contest(2, ContestState::Running, &[2, 4, 8]);
        rows.contest(3, ContestState::Draft, &[]);
        rows.round(1, 1, ContestRoundState::Closed);
        rows.round(2, 2, ContestRoundState::Open);
        rows.round(3, 3, ContestRoundState::Waiting);
        for (n, contest, of) in [(1, 1, 2), (2, 1, 3), (3, 1, 5), (4, 2, 3), (5, 2, 5)] {
            rows.entrants.push(contest_entrant::Model {
                id: key(Table::Entrant, n),
                contest_id: key(Table::Contest, contest),
                member_id: member(of),
                withdrawn_at: None,
                version: 1,
                created_at: start(),
                updated_at: start(),
            });
        }
        for (n, contest, judge, entrant) in [(1, 1, 8, 3), (2, 2, 8, 5)] {
            rows.conflicts.push(contest_conflict::Model {
                id: key(Table::ContestConflict, n),
                contest_id: key(Table::Contest, contest),
                judge_id: member(judge),
                entrant_id: key(Table::Entrant, entrant),
                reason: "Cousins. 表亲".to_owned(),
                declared_by: Uuid::nil(),
                created_at: start(),
            });
        }
        for (entrant, points, rank) in [(1, 9, 1), (2, 8, 2), (3, 8, 2)] {
            for (place, judge) in [4, 8].into_iter().enumerate() {
                rows.scores.push(contest_score::Model {
                    id: key(Table::ContestScore, entrant * 2 + place),
                    round_id: key(Table::ContestRound, 1),
                    entrant_id: key(Table::Entrant, entrant),
                    judge_id: member(judge),
                    points: json!([points * 10_000]),
                    total: points * 100_000,
                    comment: None,
                    version: 1,
                    created_at: start(),
                    updated_at: start(),
                });
            }
            rows.results.push(contest_result::Model {
                id: key(Table::ContestResult, entrant),
                contest_id: key(Table::Contest, 1),
                round_id: key(Table::ContestRound, 1),
                entrant_id: key(Table::Entrant, entrant),
                score: Some(points * 100_000),
                rank: Some(rank),
                scores: 2,
                advanced: false,
                created_at: start(),
            });
        }
        rows.awards.push(contest_award::Model {
            id: key(Table::Award, 1),
            contest_id: key(Table::Contest, 1),
            entrant_id: key(Table::Entrant, 1),
            member_id: member(2),
            rank: 1,
            name: "Gold".to_owned(),
            name_zh: "金奖".to_owned(),
            created_at: start(),
        });
        rows
    }

    fn contest(&mut self, n: usize, state: ContestState, judges: &[usize]) {
        let id = key(Table::Contest, n);
        self.contests.push(contest::Model {
            id,
            code: format!("contest.{n}"),
            title: format!("Contest {n}"),
            title_zh: format!("竞赛{n}"),
            description: None,
            state,
            owner_id: member(7),
            prizes: json!([{ "from_rank": 1, "to_rank": 1, "name": "Gold", "name_zh": "金奖" }]),
            created_by: Uuid::nil(),
            published_at: (state == ContestState::Published).then(start),
            reason: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        for judge in judges {
            self.judges.push(contest_judge::Model {
                id: key(Table::ContestJudge, self.judges.len() + 1),
                contest_id: id,
                member_id: member(*judge),
                created_at: start(),
            });
        }
    }

    fn round(&mut self, n: usize, contest: usize, state: ContestRoundState) {
        self.rounds.push(contest_round::Model {
            id: key(Table::ContestRound, n),
            contest_id: key(Table::Contest, contest),
            number: 1,
            title: "Final".to_owned(),
            title_zh: "决赛".to_owned(),
            kind: ContestRoundKind::Judged,
            exam_id: None,
            criteria: json!([{ "name": "Care", "name_zh": "细致", "max_points": 100_000, "weight": 1 }]),
            drop_each: 1,
            drop_from: 5,
            least_judges: 2,
            advance: None,
            state,
            closed_at: (state == ContestRoundState::Closed).then(start),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }
}
