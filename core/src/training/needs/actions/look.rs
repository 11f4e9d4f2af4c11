//! Looking for needs (查找培训需求).

use std::collections::BTreeSet;

use chrono::Datelike;
use entity::enums::TrainingNeedKind;
use serde_json::json;
use uuid::Uuid;

use super::gather::{gather, thresholds};
use crate::access::{Call, Permission};
use crate::app::App;
use crate::audit::{self, note_read};
use crate::error::Result;
use crate::organisation::{self, today};
use crate::settings;
use crate::training::actions::hours;
use crate::training::needs::rules::finding::{Known, Need, of_members, of_teams};
use crate::training::rules::targets::Verdict;

/// The needs that were found.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// Those of members, the most urgent first.
    pub members: Vec<Need>,
    /// Those of teams.
    pub teams: Vec<Need>,
    /// How many members were looked at.
    pub looked_at: usize,
}

/// The needs of the members within reach, or of those in a team, and of their teams; in some respects or in all.
///
/// # Errors
/// Refusal of permission; `BAD_INPUT` when it is too much at once.
pub async fn needs(
    app: &App,
    call: &Call,
    team: Option<Uuid>,
    kinds: Option<&[TrainingNeedKind]>,
) -> Result<Needs> {
    let permission = Permission::TrainingNeedRead;
    call.viewer.require(permission)?;
    let db = app.db.reader();
    let day = today(call);
    let after = day.succ_opt().unwrap_or(day);
    let members =
        organisation::members_within(db, &call.viewer, permission, (day, after), team, None)
            .await?;
    let figures = settings::read_all(db).await?;
    let thresholds = thresholds(&figures)?;
    let mut gathered = gather(app, call, &figures, &members, day).await?;
    let wanted = |kind: TrainingNeedKind| kinds.is_none_or(|kinds| kinds.contains(&kind));
    if wanted(TrainingNeedKind::Hours) && call.viewer.may(Permission::TrainingHoursRead) {
        let ids: Vec<Uuid> = members.iter().map(|row| row.id).collect();
        let years = hours(app, call, day.year(), None, Some(&ids)).await?;
        gathered.shown.extend(years.into_iter().filter_map(|year| {
            let outlook = year.learner.outlook;
            let behind = matches!(outlook.verdict, Verdict::Behind | Verdict::Missed);
            behind.then(|| Known {
                kind: TrainingNeedKind::Hours,
                subject: day.year().to_string(),
                member: year.member.id,
                team: None,
                total: outlook.missing,
                cases: 1,
                records: Vec::new(),
            })
        }));
    }
    let only = |known: Vec<Known>| -> Vec<Known> {
        known.into_iter().filter(|one| wanted(one.kind)).collect()
    };
    let members_needs = of_members(&only(gathered.shown), &thresholds);
    note_appraisals(app, call, &members_needs).await?;
    Ok(Needs {
        members: members_needs,
        teams: of_teams(&only(gathered.all), &thresholds),
        looked_at: members.len(),
    })
}

/// Looks at what others reached in appraisals are logged, by whatever way they are seen.
async fn note_appraisals(app: &App, call: &Call, needs: &[Need]) -> Result<()> {
    let me = call.viewer.standing.member_id;
    let seen: BTreeSet<Uuid> = needs
        .iter()
        .filter(|need| need.kind == TrainingNeedKind::Appraisal && need.member != me)
        .filter_map(|need| need.member)
        .collect();
    if seen.is_empty() {
        return Ok(());
    }
    let entry = audit::Entry {
        action: "metric.guarded.read",
        entity_type: "metric",
        entity_id: None,
        detail: json!({ "metric": "appraisal_score", "members": seen }),
    };
    note_read(&app.db, call, entry).await
}
