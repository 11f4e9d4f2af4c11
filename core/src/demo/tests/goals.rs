//! What holds for the goals.

use std::collections::BTreeSet;

use entity::enums::{GoalPopulation, GoalState};

use super::company;
use crate::metrics::goals::Population;

#[test]
fn the_quarter_has_goals_on_every_level() {
    let company = company();
    let today = company.today();
    let going: Vec<_> = company
        .goals
        .iter()
        .filter(|goal| goal.state == GoalState::Active)
        .collect();
    let kinds: BTreeSet<GoalPopulation> = going.iter().map(|goal| goal.population).collect();
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        [
            GoalPopulation::Company,
            GoalPopulation::Region,
            GoalPopulation::Team,
            GoalPopulation::Member
        ]
    );
    for goal in &company.goals {
        let active = goal.state == GoalState::Active;
        assert_eq!(active, goal.from_day <= today && today < goal.until_day);
        assert_eq!(active, goal.activated_at.is_some());
        assert!(goal.until_day > goal.from_day && goal.created_at <= company.as_of);
        assert!(goal.target > 0 && Population::of(goal).is_some());
        let owner = company
            .people
            .members
            .iter()
            .find(|member| member.id == goal.owner_id);
        let owner = owner.expect("the owner works here");
        assert!(owner.left_on.is_none_or(|left| left > today));
    }
}
