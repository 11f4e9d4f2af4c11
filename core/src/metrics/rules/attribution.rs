//! To whom a fact is attributed, and where that member was on the day (归属规则).

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::enums::Attribution;
use entity::metric_fact;
use uuid::Uuid;

use crate::metrics::facts::{Occurrence, WHOLE};
use crate::organisation::{DepartmentsOfTeams, Home};

/// What attribution looks at beside the occurrence.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The homes of members, of all days.
    pub homes: HashMap<Uuid, Vec<Home>>,
    /// The department of each team, day by day.
    pub departments: DepartmentsOfTeams,
}

impl Places {
    /// Team and department of a member on a day: those of the home.
    #[must_use]
    pub fn of_member(&self, member: Uuid, day: NaiveDate) -> (Option<Uuid>, Option<Uuid>) {
        let homes = self.homes.get(&member).into_iter().flatten();
        homes
            .filter(|home| home.holds_on(day))
            .map(|home| (home.team, home.department))
            .next()
            .unwrap_or_default()
    }
}

/// The rows of one occurrence under one rule: one, or one a share. Without recorded shares the owner has the whole.
///
/// With nobody to attribute it to, the row has the record's team and that team's department of the day.
pub fn attribute(
    occurrence: &Occurrence,
    record_kind: &str,
    rule: Attribution,
    places: &Places,
    zone: Tz,
    mut new_id: impl FnMut() -> Uuid,
) -> Vec<metric_fact::Model> {
    let day = occurrence.at.with_timezone(&zone).date_naive();
    let whole = |member| vec![(member, WHOLE)];
    let parts: Vec<(Option<Uuid>, i32)> = match rule {
        Attribution::Record => whole(None),
        Attribution::Shares if !occurrence.shares.is_empty() => occurrence
            .shares
            .iter()
            .map(|(member, share)| (Some(*member), *share))
            .collect(),
        Attribution::Owner | Attribution::Shares => whole(occurrence.owner),
    };
    let row = |(member, weight): (Option<Uuid>, i32)| {
        let (team, department) = match member {
            Some(member) => places.of_member(member, day),
            None => (
                occurrence.team,
                occurrence
                    .team
                    .and_then(|team| places.departments.on(team, day)),
            ),
        };
        let [value0, value1, value2, value3] = occurrence.values;
        metric_fact::Model {
            id: new_id(),
            source: occurrence.source.to_owned(),
            attribution: rule,
            record_kind: record_kind.to_owned(),
            record_id: occurrence.record_id,
            part: occurrence.part,
            at: occurrence.at,
            day,
            weight,
            member_id: member,
            team_id: team,
            department_id: department,
            province: occurrence.province,
            product_id: occurrence.product,
            channel: occurrence.channel.clone(),
            kind: occurrence.kind.clone(),
            detail: occurrence.detail.clone(),
            value0,
            value1,
            value2,
            value3,
        }
    };
    parts.into_iter().map(row).collect()
}

/// What has to go and what has to come so that the rows of some records are the wanted ones; rows that stay keep their
/// ids.
#[must_use]
pub fn difference(
    present: Vec<metric_fact::Model>,
    wanted: Vec<metric_fact::Model>,
) -> (Vec<metric_fact::Model>, Vec<metric_fact::Model>) {
    let mut gone: HashMap<(String, Uuid, i32), Vec<metric_fact::Model>> = HashMap::new();
    for row in present {
        let key = (row.source.clone(), row.record_id, row.part);
        gone.entry(key).or_default().push(row);
    }
    let mut come = Vec::new();
    for row in wanted {
        let key = (row.source.clone(), row.record_id, row.part);
        let same = gone.get_mut(&key).and_then(|rows| {
            let place = rows.iter().position(|old| {
                metric_fact::Model {
                    id: row.id,
                    ..old.clone()
                } == row
            })?;
            Some(rows.swap_remove(place))
        });
        if same.is_none() {
            come.push(row);
        }
    }
    (gone.into_values().flatten().collect(), come)
}
