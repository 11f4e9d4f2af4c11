//! Reading the audit log.

use entity::audit_log::{Column, Entity, Model};
use entity::enums::{ActorKind, Reach};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter};
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, Standing, Viewer, visible};
use crate::db::filter::{TextMatches, TimeMatches};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;

/// The log is read as a whole or not at all.
impl Scoped for Entity {
    const READ: Permission = Permission::AuditRead;
    type Facts = Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}

/// Which entries are wanted; what is `None` isn't looked at.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// About an object of this kind.
    pub entity_type: Option<&'static str>,
    /// About this object.
    pub entity_id: Option<Uuid>,
    /// Done by a principal of this kind.
    pub actor_kind: Option<ActorKind>,
    /// Done by this user or API client.
    pub actor_id: Option<Uuid>,
    /// What was done.
    pub action: TextMatches,
    /// When.
    pub at: TimeMatches,
}

/// A domain that keeps entries back from whom they would tell something before its time, such as of a result of their own.
pub trait KeepsBack: Send + Sync {
    /// Which entries; none when nothing has to be kept back.
    fn kept_back(&self, viewer: &Viewer) -> Option<Condition>;
}

/// A page of the log, latest first, without what a domain keeps back from the viewer.
///
/// # Errors
/// `FORBIDDEN` without the permission; `BAD_INPUT` when the cursor isn't one of this list.
pub async fn list(
    connection: &impl ConnectionTrait,
    call: &Call,
    keeper: &dyn KeepsBack,
    wanted: &Wanted,
    page: &Page,
    want_total: bool,
) -> Result<Listing<Model>> {
    call.viewer.require(Permission::AuditRead)?;
    let select = visible::<Entity>(&call.viewer, Permission::AuditRead)
        .filter(
            Condition::all()
                .add_option(wanted.entity_type.map(|kind| Column::EntityType.eq(kind)))
                .add_option(wanted.entity_id.map(|id| Column::EntityId.eq(id)))
                .add_option(wanted.actor_kind.map(|kind| Column::ActorKind.eq(kind)))
                .add_option(wanted.actor_id.map(|id| Column::ActorId.eq(id)))
                .add_option(keeper.kept_back(&call.viewer).map(Condition::not)),
        )
        .filter(wanted.action.on(Column::Action))
        .filter(wanted.at.on(Column::At));
    let sorts = [Sort::descending(Column::Seq)];
    keyset::list(select, "audit", &sorts, page, want_total, connection).await
}
