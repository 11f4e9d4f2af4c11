//! Lists of accounts.

use entity::enums::{UserKind, UserStatus};
use entity::{api_client, user};
use sea_orm::Condition;
use uuid::Uuid;

use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, TextMatches};
use crate::db::keyset::Sort;

/// Which users; all that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// By login.
    pub login: Option<TextMatches>,
    /// By shown name.
    pub display_name: Option<TextMatches>,
    /// By kind.
    pub kind: Option<Matches<UserKind>>,
    /// By status.
    pub status: Option<Matches<UserStatus>>,
    /// By partner.
    pub partner: Option<Matches<Uuid>>,
}

/// Orders of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserOrder {
    /// By login.
    LoginAsc,
    /// Newest first.
    CreatedAtDesc,
}

impl Listed for user::Entity {
    type Filter = UserFilter;
    type Order = UserOrder;

    fn matching(filter: &UserFilter, _: &Viewer) -> Condition {
        use user::Column::{DisplayName, Kind, Login, PartnerId, Status};
        Condition::all()
            .add_option(filter.login.as_ref().map(|login| login.on(Login)))
            .add_option(
                filter
                    .display_name
                    .as_ref()
                    .map(|name| name.on(DisplayName)),
            )
            .add_option(filter.kind.as_ref().map(|kind| kind.on(Kind)))
            .add_option(filter.status.as_ref().map(|status| status.on(Status)))
            .add_option(filter.partner.as_ref().map(|partner| partner.on(PartnerId)))
    }

    fn sorts(order: UserOrder) -> Vec<Sort<user::Column>> {
        use user::Column::{CreatedAt, Id, Login};
        match order {
            UserOrder::LoginAsc => vec![Sort::ascending(Login)],
            UserOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        }
    }
}

/// Which API clients; all that is given must hold.
#[derive(Clone, Debug, Default)]
pub struct ClientFilter {
    /// By name.
    pub name: Option<TextMatches>,
    /// By partner.
    pub partner: Option<Matches<Uuid>>,
    /// By status.
    pub status: Option<Matches<UserStatus>>,
}

/// Orders of API clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientOrder {
    /// By name.
    NameAsc,
    /// Newest first.
    CreatedAtDesc,
}

impl Listed for api_client::Entity {
    type Filter = ClientFilter;
    type Order = ClientOrder;

    fn matching(filter: &ClientFilter, _: &Viewer) -> Condition {
        use api_client::Column::{Name, PartnerId, Status};
        Condition::all()
            .add_option(filter.name.as_ref().map(|name| name.on(Name)))
            .add_option(filter.partner.as_ref().map(|partner| partner.on(PartnerId)))
            .add_option(filter.status.as_ref().map(|status| status.on(Status)))
    }

    fn sorts(order: ClientOrder) -> Vec<Sort<api_client::Column>> {
        use api_client::Column::{CreatedAt, Id, Name};
        match order {
            ClientOrder::NameAsc => vec![Sort::ascending(Name), Sort::ascending(Id)],
            ClientOrder::CreatedAtDesc => {
                vec![Sort::descending(CreatedAt), Sort::descending(Id)]
            }
        }
    }
}
