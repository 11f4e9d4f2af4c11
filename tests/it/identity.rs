//! Sign-in, sessions, tokens and keys on a running database: what is taken away is gone with the next request.

use std::sync::Arc;

use aftercare::access::roles::actions::{NewGift, give};
use aftercare::access::{Call, Permission, Principal, Viewer};
use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::error::{Error, ErrorCode, UserErrorCode};
use aftercare::identity::oauth::{self, TokenForm};
use aftercare::identity::{
    self, NewApiClient, NewUser, PasswordSettings, SessionTokens, authenticate, keys, revalidate,
};
use aftercare::jobs::housekeeping;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{KeyAlgorithm, Locale, PartnerKind, Province, UserKind};
use entity::{audit_log, partner, role, signing_key, user};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};

use crate::support::database::{self, Arrange, Backend, TestDatabase, both_databases};

const PASSWORD: &str = "correct horse battery";

/// Two server processes on one database.
struct House {
    app: Arc<App>,
    other: Arc<App>,
    database: TestDatabase,
}

async fn open(database: &TestDatabase, clock: &Clock) -> Arc<App> {
    let mut config = Config::default();
    config.database.url = Some(DatabaseUrl::new(database.url.clone()));
    config.database.connections = 4;
    config.identity.passwords = PasswordSettings::cheap();
    App::open(config, clock.clone())
        .await
        .expect("the server opens")
}

impl Arrange for House {
    async fn arrange(backend: Backend) -> Option<Self> {
        let database = database::fresh(backend).await?;
        let start = DateTime::from_timestamp(1_770_000_000, 0).expect("a time");
        let clock = Clock::manual(start);
        Some(Self {
            app: open(&database, &clock).await,
            other: open(&database, &clock).await,
            database,
        })
    }
}

impl House {
    fn at(&self) -> DateTime<Utc> {
        self.app.clock.now()
    }

    fn pass(&self, seconds: i64) {
        self.app.clock.advance(TimeDelta::seconds(seconds));
    }

    fn call(&self, viewer: Viewer) -> Call {
        Call {
            viewer,
            address: Some("192.0.2.7".to_owned()),
            ..Call::system(self.at(), "test")
        }
    }

    fn stranger(&self) -> Call {
        self.call(Viewer::anonymous())
    }

    fn server(&self) -> Call {
        Call::system(self.at(), "test")
    }

    async fn user(&self, login: &str, roles: &[&str]) -> user::Model {
        let new = NewUser {
            kind: UserKind::Staff,
            login: login.to_owned(),
            display_name: login.to_owned(),
            password: PASSWORD.to_owned(),
            member_id: None,
            partner_id: None,
            customer_id: None,
            locale: Locale::En,
        };
        let user = identity::user_create(&self.app, &self.server(), new, None)
            .await
            .expect("a user");
        for key in roles {
            self.give(key, Principal::User(user.id), None).await;
        }
        user
    }

    async fn give(&self, key: &str, to: Principal, valid_until: Option<DateTime<Utc>>) {
        let role = role::Entity::find()
            .filter(role::Column::Key.eq(key))
            .one(self.app.db.reader())
            .await
            .expect("roles")
            .expect("a built-in role");
        let gift = NewGift {
            role_id: role.id,
            to,
            valid_until,
        };
        give(&self.app.db, &self.server(), gift, None)
            .await
            .expect("a gift");
    }

    async fn sign_in(&self, login: &str) -> SessionTokens {
        identity::sign_in(&self.app, &self.stranger(), login, PASSWORD)
            .await
            .expect("a session")
    }

    async fn viewer(&self, tokens: &SessionTokens) -> Option<Viewer> {
        self.seen_by(&self.app, tokens).await
    }

    async fn seen_by(&self, app: &App, tokens: &SessionTokens) -> Option<Viewer> {
        if !std::ptr::eq(app, &*self.app) {
            // What another server has changed is known a quarter of a second later.
            app.db.recent_epoch().forget();
        }
        match authenticate(app, &tokens.access_token, self.at()).await {
            Ok(viewer) => Some(viewer),
            Err(Error::Api(error)) if error.code == ErrorCode::Unauthenticated => None,
            Err(error) => panic!("{error}"),
        }
    }

    async fn refresh(&self, tokens: &SessionTokens) -> Option<SessionTokens> {
        let token = tokens.refresh_token.as_deref().expect("a refresh token");
        match identity::token_refresh(&self.app, &self.stranger(), token).await {
            Ok(tokens) => Some(tokens),
            Err(Error::User(_)) => None,
            Err(error) => panic!("{error}"),
        }
    }
}

