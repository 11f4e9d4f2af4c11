//! What hangs from what.

use entity::goal_alert;

use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;

/// The alerts of a goal, the latest first.
pub struct GoalsAlerts;

impl Link for GoalsAlerts {
    type Child = goal_alert::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (goal_alert::Column::Id, goal_alert::Column::GoalId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(goal_alert::Column::RaisedAt),
            Sort::descending(goal_alert::Column::Id),
        ]
    }
}
