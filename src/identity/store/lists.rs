//! Lists of accounts.

use entity::enums::{UserKind, UserStatus};
use entity::{api_client, user};
use sea_orm::{Condition, ConnectionTrait, QueryFilter};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::db::filter::{Matches, TextMatches};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;

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
}

/// Orders of users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserOrder {
    /// By login.
    Login,
    /// Newest first.
    Newest,
}

/// A page of users.
///
/// # Errors
/// `BAD_INPUT` for a cursor of another list.
pub async fn users(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &UserFilter,
    order: UserOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<user::Model>> {
    use user::Column::{CreatedAt, DisplayName, Id, Kind, Login, Status};
    let rows = Condition::all()
        .add_option(filter.login.as_ref().map(|login| login.on(Login)))
        .add_option(
            filter
                .display_name
                .as_ref()
                .map(|name| name.on(DisplayName)),
        )
        .add_option(filter.kind.as_ref().map(|kind| kind.on(Kind)))
        .add_option(filter.status.as_ref().map(|status| status.on(Status)));
    let select = visible::<user::Entity>(viewer, Permission::UserRead).filter(rows);
    let (tag, sorts): (_, &[Sort<_>]) = match order {
        UserOrder::Login => ("users.login", &[Sort::ascending(Login)]),
        UserOrder::Newest => (
            "users.newest",
            &[Sort::descending(CreatedAt), Sort::descending(Id)],
        ),
    };
    keyset::list(select, tag, sorts, page, want_total, connection).await
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
    Name,
    /// Newest first.
    Newest,
}

/// A page of API clients.
///
/// # Errors
/// `BAD_INPUT` for a cursor of another list.
pub async fn clients(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &ClientFilter,
    order: ClientOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<api_client::Model>> {
    use api_client::Column::{CreatedAt, Id, Name, PartnerId, Status};
    let rows = Condition::all()
        .add_option(filter.name.as_ref().map(|name| name.on(Name)))
        .add_option(filter.partner.as_ref().map(|partner| partner.on(PartnerId)))
        .add_option(filter.status.as_ref().map(|status| status.on(Status)));
    let select = visible::<api_client::Entity>(viewer, Permission::UserRead).filter(rows);
    let (tag, sorts): (_, &[Sort<_>]) = match order {
        ClientOrder::Name => (
            "clients.name",
            &[Sort::ascending(Name), Sort::ascending(Id)],
        ),
        ClientOrder::Newest => (
            "clients.newest",
            &[Sort::descending(CreatedAt), Sort::descending(Id)],
        ),
    };
    keyset::list(select, tag, sorts, page, want_total, connection).await
}
