//! Roles are made, changed, previewed, given and taken, and nobody gets beyond their own rights by it.

use std::sync::Arc;
use std::time::Duration;

use aftercare::access::roles::actions::{
    self, GrantsChange, NewGift, NewRole, TakenRole, TypedGrant,
};
use aftercare::access::roles::{grants_of, last_admin_remains};
use aftercare::access::{self, Actor, Call, Permission, Principal, Viewer, builtin};
use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::error::{Error, ErrorCode, Result, UserErrorCode};
use aftercare::events::Event;
use aftercare::graphql::Id;
use aftercare::graphql::endpoint::{Allow, Endpoint, Incoming};
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{ActorKind, Locale, PartnerKind, Province, Reach, UserKind, UserStatus};
use entity::{api_client, audit_log, outbox, partner, role, role_grant, user};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::database::{self, Arrange, Backend, TestDatabase, both_databases};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a valid time")
}

/// A server with two administrators, an agent without roles, a partner's user and its API client.
struct Company {
    app: Arc<App>,
    endpoint: Arc<Endpoint>,
    ada: Uuid,
    bob: Uuid,
    carl: Uuid,
    petra: Uuid,
    client: Uuid,
    _database: TestDatabase,
}

impl Arrange for Company {
    async fn arrange(backend: Backend) -> Option<Self> {
        let database = database::fresh(backend).await?;
        let mut config = Config::default();
        config.database.url = Some(DatabaseUrl::new(database.url.clone()));
        config.database.statement_timeout = Duration::from_secs(20);
        let app = App::open(config, Clock::manual(now()))
            .await
            .expect("the server opens");
        let endpoint =
            Endpoint::new(Default::default(), Default::default()).expect("every field has a rule");
        let partner = partner(&app).await;
        let company = Self {
            ada: user(&app, "ada", UserKind::Staff, None).await,
            bob: user(&app, "bob", UserKind::Staff, None).await,
            carl: user(&app, "carl", UserKind::Staff, None).await,
            petra: user(&app, "petra", UserKind::Partner, Some(partner)).await,
            client: api_client(&app, partner).await,
            app,
            endpoint: Arc::new(endpoint),
            _database: database,
        };
        let system = Call::system(now(), "test");
        for user in [company.ada, company.bob] {
            let gift = company.gift("admin", Principal::User(user)).await;
            actions::give(&company.app.db, &system, gift, None)
                .await
                .expect("the server gives");
        }
        Some(company)
    }
}

async fn partner(app: &App) -> Uuid {
    let id = Uuid::from_u128(900);
    let row = partner::ActiveModel {
        id: Set(id),
        code: Set("P1".to_owned()),
        name: Set("Partner".to_owned()),
        name_zh: Set(None),
        kind: Set(PartnerKind::Dealer),
        province: Set(Province::Beijing),
        valid_from: Set(now().date_naive()),
        valid_to: Set(None),
        version: Set(1),
        created_at: Set(now()),
        updated_at: Set(now()),
    };
    partner::Entity::insert(row)
        .exec_without_returning(app.db.reader())
        .await
        .expect("a partner");
    id
}

async fn user(app: &App, login: &str, kind: UserKind, partner: Option<Uuid>) -> Uuid {
    let id = aftercare::db::new_id(now());
    let row = user::ActiveModel {
        id: Set(id),
        kind: Set(kind),
        login: Set(login.to_owned()),
        display_name: Set(login.to_owned()),
        password_hash: Set(String::new()),
        password_changed_at: Set(now()),
        member_id: Set(None),
        partner_id: Set(partner),
        customer_id: Set(None),
        locale: Set(Locale::Zh),
        status: Set(UserStatus::Active),
        epoch: Set(0),
        version: Set(1),
        created_at: Set(now()),
        updated_at: Set(now()),
    };
    user::Entity::insert(row)
        .exec_without_returning(app.db.reader())
        .await
        .expect("a user");
    id
}

