//! What a reach means stands twice beside each table, as SQL and as a plain predicate; here the two are held equal, on
//! random worlds and on both databases.
//!
//! For one more table: give [`hold_equal`] its rows with their facts in [`hold_world`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aftercare::access::{Grants, Scoped, Standing, Viewer, visible};
use aftercare::customers::CustomerFacts;
use aftercare::customers::contracts::ContractFacts;
use aftercare::db::Db;
use aftercare::organisation::{self, MemberFacts};
use chrono::TimeDelta;
use entity::enums::Reach;
use entity::{
    assignment, certificate, contact, contract, contract_payment, contract_share, customer,
    department, leave, member, member_capacity, member_certificate, member_shift, member_skill,
    partner, payment_credit, position, product, region, region_province, renewal, skill, team,
    unit,
};
use sea_orm::{EntityTrait, Iterable, ModelTrait, PrimaryKeyToColumn, QueryFilter, Value};
use uuid::Uuid;

use crate::support::database::{TestDatabase, both_databases, open};
use crate::support::world::{World, noon};

/// How many random worlds are looked at.
const WORLDS: u64 = 3;

/// Every reach, and a few unions of them, finds by SQL exactly the rows that the predicate finds.
pub async fn hold_equal<E>(db: &Db, rows: &[(Uuid, E::Facts)], standing: &Standing)
where
    E: Scoped,
    E::Model: ModelTrait<Entity = E>,
{
    hold_equal_with::<E>(db, rows, standing, &BTreeSet::new()).await;
}

/// The same for a table that lends rows to whoever holds the permission to read with reach `OWN`.
pub async fn hold_equal_with<E>(
    db: &Db,
    rows: &[(Uuid, E::Facts)],
    standing: &Standing,
    lent: &BTreeSet<Uuid>,
) where
    E: Scoped,
    E::Model: ModelTrait<Entity = E>,
{
    let table = E::default().table_name().to_owned();
    let expected = |reaches: &[Reach]| -> BTreeSet<Uuid> {
        rows.iter()
            .filter(|(_, facts)| {
                reaches
                    .iter()
                    .any(|reach| E::within(facts, *reach, standing))
            })
            .map(|(id, _)| *id)
            .collect()
    };
    for reach in Reach::iter() {
        let found = match E::condition(reach, standing) {
            None => BTreeSet::new(),
            Some(condition) => keys(E::find().filter(condition).all(db.reader()).await),
        };
        assert_eq!(found, expected(&[reach]), "{table} {reach:?} {standing:?}");
    }
    let unions: [&[Reach]; 4] = [
        &[],
        &[Reach::Own, Reach::Region],
        &[Reach::Team, Reach::Department, Reach::Organisation],
        &[Reach::Own, Reach::All],
    ];
    for reaches in unions {
        let permissions = || std::iter::once(E::READ).chain(E::ALSO);
        let grants: Grants = reaches
            .iter()
            .flat_map(|reach| permissions().map(move |permission| (permission, *reach)))
            .collect();
        let viewer = Viewer {
            grants: Arc::new(grants),
            standing: Arc::new(standing.clone()),
            ..Viewer::anonymous()
        };
        let found = keys(visible::<E>(&viewer, E::READ).all(db.reader()).await);
        let mut expected = expected(reaches);
        if reaches.contains(&Reach::Own) {
            expected.extend(lent);
        }
        assert_eq!(found, expected, "{table} {reaches:?} {standing:?}");
    }
}

/// The keys of the rows that were found.
pub fn keys<M>(rows: Result<Vec<M>, sea_orm::DbErr>) -> BTreeSet<Uuid>
where
    M: ModelTrait,
{
    let key = <<M::Entity as EntityTrait>::PrimaryKey as Iterable>::iter()
        .next()
        .expect("a key")
        .into_column();
    rows.expect("the query runs")
        .iter()
        .map(|row| match row.get(key) {
            Value::Uuid(Some(id)) => id,
            other => panic!("no key: {other:?}"),
        })
        .collect()
}

