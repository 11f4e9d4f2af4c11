//! Whoever does something to a ticket, as comments and history name them.

use entity::enums::ActorKind;
use uuid::Uuid;

use crate::demo::accounts::Holder;
use crate::demo::company::Company;

/// A user or an API client, with the name that stays even when the account goes.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its kind.
    pub kind: ActorKind,
    /// Its id.
    pub id: Uuid,
    /// Its display name.
    pub name: String,
}

/// A principal as an actor.
pub fn actor(company: &Company, holder: Holder) -> Actor {
    match holder {
        Holder::User(place) => {
            let user = &company.accounts.users[place];
            Actor {
                kind: ActorKind::User,
                id: user.id,
                name: user.display_name.clone(),
            }
        }
        Holder::Client(place) => {
            let client = &company.accounts.clients[place];
            Actor {
                kind: ActorKind::ApiClient,
                id: client.id,
                name: client.name.clone(),
            }
        }
    }
}

/// The account of a member; of the head of Customer Service when nobody was there.
pub fn staff(company: &Company, member: Option<usize>) -> Actor {
    let member = member.unwrap_or_else(|| company.people.head("CS"));
    actor(company, Holder::User(company.accounts.of_member[member]))
}
