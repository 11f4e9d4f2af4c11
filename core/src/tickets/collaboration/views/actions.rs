//! Keeping, changing, sharing and deleting views.

use std::collections::BTreeSet;

use entity::enums::Reach;
use entity::saved_view;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{rules, store};
use crate::access::{Call, Permission, Viewer};
use crate::app::App;
use crate::audit::Entry;
use crate::check::Checks;
use crate::db::new_id;
use crate::error::{ApiError, Result, Text, UserError, UserErrorCode};
use crate::work::{Once, Work, expect_version};

/// A new view. Filter and ordering were read by the API's own types already.
#[derive(Clone, Debug, Serialize)]
pub struct ViewCreate {
    /// Its name.
    pub name: String,
    /// The filter, as the API takes it.
    pub filter: Value,
    /// The ordering, as the API takes it.
    pub ordering: Option<String>,
    /// What the portal shows.
    pub columns: Vec<String>,
    /// The team that it is shared with.
    pub team_id: Option<Uuid>,
    /// So that a repeated request makes no second one.
    pub idempotency_key: Option<String>,
}

/// Keeps a view.
///
/// # Errors
/// `FORBIDDEN`; user errors naming the field.
pub async fn create(app: &App, call: &Call, create: ViewCreate) -> Result<saved_view::Model> {
    call.viewer.require(Permission::TicketRead)?;
    let mut work = Work::begin(&app.db, call).await?;
    let key = create.idempotency_key.as_deref();
    if let Once::Repeated(id) = work.once(key, "savedViewCreate", &create).await? {
        let found = store::by_id(work.tx(), &call.viewer, id).await?;
        return Ok(found.ok_or_else(ApiError::not_found)?);
    }
    let Some(user_id) = store::keeper(&call.viewer) else {
        let text = Text::new(
            "Only people keep views; send the filter with each query.",
            "仅用户账号可保存视图；请在查询中直接使用筛选条件。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "", text).into());
    };
    if store::count(work.tx(), user_id).await? >= rules::MOST {
        let most = rules::MOST;
        let text = Text::new(
            format!("You have {most} views already; delete one first."),
            format!("您的视图已达 {most} 个，请先删除。"),
        );
        return Err(UserError::new(UserErrorCode::TooLong, "", text).into());
    }
    let mut checks = Checks::default();
    let name = rules::check_name(&mut checks, &create.name);
    rules::check_columns(&mut checks, &create.columns);
    if let Some(team) = create.team_id {
        check_team(&work, team, &mut checks).await?;
    }
    checks.done()?;
    let row = saved_view::Model {
        id: new_id(call.at),
        user_id,
        name,
        filter: create.filter,
        ordering: create.ordering,
        columns: json!(create.columns),
        team_id: create.team_id,
        version: 1,
        created_at: call.at,
        updated_at: call.at,
    };
    store::insert(work.tx(), row.clone()).await?;
    audit(&mut work, "saved_view.create", &row);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row)
}

/// What changes about a view; what is `None` stays.
#[derive(Clone, Debug)]
pub struct ViewUpdate {
    /// The view.
    pub id: Uuid,
    /// The version it was read at.
    pub expected_version: i32,
    /// Its name.
    pub name: Option<String>,
    /// The filter, as the API takes it.
    pub filter: Option<Value>,
    /// The ordering; `Some(None)` takes it away.
    pub ordering: Option<Option<String>>,
    /// What the portal shows.
    pub columns: Option<Vec<String>>,
    /// The team that it is shared with; `Some(None)` shares it no longer.
    pub team_id: Option<Option<Uuid>>,
}

/// Changes a view of one's own.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; user errors naming the field, or saying that it is somebody else's.
pub async fn update(app: &App, call: &Call, update: ViewUpdate) -> Result<saved_view::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, update.id, update.expected_version).await?;
    let mut checks = Checks::default();
    let mut now = was.clone();
    if let Some(name) = &update.name {
        now.name = rules::check_name(&mut checks, name);
    }
    if let Some(columns) = &update.columns {
        rules::check_columns(&mut checks, columns);
        now.columns = json!(columns);
    }
    if let Some(team) = update.team_id {
        if let Some(team) = team.filter(|team| Some(*team) != was.team_id) {
            check_team(&work, team, &mut checks).await?;
        }
        now.team_id = team;
    }
    checks.done()?;
    now.filter = update.filter.unwrap_or(now.filter);
    now.ordering = update.ordering.unwrap_or(now.ordering);
    if now == was {
        return Ok(was);
    }
    now.version += 1;
    now.updated_at = call.at;
    let now = store::save(work.tx(), now).await?;
    audit(&mut work, "saved_view.update", &now);
    work.commit().await?;
    Ok(now)
}

/// Deletes a view of one's own.
///
/// # Errors
/// `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`; a user error when it is somebody else's.
pub async fn delete(
    app: &App,
    call: &Call,
    id: Uuid,
    expected_version: i32,
) -> Result<saved_view::Model> {
    let mut work = Work::begin(&app.db, call).await?;
    let was = take(&work, id, expected_version).await?;
    store::delete(work.tx(), id).await?;
    audit(&mut work, "saved_view.delete", &was);
    work.commit().await?;
    Ok(was)
}

/// The view that is to change: one's own.
async fn take(work: &Work<'_>, id: Uuid, expected_version: i32) -> Result<saved_view::Model> {
    let viewer = &work.call().viewer;
    viewer.require(Permission::TicketRead)?;
    let was = store::take(work.tx(), viewer, id).await?;
    let was = was.ok_or_else(ApiError::not_found)?;
    if store::keeper(viewer) != Some(was.user_id) {
        let text = Text::new(
            "This view is somebody else's; keep one of your own with its filter.",
            "该视图属于他人，请以其筛选条件另存为自己的视图。",
        );
        return Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into());
    }
    expect_version(was.version, expected_version)?;
    Ok(was)
}

/// May the viewer share with that team?
async fn check_team(work: &Work<'_>, team: Uuid, checks: &mut Checks) -> Result<()> {
    let viewer = &work.call().viewer;
    viewer.require(Permission::ViewShare)?;
    let exists = store::team_exists(work.tx(), viewer, team).await?;
    if checks
        .found("input.teamId", exists.then_some(team))
        .is_some()
        && !reaches_team(viewer, team)
    {
        return Err(viewer.reach_too_small(Permission::ViewShare).into());
    }
    Ok(())
}

/// Is the team within a reach of `view.share`?
fn reaches_team(viewer: &Viewer, team: Uuid) -> bool {
    let standing = &viewer.standing;
    let within = |teams: &BTreeSet<Uuid>| teams.contains(&team);
    viewer
        .grants
        .reaches(Permission::ViewShare)
        .any(|reach| match reach {
            Reach::Own | Reach::Team => within(&standing.teams),
            Reach::TeamTree => within(&standing.team_tree),
            Reach::Department => within(&standing.department_teams),
            Reach::Region => within(&standing.region_teams),
            Reach::All => true,
            Reach::Organisation => false,
        })
}

fn audit(work: &mut Work<'_>, action: &'static str, view: &saved_view::Model) {
    work.audit(Entry {
        action,
        entity_type: "saved_view",
        entity_id: Some(view.id),
        detail: json!({ "name": view.name, "shared": view.team_id.is_some() }),
    });
}
