//! The organisation's tables in memory: who works where changes a few times a day, and stands on every page.

use std::any::TypeId;
use std::collections::HashMap;

use entity::{assignment, department, member, position, region, region_province, team, team_place};
use futures_util::future::BoxFuture;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use uuid::Uuid;

use super::{MembersAssignments, RegionsProvinces};
use crate::access::children::Link;
use crate::access::kept::{Keeps, Snapshot};
use crate::db::Pool;
use crate::error::Result;
use crate::organisation::MemberFacts;
use crate::organisation::structure::store::TeamsPlaces;

/// An organisation with more members than this, gone ones included, is read from the database each time.
const MOST_MEMBERS: u64 = 20_000;

/// Keeps members with their assignments, and the structure they work in.
pub struct House;

impl Keeps for House {
    fn tables(&self) -> Vec<TypeId> {
        vec![
            TypeId::of::<member::Entity>(),
            TypeId::of::<department::Entity>(),
            TypeId::of::<team::Entity>(),
            TypeId::of::<region::Entity>(),
            TypeId::of::<position::Entity>(),
            TypeId::of::<MembersAssignments>(),
            TypeId::of::<TeamsPlaces>(),
            TypeId::of::<RegionsProvinces>(),
        ]
    }

    fn read<'a>(&'a self, connection: &'a Pool) -> BoxFuture<'a, Result<Snapshot>> {
        Box::pin(read(connection))
    }
}

async fn read(connection: &Pool) -> Result<Snapshot> {
    if member::Entity::find().count(connection).await? > MOST_MEMBERS {
        return Ok(Snapshot::default());
    }
    macro_rules! whole {
        ($snapshot:expr, $($table:ident),*) => {{
            let mut snapshot = $snapshot;
            $(
                let rows = $table::Entity::find().all(connection).await?;
                snapshot = snapshot.with_rows::<$table::Entity>(
                    rows.into_iter().map(|row| (row.id, (row.clone(), row))),
                );
            )*
            snapshot
        }};
    }
    macro_rules! hanging {
        ($parents:ident by $link:ident: $table:ident.$column:ident) => {{
            let mut select = $table::Entity::find();
            for sort in $link::sorts() {
                // As whoever reads them from the database sorts them; none of these sorts downwards.
                select = select.order_by_asc(sort.column);
            }
            let mut lists: HashMap<Uuid, Vec<$table::Model>> = HashMap::new();
            for parent in $parents::Entity::find().all(connection).await? {
                lists.insert(parent.id, Vec::new());
            }
            for row in select.all(connection).await? {
                lists.entry(row.$column).or_default().push(row);
            }
            lists
        }};
    }
    let snapshot = whole!(Snapshot::default(), department, team, region, position);
    let places = hanging!(team by TeamsPlaces: team_place.team_id);
    let provinces = hanging!(region by RegionsProvinces: region_province.region_id);
    let mut assignments = hanging!(member by MembersAssignments: assignment.member_id);
    let members = member::Entity::find().all(connection).await?;
    let facts = members.into_iter().map(|member| MemberFacts {
        assignments: assignments.remove(&member.id).unwrap_or_default(),
        member,
    });
    let facts: Vec<MemberFacts> = facts.collect();
    let placed = facts.iter().map(|facts| {
        let rows = facts.assignments.iter();
        (
            facts.member.id,
            rows.map(|row| (row.clone(), facts.clone())).collect(),
        )
    });
    Ok(snapshot
        .with_children::<TeamsPlaces>(twice(places))
        .with_children::<RegionsProvinces>(twice(provinces))
        .with_children::<MembersAssignments>(placed.collect())
        .with_rows::<member::Entity>(
            facts
                .iter()
                .map(|facts| (facts.member.id, (facts.member.clone(), facts.clone()))),
        ))
}

/// Rows that are all that decides who sees them.
fn twice<M: Clone>(lists: HashMap<Uuid, Vec<M>>) -> HashMap<Uuid, Vec<(M, M)>> {
    let rows = |list: Vec<M>| list.into_iter().map(|row| (row.clone(), row)).collect();
    lists
        .into_iter()
        .map(|(id, list)| (id, rows(list)))
        .collect()
}