async fn api_client(app: &App, partner: Uuid) -> Uuid {
    let id = aftercare::db::new_id(now());
    let row = api_client::ActiveModel {
        id: Set(id),
        name: Set("robot".to_owned()),
        partner_id: Set(partner),
        status: Set(UserStatus::Active),
        epoch: Set(0),
        trusted_documents_only: Set(false),
        created_by: Set(None),
        version: Set(1),
        created_at: Set(now()),
        updated_at: Set(now()),
    };
    api_client::Entity::insert(row)
        .exec_without_returning(app.db.reader())
        .await
        .expect("a client");
    id
}

impl Company {
    async fn role(&self, key: &str) -> role::Model {
        let found = role::Entity::find()
            .filter(role::Column::Key.eq(key))
            .one(self.app.db.reader())
            .await;
        found.expect("the roles can be read").expect("a role")
    }

    async fn gift(&self, key: &str, to: Principal) -> NewGift {
        NewGift {
            role_id: self.role(key).await.id,
            to,
            valid_until: None,
        }
    }

    /// A call of a user as its token and the database have it now.
    async fn call(&self, user: Uuid) -> Call {
        let principal = Principal::User(user);
        let (grants, roles) = grants_of(self.app.db.reader(), principal, None, now())
            .await
            .expect("grants");
        Call {
            viewer: Viewer {
                actor: Actor {
                    kind: ActorKind::User,
                    id: Some(user),
                    name: "name".to_owned(),
                },
                kind: Some(UserKind::Staff),
                grants: Arc::new(grants),
                roles: Arc::new(roles),
                ..Viewer::anonymous()
            },
            at: now(),
            request_id: "request".to_owned(),
            locale: Locale::En,
            address: None,
            part: None,
        }
    }

    async fn give(&self, by: Uuid, key: &str, to: Principal) -> Result<()> {
        let gift = self.gift(key, to).await;
        actions::give(&self.app.db, &self.call(by).await, gift, None)
            .await
            .map(|_| ())
    }

    async fn take(&self, by: Uuid, key: &str, from: Uuid) -> Result<()> {
        let taken = TakenRole {
            role_id: self.role(key).await.id,
            from: Principal::User(from),
        };
        actions::take(&self.app.db, &self.call(by).await, taken)
            .await
            .map(|_| ())
    }

    async fn make(
        &self,
        by: Uuid,
        key: &str,
        audience: UserKind,
        grants: &[(&str, Reach)],
    ) -> Result<role::Model> {
        let new = NewRole {
            key: key.to_owned(),
            name: key.to_owned(),
            name_zh: None,
            description: None,
            description_zh: None,
            audience,
            grants: typed(grants),
        };
        actions::create(&self.app.db, &self.call(by).await, new, None).await
    }

    async fn change(
        &self,
        by: Uuid,
        key: &str,
        grant: &[(&str, Reach)],
        revoke: &[(&str, Reach)],
    ) -> Result<role::Model> {
        let role = self.role(key).await;
        let change = GrantsChange {
            id: role.id,
            expected_version: role.version,
            grant: typed(grant),
            revoke: typed(revoke),
        };
        actions::change_grants(&self.app.db, &self.call(by).await, change).await
    }

    async fn holds(&self, user: Uuid, permission: Permission) -> bool {
        self.call(user).await.viewer.may(permission)
    }

    async fn answer(&self, call: Call, query: &str, variables: Value) -> Value {
        let Value::Object(variables) = variables else {
            panic!("variables are an object")
        };
        let incoming = Incoming::new(query.to_owned(), None, variables);
        self.endpoint
            .execute(&self.app, call, incoming, Allow::QueriesAndMutations)
            .await
            .body
            .json()
    }
}

fn typed(grants: &[(&str, Reach)]) -> Vec<TypedGrant> {
    grants
        .iter()
        .map(|(permission, reach)| TypedGrant {
            permission: (*permission).to_owned(),
            reach: *reach,
        })
        .collect()
}

fn mistake<T: std::fmt::Debug>(result: Result<T>) -> (UserErrorCode, String, String) {
    match result {
        Err(Error::User(errors)) if errors.len() == 1 => (
            errors[0].code,
            errors[0].field.join("."),
            errors[0].text.en.to_string(),
        ),
        other => panic!("not one user error: {other:?}"),
    }
}