fn code<T>(result: Result<T, Error>) -> (Option<UserErrorCode>, Option<ErrorCode>) {
    match result {
        Ok(_) => (None, None),
        Err(Error::User(errors)) => (errors.first().map(|error| error.code), None),
        Err(Error::Api(error)) => (None, Some(error.code)),
        Err(error) => panic!("{error}"),
    }
}

both_databases! {
    async fn a_token_is_its_user_until_it_ends(house: House) {
        let alice = house.user("Alice", &["agent"]).await;
        let tokens = house.sign_in("ALICE ").await;
        let viewer = house.viewer(&tokens).await.expect("a viewer");
        assert_eq!(viewer.actor.id, Some(alice.id));
        assert_eq!(*viewer.roles, vec!["agent".to_owned()]);
        assert!(viewer.may(Permission::TicketRead) && !viewer.may(Permission::UserManage));
        assert_eq!(viewer.session_id, Some(tokens.session_id));
        house.app.db.recent_epoch().forget();
        for (statements, what) in [(1, "an unchanged principal costs the epoch"), (0, "and for a moment not even that")] {
            let before = house.app.db.statements();
            house.viewer(&tokens).await.expect("a viewer");
            assert_eq!(house.app.db.statements() - before, statements, "{what}");
        }
        house.pass(599);
        assert!(revalidate(&house.app, &viewer, house.at()).await.is_ok());
        house.pass(1);
        assert!(revalidate(&house.app, &viewer, house.at()).await.is_err());
        house.pass(5);
        assert!(house.viewer(&tokens).await.is_none());
    }

    async fn sign_in_says_the_same_whatever_is_wrong_and_soon_says_wait(house: House) {
        let bob = house.user("bob", &[]).await;
        house.user("carol", &[]).await;
        identity::user_disable(&house.app, &house.server(), bob.id, bob.version).await.expect_err("nobody manages roles yet");
        house.user("root", &["admin"]).await;
        identity::user_disable(&house.app, &house.server(), bob.id, bob.version).await.expect("disabled");
        let attempt = async |login: &str, password: &str| {
            format!("{:?}", identity::sign_in(&house.app, &house.stranger(), login, password).await.map(|_| ()))
        };
        let unknown = attempt("nobody", PASSWORD).await;
        assert!(unknown.contains("BadCredentials"), "{unknown}");
        assert_eq!(attempt("carol", "wrong password").await, unknown);
        assert_eq!(attempt("bob", PASSWORD).await, unknown);
        let refused = audit_log::Entity::find().filter(audit_log::Column::Action.eq("session.sign_in_refused"));
        assert_eq!(refused.count(house.app.db.reader()).await.expect("a count"), 3);
        for _ in 0..4 {
            attempt("carol", "wrong password").await;
        }
        let limited = identity::sign_in(&house.app, &house.stranger(), "carol", PASSWORD).await;
        match limited {
            Err(Error::Api(error)) => assert_eq!(error.facts["retryAfter"], 30, "{error:?}"),
            other => panic!("{other:?}"),
        }
        house.sign_in("root").await;
        house.pass(30);
        house.sign_in("carol").await;
    }

    async fn no_login_passes_for_another(house: House) {
        house.user("admin.demo", &[]).await;
        house.user("王小明", &[]).await;
        for login in ["admin\u{200b}.demo", "\u{ff41}dmin.demo", "\u{430}dmin.demo", "ａｄｍｉｎ．ｄｅｍｏ"] {
            let new = NewUser {
                kind: UserKind::Staff,
                login: login.to_owned(),
                display_name: "Somebody".to_owned(),
                password: PASSWORD.to_owned(),
                member_id: None,
                partner_id: None,
                customer_id: None,
                locale: Locale::En,
            };
            let refused = identity::user_create(&house.app, &house.server(), new, None).await;
            let Err(Error::User(mistakes)) = &refused else {
                panic!("{login}: {refused:?}");
            };
            let mistakes: Vec<_> = mistakes.iter().map(|mistake| (mistake.code, mistake.field.join("."))).collect();
            assert_eq!(mistakes, [(UserErrorCode::Invalid, "input.login".to_owned())], "{login}");
        }
    }

    async fn what_fails_through_our_own_fault_is_nobodys_attempt(house: House) {
        house.user("alice", &[]).await;
        let rename = async |from: &str, to: &str| {
            let transaction = house.app.db.begin().await.expect("a transaction");
            let sql = format!("ALTER TABLE {from} RENAME TO {to}");
            transaction.execute_unprepared(&sql).await.expect("it is renamed");
            transaction.commit().await.expect("it commits");
        };
        rename("sessions", "lost").await;
        for _ in 0..8 {
            let failed = identity::sign_in(&house.app, &house.stranger(), "alice", PASSWORD).await.map(|_| ());
            assert!(matches!(failed, Err(Error::Internal(_))), "{failed:?}");
        }
        rename("lost", "sessions").await;
        house.sign_in("alice").await;
    }

    async fn a_refresh_token_works_once(house: House) {
        house.user("alice", &[]).await;
        let first = house.sign_in("alice").await;
        let second = house.refresh(&first).await.expect("the next tokens");
        assert_eq!(second.session_id, first.session_id);
        assert!(house.viewer(&second).await.is_some());
        house.pass(9);
        let third = house.refresh(&first).await.expect("the answer was lost: once more");
        let fourth = house.refresh(&third).await.expect("the next tokens");
        assert!(house.viewer(&fourth).await.is_some());
        assert!(house.refresh(&first).await.is_none(), "its successor is in use");
        assert!(house.viewer(&fourth).await.is_none(), "the session has ended with all its tokens");
        assert!(house.refresh(&fourth).await.is_none());
        let late = house.sign_in("alice").await;
        house.refresh(&late).await.expect("the next tokens");
        house.pass(11);
        assert!(house.refresh(&late).await.is_none(), "after the grace");
    }

    async fn what_is_taken_away_is_gone_on_every_server_at_once(house: House) {
        house.user("root", &["admin"]).await;
        let root = house.sign_in("root").await;
        let root = house.call(house.viewer(&root).await.expect("a viewer"));
        let alice = house.user("alice", &["agent"]).await;
        let tokens = house.sign_in("alice").await;
        let seen = house.seen_by(&house.other, &tokens).await.expect("another server knows the key");
        assert!(seen.may(Permission::TicketRead));

        let ending = house.at() + TimeDelta::seconds(60);
        house.give("agent", Principal::User(alice.id), Some(ending)).await;
        house.pass(59);
        assert!(house.seen_by(&house.other, &tokens).await.expect("a viewer").may(Permission::TicketRead));
        house.pass(1);
        assert!(!house.seen_by(&house.other, &tokens).await.expect("a viewer").may(Permission::TicketRead), "the gift has ended");

        let alice = identity::user_disable(&house.app, &root, alice.id, alice.version).await.expect("disabled");
        assert!(house.seen_by(&house.other, &tokens).await.is_none());
        assert!(revalidate(&house.other, &seen, house.at()).await.is_err());
        assert!(house.refresh(&tokens).await.is_none());
        identity::user_enable(&house.app, &root, alice.id, alice.version).await.expect("enabled");
        assert!(house.viewer(&tokens).await.is_none(), "old tokens stay gone");
        house.sign_in("alice").await;
    }

    async fn signing_out_and_a_new_password_end_sessions(house: House) {
        house.user("alice", &[]).await;
        let (one, two, three) = (house.sign_in("alice").await, house.sign_in("alice").await, house.sign_in("alice").await);
        let caller = async |tokens: &SessionTokens| house.call(house.viewer(tokens).await.expect("a viewer"));
        identity::sign_out(&house.app, &caller(&one).await).await.expect("signed out");
        assert!(house.viewer(&one).await.is_none() && house.refresh(&one).await.is_none());
        let as_two = caller(&two).await;
        let wrong = identity::password_change(&house.app, &as_two, "not the password", "another good one").await;
        assert_eq!(code(wrong).0, Some(UserErrorCode::BadCredentials));
        let short = identity::password_change(&house.app, &as_two, PASSWORD, "short").await;
        assert_eq!(code(short).0, Some(UserErrorCode::TooShort));
        identity::password_change(&house.app, &as_two, PASSWORD, "another good one").await.expect("changed");
        assert!(house.viewer(&two).await.is_some(), "this session stays");
        assert!(house.viewer(&three).await.is_none(), "the others end");
        assert_eq!(code(identity::sign_in(&house.app, &house.stranger(), "alice", PASSWORD).await).0, Some(UserErrorCode::BadCredentials));
        identity::sign_out_everywhere(&house.app, &as_two).await.expect("signed out");
        assert!(house.viewer(&two).await.is_none());
    }

    async fn the_powerful_are_limited(house: House) {
        let root = house.user("root", &["admin"]).await;
        let tokens = house.sign_in("root").await;
        let as_root = house.call(house.viewer(&tokens).await.expect("a viewer"));
        let own = identity::user_disable(&house.app, &as_root, root.id, root.version).await;
        assert_eq!(code(own).0, Some(UserErrorCode::RuleViolated));
        let last = identity::user_disable(&house.app, &house.server(), root.id, root.version).await;
        assert_eq!(code(last).0, Some(UserErrorCode::RuleViolated));
        let mut weak = as_root.clone();
        weak.viewer.grants = Arc::new([(Permission::UserManage, entity::enums::Reach::All), (Permission::UserRead, entity::enums::Reach::All)].into_iter().collect());
        weak.viewer.actor.id = None;
        let reset = identity::user_password_reset(&house.app, &weak, root.id, root.version, "a new good password").await;
        assert_eq!(code(reset).1, Some(ErrorCode::Forbidden));
        let stale = identity::user_password_reset(&house.app, &as_root, root.id, 99, "a new good password").await;
        assert_eq!(code(stale).1, Some(ErrorCode::Conflict));
    }

    async fn keys_rotate_without_cutting_anybody_off(house: House) {
        house.user("root", &["admin"]).await;
        let old = house.sign_in("root").await;
        assert!(house.seen_by(&house.other, &old).await.is_some());
        house.pass(2);
        keys::rotate(&house.app, &house.server(), Some(KeyAlgorithm::Es256)).await.expect("a new key");
        let new = house.sign_in("root").await;
        assert!(house.viewer(&old).await.is_some());
        assert!(house.seen_by(&house.other, &new).await.is_some(), "the other server looks for the unknown key");
        let published = async || identity::jwks(&house.app).await.expect("keys")["keys"].as_array().map_or(0, Vec::len);
        assert_eq!(published().await, 2);
        house.pass(666);
        assert_eq!(published().await, 1);
        house.pass(31 * 86_400);
        let swept = housekeeping::sweep(&house.app.db, house.app.clock.now()).await.expect("it sweeps");
        assert_eq!(swept.signing_keys, 1);
        assert_eq!(keys::list(&house.app, &house.server()).await.expect("keys").len(), 1);
    }

    async fn of_servers_that_start_at_once_one_makes_the_key(house: House) {
        let (one, two) = tokio::join!(identity::jwks(&house.app), identity::jwks(&house.other));
        assert_eq!(one.expect("keys"), two.expect("keys"));
        let connection = house.database.connect().await;
        assert_eq!(signing_key::Entity::find().count(&connection).await.expect("a count"), 1);
    }

    async fn a_partners_system_signs_in_by_secret(house: House) {
        let at = house.at();
        let company = partner::Model {
            id: aftercare::db::new_id(at), code: "P1".to_owned(), name: "Partner".to_owned(), name_zh: None,
            kind: PartnerKind::Dealer, province: Province::Beijing, valid_from: at.date_naive(), valid_to: None,
            version: 1, created_at: at, updated_at: at,
        };
        let company = company.into_active_model().reset_all().insert(house.app.db.reader()).await.expect("a partner");
        let new = NewApiClient { name: "ERP".to_owned(), partner_id: company.id };
        let made = identity::api_client_create(&house.app, &house.server(), new.clone(), Some("key-1")).await.expect("a client");
        let again = identity::api_client_create(&house.app, &house.server(), new, Some("key-1")).await.expect("the same client");
        assert!(again.client.id == made.client.id && again.secret.is_none());
        let id = aftercare::graphql::ids::encode("client", made.client.id);
        let first = made.secret.expect("a secret");
        let ask = async |secret: &str| {
            let form = TokenForm { grant_type: "client_credentials".to_owned(), client_id: Some(id.clone()), client_secret: Some(secret.to_owned()) };
            oauth::token(&house.app, &house.stranger(), &form, None).await
        };
        let (status, body) = ask(&first).await;
        assert_eq!((status, &body["token_type"], &body["expires_in"]), (200, &"Bearer".into(), &600.into()));
        let token = body["access_token"].as_str().expect("a token");
        let viewer = authenticate(&house.app, token, house.at()).await.expect("a viewer");
        assert_eq!((viewer.kind, viewer.standing.partner_id), (Some(UserKind::Partner), Some(company.id)));
        assert_eq!(ask("acs_wrong").await.0, 401);

        let rotated = identity::api_client_secret_rotate(&house.app, &house.server(), made.client.id, 1, 1).await.expect("a new secret");
        let second = rotated.secret.expect("a secret");
        assert_eq!((ask(&first).await.0, ask(&second).await.0), (200, 200));
        house.pass(3600);
        assert_eq!((ask(&first).await.0, ask(&second).await.0), (401, 200));
        let tokens = ask(&second).await.1;
        identity::api_client_disable(&house.app, &house.server(), made.client.id, 2).await.expect("disabled");
        assert_eq!(ask(&second).await.0, 401);
        let token = tokens["access_token"].as_str().expect("a token");
        assert!(authenticate(&house.app, token, house.at()).await.is_err());
    }
}
