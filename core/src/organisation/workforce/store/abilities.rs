//! What members can do, with certificates considered, for many members at once.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use entity::{certificate, member_certificate, member_skill, skill};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Select};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::error::Result;
use crate::organisation::scope::holding_on;
use crate::organisation::workforce::rules::skills::{Ability, Held, ability};

/// What these members can do on a day, for the server itself; three statements.
pub(super) async fn every_ability(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Ability>> {
    let mine = Condition::all().add(member_skill::Column::MemberId.is_in(members.iter().copied()));
    let held =
        Condition::all().add(member_certificate::Column::MemberId.is_in(members.iter().copied()));
    let (recorded, certificates, needing) = evidence(
        connection,
        member_skill::Entity::find().filter(mine),
        member_certificate::Entity::find().filter(held),
        day,
    )
    .await?;
    Ok(weigh(&recorded, &certificates, &needing, day))
}

/// What members can do, by member.
pub type Abilities = HashMap<Uuid, Ability>;

/// What these members can do on a day, of those that the viewer may see; three statements.
///
/// # Errors
/// When the database fails.
pub async fn abilities(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    members: &[Uuid],
    day: NaiveDate,
) -> Result<Abilities> {
    let (recorded, certificates, needing) = evidence(
        connection,
        visible::<member_skill::Entity>(viewer, Permission::MemberRead)
            .filter(member_skill::Column::MemberId.is_in(members.iter().copied())),
        visible::<member_certificate::Entity>(viewer, Permission::MemberRead)
            .filter(member_certificate::Column::MemberId.is_in(members.iter().copied())),
        day,
    )
    .await?;
    Ok(weigh(&recorded, &certificates, &needing, day))
}

/// What is recorded, which certificates are held, and which skills need one.
pub(super) type Evidence = (Vec<member_skill::Model>, Vec<Held>, BTreeSet<Uuid>);

/// What speaks for skills on a day, among these rows.
pub(super) async fn evidence(
    connection: &impl ConnectionTrait,
    recorded: Select<member_skill::Entity>,
    certificates: Select<member_certificate::Entity>,
    day: NaiveDate,
) -> Result<Evidence> {
    let recorded = recorded
        .filter(holding_on(
            member_skill::Column::ValidFrom,
            member_skill::Column::ValidTo,
            day,
        ))
        .all(connection)
        .await?;
    let certificates = certificates
        .find_also_related(certificate::Entity)
        .filter(member_certificate::Column::IssuedOn.lte(day))
        .all(connection)
        .await?
        .into_iter()
        .filter_map(|(row, kind)| Some((row, kind?)))
        .collect();
    let needing = skill::Entity::find()
        .filter(skill::Column::NeedsCertificate.eq(true))
        .all(connection)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    Ok((recorded, certificates, needing))
}

pub(super) fn weigh(
    recorded: &[member_skill::Model],
    certificates: &[Held],
    needing: &BTreeSet<Uuid>,
    day: NaiveDate,
) -> HashMap<Uuid, Ability> {
    let mut of: HashMap<Uuid, (Vec<&member_skill::Model>, Vec<&Held>)> = HashMap::new();
    for row in recorded {
        of.entry(row.member_id).or_default().0.push(row);
    }
    for held in certificates {
        of.entry(held.0.member_id).or_default().1.push(held);
    }
    of.into_iter()
        .map(|(member, (recorded, certificates))| {
            (member, ability(&recorded, &certificates, needing, day))
        })
        .collect()
}
