//! A contest of the demo company that is over and one that members can enter: scored, ranked and honoured by the rules.

use chrono::{DateTime, Utc};
use entity::enums::{ContestRoundKind, ContestRoundState, ContestState};
use entity::{
    contest, contest_award, contest_entrant, contest_judge, contest_result, contest_round,
    contest_score,
};
use serde_json::json;
use uuid::Uuid;

use super::{Growth, Maker};
use crate::decimal::SCALE;
use crate::demo::calendar::{at_hour, days_ago};
use crate::demo::random::Chance;
use crate::training::contests::rules::prizes::{Prize, won};
use crate::training::contests::rules::ranking::{Reached, Scored, overall, rank};
use crate::training::contests::rules::scoring::{Criterion, Dropping, mean, total};

impl Growth {
    /// The hotline cup: two judged rounds, scored, ranked and honoured by the rules.
    pub(super) fn contest_over(&mut self, maker: &Maker<'_>, here: &[Uuid]) {
        let mut chance = Chance::of(maker.seed, "contest", 0);
        let begun = at_hour(days_ago(maker.today, 80), 9);
        let published = at_hour(days_ago(maker.today, 40), 9);
        let prize = |from_rank, to_rank, name: &str, name_zh: &str| Prize {
            from_rank,
            to_rank,
            name: name.to_owned(),
            name_zh: name_zh.to_owned(),
        };
        let prizes = [
            prize(
                1,
                1,
                "Gold: a training place of choice",
                "金奖：自选培训名额",
            ),
            prize(2, 3, "Silver: a book voucher", "银奖：购书卡"),
        ];
        let words = (
            "hotline.cup",
            "Hotline cup",
            "热线服务技能大赛",
            json!(prizes),
        );
        let contest = self.contest(maker, &mut chance, words, (begun, Some(published)));
        let criteria = [
            ("Finds the cause", "定位原因", 10, 40),
            ("Words and tone", "用语与语气", 10, 35),
            ("Keeps to the process", "流程规范", 5, 25),
        ]
        .map(|(name, name_zh, points, weight)| Criterion {
            name: name.to_owned(),
            name_zh: name_zh.to_owned(),
            max_points: points * SCALE,
            weight,
        });
        let (heats, last) = (
            self.round(
                &mut chance,
                contest,
                (1, "Heats", "初赛"),
                &criteria,
                Some(3),
                Some(begun),
            ),
            self.round(
                &mut chance,
                contest,
                (2, "Final", "决赛"),
                &criteria,
                None,
                Some(published),
            ),
        );
        for judge in &maker.judges {
            self.judges.push(contest_judge::Model {
                id: chance.id(begun),
                contest_id: contest,
                member_id: *judge,
                created_at: begun,
            });
        }
        let able = |id: &&Uuid| !maker.judges.contains(id) && **id != maker.runner;
        let mut inside: Vec<(Uuid, Uuid)> = Vec::new();
        for member in here.iter().filter(able).take(8) {
            inside.push((self.entrant(&mut chance, contest, *member, begun), *member));
        }
        let mut reached = Vec::new();
        for (number, round, advance) in [(1, heats, Some(3)), (2, last, None)] {
            let mut scored = Vec::new();
            for (entrant, _) in &inside {
                let talent = chance.between(5, 8);
                let mut totals = Vec::new();
                for judge in &maker.judges {
                    let points = criteria.each_ref().map(|one| {
                        let share = (talent + chance.between(-1, 2)).clamp(1, 10);
                        one.max_points * share / 10
                    });
                    let sum = total(&criteria, &points).unwrap_or(0);
                    totals.push(sum);
                    self.scores.push(contest_score::Model {
                        id: chance.id(begun),
                        round_id: round,
                        entrant_id: *entrant,
                        judge_id: *judge,
                        points: json!(points),
                        total: sum,
                        comment: None,
                        version: 1,
                        created_at: begun,
                        updated_at: begun,
                    });
                }
                let dropping = Dropping { each: 1, from: 4 };
                scored.push(Scored {
                    entrant: *entrant,
                    score: mean(&totals, dropping),
                });
            }
            let ranked = rank(scored, advance);
            for one in &ranked {
                self.results.push(contest_result::Model {
                    id: chance.id(begun),
                    contest_id: contest,
                    round_id: round,
                    entrant_id: one.entrant,
                    score: one.score,
                    rank: one.rank,
                    scores: i32::try_from(maker.judges.len()).unwrap_or(0),
                    advanced: one.advances,
                    created_at: begun,
                });
                reached.push(Reached {
                    entrant: one.entrant,
                    round: number,
                    rank: one.rank,
                });
            }
            let came: Vec<Uuid> = ranked
                .iter()
                .filter(|one| one.advances)
                .map(|one| one.entrant)
                .collect();
            if advance.is_some() {
                inside.retain(|(entrant, _)| came.contains(entrant));
            }
        }
        for (entrant_id, rank, prize) in won(&prizes, &overall(&reached)) {
            let of = self.entrants.iter().find(|row| row.id == entrant_id);
            if let Some(member_id) = of.map(|row| row.member_id) {
                self.awards.push(contest_award::Model {
                    id: chance.id(published),
                    contest_id: contest,
                    entrant_id,
                    member_id,
                    rank,
                    name: prizes[prize].name.clone(),
                    name_zh: prizes[prize].name_zh.clone(),
                    created_at: published,
                });
            }
        }
    }

