//! Whoever asks: identity, grants and standing, as plain values.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{ActorKind, Locale, Province, UserKind};
use entity::idempotency_key;
use uuid::Uuid;

use super::{Grants, Permission, TrustedDocuments};
use crate::error::{ApiError, ErrorCode, Text};

/// Who did something, as history and audit record it: the name stays even when the account goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// A person's account, an API client, or the server itself.
    pub kind: ActorKind,
    /// The account's or client's id; none for the server itself.
    pub id: Option<Uuid>,
    /// The display name at that time.
    pub name: String,
}

/// Where a principal belongs today: what the reaches are measured by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The account or API client itself.
    pub principal_id: Option<Uuid>,
    /// The member behind a staff account.
    pub member_id: Option<Uuid>,
    /// The partner organisation of an outside account or API client.
    pub partner_id: Option<Uuid>,
    /// The customer of a customer account.
    pub customer_id: Option<Uuid>,
    /// Teams of today's assignments.
    pub teams: BTreeSet<Uuid>,
    /// Those teams and all below them.
    pub team_tree: BTreeSet<Uuid>,
    /// Those teams and all above them: what holds for one of these holds for the member.
    pub team_line: BTreeSet<Uuid>,
    /// Departments of today's assignments, also through their teams.
    pub departments: BTreeSet<Uuid>,
    /// All teams of those departments.
    pub department_teams: BTreeSet<Uuid>,
    /// Regions of today's assignments, also through their teams.
    pub regions: BTreeSet<Uuid>,
    /// All teams of those regions.
    pub region_teams: BTreeSet<Uuid>,
    /// Provinces of those regions today.
    pub provinces: BTreeSet<Province>,
    /// The day that "today" means here, in the organisation's time zone. Without one nobody is placed anywhere.
    pub day: Option<NaiveDate>,
}

/// A principal with what it may do.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who it is, for history and audit.
    pub actor: Actor,
    /// Staff, partner or customer; none when nobody is signed in or the server itself acts.
    pub kind: Option<UserKind>,
    /// The union of the grants of its roles, permission by permission.
    pub grants: Arc<Grants>,
    /// The keys of those roles.
    pub roles: Arc<Vec<String>>,
    /// Where it belongs today.
    pub standing: Arc<Standing>,
    /// The language of the account, for requests that name none.
    pub locale: Option<Locale>,
    /// The session behind the token.
    pub session_id: Option<Uuid>,
    /// When the token behind this viewer ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// What an API client is trusted with; none for everybody else.
    pub documents: Option<Arc<TrustedDocuments>>,
}

impl Viewer {
    /// Nobody: holds nothing and sees nothing.
    #[must_use]
    pub fn anonymous() -> Self {
        Self {
            actor: Actor {
                kind: ActorKind::System,
                id: None,
                name: "anonymous".to_owned(),
            },
            kind: None,
            grants: Arc::default(),
            roles: Arc::default(),
            standing: Arc::default(),
            locale: None,
            session_id: None,
            expires_at: None,
            documents: None,
        }
    }

    /// The server itself: the command line, workers, the demo loader.
    #[must_use]
    pub fn system() -> Self {
        Self {
            actor: Actor {
                kind: ActorKind::System,
                id: None,
                name: "aftercare".to_owned(),
            },
            grants: Arc::new(Grants::everything()),
            ..Self::anonymous()
        }
    }

    /// Is a principal signed in?
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.actor.id.is_some()
    }

    /// Is the permission held with any reach?
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.grants.has(permission)
    }

    /// Refuses when the permission isn't held with any reach.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in, else `FORBIDDEN` naming the permission.
    pub fn require(&self, permission: Permission) -> Result<(), ApiError> {
        if self.may(permission) {
            Ok(())
        } else if self.is_signed_in() {
            Err(forbidden(permission))
        } else {
            Err(ApiError::unauthenticated())
        }
    }

    /// Refuses a row that can be seen but not acted on: the permission is held, its reach is too small.
    #[must_use]
    pub fn reach_too_small(&self, permission: Permission) -> ApiError {
        if !self.may(permission) {
            return forbidden(permission);
        }
        let held: Vec<String> = self
            .grants
            .reaches(permission)
            .map(|reach| super::scope::reach_name(reach).to_owned())
            .collect();
        ApiError::new(
            ErrorCode::Forbidden,
            Text::new(
                format!(
                    "Your permission {} reaches only {}, and this object is outside of it.",
                    permission.key(),
                    held.join(", ")
                ),
                format!(
                    "您的权限 {} 仅限于 {}，该对象不在范围内。",
                    permission.key(),
                    held.join("、")
                ),
            ),
        )
        .with("permission", permission.key())
        .with("reach", held)
    }
}

/// The refusal for a permission that isn't held.
#[must_use]
pub fn forbidden(permission: Permission) -> ApiError {
    ApiError::new(
        ErrorCode::Forbidden,
        Text::new(
            format!("This needs the permission {}.", permission.key()),
            format!("此操作需要权限 {}。", permission.key()),
        ),
    )
    .with("permission", permission.key())
}

/// One request's circumstances: who asks, when, in which language, under which id.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who asks.
    pub viewer: Viewer,
    /// When the request arrived; the `now` of everything it does.
    pub at: DateTime<Utc>,
    /// The id under which the log knows it.
    pub request_id: String,
    /// The language of messages.
    pub locale: Locale,
    /// The client's network address, if it came over the network.
    pub address: Option<String>,
    /// The idempotency key of this part of a larger request: written with what the part changes.
    pub part: Option<idempotency_key::Model>,
}

impl Call {
    /// A call of the server itself.
    #[must_use]
    pub fn system(at: DateTime<Utc>, task: &str) -> Self {
        Self {
            viewer: Viewer::system(),
            at,
            request_id: task.to_owned(),
            locale: Locale::En,
            address: None,
            part: None,
        }
    }

    /// The same on a day of the organisation, which needn't be that of UTC.
    #[must_use]
    pub fn on(mut self, day: NaiveDate) -> Self {
        let standing = Standing::clone(&self.viewer.standing);
        self.viewer.standing = Arc::new(Standing {
            day: Some(day),
            ..standing
        });
        self
    }
}
