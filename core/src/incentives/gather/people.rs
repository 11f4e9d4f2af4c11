//! Who worked here in a period, and where on its last day (人员).

use chrono::{Datelike, NaiveDate};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::last_day;
use crate::error::Result;
use crate::incentives::rules::award::Person;
use crate::incentives::rules::run::{Member, Team};
use crate::incentives::rules::trace::Span;
use crate::incentives::rules::value::{FactValue, Facts, Number, Value};
use crate::organisation::{
    Employed, employed_after, employed_among, homes, positions_of, regions_of_members,
    teams_with_homes,
};

/// The fact of how long a member has been here.
pub(super) const TENURE: &str = "tenure.months";

/// The next members by id.
pub(super) async fn after(
    connection: &impl ConnectionTrait,
    span: Span,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Member>> {
    let employed = employed_after(connection, (span.from, span.to), after, limit).await?;
    placed(connection, span, &employed).await
}

/// Those of these members who worked here.
pub(super) async fn among(
    connection: &impl ConnectionTrait,
    span: Span,
    ids: &[Uuid],
) -> Result<Vec<Member>> {
    let employed = employed_among(connection, (span.from, span.to), ids).await?;
    placed(connection, span, &employed).await
}

/// The teams with whoever has the home there on the last day.
pub(super) async fn teams(connection: &impl ConnectionTrait, span: Span) -> Result<Vec<Team>> {
    let places = teams_with_homes(connection, last_day(span)).await?;
    let ids: Vec<Uuid> = places.iter().map(|(_, member)| *member).collect();
    let mut people = Vec::new();
    for some in ids.chunks(1_000) {
        people.extend(among(connection, span, some).await?);
    }
    people.sort_by_key(|member| member.person.id);
    let mut teams: Vec<Team> = Vec::new();
    for (team, member) in places {
        let Ok(place) = people.binary_search_by_key(&member, |one| one.person.id) else {
            continue;
        };
        let person = people[place].person;
        match teams.last_mut() {
            Some(last) if last.id == team => last.members.push(person),
            _ => teams.push(Team {
                id: team,
                members: vec![person],
            }),
        }
    }
    teams.sort_by_key(|team| team.id);
    Ok(teams)
}

async fn placed(
    connection: &impl ConnectionTrait,
    span: Span,
    employed: &[Employed],
) -> Result<Vec<Member>> {
    let ids: Vec<Uuid> = employed.iter().map(|one| one.member).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let last = last_day(span);
    let homes = homes(connection, ids.iter().copied()).await?;
    let positions = positions_of(connection, &ids).await?;
    let regions = regions_of_members(connection, &ids, last).await?;
    let member = |one: &Employed| {
        // Whoever left before the end is placed where they were at last.
        let day = one
            .left
            .and_then(|left| left.pred_opt())
            .map_or(last, |left| left.min(last));
        let home = homes
            .get(&one.member)
            .and_then(|homes| homes.iter().rfind(|home| home.holds_on(day)));
        let position = positions.get(&one.member).and_then(|held| {
            held.iter()
                .rfind(|held| held.home && held.from <= day && held.to.is_none_or(|to| day < to))
        });
        let months = whole_months(one.joined, day.succ_opt().unwrap_or(day));
        let tenure = Number::whole(i64::from(months)).unwrap_or_default();
        Member {
            person: Person {
                id: one.member,
                department: home.and_then(|home| home.department),
                team: home.and_then(|home| home.team),
                position: position.map(|held| held.position),
                months,
            },
            region: regions.get(&one.member).copied(),
            facts: Facts::from([(TENURE.to_owned(), FactValue::of(Value::Number(tenure)))]),
        }
    };
    Ok(employed.iter().map(member).collect())
}

/// How many whole months lie between two days.
fn whole_months(from: NaiveDate, to: NaiveDate) -> u32 {
    let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let begun = months(to) - months(from);
    let whole = if to.day() < from.day() {
        begun - 1
    } else {
        begun
    };
    u32::try_from(whole.max(0)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_whole_on_the_same_day_of_the_next_one() {
        let day = |day: &str| day.parse().expect("a day");
        for (from, to, months) in [
            ("2026-01-15", "2026-02-14", 0),
            ("2026-01-15", "2026-02-15", 1),
            ("2025-12-01", "2026-11-01", 11),
            ("2025-11-30", "2026-11-30", 12),
            ("2026-05-01", "2026-04-01", 0),
        ] {
            assert_eq!(whole_months(day(from), day(to)), months, "{from} to {to}");
        }
    }
}