    /// One that members can enter.
    pub(super) fn contest_open(&mut self, maker: &Maker<'_>, here: &[Uuid]) {
        let mut chance = Chance::of(maker.seed, "contest", 1);
        let made = at_hour(days_ago(maker.today, 6), 9);
        let words = (
            "explain.simply",
            "Explain it simply",
            "通俗讲解大赛",
            json!([]),
        );
        let contest = self.contest(maker, &mut chance, words, (made, None));
        let criterion = Criterion {
            name: "Would a customer understand?".to_owned(),
            name_zh: "客户能否听懂".to_owned(),
            max_points: 10 * SCALE,
            weight: 1,
        };
        self.round(
            &mut chance,
            contest,
            (1, "Final", "决赛"),
            &[criterion],
            None,
            None,
        );
        for member in here.iter().rev().take(3) {
            self.entrant(&mut chance, contest, *member, made);
        }
    }

    fn contest(
        &mut self,
        maker: &Maker<'_>,
        chance: &mut Chance,
        (code, title, title_zh, prizes): (&str, &str, &str, serde_json::Value),
        (made, published): (DateTime<Utc>, Option<DateTime<Utc>>),
    ) -> Uuid {
        let id = chance.id(made);
        self.contests.push(contest::Model {
            id,
            code: code.to_owned(),
            title: title.to_owned(),
            title_zh: title_zh.to_owned(),
            description: None,
            state: if published.is_some() {
                ContestState::Published
            } else {
                ContestState::Open
            },
            owner_id: maker.runner,
            prizes,
            created_by: maker.user,
            published_at: published,
            reason: None,
            version: 1,
            created_at: made,
            updated_at: published.unwrap_or(made),
        });
        id
    }

    fn round(
        &mut self,
        chance: &mut Chance,
        contest_id: Uuid,
        (number, title, title_zh): (i32, &str, &str),
        criteria: &[Criterion],
        advance: Option<i32>,
        closed_at: Option<DateTime<Utc>>,
    ) -> Uuid {
        let at = self
            .contests
            .last()
            .map_or(DateTime::UNIX_EPOCH, |row| row.created_at);
        let id = chance.id(at);
        self.rounds.push(contest_round::Model {
            id,
            contest_id,
            number,
            title: title.to_owned(),
            title_zh: title_zh.to_owned(),
            kind: ContestRoundKind::Judged,
            exam_id: None,
            criteria: json!(criteria),
            drop_each: 1,
            drop_from: 4,
            least_judges: 3,
            advance,
            state: if closed_at.is_some() {
                ContestRoundState::Closed
            } else {
                ContestRoundState::Waiting
            },
            closed_at,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        id
    }

    fn entrant(
        &mut self,
        chance: &mut Chance,
        contest_id: Uuid,
        member_id: Uuid,
        at: DateTime<Utc>,
    ) -> Uuid {
        let id = chance.id(at);
        self.entrants.push(contest_entrant::Model {
            id,
            contest_id,
            member_id,
            withdrawn_at: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        id
    }
}
