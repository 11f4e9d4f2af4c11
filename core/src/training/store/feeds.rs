//! The feeds for calendar programs.

use entity::enums::{TrainingEnrolmentState, TrainingSessionState};
use entity::{
    training_course, training_enrolment, training_feed, training_session, training_session_trainer,
};
use futures_util::future::BoxFuture;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use uuid::Uuid;

use crate::access::{Permission, Viewer, visible};
use crate::agenda::{AgendaSource, Entry, Window};
use crate::db::Pool;
use crate::error::{Result, Text};

/// The member whose feed a secret with this hash opens, whether or not the member still works here.
///
/// # Errors
/// When the database fails.
pub async fn feed_of(connection: &impl ConnectionTrait, hash: &str) -> Result<Option<Uuid>> {
    let row = training_feed::Entity::find()
        .filter(training_feed::Column::TokenHash.eq(hash))
        .one(connection)
        .await?;
    Ok(row.map(|row| row.member_id))
}

/// A member's new secret; the former one opens nothing any more.
///
/// # Errors
/// When the database fails.
pub async fn replace_feed(tx: &impl ConnectionTrait, row: training_feed::Model) -> Result<()> {
    revoke_feed(tx, row.member_id).await?;
    training_feed::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Takes a member's secret away; says whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn revoke_feed(tx: &impl ConnectionTrait, member: Uuid) -> Result<bool> {
    let deleted = training_feed::Entity::delete_many()
        .filter(training_feed::Column::MemberId.eq(member))
        .exec(tx)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// The sessions that a member gives or has a place in.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrainingAgenda;

impl AgendaSource for TrainingAgenda {
    fn entries<'a>(
        &'a self,
        db: &'a Pool,
        viewer: &'a Viewer,
        window: Window,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(sessions(db, viewer, window, limit))
    }
}

async fn sessions(
    connection: &Pool,
    viewer: &Viewer,
    (from, until): Window,
    limit: u64,
) -> Result<Vec<Entry>> {
    let Some(member) = viewer.standing.member_id else {
        return Ok(Vec::new());
    };
    let taken = training_enrolment::Entity::find()
        .select_only()
        .column(training_enrolment::Column::SessionId)
        .filter(training_enrolment::Column::MemberId.eq(member))
        .filter(training_enrolment::Column::State.eq(TrainingEnrolmentState::Enrolled))
        .into_query();
    let given = training_session_trainer::Entity::find()
        .select_only()
        .column(training_session_trainer::Column::SessionId)
        .filter(training_session_trainer::Column::MemberId.eq(member))
        .into_query();
    let course: sea_orm::RelationDef =
        training_session::Entity::belongs_to(training_course::Entity)
            .from(training_session::Column::CourseId)
            .to(training_course::Column::Id)
            .into();
    let rows = visible::<training_session::Entity>(viewer, Permission::TrainingSessionRead)
        .join(sea_orm::JoinType::InnerJoin, course)
        .select_also(training_course::Entity)
        .filter(
            Condition::any()
                .add(training_session::Column::Id.in_subquery(taken))
                .add(training_session::Column::Id.in_subquery(given)),
        )
        .filter(training_session::Column::State.ne(TrainingSessionState::Planned))
        .filter(training_session::Column::StartsAt.gte(from))
        .filter(training_session::Column::StartsAt.lt(until))
        .order_by_asc(training_session::Column::StartsAt)
        .order_by_asc(training_session::Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    let entry = |(session, course): (training_session::Model, Option<training_course::Model>)| {
        let course = course?;
        let about = course.description_zh;
        let about = about.unwrap_or_else(|| course.description.clone());
        Some(Entry {
            table: "training_session",
            id: session.id,
            version: session.version,
            updated_at: session.updated_at,
            name: Text::new(course.name, course.name_zh),
            description: Some(Text::new(course.description, about)),
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            place: session.place,
            link: session.link,
            cancelled: session.state == TrainingSessionState::Cancelled,
        })
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}
