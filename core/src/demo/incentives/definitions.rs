//! Rules from the templates: HR writes them, the service manager approves, HR puts them into force.

use chrono::{Datelike, Months, NaiveDate};
use entity::enums::ActorKind;
use entity::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::access::{Actor, Call, Viewer};
use crate::app::App;
use crate::demo::calendar::day_of;
use crate::error::{Error, Result};
use crate::incentives::definitions::actions::{
    Activate, Judge, RuleCreate, Step, rule_create, version_activate, version_approve,
};
use crate::incentives::definitions::store::versions_of;
use crate::incentives::rules::content::RuleContent;
use crate::incentives::rules::templates::all;
use crate::settings::{self, COMPANY_CURRENCY};

/// The templates that are in force.
const IN_FORCE: [&str; 5] = [
    "renewal_commission",
    "new_customer_commission",
    "satisfaction_bonus",
    "workload_bonus",
    "contest_prize",
];
/// The template of which there is a draft.
const DRAFTED: &str = "goal_bonus";
/// For how many months the rules have been in force.
const MONTHS: u32 = 6;

/// Makes the rules.
///
/// # Errors
/// When the database fails.
pub async fn put_into_force(app: &App) -> Result<()> {
    let (writer, approver) = (
        call_of(app, "hr.demo").await?,
        call_of(app, "manager.demo").await?,
    );
    let currency = settings::read(app.db.reader(), &COMPANY_CURRENCY).await?;
    let from = since(day_of(app.clock.now()));
    for template in all(&currency) {
        if template.key == DRAFTED {
            written(app, &writer, template.key, template.content).await?;
        } else if IN_FORCE.contains(&template.key) {
            let step = written(app, &writer, template.key, template.content).await?;
            let judge = Judge {
                step,
                reason: Some("Paid like this before. 沿用原有办法。".to_owned()),
            };
            version_approve(app, &approver, &judge).await?;
            let step = Step {
                expected_version: step.expected_version + 1,
                ..step
            };
            version_activate(app, &writer, Activate { step, from }).await?;
        }
    }
    Ok(())
}

/// The first day of a month, so that quarters and years that are looked at begin with the rules too.
fn since(today: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    let quarter = first.checked_sub_months(Months::new(MONTHS + first.month0() % 3));
    quarter.unwrap_or(first)
}

/// A rule with a draft; says which version it is.
async fn written(app: &App, call: &Call, key: &str, content: RuleContent) -> Result<Step> {
    let input = RuleCreate {
        code: key.replace('_', "."),
        content,
        note: None,
    };
    let rule = rule_create(app, call, &input, None).await?;
    let versions = versions_of(app.db.reader(), rule).await?;
    let version = versions
        .first()
        .ok_or_else(|| Error::internal("a rule without a version"))?;
    Ok(Step {
        id: version.id,
        expected_version: version.version,
    })
}

/// A call as somebody of the demo company makes it.
pub(super) async fn call_of(app: &App, login: &str) -> Result<Call> {
    let account = user::Entity::find()
        .filter(user::Column::Login.eq(login))
        .one(app.db.reader())
        .await?;
    let (id, name): (Uuid, String) = account
        .map(|row| (row.id, row.display_name))
        .ok_or_else(|| Error::internal("the demo company lacks an account"))?;
    let actor = Actor {
        kind: ActorKind::User,
        id: Some(id),
        name,
    };
    let now = app.clock.now();
    let call = Call::system(now, "demo").on(day_of(now));
    Ok(Call {
        viewer: Viewer {
            actor,
            ..call.viewer
        },
        ..call
    })
}
