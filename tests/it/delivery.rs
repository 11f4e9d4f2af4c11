//! Tests of what subscriptions stand on: an event reaches a viewer with the rights of its moment, and the stream ends in
//! time when token, session or rights end.

use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aftercare::access::{Actor, Call, Permission, Viewer};
use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::db::new_id;
use aftercare::error::{Error, Result};
use aftercare::events::{Delivered, Event, Interest, REVOCATION_DEADLINE, follow};
use aftercare::work::Work;
use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::{ActorKind, Locale, RevokeReason, UserKind, UserStatus};
use entity::{role, role_assignment, session, user};
use futures_util::{Stream, StreamExt};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use tokio::time::timeout;
use uuid::Uuid;

use crate::support::database::{Arrange, Backend, TestDatabase, both_databases, fresh};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long the viewer's token is good.
const TOKEN: TimeDelta = TimeDelta::minutes(10);

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a valid time")
}

/// A server with one auditor who is signed in.
struct Server {
    app: Arc<App>,
    call: Arc<Call>,
    // Last, so that it is dropped after everything that uses it.
    _database: TestDatabase,
}

impl Arrange for Server {
    async fn arrange(backend: Backend) -> Option<Self> {
        let database = fresh(backend).await?;
        let mut config = Config::default();
        config.database.url = Some(DatabaseUrl::new(database.url.clone()));
        config.database.connections = 4;
        let app = App::open(config, Clock::manual(start()))
            .await
            .expect("the server opens");
        app.start();
        while app.delivery.problem().is_some() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let call = Arc::new(sign_in(&app).await);
        Some(Self {
            app,
            call,
            _database: database,
        })
    }
}

type Followed = Pin<Box<dyn Stream<Item = Result<Delivered>> + Send>>;

impl Server {
    fn user(&self) -> Uuid {
        self.call.viewer.actor.id.expect("a user")
    }

    fn follow(&self, interest: Interest) -> Result<Followed> {
        Ok(follow(Arc::clone(&self.app), Arc::clone(&self.call), interest)?.boxed())
    }

    /// Does something in one transaction that changes rights, as every action does that changes them.
    async fn change_rights(
        &self,
        kind: &str,
        change: impl AsyncFnOnce(&aftercare::db::Transaction),
    ) {
        let call = Call::system(self.app.clock.now(), "test");
        let mut work = Work::begin(&self.app.db, &call)
            .await
            .expect("a transaction");
        work.raise_epoch().await.expect("the epoch rises");
        change(work.tx()).await;
        work.emit(Event::new(call.at, kind, self.user(), json!({})));
        work.commit().await.expect("it commits");
    }

    async fn emit(&self, kind: &str, entity_id: Uuid) -> Uuid {
        let call = Call::system(self.app.clock.now(), "test");
        let mut work = Work::begin(&self.app.db, &call)
            .await
            .expect("a transaction");
        let event = Event::new(call.at, kind, entity_id, json!({}));
        let id = event.id;
        work.emit(event);
        work.commit().await.expect("it commits");
        id
    }

    async fn take_roles(&self) {
        let user = self.user();
        self.change_rights(Event::PRINCIPAL_CHANGED, async move |tx| {
            let gifts = role_assignment::Entity::delete_many()
                .filter(role_assignment::Column::UserId.eq(user));
            gifts.exec(tx).await.expect("the role is taken");
        })
        .await;
    }
}

