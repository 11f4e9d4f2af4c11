//! A database with customers and two people, for tests of the whole program.

use std::net::SocketAddr;

use aftercare::access::roles::actions::{NewGift, give};
use aftercare::access::{Call, Principal};
use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::identity::{self, NewUser, PasswordSettings};
use entity::enums::{Locale, UserKind};
use entity::role;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use super::database::{Arrange, Backend, TestDatabase, fresh_from};
use super::wire::ask;
use super::world::World;

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";
/// Who manages roles.
pub const BOSS: &str = "boss";
/// Who works on tickets.
pub const CLERK: &str = "clerk";

/// A database with a random world, [`BOSS`] (`admin`) and [`CLERK`] (`service_manager`).
pub struct Office(pub TestDatabase);

impl Arrange for Office {
    async fn arrange(backend: Backend) -> Option<Self> {
        fresh_from("office", backend, fill).await.map(Self)
    }
}

/// Migrates a database and puts the world and the two people into it.
pub async fn fill(url: String) {
    let mut config = Config::default();
    config.database.url = Some(DatabaseUrl::new(url));
    config.identity.passwords = PasswordSettings::cheap();
    let app = App::open(config, Clock::System).await.expect("it opens");
    World::random(11).write(app.db.reader()).await;
    let call = Call::system(app.clock.now(), "test");
    for (login, role_key) in [(BOSS, "admin"), (CLERK, "service_manager")] {
        let user = NewUser {
            kind: UserKind::Staff,
            login: login.to_owned(),
            display_name: login.to_owned(),
            password: PASSWORD.to_owned(),
            member_id: None,
            partner_id: None,
            customer_id: None,
            locale: Locale::En,
        };
        let user = identity::user_create(&app, &call, user, None).await;
        let role = role::Entity::find()
            .filter(role::Column::Key.eq(role_key))
            .one(app.db.reader())
            .await;
        let gift = NewGift {
            role_id: role.expect("a read").expect("a built-in role").id,
            to: Principal::User(user.expect("a user").id),
            valid_until: None,
        };
        give(&app.db, &call, gift, None).await.expect("a gift");
    }
    app.shutdown().await;
}

/// Asks as somebody and expects an answer without errors; its data.
pub async fn told(address: SocketAddr, token: &str, query: &str, variables: Value) -> Value {
    let header = format!("authorization: Bearer {token}");
    let answer = ask(address, &[&header], query, variables).await;
    let mut answer = answer.expect("an answer");
    assert!(answer.get("errors").is_none(), "{query}: {answer}");
    answer["data"].take()
}

/// Signs somebody in.
pub async fn sign_in(address: SocketAddr, login: &str) -> String {
    let query = "mutation($login: String!, $password: String!) {
        signIn(input: { login: $login, password: $password }) { session { accessToken } userErrors { message } } }";
    let variables = json!({ "login": login, "password": PASSWORD });
    let answer = ask(address, &[], query, variables)
        .await
        .expect("an answer");
    let token = answer["data"]["signIn"]["session"]["accessToken"].as_str();
    token.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Opens a ticket of the first customer; its id.
pub async fn open_ticket(address: SocketAddr, token: &str, subject: &str) -> String {
    let customers = told(
        address,
        token,
        "{ customers(first: 1) { nodes { id } } }",
        json!({}),
    )
    .await;
    let input = json!({
        "customerId": customers["customers"]["nodes"][0]["id"],
        "kind": "FAULT_REPAIR",
        "subject": subject,
        "description": "It makes a noise.",
    });
    let query = "mutation($input: TicketCreateInput!) { ticketCreate(input: $input) { ticket { id } userErrors { message } } }";
    let made = told(address, token, query, json!({ "input": input })).await;
    let id = made["ticketCreate"]["ticket"]["id"].as_str();
    id.unwrap_or_else(|| panic!("{made}")).to_owned()
}
