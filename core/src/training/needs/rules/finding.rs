//! When a figure is a need (培训需求识别).

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::TrainingNeedKind;
use uuid::Uuid;

/// From when on something is a need. Figures are in ten-thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Answers to questions of a topic reach less than this on average, of a hundred.
    pub topic_percent: i64,
    /// Customers' ratings are below this on average.
    pub rating: i64,
    /// More than so many of a hundred resolved tickets are reopened.
    pub reopen_percent: i64,
    /// Appraisals reach less on average, of a hundred.
    pub appraisal_points: i64,
    /// Of fewer cases nothing is said.
    pub least_cases: i64,
    /// Of fewer people nothing is said about a team.
    pub least_people: usize,
}

/// What is known about a member in some respect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// In which respect.
    pub kind: TrainingNeedKind,
    /// The topic, certificate or metric that it is about.
    pub subject: String,
    /// Who.
    pub member: Uuid,
    /// The home team today.
    pub team: Option<Uuid>,
    /// What stands behind it: the sum of the values times the cases, in ten-thousandths.
    pub total: i64,
    /// How many cases.
    pub cases: i64,
    /// Records that it follows from, a few of them.
    pub records: Vec<Uuid>,
}

/// A need with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// In which respect.
    pub kind: TrainingNeedKind,
    /// The topic, certificate or metric that it is about.
    pub subject: String,
    /// Whose; none where it is a team's.
    pub member: Option<Uuid>,
    /// The team.
    pub team: Option<Uuid>,
    /// The figure.
    pub value: i64,
    /// What it is held against.
    pub threshold: i64,
    /// Of how many cases.
    pub cases: i64,
    /// Of how many people.
    pub people: usize,
    /// 1 is the most urgent, 3 the least.
    pub priority: i32,
    /// Records that it follows from, a few of them.
    pub records: Vec<Uuid>,
}

/// The most records that are named as evidence.
pub const RECORDS: usize = 20;

impl Thresholds {
    /// What a figure of that kind is held against.
    #[must_use]
    pub const fn of(&self, kind: TrainingNeedKind) -> i64 {
        match kind {
            TrainingNeedKind::ExamTopic => self.topic_percent,
            TrainingNeedKind::LowRating => self.rating,
            TrainingNeedKind::Reopened => self.reopen_percent,
            TrainingNeedKind::Appraisal => self.appraisal_points,
            TrainingNeedKind::Certificate | TrainingNeedKind::Hours => 0,
        }
    }

    /// Is it a need, and how urgent? Ratings and topics are worse the lower, reopen rates the higher; days that a certificate
    /// has left the fewer; minutes that are missing the more.
    #[must_use]
    pub fn urgency(&self, kind: TrainingNeedKind, value: i64) -> Option<i32> {
        let against = self.of(kind);
        let below = |half: i64| (value < against).then_some(if value < half { 1 } else { 2 });
        match kind {
            TrainingNeedKind::ExamTopic | TrainingNeedKind::Appraisal => below(against / 2),
            // Ratings begin at one.
            TrainingNeedKind::LowRating => below((against + 10_000) / 2),
            TrainingNeedKind::Reopened => (value > against).then(|| {
                if value > against.saturating_mul(2) {
                    1
                } else {
                    2
                }
            }),
            TrainingNeedKind::Certificate => Some(if value <= 0 { 1 } else { 2 }),
            TrainingNeedKind::Hours => (value > 0).then_some(3),
        }
    }

    /// How many cases something needs so that anything is said: an appraisal, a certificate and hours stand for themselves.
    const fn least(&self, kind: TrainingNeedKind) -> i64 {
        match kind {
            TrainingNeedKind::Appraisal
            | TrainingNeedKind::Certificate
            | TrainingNeedKind::Hours => 1,
            _ => self.least_cases,
        }
    }
}

/// The needs of members, the most urgent first.
#[must_use]
pub fn of_members(known: &[Known], thresholds: &Thresholds) -> Vec<Need> {
    let mut needs: Vec<Need> = known
        .iter()
        .filter(|one| one.cases >= thresholds.least(one.kind))
        .filter_map(|one| {
            let value = one.total / one.cases.max(1);
            Some(Need {
                kind: one.kind,
                subject: one.subject.clone(),
                member: Some(one.member),
                team: one.team,
                value,
                threshold: thresholds.of(one.kind),
                cases: one.cases,
                people: 1,
                priority: thresholds.urgency(one.kind, value)?,
                records: one.records.iter().copied().take(RECORDS).collect(),
            })
        })
        .collect();
    sort(&mut needs);
    needs
}

