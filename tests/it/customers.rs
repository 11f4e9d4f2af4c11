//! Customers: what is shown takes a fixed number of statements, looks at contacts are logged, changes stay within reach.

use std::collections::{BTreeMap, BTreeSet};

use aftercare::access::Permission;
use aftercare::audit;
use aftercare::customers::actions::{
    Change, ContactAdd, ContactUpdate, CustomerCreate, CustomerUpdate, UnitRegister, contact_add,
    contact_update, customer_create, customer_update, unit_register,
};
use aftercare::error::{Error, ErrorCode, UserErrorCode};
use aftercare::graphql::ids::encode;
use entity::enums::{CustomerKind, CustomerTier, Province, Reach};
use entity::{contact, customer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::support::app::fewest_statements;
use crate::support::database::both_databases;
use crate::support::rooms::Rooms;

const LIST: &str = "
    customers(first: FIRST, orderBy: NUMBER_ASC) {
        totalCount
        nodes {
            number province
            partner { code }
            owner { number assignments { kind } }
            contacts(first: 2) { totalCount nodes { name phone } pageInfo { hasNextPage } }
            units(first: 3) { nodes { serial product { code } customer { number } } }
        }
    }";

fn mistakes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<(UserErrorCode, String)> {
    match result {
        Err(Error::User(errors)) => errors
            .into_iter()
            .map(|error| (error.code, error.field.join(".")))
            .collect(),
        other => panic!("no user errors: {other:?}"),
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> ErrorCode {
    match result {
        Err(Error::Api(error)) => error.code,
        other => panic!("no refusal: {other:?}"),
    }
}

fn plain_customer() -> CustomerCreate {
    CustomerCreate {
        kind: CustomerKind::Company,
        name: " 华北泵业 ".to_owned(),
        province: Province::Beijing,
        tier: CustomerTier::Gold,
        partner_id: None,
        owner_id: None,
    }
}

both_databases! {
    async fn a_page_takes_as_many_statements_as_a_row(rooms: Rooms) {
        let call = rooms.admin().await;
        let mut counts = Vec::new();
        for first in ["12", "24"] {
            let page = async || {
                let answer = rooms.answer(&call, &format!("{{ {} }}", LIST.replace("FIRST", first))).await;
                assert_eq!(answer["errors"], serde_json::Value::Null, "{answer}");
                assert_eq!(answer["data"]["customers"]["totalCount"], 24);
            };
            counts.push(fewest_statements(&rooms.app.db, page).await);
        }
        assert_eq!(counts[0], counts[1], "statements for 12 and for 24 customers");
    }

    async fn a_look_at_many_contacts_is_an_entry_for_each_customer(rooms: Rooms) {
        let call = rooms.admin().await;
        rooms.answer(&call, "{ customers(first: 100) { nodes { number contacts(first: 100) { nodes { name } } } } }").await;
        let log = rooms.audit().await;
        let mut expected: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
        for row in &rooms.world.contacts {
            expected.entry(row.customer_id).or_default().insert(row.id);
        }
        assert!(expected.len() > 4, "more than are linked at once");
        assert_eq!(log.len(), expected.len());
        for entry in &log {
            assert_eq!((entry.action.as_str(), entry.entity_type.as_str()), ("customer.contact.read", "customer"));
            let customer = entry.entity_id.expect("a customer");
            assert_eq!(entry.detail, serde_json::json!({ "contacts": expected[&customer] }));
        }
        rooms.answer(&call, "{ customers(first: 100) { nodes { number } } }").await;
        assert_eq!(rooms.audit().await.len(), expected.len(), "no look, no entry");
        assert!(audit::verify(&rooms.app.db).await.expect("it is verified").is_whole());
    }

    async fn a_filter_by_contact_data_matches_only_readable_contacts(rooms: Rooms) {
        let row = &rooms.world.contacts[0];
        let phone = row.phone.as_deref().expect("a telephone number");
        let document = format!("{{ customers(filter: {{ contactPhone: \"{phone}\" }}) {{ totalCount }} }}");
        let found = |answer: serde_json::Value| answer["data"]["customers"]["totalCount"].clone();
        assert_eq!(found(rooms.answer(&rooms.admin().await, &document).await), 1);
        let stranger = rooms.world.members[1].id;
        let owner = rooms.world.customers.iter().find(|one| one.id == row.customer_id).and_then(|one| one.owner_id);
        assert_ne!(owner, Some(stranger), "pick another seed");
        let own = [(Permission::CustomerRead, Reach::All), (Permission::CustomerContactRead, Reach::Own)];
        assert_eq!(found(rooms.answer(&rooms.call(stranger, &own).await, &document).await), 0);
        let refused = rooms.answer(&rooms.call(stranger, &own[..1]).await, &document).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN", "{refused}");
    }

    async fn an_empty_or_matches_no_customer(rooms: Rooms) {
        let call = rooms.admin().await;
        for (filter, expected) in [("or: []", 0), ("or: [{or: []}]", 0), ("or: [{}]", 24), ("or: null", 24), ("and: []", 24), ("not: {or: []}", 24)] {
            let document = format!("{{ customers(filter: {{{filter}}}) {{ totalCount }} }}");
            let answer = rooms.answer(&call, &document).await;
            assert_eq!(answer["data"]["customers"]["totalCount"], expected, "{filter}: {answer}");
        }
    }

    async fn customers_are_created_once_and_change_within_reach(rooms: Rooms) {
        let (app, call) = (&rooms.app, rooms.admin().await);
        let id = customer_create(app, &call, &plain_customer(), Some("key")).await.expect("created");
        let again = customer_create(app, &call, &plain_customer(), Some("key")).await.expect("repeated");
        assert_eq!(id, again);
        let row = customer::Entity::find_by_id(id).one(app.db.reader()).await.expect("read").expect("there");
        assert_eq!((row.name.as_str(), row.number.as_str()), ("华北泵业", "C000001"));
        let own = [(Permission::CustomerRead, Reach::All), (Permission::CustomerWrite, Reach::Own)];
        let agent = rooms.call(rooms.world.members[2].id, &own).await;
        let update = CustomerUpdate {
            id,
            expected_version: 1,
            kind: Change::Keep,
            name: Change::Keep,
            province: Change::Keep,
            tier: Change::Set(CustomerTier::Vip),
            partner_id: Change::Keep,
            owner_id: Change::Keep,
        };
        assert_eq!(refusal(customer_update(app, &agent, update.clone()).await), ErrorCode::Forbidden);
        assert_eq!(refusal(customer_create(app, &agent, &plain_customer(), None).await), ErrorCode::Forbidden);
        let blind = rooms.call(rooms.world.members[2].id, &own[1..]).await;
        assert_eq!(refusal(customer_update(app, &blind, update.clone()).await), ErrorCode::NotFound);
        customer_update(app, &call, update.clone()).await.expect("changed");
        assert_eq!(refusal(customer_update(app, &call, update).await), ErrorCode::Conflict);
        let entry = rooms.audit().await.pop().expect("an entry");
        assert_eq!(entry.detail["tier"]["to"], "vip");
    }

    async fn contacts_are_looked_over_and_only_one_is_primary(rooms: Rooms) {
        let (app, call) = (&rooms.app, rooms.admin().await);
        let customer_id = rooms.world.customers[0].id;
        let bad = ContactAdd {
            customer_id,
            name: " ".to_owned(),
            role: None,
            phone: Some("call me".to_owned()),
            email: Some("wang@".to_owned()),
            is_primary: true,
        };
        let found = mistakes(contact_add(app, &call, &bad, None).await);
        let fields: Vec<&str> = found.iter().map(|(_, field)| field.as_str()).collect();
        assert_eq!(fields, ["input.name", "input.phone", "input.email"]);
        let good = ContactAdd {
            name: "李雷".to_owned(),
            phone: Some("+86 10 6552 9988".to_owned()),
            email: None,
            ..bad
        };
        let first = contact_add(app, &call, &good, None).await.expect("added");
        let second = contact_add(app, &call, &good, None).await.expect("added");
        let update = ContactUpdate {
            id: first,
            expected_version: 2,
            name: Change::Keep,
            role: Change::Keep,
            phone: Change::Clear,
            email: Change::Keep,
            is_primary: Change::Set(true),
        };
        contact_update(app, &call, &update).await.expect("changed");
        let rows = contact::Entity::find().filter(contact::Column::CustomerId.eq(customer_id)).all(app.db.reader()).await;
        let primary: Vec<_> = rows.expect("read").into_iter().filter(|row| row.is_primary).collect();
        assert_eq!(primary.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
        assert_ne!(first, second);
        assert_eq!(primary[0].phone, None);
        let log: String = rooms.audit().await.iter().map(|row| row.detail.to_string()).collect();
        assert!(!log.contains("6552") && !log.contains("李雷"), "contact data in the log: {log}");
    }

    async fn a_serial_number_is_registered_once(rooms: Rooms) {
        let (app, call) = (&rooms.app, rooms.admin().await);
        let known = &rooms.world.units[0];
        let unit = UnitRegister {
            serial: known.serial.clone(),
            product_id: known.product_id,
            customer_id: known.customer_id,
            sold_on: known.sold_on,
            warranty_until: None,
        };
        let found = mistakes(unit_register(app, &call, &unit, None).await);
        assert_eq!(found, [(UserErrorCode::Taken, "input.serial".to_owned())]);
        let unit = UnitRegister { serial: "SN-new".to_owned(), ..unit };
        unit_register(app, &call, &unit, None).await.expect("registered");
    }

    async fn a_removed_contact_leaves_its_customer(rooms: Rooms) {
        let call = rooms.admin().await;
        let id = encode("contact", rooms.world.contacts[0].id);
        let document = format!("mutation {{ contactRemove(input: {{ id: \"{id}\", expectedVersion: 1 }}) {{ customer {{ number }} userErrors {{ code }} }} }}");
        let answer = rooms.answer(&call, &document).await;
        assert!(answer["data"]["contactRemove"]["customer"]["number"].is_string(), "{answer}");
        let again = rooms.answer(&call, &document).await;
        assert_eq!(again["errors"][0]["extensions"]["code"], "NOT_FOUND", "{again}");
    }
}
