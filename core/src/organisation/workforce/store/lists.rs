//! Filters and orderings of the catalogue and of leave, and the certificates that run out.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{LeaveKind, LeaveState};
use entity::{certificate, leave, member, member_certificate, skill};
use sea_orm::sea_query::{Alias, Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use crate::access::{Listed, Permission, Viewer, compare_reference, reach_of, visible};
use crate::db::filter::{Matches, RangeMatches, TextMatches, unless, whole};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;

/// What skills can be asked for.
#[derive(Clone, Debug, Default)]
pub struct SkillFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
    /// The group of skills.
    pub category: Option<TextMatches>,
    /// Those that need a certificate, or those that don't.
    pub needs_certificate: Option<bool>,
}

/// What certificates can be asked for.
#[derive(Clone, Debug, Default)]
pub struct CertificateFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
    /// The skill that it grants.
    pub skill_id: Option<Matches<Uuid>>,
}

/// How skills and certificates can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CatalogueOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
    /// By English name.
    NameAsc,
    /// By English name, backwards.
    NameDesc,
}

/// What leave can be asked for.
#[derive(Clone, Debug, Default)]
pub struct LeaveFilter {
    /// Whose.
    pub member_id: Option<Matches<Uuid>>,
    /// What has become of it.
    pub state: Option<Matches<LeaveState>>,
    /// Why.
    pub kind: Option<Matches<LeaveKind>>,
    /// From when.
    pub starts_at: Option<RangeMatches<DateTime<Utc>>>,
    /// Until when.
    pub ends_at: Option<RangeMatches<DateTime<Utc>>>,
    /// Waits for a decision that the viewer may make, or doesn't.
    pub awaiting_me: Option<bool>,
}

/// How leave can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeaveOrder {
    /// What begins first.
    StartsAtAsc,
    /// What begins last.
    #[default]
    StartsAtDesc,
    /// What was asked for first.
    CreatedAtAsc,
    /// What was asked for last.
    CreatedAtDesc,
}

macro_rules! catalogue {
    ($($table:ident: $filter:ident, |$asked:ident| $further:expr;)*) => {
        $(impl Listed for $table::Entity {
            type Filter = $filter;
            type Order = CatalogueOrder;

            fn matching($asked: &$filter, _: &Viewer) -> Condition {
                use $table::Column;
                let either = |text: &TextMatches| {
                    Condition::any().add(text.on(Column::Name)).add(text.on(Column::NameZh))
                };
                Condition::all()
                    .add_option($asked.code.as_ref().map(|text| text.on(Column::Code)))
                    .add_option($asked.name.as_ref().map(either))
                    .add($further)
            }

            fn sorts(order: CatalogueOrder) -> Vec<Sort<Self::Column>> {
                use $table::Column;
                match order {
                    CatalogueOrder::CodeAsc => vec![Sort::ascending(Column::Code)],
                    CatalogueOrder::CodeDesc => vec![Sort::descending(Column::Code)],
                    CatalogueOrder::NameAsc => vec![Sort::ascending(Column::Name), Sort::ascending(Column::Id)],
                    CatalogueOrder::NameDesc => vec![Sort::descending(Column::Name), Sort::descending(Column::Id)],
                }
            }
        })*
    };
}

catalogue! {
    skill: SkillFilter, |filter| Condition::all()
        .add_option(filter.category.as_ref().map(|text| text.on(Column::Category)))
        .add_option(filter.needs_certificate.map(|needs| Column::NeedsCertificate.eq(needs)));
    certificate: CertificateFilter, |filter| Condition::all()
        .add_option(filter.skill_id.as_ref().map(|is| is.on(Column::SkillId)));
}

impl Listed for leave::Entity {
    type Filter = LeaveFilter;
    type Order = LeaveOrder;

    fn matching(filter: &LeaveFilter, viewer: &Viewer) -> Condition {
        use leave::Column;
        Condition::all()
            .add_option(
                filter
                    .member_id
                    .as_ref()
                    .map(|is| compare_reference::<member::Entity>(is, Column::MemberId, viewer)),
            )
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(filter.kind.as_ref().map(|is| is.on(Column::Kind)))
            .add_option(filter.starts_at.as_ref().map(|is| is.on(Column::StartsAt)))
            .add_option(filter.ends_at.as_ref().map(|is| is.on(Column::EndsAt)))
            .add_option(filter.awaiting_me.map(|awaits| {
                let mine = awaiting(viewer);
                if awaits { mine } else { unless(mine) }
            }))
    }