both_databases! {
    async fn built_in_roles_are_installed_once_and_edits_stay(company: Company) {
        let db = &company.app.db;
        company.change(company.ada, "agent", &[], &[("ticket.close", Reach::Team)]).await.expect("changed");
        let admin = company.role("admin").await.id;
        role_grant::Entity::delete_many()
            .filter(role_grant::Column::RoleId.eq(admin))
            .filter(role_grant::Column::Permission.eq("audit.read"))
            .exec(db.reader()).await.expect("deleted behind its back");
        let before = access::epoch(db.reader()).await.expect("an epoch");
        for expected in [before + 1, before + 1] {
            let tx = db.begin().await.expect("a transaction");
            builtin::install(&tx, now()).await.expect("installed");
            tx.commit().await.expect("committed");
            assert_eq!(access::epoch(db.reader()).await.expect("an epoch"), expected);
        }
        assert!(company.holds(company.ada, Permission::AuditRead).await, "admin holds everything again");
        let roles = role::Entity::find().count(db.reader()).await.expect("counted");
        assert_eq!(roles, builtin::ROLES.len() as u64);
        company.give(company.ada, "agent", Principal::User(company.carl)).await.expect("given");
        let reaches: Vec<Reach> = company.call(company.carl).await.viewer.grants.reaches(Permission::TicketClose).collect();
        assert_eq!(reaches, [Reach::Own], "what an admin revoked stays revoked");
    }

    async fn a_role_is_made_given_and_taken_at_once(company: Company) {
        let db = &company.app.db;
        let epoch = access::epoch(db.reader()).await.expect("an epoch");
        company.make(company.ada, "night_shift", UserKind::Staff, &[("ticket.read", Reach::All)]).await.expect("made");
        company.give(company.ada, "night_shift", Principal::User(company.carl)).await.expect("given");
        assert!(company.holds(company.carl, Permission::TicketRead).await);
        company.take(company.ada, "night_shift", company.carl).await.expect("taken");
        assert!(!company.holds(company.carl, Permission::TicketRead).await);
        assert_eq!(access::epoch(db.reader()).await.expect("an epoch"), epoch + 3);

        let again = company.take(company.ada, "night_shift", company.carl).await;
        assert_eq!(mistake(again).0, UserErrorCode::WrongState);
        let role = company.role("night_shift").await;
        actions::delete(db, &company.call(company.ada).await, role.id, role.version).await.expect("deleted");
        let actions: Vec<String> = audit_log::Entity::find()
            .filter(audit_log::Column::ActorId.eq(company.ada))
            .all(db.reader()).await.expect("the log").into_iter().map(|entry| entry.action).collect();
        assert_eq!(actions, ["role.create", "role.give", "role.take", "role.delete"]);
        let told = outbox::Entity::find()
            .filter(outbox::Column::Kind.eq(Event::PRINCIPAL_CHANGED))
            .filter(outbox::Column::EntityId.eq(company.carl))
            .count(db.reader()).await.expect("the outbox");
        assert_eq!(told, 2);
    }

    async fn nobody_grants_more_than_they_hold(company: Company) {
        company.make(company.ada, "role_keeper", UserKind::Staff, &[("role.manage", Reach::All), ("ticket.read", Reach::Team)]).await.expect("made");
        company.give(company.ada, "role_keeper", Principal::User(company.carl)).await.expect("given");
        let dora = user(&company.app, "dora", UserKind::Staff, None).await;

        let wide = company.make(company.carl, "wide", UserKind::Staff, &[("ticket.read", Reach::All)]).await;
        assert_eq!(mistake(wide).0, UserErrorCode::RuleViolated);
        let other = company.change(company.carl, "trainer", &[("audit.read", Reach::All)], &[]).await;
        assert_eq!(mistake(other).1, "input.grant");
        assert!(matches!(company.give(company.carl, "admin", Principal::User(dora)).await, Err(Error::User(_))));
        company.make(company.carl, "narrow", UserKind::Staff, &[("ticket.read", Reach::Team)]).await.expect("made");
        company.give(company.carl, "narrow", Principal::User(dora)).await.expect("given");

        let own = company.change(company.carl, "role_keeper", &[], &[("ticket.read", Reach::Team)]).await;
        assert_eq!(mistake(own).0, UserErrorCode::RuleViolated);
        let oneself = company.give(company.carl, "narrow", Principal::User(company.carl)).await;
        assert_eq!(mistake(oneself).1, "input.principal");
        let (code, field, text) = mistake(company.make(company.ada, "slip", UserKind::Staff, &[("ticket.raed", Reach::All)]).await);
        assert_eq!((code, field.as_str()), (UserErrorCode::Invalid, "input.grants.0.permission"));
        assert!(text.contains("`ticket.read`"), "{text}");
    }

    async fn what_no_admin_gives_the_server_gives(company: Company) {
        for key in ["hr", "service_manager"] {
            let (code, field, text) = mistake(company.give(company.ada, key, Principal::User(company.carl)).await);
            assert_eq!((code, field.as_str()), (UserErrorCode::RuleViolated, "input.roleId"), "{key}");
            for named in ["member.pay.read", "`aftercare user give-role`"] {
                assert!(text.contains(named), "{text}");
            }
            // As the command line does.
            let gift = company.gift(key, Principal::User(company.carl)).await;
            actions::give(&company.app.db, &Call::system(now(), "cli user"), gift, None).await.expect("the server gives");
        }
        assert!(company.holds(company.carl, Permission::MemberPayRead).await);
    }

    async fn outsiders_get_only_what_is_for_them(company: Company) {
        let (petra, client) = (Principal::User(company.petra), Principal::ApiClient(company.client));
        for to in [petra, client] {
            assert_eq!(mistake(company.give(company.ada, "agent", to).await).1, "input.principal");
            company.give(company.ada, "partner", to).await.expect("a partner's role");
        }
        assert_eq!(mistake(company.give(company.ada, "partner", Principal::User(company.carl)).await).1, "input.principal");
        for (permission, reach) in [("ticket.assign", Reach::Organisation), ("ticket.read", Reach::All), ("ticket.read", Reach::Team)] {
            let made = company.make(company.ada, "outside", UserKind::Partner, &[(permission, reach)]).await;
            assert!(matches!(made, Err(Error::User(_))), "{permission} {reach:?}");
        }
        let (grants, roles) = grants_of(company.app.db.reader(), client, Some(&["partner".to_owned(), "admin".to_owned()]), now()).await.expect("grants");
        assert_eq!(roles, ["partner"]);
        assert!(grants.has(Permission::TicketRead) && !grants.has(Permission::RoleManage));
        assert!(grants_of(company.app.db.reader(), client, Some(&[]), now()).await.expect("grants").0.is_empty());
    }

    async fn the_last_admin_stays(company: Company) {
        company.take(company.ada, "admin", company.bob).await.expect("one remains");
        let system = Call::system(now(), "test");
        let taken = TakenRole { role_id: company.role("admin").await.id, from: Principal::User(company.ada) };
        let refused = actions::take(&company.app.db, &system, taken).await;
        assert_eq!(mistake(refused).0, UserErrorCode::RuleViolated);
        let ending = NewGift { valid_until: Some(now() + TimeDelta::days(1)), ..company.gift("admin", Principal::User(company.ada)).await };
        assert_eq!(mistake(actions::give(&company.app.db, &system, ending, None).await).1, "input.validUntil");

        let tx = company.app.db.begin().await.expect("a transaction");
        assert!(last_admin_remains(&tx).await.expect("an answer"));
        let disabled = user::ActiveModel { id: Set(company.ada), status: Set(UserStatus::Disabled), ..Default::default() };
        disabled.update(&tx).await.expect("disabled");
        assert!(!last_admin_remains(&tx).await.expect("an answer"));
    }

    async fn of_two_admins_who_take_each_others_role_one_stays(company: Company) {
        let (ada, bob) = (company.call(company.ada).await, company.call(company.bob).await);
        let admin = company.role("admin").await.id;
        let take = |from| TakenRole { role_id: admin, from: Principal::User(from) };
        let (first, second) = tokio::join!(
            actions::take(&company.app.db, &ada, take(company.bob)),
            actions::take(&company.app.db, &bob, take(company.ada)),
        );
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1, "{first:?} {second:?}");
        // The second's right was gone by the time it was its turn.
        let refused = first.and(second).expect_err("one is refused");
        assert!(matches!(&refused, Error::Api(error) if error.code == ErrorCode::Forbidden), "{refused:?}");
    }

    async fn a_gift_ends_by_itself(company: Company) {
        let until = now() + TimeDelta::hours(1);
        let gift = NewGift { valid_until: Some(until), ..company.gift("agent", Principal::User(company.carl)).await };
        actions::give(&company.app.db, &company.call(company.ada).await, gift, Some("k")).await.expect("given");
        actions::give(&company.app.db, &company.call(company.ada).await, gift, Some("k")).await.expect("repeated");
        let at = async |at| grants_of(company.app.db.reader(), Principal::User(company.carl), None, at).await.expect("grants").1;
        assert_eq!(at(until - TimeDelta::seconds(1)).await, ["agent"]);
        assert!(at(until).await.is_empty());
    }

    async fn what_the_server_refuses_is_not_allowed_beforehand(company: Company) {
        let check = "query($document: String!, $variables: JSON) { accessCheck(document: $document, variables: $variables) { allowed refusals { code message } } }";
        let beforehand = async |document: &str, variables: &Value| {
            let asked = json!({ "document": document, "variables": variables });
            let answer = company.answer(company.call(company.ada).await, check, asked).await;
            answer["data"]["accessCheck"].clone()
        };
        for (document, variables, named) in [
            ("{ viewe }", json!({}), "viewe"),
            ("{ tickets(foo: 1) { totalCount } }", json!({}), "foo"),
            ("{ tickets }", json!({}), "tickets"),
            ("{ viewer { name { x } } }", json!({}), "name"),
            ("query($i: Foo) { viewer { name } }", json!({}), "Foo"),
            ("query($o: RoleOrder) { roles(orderBy: $o) { totalCount } }", json!({ "o": "NOPE" }), "NOPE"),
        ] {
            let refused = company.answer(company.call(company.ada).await, document, variables.clone()).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_INPUT", "{document}: {refused}");
            let seen = beforehand(document, &variables).await;
            assert_eq!(seen["allowed"], false, "{document}: {seen}");
            let refusals = seen["refusals"].as_array().expect("refusals");
            let says = |refusal: &Value| refusal["code"] == "BAD_INPUT" && refusal["message"].as_str().is_some_and(|text| text.contains(named));
            assert!(refusals.iter().any(says), "{document}: {seen}");
        }
        let fine = "query($o: RoleOrder) { viewer { name } roles(orderBy: $o) { totalCount } }";
        assert_eq!(beforehand(fine, &json!({ "o": "KEY_ASC" })).await, json!({ "allowed": true, "refusals": [] }));
    }

    async fn the_schema_shows_manages_previews_and_explains(company: Company) {
        let viewer = "{ viewer { id kind isApiClient name login locale roles { key name } permissions { permission reach label } tokenExpiresAt sessionExpiresAt } }";
        let answer = company.answer(company.call(company.ada).await, viewer, json!({})).await;
        assert_eq!(answer["errors"], Value::Null, "{answer}");
        assert_eq!(answer["data"]["viewer"]["login"], "ada");
        assert_eq!(answer["data"]["viewer"]["locale"], "ZH");
        assert_eq!(answer["data"]["viewer"]["roles"][0]["key"], "admin");

        let lists = "{ permissions { key label reaches audiences reachesFor(audience: PARTNER) } roles(first: 3, filter: {audience: STAFF}) { totalCount nodes { key grants { permission reach } holderCount } pageInfo { hasNextPage } } roleGifts { totalCount nodes { holderName role { key } userId validUntil } } }";
        let before = company.app.db.statements();
        let answer = company.answer(company.call(company.ada).await, lists, json!({})).await;
        assert_eq!(answer["errors"], Value::Null, "{answer}");
        assert_eq!(answer["data"]["roles"]["totalCount"], 9);
        assert_eq!(answer["data"]["roleGifts"]["nodes"][0]["role"]["key"], "admin");
        let statements = company.app.db.statements() - before;
        assert!(statements <= 12, "{statements} statements");

        let agent = company.role("agent").await;
        let carl = Id::<user::Entity>::new(company.carl).to_string();
        let preview = "query($role: ID!, $user: ID!) { rolePreview(changes: [{give: {roleId: $role, principal: {userId: $user}}}]) { affectedCount userErrors { message } principals { name gainedPermissions { permission reach } lostPermissions { permission } gainedFields lostFields } } }";
        let variables = json!({ "role": Id::<role::Entity>::new(agent.id).to_string(), "user": carl });
        let answer = company.answer(company.call(company.ada).await, preview, variables.clone()).await;
        let seen = &answer["data"]["rolePreview"];
        assert_eq!((&seen["affectedCount"], &seen["userErrors"]), (&json!(1), &json!([])), "{answer}");
        let fields = seen["principals"][0]["gainedFields"].as_array().expect("fields");
        assert!(fields.contains(&json!("Ticket.subject")), "{fields:?}");
        assert!(!company.holds(company.carl, Permission::TicketRead).await, "nothing is written");
        let denied = company.answer(company.call(company.carl).await, preview, variables.clone()).await;
        assert_eq!(denied["errors"][0]["extensions"]["permission"], "role.manage");

        let give = "mutation($role: ID!, $user: ID!) { roleGive(input: {roleId: $role, principal: {userId: $user}}) { gift { role { key holderCount } } userErrors { code field message } } }";
        let answer = company.answer(company.call(company.ada).await, give, variables).await;
        assert_eq!(answer["data"]["roleGive"]["gift"]["role"], json!({ "key": "agent", "holderCount": 1 }), "{answer}");

        let check = "query($as: AccessCheckAs) { accessCheck(document: \"{ tickets { nodes { subject } } roles { nodes { key } } }\", as: $as) { allowed cost costLimit paths { path allowed permission reach reason } refusals { code } } }";
        let answer = company.answer(company.call(company.carl).await, check, json!({})).await;
        let seen = &answer["data"]["accessCheck"];
        assert_eq!(seen["allowed"], false, "{answer}");
        let path = |wanted: Value| {
            let paths = seen["paths"].as_array().expect("paths");
            paths.iter().find(|path| path["path"] == wanted).cloned().expect("the path")
        };
        assert_eq!(path(json!(["tickets", "nodes", "subject"]))["allowed"], true);
        assert_eq!(path(json!(["tickets", "nodes", "subject"]))["reach"], json!(["OWN", "TEAM"]));
        assert_eq!(path(json!(["roles"]))["allowed"], false);
        assert_eq!(path(json!(["roles"]))["permission"], "role.read");
        let others = company.answer(company.call(company.carl).await, check, json!({ "as": { "role": "partner" } })).await;
        assert_eq!(others["errors"][0]["extensions"]["code"], "FORBIDDEN");
        let others = company.answer(company.call(company.ada).await, check, json!({ "as": { "principal": carl } })).await;
        assert_eq!(others["data"]["accessCheck"]["allowed"], false, "{others}");
        let nobody = aftercare::graphql::ids::encode("user", Uuid::nil());
        for (whose, field) in [(json!({ "role": "nope" }), "as.role"), (json!({ "principal": nobody }), "as.principal")] {
            let unknown = company.answer(company.call(company.ada).await, check, json!({ "as": whose })).await;
            let error = &unknown["errors"][0];
            assert_eq!((&error["extensions"]["code"], &error["extensions"]["field"]), (&json!("BAD_INPUT"), &json!(field)), "{unknown}");
        }
    }
}