/// The needs of teams: all cases of their members together, of so many people at least. No records are named, for each would
/// be somebody's. Certificates and hours are everybody's own.
#[must_use]
pub fn of_teams(known: &[Known], thresholds: &Thresholds) -> Vec<Need> {
    #[derive(Default)]
    struct Together {
        total: i64,
        cases: i64,
        people: BTreeSet<Uuid>,
    }
    let mut groups: BTreeMap<(TrainingNeedKind, &str, Uuid), Together> = BTreeMap::new();
    for one in known.iter().filter(|one| one.cases > 0) {
        let own = matches!(
            one.kind,
            TrainingNeedKind::Certificate | TrainingNeedKind::Hours
        );
        if let Some(team) = one.team.filter(|_| !own) {
            let group = groups
                .entry((one.kind, one.subject.as_str(), team))
                .or_default();
            group.total += one.total;
            group.cases += one.cases;
            group.people.insert(one.member);
        }
    }
    let mut needs: Vec<Need> = groups
        .into_iter()
        .filter(|(_, all)| {
            all.cases >= thresholds.least_cases && all.people.len() >= thresholds.least_people
        })
        .filter_map(|((kind, subject, team), all)| {
            let value = all.total / all.cases.max(1);
            Some(Need {
                kind,
                subject: subject.to_owned(),
                member: None,
                team: Some(team),
                value,
                threshold: thresholds.of(kind),
                cases: all.cases,
                people: all.people.len(),
                priority: thresholds.urgency(kind, value)?,
                records: Vec::new(),
            })
        })
        .collect();
    sort(&mut needs);
    needs
}

fn sort(needs: &mut [Need]) {
    needs.sort_by(|one, other| {
        let key = |need: &Need| {
            (
                need.priority,
                need.kind,
                need.subject.clone(),
                need.team,
                need.member,
            )
        };
        key(one).cmp(&key(other))
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const USUAL: Thresholds = Thresholds {
        topic_percent: 600_000,
        rating: 35_000,
        reopen_percent: 100_000,
        appraisal_points: 700_000,
        least_cases: 5,
        least_people: 3,
    };

    fn known(kind: TrainingNeedKind, member: u128, value: i64, cases: i64) -> Known {
        Known {
            kind,
            subject: "it".to_owned(),
            member: Uuid::from_u128(member),
            team: Some(Uuid::from_u128(99)),
            total: value * cases,
            cases,
            records: vec![Uuid::from_u128(7); 30],
        }
    }

    #[test]
    fn what_is_a_need_and_how_urgent() {
        use TrainingNeedKind::{Certificate, ExamTopic, Hours, LowRating, Reopened};
        for (kind, value, cases, expected, why) in [
            (ExamTopic, 599_999, 5, Some(2), "below 60 %"),
            (ExamTopic, 600_000, 5, None, "60 % is enough"),
            (ExamTopic, 200_000, 5, Some(1), "less than half of that"),
            (ExamTopic, 0, 4, None, "four answers say nothing"),
            (LowRating, 30_000, 6, Some(2), "3 of 5"),
            (LowRating, 20_000, 6, Some(1), "2 of 5"),
            (LowRating, 40_000, 6, None, "4 of 5"),
            (Reopened, 150_000, 9, Some(2), "15 %"),
            (Reopened, 250_000, 9, Some(1), "25 %"),
            (Reopened, 100_000, 9, None, "10 % is allowed"),
            (Certificate, 30, 1, Some(2), "30 days are left"),
            (Certificate, -1, 1, Some(1), "it is over"),
            (Hours, 60, 1, Some(3), "an hour is missing"),
            (Hours, 0, 1, None, "nothing is"),
        ] {
            let found = of_members(&[known(kind, 1, value, cases)], &USUAL);
            assert_eq!(found.first().map(|need| need.priority), expected, "{why}");
            assert!(
                found
                    .iter()
                    .all(|need| need.records.len() == RECORDS && need.cases == cases)
            );
        }
    }

    #[test]
    fn teams_are_looked_at_together_and_never_when_they_are_tiny() {
        use TrainingNeedKind::{Certificate, LowRating};
        let low = |member, value| known(LowRating, member, value, 2);
        let found = of_teams(&[low(1, 20_000), low(2, 30_000), low(3, 40_000)], &USUAL);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (
                found[0].value,
                found[0].cases,
                found[0].people,
                found[0].member
            ),
            (30_000, 6, 3, None)
        );
        assert!(
            found[0].records.is_empty(),
            "each record would be somebody's"
        );
        assert!(
            of_teams(&[low(1, 20_000), low(2, 20_000)], &USUAL).is_empty(),
            "two people would be told apart"
        );
        let certificates: Vec<_> = (1..9).map(|n| known(Certificate, n, -1, 1)).collect();
        assert!(
            of_teams(&certificates, &USUAL).is_empty(),
            "a certificate is everybody's own"
        );
    }

    proptest! {
        /// Whatever is told of a team stands on enough people and cases, and none of it names anybody.
        #[test]
        fn nothing_is_told_of_few(rows in proptest::collection::vec((1_u128..6, 0_i64..60_000, 0_i64..9, 90_u128..93), 0..20)) {
            let known: Vec<Known> = rows.into_iter().map(|(member, value, cases, team)| Known {
                team: Some(Uuid::from_u128(team)),
                ..known(TrainingNeedKind::LowRating, member, value, cases)
            }).collect();
            for need in of_teams(&known, &USUAL) {
                prop_assert!(need.people >= 3 && need.cases >= 5 && need.member.is_none() && need.records.is_empty());
                prop_assert!(need.value < need.threshold);
            }
        }
    }
}
