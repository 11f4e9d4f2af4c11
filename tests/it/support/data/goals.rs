use aftercare::metrics::goals::Population;
use aftercare::metrics::rules::definition::{
    Aggregate, Base, Body, Definition, Direction, Missing, Unit,
};
use chrono::{Datelike, NaiveDate, TimeDelta};
use entity::enums::{
    Attribution, Dimension, GoalAlertKind, GoalBound, GoalPopulation, GoalState, Grain,
};
use entity::{
    goal, goal_alert, metric, metric_cell, metric_frozen_cell, metric_snapshot,
    metric_snapshot_metric, metric_version,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Data, Table, key, start, write};

/// Metrics with the sums of their days, goals on them, and what was told about these.
#[derive(Clone, Debug, Default)]
pub struct Goals {
    pub metrics: Vec<metric::Model>,
    pub versions: Vec<metric_version::Model>,
    pub cells: Vec<metric_cell::Model>,
    pub goals: Vec<goal::Model>,
    pub alerts: Vec<goal_alert::Model>,
    pub snapshots: Vec<metric_snapshot::Model>,
    pub frozen: Vec<metric_snapshot_metric::Model>,
    pub frozen_cells: Vec<metric_frozen_cell::Model>,
}

impl Goals {
    /// Writes everything; members and teams must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.metrics).await;
        write(tx, &self.versions).await;
        write(tx, &self.cells).await;
        write(tx, &self.months()).await;
        write(tx, &self.goals).await;
        write(tx, &self.alerts).await;
        write(tx, &self.snapshots).await;
        write(tx, &self.frozen).await;
        write(tx, &self.frozen_cells).await;
    }

    /// The cells of the months that those of the days add up to.
    fn months(&self) -> Vec<metric_cell::Model> {
        let mut months: Vec<metric_cell::Model> = Vec::new();
        for day in &self.cells {
            let month = metric_cell::Model {
                grain: Grain::Month,
                start: day.start.with_day(1).expect("a first day"),
                ..day.clone()
            };
            let same = |cell: &&mut metric_cell::Model| {
                (cell.version_id, cell.dimension, cell.start, &cell.key)
                    == (month.version_id, month.dimension, month.start, &month.key)
            };
            match months.iter_mut().find(same) {
                Some(cell) => {
                    cell.weight += day.weight;
                    cell.counted += day.counted;
                    cell.total += day.total;
                }
                None => months.push(month),
            }
        }
        months
    }
}