async fn sign_in(app: &App) -> Call {
    let at = app.clock.now();
    let db = app.db.begin().await.expect("a transaction");
    let id = new_id(at);
    let person = user::ActiveModel {
        id: Set(id),
        kind: Set(UserKind::Staff),
        login: Set("li".to_owned()),
        display_name: Set("Li Na".to_owned()),
        password_hash: Set("-".to_owned()),
        password_changed_at: Set(at),
        member_id: Set(None),
        partner_id: Set(None),
        customer_id: Set(None),
        locale: Set(Locale::Zh),
        status: Set(UserStatus::Active),
        epoch: Set(0),
        version: Set(1),
        created_at: Set(at),
        updated_at: Set(at),
    };
    person.insert(&db).await.expect("a user");
    let auditor = role::Entity::find()
        .filter(role::Column::Key.eq("auditor"))
        .one(&db)
        .await;
    let gift = role_assignment::ActiveModel {
        id: Set(new_id(at)),
        role_id: Set(auditor.expect("a read").expect("a built-in role").id),
        user_id: Set(Some(id)),
        api_client_id: Set(None),
        given_by: Set(None),
        given_at: Set(at),
        valid_until: Set(None),
    };
    gift.insert(&db).await.expect("a gift");
    let session = session::ActiveModel {
        id: Set(new_id(at)),
        user_id: Set(Some(id)),
        api_client_id: Set(None),
        created_at: Set(at),
        last_used_at: Set(at),
        expires_at: Set(at + TimeDelta::days(1)),
        revoked_at: Set(None),
        revoke_reason: Set(None),
        user_agent: Set(None),
        address: Set(None),
    };
    let session = session.insert(&db).await.expect("a session");
    db.commit().await.expect("it commits");
    let token = Viewer {
        actor: Actor {
            kind: ActorKind::User,
            id: Some(id),
            name: "Li Na".to_owned(),
        },
        roles: Arc::new(vec!["auditor".to_owned()]),
        session_id: Some(session.id),
        expires_at: Some(at + TOKEN),
        ..Viewer::anonymous()
    };
    let viewer = aftercare::identity::revalidate(app, &token, at)
        .await
        .expect("signed in");
    assert!(
        viewer.may(Permission::AuditRead),
        "an auditor reads the log"
    );
    Call {
        viewer,
        ..Call::system(at, "socket")
    }
}

/// The next item.
async fn next(followed: &mut Followed) -> Option<Result<Delivered>> {
    timeout(PATIENCE, followed.next())
        .await
        .expect("something comes")
}

/// The id of the next event.
async fn next_id(followed: &mut Followed) -> Uuid {
    next(followed)
        .await
        .expect("it goes on")
        .expect("an event")
        .event
        .id
}

/// The code with which the stream ends, and its message.
async fn end(followed: &mut Followed) -> (&'static str, String) {
    let ended = next(followed).await.expect("it says why");
    let code = match ended {
        Err(Error::Api(error)) => (error.code.as_str(), error.text.en.to_string()),
        other => panic!("no refusal: {other:?}"),
    };
    assert!(
        next(followed).await.is_none(),
        "the refusal is the last item"
    );
    code
}

const TICKETS: Interest = Interest::in_kinds(&[Event::TICKET_CHANGED]);

