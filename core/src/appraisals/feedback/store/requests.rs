//! The requests that a rater has got: their own, and nobody else's.

use std::collections::{BTreeSet, HashMap};

use entity::enums::{AppraisalRaterState, AppraisalStage};
use entity::{appraisal, appraisal_cycle, appraisal_rater, member};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    Select,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::appraisals::feedback::rules::form::Form;
use crate::appraisals::store::content_of;
use crate::db::filter::{IdMatches, Matches};
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::error::Result;
use crate::organisation::by_number;

/// Which of one's own requests. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct RequestFilter {
    /// How far they are.
    pub state: Option<Matches<AppraisalRaterState>>,
    /// Of which cycle.
    pub cycle_id: Option<IdMatches>,
    /// Can they be answered now?
    pub open: Option<bool>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RequestOrder {
    /// The latest first.
    #[default]
    CreatedAtDesc,
    /// The earliest first.
    CreatedAtAsc,
}

/// The stages in which feedback is given.
pub(super) const GIVING: [AppraisalStage; 2] =
    [AppraisalStage::SelfAssessment, AppraisalStage::Review];

/// The viewer's own requests that have reached them; none for whoever is no member.
pub(super) fn own(viewer: &Viewer) -> Option<Select<appraisal_rater::Entity>> {
    let me = viewer.standing.member_id?;
    Some(
        visible::<appraisal_rater::Entity>(viewer, Permission::AppraisalFeedbackGive)
            .filter(appraisal_rater::Column::MemberId.eq(me))
            .filter(appraisal_rater::Column::State.ne(AppraisalRaterState::Proposed)),
    )
}

/// The keys of the appraisals that meet a condition.
fn appraisals(condition: Condition) -> SelectStatement {
    appraisal::Entity::find()
        .select_only()
        .column(appraisal::Column::Id)
        .filter(condition)
        .into_query()
}

/// The keys of the appraisals about which feedback is given now.
pub(super) fn giving() -> SelectStatement {
    let cycles = appraisal_cycle::Entity::find()
        .select_only()
        .column(appraisal_cycle::Column::Id)
        .filter(appraisal_cycle::Column::Stage.is_in(GIVING))
        .into_query();
    appraisals(Condition::all().add(appraisal::Column::CycleId.in_subquery(cycles)))
}

fn matching(filter: &RequestFilter) -> Condition {
    let cycle = filter.cycle_id.as_ref().map(|is| {
        let of_cycle = appraisals(is.on(appraisal::Column::CycleId));
        appraisal_rater::Column::AppraisalId.in_subquery(of_cycle)
    });
    let open = Condition::all()
        .add(appraisal_rater::Column::State.eq(AppraisalRaterState::Asked))
        .add(appraisal_rater::Column::AppraisalId.in_subquery(giving()));
    let open = filter
        .open
        .map(|wanted| if wanted { open } else { open.not() });
    Condition::all()
        .add_option(
            filter
                .state
                .as_ref()
                .map(|is| is.on(appraisal_rater::Column::State)),
        )
        .add_option(cycle)
        .add_option(open)
}

/// One page of the viewer's own requests.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list and ordering.
pub async fn requests(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &RequestFilter,
    order: RequestOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<appraisal_rater::Model>> {
    use appraisal_rater::Column::{CreatedAt, Id};
    let nothing = || appraisal_rater::Entity::find().filter(Id.is_in(std::iter::empty::<Uuid>()));
    let select = own(viewer).unwrap_or_else(nothing).filter(matching(filter));
    let sorts = match order {
        RequestOrder::CreatedAtDesc => vec![Sort::descending(CreatedAt), Sort::descending(Id)],
        RequestOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
    };
    let tag = format!("feedback_requests:{order:?}");
    keyset::list(select, &tag, &sorts, page, want_total, connection).await
}

/// One of the viewer's own requests.
///
/// # Errors
/// When the database fails.
pub async fn own_request(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<Option<appraisal_rater::Model>> {
    let Some(select) = own(viewer) else {
        return Ok(None);
    };
    let select = select.filter(appraisal_rater::Column::Id.eq(id));
    Ok(select.one(connection).await?)
}

/// What a rater needs to know of an appraisal that they are asked about.
#[derive(Clone, Debug)]
pub struct About {
    /// Who is appraised.
    pub member: member::Model,
    /// In which cycle.
    pub cycle: appraisal_cycle::Model,
    /// What is asked.
    pub form: Form,
}

/// What raters need to know of these appraisals, whoever asks: for the requests that a viewer has got. Four statements.
///
/// # Errors
/// When the database fails.
pub async fn about(
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, About>> {
    let rows = appraisal::Entity::find()
        .filter(appraisal::Column::Id.is_in(ids.iter().copied()))
        .all(connection)
        .await?;
    let cycles: BTreeSet<Uuid> = rows.iter().map(|row| row.cycle_id).collect();
    let cycles: HashMap<Uuid, appraisal_cycle::Model> = appraisal_cycle::Entity::find()
        .filter(appraisal_cycle::Column::Id.is_in(cycles))
        .all(connection)
        .await?
        .into_iter()
        .map(|cycle| (cycle.id, cycle))
        .collect();
    let contents = content_of(connection, rows.iter().map(|row| row.version_id).collect()).await?;
    let members: BTreeSet<Uuid> = rows.iter().map(|row| row.member_id).collect();
    let members: HashMap<Uuid, member::Model> = by_number(connection, &members)
        .await?
        .into_iter()
        .map(|member| (member.id, member))
        .collect();
    let about = |row: appraisal::Model| {
        let about = About {
            member: members.get(&row.member_id)?.clone(),
            cycle: cycles.get(&row.cycle_id)?.clone(),
            form: contents
                .get(&row.version_id)
                .and_then(Form::of)
                .unwrap_or_default(),
        };
        Some((row.id, about))
    };
    Ok(rows.into_iter().filter_map(about).collect())
}
