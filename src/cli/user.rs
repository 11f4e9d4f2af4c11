//! `aftercare user`: users, also the first one of a new server.

use clap::{Args, Subcommand, ValueEnum};
use entity::enums::{Locale, UserKind};
use entity::{customer, member, partner, role, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{open, output, password};
use crate::access::roles::actions::{NewGift, TakenRole, give, take};
use crate::access::{Call, Principal, Scoped, visible};
use crate::app::App;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::identity::{self, NewUser};

/// What it takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add a user; the password is asked for, or read from the standard input
    Create(NewAccount),
    /// Let a user in no more; its sessions end at once
    Disable {
        /// The user's login
        login: String,
    },
    /// Let a disabled user in again
    Enable {
        /// The user's login
        login: String,
    },
    /// Set a user's password; it is asked for, or read from the standard input
    Password {
        /// The user's login
        login: String,
    },
    /// Give a role
    GiveRole {
        /// The user's login
        login: String,
        /// The role's key, such as admin
        role: String,
    },
    /// Take a role away
    TakeRole {
        /// The user's login
        login: String,
        /// The role's key
        role: String,
    },
}

/// A user to be added.
#[derive(Debug, Args)]
struct NewAccount {
    /// What it signs in with
    login: String,
    /// The name that others see [default: the login]
    #[arg(long)]
    name: Option<String>,
    /// Roles to give, by key; may be repeated
    #[arg(long = "role", value_name = "KEY")]
    roles: Vec<String>,
    /// The number of the member that a staff user is, such as M0001
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["partner", "customer"])]
    member: Option<String>,
    /// Makes it a user of this partner, by code
    #[arg(long, value_name = "CODE", conflicts_with = "customer")]
    partner: Option<String>,
    /// Makes it a user of this customer, by number
    #[arg(long, value_name = "NUMBER")]
    customer: Option<String>,
    /// The language of messages
    #[arg(long, value_enum, default_value_t = Language::En)]
    locale: Language,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    En,
    Zh,
}

/// Does it.
pub(super) async fn run(arguments: Arguments, config: Config) -> Result<()> {
    let (app, call) = open(config, "cli user").await?;
    let done = act(&app, &call, arguments.what).await;
    app.shutdown().await;
    output::say(&done?);
    Ok(())
}

async fn act(app: &App, call: &Call, what: What) -> Result<String> {
    match what {
        What::Create(account) => create(app, call, account).await,
        What::Disable { login } => {
            let user = by_login(app, call, &login).await?;
            identity::user_disable(app, call, user.id, user.version).await?;
            Ok(format!("{login} is disabled and signed out everywhere."))
        }
        What::Enable { login } => {
            let user = by_login(app, call, &login).await?;
            identity::user_enable(app, call, user.id, user.version).await?;
            Ok(format!("{login} is enabled."))
        }
        What::Password { login } => {
            let user = by_login(app, call, &login).await?;
            let password = password::ask().await?;
            identity::user_password_reset(app, call, user.id, user.version, &password).await?;
            Ok(format!(
                "{login} has a new password and is signed out everywhere."
            ))
        }
        What::GiveRole { login, role } => {
            let user = by_login(app, call, &login).await?;
            give_role(app, call, &user, &role).await?;
            Ok(format!("{login} has the role {role}."))
        }
        What::TakeRole { login, role } => {
            let user = by_login(app, call, &login).await?;
            let taken = TakenRole {
                role_id: role_by_key(app, call, &role).await?,
                from: Principal::User(user.id),
            };
            take(&app.db, call, taken).await?;
            Ok(format!("{login} hasn't the role {role} any more."))
        }
    }
}

async fn create(app: &App, call: &Call, account: NewAccount) -> Result<String> {
    let member_id = match &account.member {
        Some(number) => {
            let found =
                one::<member::Entity>(app, call, member::Column::Number, number, "member").await?;
            Some(found.id)
        }
        None => None,
    };
    let partner_id = match &account.partner {
        Some(code) => {
            let found =
                one::<partner::Entity>(app, call, partner::Column::Code, code, "partner").await?;
            Some(found.id)
        }
        None => None,
    };
    let customer_id = match &account.customer {
        Some(number) => {
            let found =
                one::<customer::Entity>(app, call, customer::Column::Number, number, "customer")
                    .await?;
            Some(found.id)
        }
        None => None,
    };
    let kind = match (partner_id, customer_id) {
        (Some(_), _) => UserKind::Partner,
        (_, Some(_)) => UserKind::Customer,
        _ => UserKind::Staff,
    };
    // Before the password is asked for and the user is there, so that a slip leaves nothing behind.
    for key in &account.roles {
        let role = one::<role::Entity>(app, call, role::Column::Key, key, "role").await?;
        if role.audience != kind {
            return Err(Error::internal(format!(
                "the role {key} is for another kind of user; nobody was created"
            )));
        }
    }
    let new = NewUser {
        kind,
        display_name: account.name.unwrap_or_else(|| account.login.clone()),
        login: account.login,
        password: password::ask().await?,
        member_id,
        partner_id,
        customer_id,
        locale: match account.locale {
            Language::En => Locale::En,
            Language::Zh => Locale::Zh,
        },
    };
    let user = identity::user_create(app, call, new, None).await?;
    for role in &account.roles {
        give_role(app, call, &user, role).await?;
    }
    let roles = match account.roles.as_slice() {
        [] => "no role yet".to_owned(),
        some => format!("the roles {}", some.join(", ")),
    };
    Ok(format!("{} is there, with {roles}.", user.login))
}

async fn give_role(app: &App, call: &Call, user: &user::Model, role: &str) -> Result<()> {
    let gift = NewGift {
        role_id: role_by_key(app, call, role).await?,
        to: Principal::User(user.id),
        valid_until: None,
    };
    give(&app.db, call, gift, None).await?;
    Ok(())
}

async fn by_login(app: &App, call: &Call, login: &str) -> Result<user::Model> {
    one::<user::Entity>(
        app,
        call,
        user::Column::Login,
        &login.to_lowercase(),
        "user",
    )
    .await
}

async fn role_by_key(app: &App, call: &Call, key: &str) -> Result<Uuid> {
    let found = one::<role::Entity>(app, call, role::Column::Key, key, "role").await?;
    Ok(found.id)
}

/// The row with that name in a unique column.
async fn one<E>(
    app: &App,
    call: &Call,
    column: E::Column,
    name: &str,
    what: &str,
) -> Result<E::Model>
where
    E: Scoped + EntityTrait,
{
    visible::<E>(&call.viewer, E::READ)
        .filter(column.eq(name))
        .one(app.db.reader())
        .await?
        .ok_or_else(|| Error::internal(format!("there is no {what} {name}")))
}