    fn sorts(order: LeaveOrder) -> Vec<Sort<leave::Column>> {
        use leave::Column::{CreatedAt, Id, StartsAt};
        match order {
            LeaveOrder::StartsAtAsc => vec![Sort::ascending(StartsAt), Sort::ascending(Id)],
            LeaveOrder::StartsAtDesc => vec![Sort::descending(StartsAt), Sort::descending(Id)],
            LeaveOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
            LeaveOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        }
    }
}

/// Leave that waits for a decision which this viewer may make: within the reach, and of somebody else.
fn awaiting(viewer: &Viewer) -> Condition {
    use leave::Column;
    Condition::all()
        .add(Column::State.eq(LeaveState::Requested))
        .add(whole(reach_of::<leave::Entity>(
            viewer,
            Permission::LeaveDecide,
        )))
        .add_option(
            viewer
                .standing
                .member_id
                .map(|member| Column::MemberId.ne(member)),
        )
}

/// The certificates of members that are valid on a day and no longer on a later one, unless the member holds the same
/// one for longer already; what runs out first comes first.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn expiring(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    (day, by): (NaiveDate, NaiveDate),
    page: &Page,
    want_total: bool,
) -> Result<Listing<member_certificate::Model>> {
    use member_certificate::Column;
    let select = visible::<member_certificate::Entity>(viewer, Permission::MemberRead)
        .filter(ends_within(day, by))
        .filter(Expr::exists(renewed(by)).not());
    let sorts = [
        Sort::ascending(Column::ExpiresOn),
        Sort::ascending(Column::Id),
    ];
    keyset::list(select, "expiring", &sorts, page, want_total, connection).await
}

/// Valid on a day, and no longer on a later one.
fn ends_within(day: NaiveDate, by: NaiveDate) -> Condition {
    use member_certificate::Column;
    Condition::all()
        .add(Column::IssuedOn.lte(day))
        .add(Column::ExpiresOn.gt(day))
        .add(Column::ExpiresOn.lte(by))
        .add(
            Condition::any()
                .add(Column::RevokedOn.is_null())
                .add(Column::RevokedOn.gt(day)),
        )
}

/// The certificates of which it has to be told that they run out, the first to run out first, whoever holds them: those that
/// [`expiring`] lists and of which it wasn't told.
///
/// # Errors
/// When the database fails.
pub async fn to_warn(
    connection: &impl ConnectionTrait,
    (day, by): (NaiveDate, NaiveDate),
    limit: u64,
) -> Result<Vec<member_certificate::Model>> {
    use member_certificate::Column;
    Ok(member_certificate::Entity::find()
        .filter(ends_within(day, by))
        .filter(Column::WarnedAt.is_null())
        .filter(Expr::exists(renewed(by)).not())
        .order_by_asc(Column::ExpiresOn)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?)
}

/// The same member's same certificate that holds beyond a day.
fn renewed(by: NaiveDate) -> SelectStatement {
    use member_certificate::{Column, Entity};
    let other = Alias::new("renewed");
    let its = |column: Column| Expr::col((other.clone(), column));
    Query::select()
        .expr(Expr::val(1))
        .from_as(Entity, other.clone())
        .and_where(its(Column::MemberId).equals((Entity, Column::MemberId)))
        .and_where(its(Column::CertificateId).equals((Entity, Column::CertificateId)))
        .and_where(its(Column::RevokedOn).is_null())
        .and_where(
            its(Column::ExpiresOn)
                .is_null()
                .or(its(Column::ExpiresOn).gt(by)),
        )
        .to_owned()
}

/// The certificates of these members that are over or end by then and weren't renewed, whoever asks; those that were taken away
/// are left out. One statement.
///
/// # Errors
/// When the database fails.
pub async fn running_out(
    connection: &impl ConnectionTrait,
    members: &[Uuid],
    by: NaiveDate,
) -> Result<Vec<member_certificate::Model>> {
    use member_certificate::Column;
    let mut rows = member_certificate::Entity::find()
        .filter(Column::MemberId.is_in(members.iter().copied()))
        .filter(Column::ExpiresOn.lte(by))
        .filter(Column::RevokedOn.is_null())
        .filter(Expr::exists(renewed(by)).not())
        .order_by_asc(Column::MemberId)
        .order_by_asc(Column::CertificateId)
        .order_by_desc(Column::ExpiresOn)
        .all(connection)
        .await?;
    // Of several that are over the last one counts.
    rows.dedup_by_key(|row| (row.member_id, row.certificate_id));
    Ok(rows)
}
