//! What a newer program brings to an older database, once.

use aftercare::access::builtin;
use aftercare::access::roles::grants_of;
use aftercare::access::{Permission, Principal};
use aftercare::db::Db;
use entity::enums::Reach;
use entity::{audit_log, known_permission, role, role_grant};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::support::data::start;
use crate::support::database::{TestDatabase, both_databases, open};

/// Permissions that the first release had not.
const LATER: [&str; 4] = [
    "setting.read",
    "calendar.read",
    "ticket.sla.read",
    "survey.read",
];

async fn install(db: &Db) {
    let transaction = db.begin().await.expect("a transaction");
    builtin::install(&transaction, start())
        .await
        .expect("it installs");
    transaction.commit().await.expect("it commits");
}

/// The reaches that a built-in role has for a permission.
async fn reaches(db: &Db, role: &str, permission: &str) -> Vec<Reach> {
    let rows = role_grant::Entity::find()
        .filter(role_grant::Column::RoleId.eq(key_of(db, role).await))
        .filter(role_grant::Column::Permission.eq(permission))
        .all(db.reader())
        .await
        .expect("grants");
    let mut reaches: Vec<Reach> = rows.into_iter().map(|grant| grant.reach).collect();
    reaches.sort_by_key(|reach| format!("{reach:?}"));
    reaches
}

async fn key_of(db: &Db, role: &str) -> Uuid {
    let row = role::Entity::find()
        .filter(role::Column::Key.eq(role))
        .one(db.reader())
        .await;
    row.expect("an answer").expect("the role").id
}

/// An admin takes permissions away from a role.
async fn take_away(db: &Db, role: &str, permissions: &[&str]) {
    let id = key_of(db, role).await;
    let transaction = db.begin().await.expect("a transaction");
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::RoleId.eq(id))
        .filter(role_grant::Column::Permission.is_in(permissions.iter().copied()))
        .exec(&transaction)
        .await
        .expect("they go");
    transaction.commit().await.expect("it commits");
}

/// Brings the database to where an older program had left it: without these permissions, met or granted.
async fn forget(db: &Db, permissions: &[&str]) {
    let transaction = db.begin().await.expect("a transaction");
    known_permission::Entity::delete_many()
        .filter(known_permission::Column::Key.is_in(permissions.iter().copied()))
        .exec(&transaction)
        .await
        .expect("they go");
    role_grant::Entity::delete_many()
        .filter(role_grant::Column::Permission.is_in(permissions.iter().copied()))
        .exec(&transaction)
        .await
        .expect("they go");
    transaction.commit().await.expect("it commits");
}

both_databases! {
    async fn an_older_database_gets_new_grants_once_and_keeps_what_admins_took_away(database: TestDatabase) {
        let db = open(&database).await;
        install(&db).await;
        forget(&db, &LATER).await;
        // What the admin of the older program had decided.
        take_away(&db, "agent", &["ticket.create", "customer.contact.read"]).await;
        assert_eq!(reaches(&db, "agent", "calendar.read").await, []);

        install(&db).await;
        assert_eq!(reaches(&db, "agent", "calendar.read").await, [Reach::All], "new in the catalogue");
        assert_eq!(reaches(&db, "service_manager", "setting.read").await, [Reach::All]);
        assert_eq!(reaches(&db, "partner", "survey.read").await, [Reach::Organisation]);
        assert_eq!(reaches(&db, "team_lead", "ticket.sla.read").await, [Reach::Own, Reach::TeamTree]);
        assert_eq!(reaches(&db, "agent", "ticket.create").await, [], "taken away, it stays away");
        assert_eq!(reaches(&db, "agent", "customer.contact.read").await, []);
        let known = known_permission::Entity::find().count(db.reader()).await.expect("a count");
        assert_eq!(known, Permission::ALL.len() as u64);

        // What is taken away after the upgrade stays away too, whatever is started again.
        take_away(&db, "agent", &["calendar.read"]).await;
        let entries = audit_log::Entity::find().count(db.reader()).await.expect("a count");
        install(&db).await;
        install(&db).await;
        assert_eq!(reaches(&db, "agent", "calendar.read").await, []);
        assert_eq!(audit_log::Entity::find().count(db.reader()).await.expect("a count"), entries, "nothing was done");
    }

    async fn auditors_of_an_older_database_read_their_own_awards(database: TestDatabase) {
        let db = open(&database).await;
        install(&db).await;
        let own = ["incentive.award.read", "incentive.question.ask"];
        take_away(&db, "auditor", &own).await;
        take_away(&db, "hr", &own).await;
        let transaction = db.begin().await.expect("a transaction");
        let applied = "DELETE FROM seaql_migrations WHERE version = 'm20261129_000501_auditors_awards'";
        transaction.execute_unprepared(applied).await.expect("it is forgotten");
        transaction.commit().await.expect("it commits");
        db.migrate().await.expect("it migrates");
        install(&db).await;
        for permission in own {
            assert_eq!(reaches(&db, "auditor", permission).await, [Reach::Own]);
            assert_eq!(reaches(&db, "hr", permission).await, [], "nobody else's");
        }
    }

    async fn managers_of_an_older_database_answer_questions(database: TestDatabase) {
        let db = open(&database).await;
        install(&db).await;
        let permission = "incentive.question.answer";
        take_away(&db, "service_manager", &[permission]).await;
        take_away(&db, "hr", &[permission]).await;
        let transaction = db.begin().await.expect("a transaction");
        let applied = "DELETE FROM seaql_migrations WHERE version = 'm20261129_000511_managers_answer'";
        transaction.execute_unprepared(applied).await.expect("it is forgotten");
        transaction.commit().await.expect("it commits");
        db.migrate().await.expect("it migrates");
        install(&db).await;
        assert_eq!(reaches(&db, "service_manager", permission).await, [Reach::All]);
        assert_eq!(reaches(&db, "hr", permission).await, [], "nobody else's");
    }

    async fn the_admin_role_always_has_everything_but_what_is_kept_from_it(database: TestDatabase) {
        let db = open(&database).await;
        install(&db).await;
        take_away(&db, "admin", &["audit.read", "calendar.manage"]).await;
        install(&db).await;
        for permission in Permission::ALL {
            let held = reaches(&db, "admin", permission.key()).await;
            assert_eq!(held.is_empty(), permission.is_kept_from_admins(), "{}", permission.key());
        }
        // Nobody holds a role here: what roles hold isn't given to strangers.
        let nobody = grants_of(db.reader(), Principal::User(Uuid::from_u128(1)), None, start()).await.expect("grants");
        assert!(nobody.1.is_empty());
    }
}