impl Data {
    /// A metric of calls, which nothing but these rows tells of.
    pub fn call_metric(&mut self, n: usize, metric_key: &str, aggregate: Aggregate) -> Uuid {
        let (metric_id, id) = (key(Table::GoalMetric, n), key(Table::GoalMetricVersion, n));
        let rate = aggregate == Aggregate::Rate;
        let definition = Definition {
            unit: if rate { Unit::Percent } else { Unit::Count },
            direction: Direction::Up,
            body: Body::Facts(Base {
                source: "call.answered".to_owned(),
                attribution: Attribution::Owner,
                aggregate,
                measure: rate.then(|| "in_time".to_owned()),
                at_least: None,
                kinds: Vec::new(),
                channels: Vec::new(),
                missing: Missing::Skip,
            }),
        };
        self.goals.metrics.push(metric::Model {
            id: metric_id,
            key: metric_key.to_owned(),
            active: true,
            shipped: false,
            current: 1,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.goals.versions.push(metric_version::Model {
            id,
            metric_id,
            number: 1,
            name: metric_key.replace('_', " "),
            name_zh: "电话".to_owned(),
            meaning: "Calls. 电话".to_owned(),
            meaning_zh: "电话".to_owned(),
            definition: serde_json::to_value(definition).expect("JSON"),
            note: None,
            created_by: None,
            created_at: start(),
            counted_at: Some(start()),
        });
        id
    }

    /// What a part of the company brought on a day: calls, and how many of them in time.
    pub fn calls(
        &mut self,
        version_id: Uuid,
        (dimension, cell_key): (Dimension, &str),
        day: NaiveDate,
        (calls, in_time): (i64, i64),
    ) {
        self.goals.cells.push(metric_cell::Model {
            version_id,
            dimension,
            grain: Grain::Day,
            start: day,
            key: cell_key.to_owned(),
            weight: calls * 10_000,
            counted: calls * 10_000,
            total: in_time * 10_000,
            people: 1,
        });
    }

    /// The figures of a call metric in February, frozen as they stand.
    pub fn frozen_february(&mut self, version_id: Uuid, metric_key: &str) {
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 1).expect("a day");
        let id = key(Table::MetricSnapshot, 1);
        self.goals.snapshots.push(metric_snapshot::Model {
            id,
            name: "February".to_owned(),
            name_zh: "二月".to_owned(),
            from_day: day(2),
            until_day: day(3),
            note: None,
            holdings: serde_json::json!([]),
            frozen_by: Some(key(Table::User, 1)),
            frozen_at: start(),
        });
        self.goals.frozen.push(metric_snapshot_metric::Model {
            snapshot_id: id,
            key: metric_key.to_owned(),
            version_id,
            measure: None,
        });
        let months = self.goals.months();
        let cells: Vec<_> = self
            .goals
            .cells
            .iter()
            .chain(&months)
            .filter(|cell| cell.version_id == version_id && cell.start.month() == 2)
            .map(|cell| metric_frozen_cell::Model {
                snapshot_id: id,
                version_id: cell.version_id,
                dimension: cell.dimension,
                grain: cell.grain,
                start: cell.start,
                key: cell.key.clone(),
                weight: cell.weight,
                counted: cell.counted,
                total: cell.total,
                people: cell.people,
            })
            .collect();
        self.goals.frozen_cells = cells;
    }

    /// A goal from the first of February until the first of April.
    pub fn goal(
        &mut self,
        n: usize,
        (metric_key, target): (&str, i64),
        population: Population,
        owner_id: Uuid,
        state: GoalState,
    ) -> Uuid {
        let id = key(Table::Goal, n);
        let begun = start() - TimeDelta::days(30);
        let mut row = goal::Model {
            id,
            title: format!("Goal {n}"),
            title_zh: Some(format!("目标{n}")),
            specific: "So many calls. 电话数量".to_owned(),
            relevant: "Who calls wants an answer. 来电须有回应".to_owned(),
            achievable: "With one more line. 增加一条线路".to_owned(),
            metric_key: metric_key.to_owned(),
            bound: GoalBound::AtLeast,
            target: target * 10_000,
            population: GoalPopulation::Company,
            department_id: None,
            region_id: None,
            team_id: None,
            member_id: None,
            from_day: NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day"),
            until_day: NaiveDate::from_ymd_opt(2026, 4, 1).expect("a day"),
            owner_id,
            state,
            reason: None,
            activated_at: (state == GoalState::Active).then_some(begun),
            closed_at: None,
            result: None,
            off_course_since: None,
            created_by: key(Table::User, 1),
            version: 1,
            created_at: begun,
            updated_at: begun,
        };
        population.put(&mut row);
        self.goals.goals.push(row);
        id
    }

    /// It was told that a goal was off course, and then that it was back.
    pub fn goal_alerts(&mut self, goal_id: Uuid) {
        for (n, kind) in [GoalAlertKind::OffCourse, GoalAlertKind::BackOnCourse]
            .into_iter()
            .enumerate()
        {
            self.goals.alerts.push(goal_alert::Model {
                id: key(Table::GoalAlert, n + 1),
                goal_id,
                kind,
                value: Some(1_000_000),
                forecast: Some(5_000_000),
                forecast_low: Some(4_000_000),
                forecast_high: Some(6_000_000),
                chance: Some(10),
                raised_at: start() - TimeDelta::days(20 - n as i64),
            });
        }
    }
}
