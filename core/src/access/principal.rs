//! Who can hold roles.

use entity::enums::ActorKind;
use serde::Serialize;
use uuid::Uuid;

use super::{Actor, Viewer};

/// Somebody who can hold roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Principal {
    /// A person's account.
    User(Uuid),
    /// A partner's API client.
    ApiClient(Uuid),
}

impl Principal {
    /// The principal behind an actor; none for the server itself and for nobody.
    #[must_use]
    pub fn of_actor(actor: &Actor) -> Option<Self> {
        match (actor.kind, actor.id) {
            (ActorKind::User, Some(id)) => Some(Self::User(id)),
            (ActorKind::ApiClient, Some(id)) => Some(Self::ApiClient(id)),
            (ActorKind::System, _) | (_, None) => None,
        }
    }

    /// The principal that asks; none for the server itself and for nobody.
    #[must_use]
    pub fn of_viewer(viewer: &Viewer) -> Option<Self> {
        Self::of_actor(&viewer.actor)
    }

    /// Its key.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::User(id) | Self::ApiClient(id) => id,
        }
    }
}