both_databases! {
    async fn only_what_is_wanted_arrives(server: Server) {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut all = server.follow(TICKETS).expect("allowed");
        let mut about_one = server.follow(TICKETS.about(Some(one))).expect("allowed");
        server.emit("something.else", one).await;
        let first = server.emit(Event::TICKET_CHANGED, other).await;
        let second = server.emit(Event::TICKET_CHANGED, one).await;
        assert_eq!([next_id(&mut all).await, next_id(&mut all).await], [first, second]);
        assert_eq!(next_id(&mut about_one).await, second);
    }

    async fn whoever_may_not_follow_is_refused_at_once(server: Server) {
        let refused = server.follow(TICKETS.needing(Permission::RoleManage)).err();
        assert!(matches!(refused, Some(Error::Api(error)) if error.code.as_str() == "FORBIDDEN"));
        let stranger = Call { viewer: Viewer::anonymous(), ..Call::clone(&server.call) };
        let refused = follow(Arc::clone(&server.app), stranger.into(), TICKETS).err();
        assert!(matches!(refused, Some(Error::Api(error)) if error.code.as_str() == "UNAUTHENTICATED"));
    }

    async fn an_event_comes_with_the_rights_of_its_moment(server: Server) {
        let mut followed = server.follow(TICKETS).expect("allowed");
        server.take_roles().await;
        server.app.clock.advance(TimeDelta::seconds(5));
        server.emit(Event::TICKET_CHANGED, Uuid::nil()).await;
        let delivered = next(&mut followed).await.expect("it goes on").expect("an event");
        assert!(delivered.call.viewer.grants.is_empty());
        assert_eq!(delivered.call.at, start() + TimeDelta::seconds(5));
    }

    async fn a_taken_permission_ends_the_stream_in_time(server: Server) {
        let mut followed = server.follow(TICKETS.needing(Permission::AuditRead)).expect("allowed");
        server.take_roles().await;
        let taken = Instant::now();
        let (code, message) = end(&mut followed).await;
        assert!(taken.elapsed() < REVOCATION_DEADLINE, "{:?}", taken.elapsed());
        assert_eq!(code, "FORBIDDEN");
        assert!(message.contains("audit.read"), "{message}");
    }

    async fn a_revoked_session_ends_the_stream_in_time(server: Server) {
        let mut followed = server.follow(TICKETS).expect("allowed");
        let at = server.app.clock.now();
        server.change_rights(Event::PRINCIPAL_CHANGED, async move |tx| {
            let revoked = session::ActiveModel {
                revoked_at: Set(Some(at)),
                revoke_reason: Set(Some(RevokeReason::SignOut)),
                ..Default::default()
            };
            session::Entity::update_many().set(revoked).exec(tx).await.expect("it is revoked");
        }).await;
        let revoked = Instant::now();
        assert_eq!(end(&mut followed).await.0, "UNAUTHENTICATED");
        assert!(revoked.elapsed() < REVOCATION_DEADLINE, "{:?}", revoked.elapsed());
    }

    async fn a_disabled_account_ends_the_stream_in_time(server: Server) {
        let mut followed = server.follow(TICKETS).expect("allowed");
        server.change_rights(Event::ACCESS_CHANGED, async |tx| {
            let disabled = user::ActiveModel { status: Set(UserStatus::Disabled), ..Default::default() };
            user::Entity::update_many().set(disabled).exec(tx).await.expect("it is disabled");
        }).await;
        let disabled = Instant::now();
        assert_eq!(end(&mut followed).await.0, "UNAUTHENTICATED");
        assert!(disabled.elapsed() < REVOCATION_DEADLINE, "{:?}", disabled.elapsed());
    }

    async fn the_end_of_the_token_ends_the_stream(server: Server) {
        let mut followed = server.follow(TICKETS).expect("allowed");
        server.app.clock.advance(TOKEN - TimeDelta::seconds(1));
        server.emit(Event::TICKET_CHANGED, Uuid::nil()).await;
        assert!(next(&mut followed).await.expect("it goes on").is_ok(), "the token is still good");
        server.app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(end(&mut followed).await.0, "UNAUTHENTICATED");
    }

    async fn whoever_is_too_slow_is_told(server: Server) {
        let mut followed = server.follow(TICKETS).expect("allowed");
        for _ in 0..5_000 {
            server.app.bus.publish(Event::new(start(), Event::TICKET_CHANGED, Uuid::nil(), json!({})));
        }
        let (code, message) = end(&mut followed).await;
        assert_eq!(code, "RATE_LIMITED");
        assert!(message.contains("904 were missed"), "{message}");
    }

    async fn own_rights_are_told_of_and_those_of_others_are_not(server: Server) {
        let mut followed = server.follow(Interest::in_own_rights()).expect("allowed");
        server.emit(Event::PRINCIPAL_CHANGED, Uuid::nil()).await;
        server.emit(Event::TICKET_CHANGED, server.user()).await;
        server.take_roles().await;
        let delivered = next(&mut followed).await.expect("it goes on").expect("an event");
        assert_eq!(delivered.event.entity_id, server.user());
        assert!(delivered.call.viewer.roles.is_empty());
    }
}