async fn hold_world(db: &Db, worlds: &[World], standing: &Standing) {
    let (mut members, mut assignments) = (Vec::new(), Vec::new());
    let mut by_member = BTreeMap::new();
    let (mut customers, mut contacts, mut units) = (Vec::new(), Vec::new(), Vec::new());
    for world in worlds {
        for row in &world.members {
            let facts = MemberFacts {
                member: row.clone(),
                assignments: world.assignments_of(Some(row.id)),
            };
            assignments.extend(facts.assignments.iter().map(|row| (row.id, facts.clone())));
            by_member.insert(row.id, facts.clone());
            members.push((row.id, facts));
        }
        for row in &world.customers {
            let facts = CustomerFacts {
                customer: row.clone(),
                owner_assignments: world.assignments_of(row.owner_id),
            };
            let mine = |customer: Uuid| customer == row.id;
            contacts.extend(
                world
                    .contacts
                    .iter()
                    .filter(|child| mine(child.customer_id))
                    .map(|child| (child.id, facts.clone())),
            );
            units.extend(
                world
                    .units
                    .iter()
                    .filter(|child| mine(child.customer_id))
                    .map(|child| (child.id, facts.clone())),
            );
            customers.push((row.id, facts));
        }
    }
    macro_rules! plain {
        ($($table:ident in $($field:ident).+),*) => {$({
            let rows: Vec<(Uuid, $table::Model)> = worlds
                .iter()
                .flat_map(|world| world.$($field).+.iter().map(|row| (row.id, row.clone())))
                .collect();
            hold_equal::<$table::Entity>(db, &rows, standing).await;
        })*};
    }
    plain!(
        department in departments,
        region in regions,
        region_province in region_provinces,
        team in teams,
        position in positions,
        partner in partners,
        product in products,
        skill in work.skills,
        certificate in work.certificates
    );
    hold_equal::<member::Entity>(db, &members, standing).await;
    hold_equal::<assignment::Entity>(db, &assignments, standing).await;
    // What hangs on members follows them.
    macro_rules! members {
        ($($field:ident of $table:ident),*) => {$({
            let rows: Vec<(Uuid, MemberFacts)> = worlds
                .iter()
                .flat_map(|world| &world.work.$field)
                .map(|row| (row.id, by_member[&row.member_id].clone()))
                .collect();
            hold_equal::<$table::Entity>(db, &rows, standing).await;
        })*};
    }
    members!(
        member_skills of member_skill,
        member_certificates of member_certificate,
        member_shifts of member_shift,
        member_capacities of member_capacity,
        leaves of leave
    );
    hold_equal::<customer::Entity>(db, &customers, standing).await;
    let by_customer: BTreeMap<Uuid, CustomerFacts> = customers.iter().cloned().collect();
    macro_rules! contracts {
        ($($field:ident of $table:ident by $contract:expr),*) => {$({
            let rows: Vec<(Uuid, ContractFacts)> = worlds
                .iter()
                .flat_map(|world| {
                    let facts = |id| world.contracts.facts(id, &by_customer);
                    let contract = $contract;
                    let rows = world.contracts.$field.iter();
                    rows.map(|row| (row.id, facts(contract(world, row)))).collect::<Vec<_>>()
                })
                .collect();
            hold_equal::<$table::Entity>(db, &rows, standing).await;
        })*};
    }
    contracts!(
        contracts of contract by |_: &World, row: &contract::Model| row.id,
        shares of contract_share by |_: &World, row: &contract_share::Model| row.contract_id,
        payments of contract_payment by |_: &World, row: &contract_payment::Model| row.contract_id,
        renewals of renewal by |_: &World, row: &renewal::Model| row.contract_id,
        credits of payment_credit by |world: &World, row: &payment_credit::Model| {
            let mut payments = world.contracts.payments.iter();
            let payment = payments.find(|payment| payment.id == row.payment_id);
            payment.expect("its payment").contract_id
        }
    );
    hold_equal::<contact::Entity>(db, &contacts, standing).await;
    hold_equal::<unit::Entity>(db, &units, standing).await;
}

/// Standings to look from: members on several days, outsiders, somebody without a place, and mixtures that should never
/// be but must not show more than their parts.
async fn standings(db: &Db, worlds: &[World]) -> Vec<Standing> {
    let day = noon().date_naive();
    let mut all = vec![Standing::default()];
    for world in worlds {
        for (index, row) in world.members.iter().enumerate() {
            let day = day + TimeDelta::days(index as i64 % 4 - 2);
            let standing = organisation::standing(db.reader(), row.id, day).await;
            all.push(standing.expect("a standing"));
        }
        all.push(Standing {
            partner_id: Some(world.partners[0].id),
            ..Standing::default()
        });
        all.push(Standing {
            customer_id: Some(world.customers[0].id),
            day: Some(day),
            ..Standing::default()
        });
        let mut without_day = all[1].clone();
        without_day.day = None;
        without_day.partner_id = Some(world.partners[1].id);
        without_day.customer_id = Some(world.customers[1].id);
        all.push(without_day);
    }
    all
}

both_databases! {
    async fn sql_and_predicate_mean_the_same_rows(database: TestDatabase) {
        let db = open(&database).await;
        let worlds: Vec<World> = (1..=WORLDS).map(World::random).collect();
        for world in &worlds {
            world.write(db.reader()).await;
        }
        for standing in standings(&db, &worlds).await {
            hold_world(&db, &worlds, &standing).await;
        }
    }

    async fn a_standing_takes_three_statements_in_any_organisation(database: TestDatabase) {
        let db = open(&database).await;
        for seed in 1..=3 {
            let world = World::random(seed);
            world.write(db.reader()).await;
            let before = db.statements();
            let member = world.members[0].id;
            organisation::standing(db.reader(), member, noon().date_naive()).await.expect("a standing");
            assert_eq!(db.statements() - before, 3);
        }
    }
}
