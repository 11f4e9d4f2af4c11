//! What steps refer to outside of their version.

use std::collections::HashMap;

use entity::enums::TicketKind;
use sea_orm::ConnectionTrait;

use crate::access::roles;
use crate::error::Result;
use crate::tickets::collaboration::fields;
use crate::tickets::processes::rules::validity::Names;

/// The roles that there are, and the custom fields of tickets of each kind; two statements.
///
/// # Errors
/// When the database fails.
pub async fn names_of(
    connection: &impl ConnectionTrait,
    kinds: &[TicketKind],
) -> Result<HashMap<TicketKind, Names>> {
    let roles = roles::keys(connection).await?;
    let known = fields::of_kinds(connection).await?;
    let names = |kind: &TicketKind| {
        let its = known.iter().filter(|field| field.has(*kind));
        let names = Names {
            roles: roles.clone(),
            fields: its.map(|field| field.code.clone()).collect(),
        };
        (*kind, names)
    };
    Ok(kinds.iter().map(names).collect())
}

/// The same for one kind.
///
/// # Errors
/// When the database fails.
pub async fn names(connection: &impl ConnectionTrait, kind: TicketKind) -> Result<Names> {
    let mut names = names_of(connection, &[kind]).await?;
    Ok(names.remove(&kind).unwrap_or_default())
}
