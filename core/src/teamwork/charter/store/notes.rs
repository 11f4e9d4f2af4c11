//! Who has taken note of which version of a rule.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use entity::{member, rule_acknowledgement, team_rule, team_rule_version};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    TryInsertResult,
};
use sea_orm::{IntoActiveModel, QueryOrder};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;
use crate::organisation::circles::{Circle, members_of_circles};
use crate::teamwork::charter::scope::circle_of_rule;

/// Writes that a member has taken note; says whether that is new.
///
/// # Errors
/// When the database fails.
pub async fn insert_note(
    tx: &impl ConnectionTrait,
    row: rule_acknowledgement::Model,
) -> Result<bool> {
    let inserted = rule_acknowledgement::Entity::insert(row.into_active_model())
        .on_conflict_do_nothing_on([
            rule_acknowledgement::Column::VersionId,
            rule_acknowledgement::Column::MemberId,
        ])
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(_)))
}

/// Of which of these rules a member has taken note, each in its version of that number.
///
/// # Errors
/// When the database fails.
pub async fn noted_latest(
    connection: &impl ConnectionTrait,
    latest: &[(Uuid, i32)],
    member: Uuid,
) -> Result<Vec<Uuid>> {
    let noted = rule_acknowledgement::Entity::find()
        .select_only()
        .column(rule_acknowledgement::Column::VersionId)
        .filter(rule_acknowledgement::Column::MemberId.eq(member))
        .into_query();
    let noted: Vec<(Uuid, i32)> = team_rule_version::Entity::find()
        .select_only()
        .column(team_rule_version::Column::RuleId)
        .column(team_rule_version::Column::Number)
        .filter(team_rule_version::Column::RuleId.is_in(latest.iter().map(|(rule, _)| *rule)))
        .filter(team_rule_version::Column::Id.in_subquery(noted))
        .into_tuple()
        .all(connection)
        .await?;
    let noted = noted.into_iter().filter(|pair| latest.contains(pair));
    Ok(noted.map(|(rule, _)| rule).collect())
}

/// The latest text of a rule and who of its circle hasn't taken note of it.
#[derive(Clone, Debug)]
pub struct Outstanding {
    /// The rule.
    pub rule: team_rule::Model,
    /// Its latest version.
    pub version: team_rule_version::Model,
    /// Who hasn't.
    pub members: Vec<Uuid>,
}

/// Who of these rules' circles hasn't taken note of their latest version on a day, of the members that the permission to
/// manage rules reaches (and oneself); seven statements. Repealed rules have nobody.
///
/// # Errors
/// When the database fails.
pub async fn outstanding(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    rules: Option<&[Uuid]>,
    among: Option<&[Uuid]>,
    day: NaiveDate,
) -> Result<Vec<Outstanding>> {
    let mut select = visible::<team_rule::Entity>(viewer, Permission::TeamRuleRead)
        .filter(
            Condition::any()
                .add(team_rule::Column::RepealedFrom.is_null())
                .add(team_rule::Column::RepealedFrom.gt(day)),
        )
        .order_by_desc(team_rule::Column::Id)
        .limit(MOST);
    if let Some(rules) = rules {
        select = select.filter(team_rule::Column::Id.is_in(rules.iter().copied()));
    }
    let rules = select.all(connection).await?;
    let ids = rules.iter().map(|rule| rule.id);
    let versions = team_rule_version::Entity::find()
        .filter(team_rule_version::Column::RuleId.is_in(ids))
        .all(connection)
        .await?;
    let mut latest: HashMap<(Uuid, i32), team_rule_version::Model> = versions
        .into_iter()
        .map(|row| ((row.rule_id, row.number), row))
        .collect();
    let circles: BTreeSet<Circle> = rules.iter().map(circle_of_rule).collect();
    let circles: Vec<Circle> = circles.into_iter().collect();
    let members = members_of_circles(connection, &circles, day).await?;
    let reached = reached(connection, viewer, among).await?;
    let current: Vec<(team_rule::Model, team_rule_version::Model)> = rules
        .into_iter()
        .filter_map(|rule| {
            let version = latest.remove(&(rule.id, rule.current))?;
            Some((rule, version))
        })
        .collect();
    let noted: Vec<(Uuid, Uuid)> = rule_acknowledgement::Entity::find()
        .select_only()
        .column(rule_acknowledgement::Column::VersionId)
        .column(rule_acknowledgement::Column::MemberId)
        .filter(
            rule_acknowledgement::Column::VersionId
                .is_in(current.iter().map(|(_, version)| version.id)),
        )
        .into_tuple()
        .all(connection)
        .await?;
    let noted: HashSet<(Uuid, Uuid)> = noted.into_iter().collect();
    let still = |(rule, version): (team_rule::Model, team_rule_version::Model)| {
        let circle = members.get(&circle_of_rule(&rule));
        let members = circle
            .into_iter()
            .flatten()
            .copied()
            .filter(|member| reached.contains(member) && !noted.contains(&(version.id, *member)))
            .collect();
        Outstanding {
            rule,
            version,
            members,
        }
    };
    Ok(current.into_iter().map(still).collect())
}

/// So many rules are looked at together at most: the latest.
const MOST: u64 = 1_000;

/// The members whose notes the viewer may know of: those whom the permission to manage rules reaches, and oneself.
async fn reached(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    among: Option<&[Uuid]>,
) -> Result<HashSet<Uuid>> {
    let mut select = visible::<member::Entity>(viewer, Permission::TeamRuleManage)
        .select_only()
        .column(member::Column::Id);
    if let Some(among) = among {
        select = select.filter(member::Column::Id.is_in(among.iter().copied()));
    }
    let ids: Vec<Uuid> = select.into_tuple().all(connection).await?;
    let mut ids: HashSet<Uuid> = ids.into_iter().collect();
    let me = viewer.standing.member_id;
    ids.extend(me.filter(|me| among.is_none_or(|among| among.contains(me))));
    Ok(ids)
}
