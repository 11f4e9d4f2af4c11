//! Looking at what was said of a member (查看 360 度评价汇总).

use std::collections::BTreeSet;

use entity::appraisal;
use entity::enums::AppraisalFeedbackSource;
use serde_json::json;
use uuid::Uuid;

use super::common::is_reviewer;
use crate::access::{Call, Permission, find};
use crate::appraisals::feedback::rules::form::Form;
use crate::appraisals::feedback::store::{said_of, stage_of};
use crate::appraisals::rules::content::{Criterion, Side as Asked};
use crate::appraisals::rules::inputs::Inputs;
use crate::appraisals::rules::stages::is_out;
use crate::appraisals::rules::voices::{Said, Told, told};
use crate::appraisals::store::content_of;
use crate::audit;
use crate::db::Db;
use crate::error::Result;

/// What may be told of a side.
#[derive(Clone, Debug)]
pub struct Side {
    /// Which one.
    pub source: AppraisalFeedbackSource,
    /// Of fewer answers nothing is told.
    pub least: u32,
    /// What is told; none of too few.
    pub told: Option<Told>,
}

/// What may be told of all sides of an appraisal.
#[derive(Clone, Debug)]
pub struct Look {
    /// The sides that the template asks.
    pub sides: Vec<Side>,
    /// What was asked.
    pub questions: Vec<Criterion>,
}

/// What may be told of feedback, for the member, the reviewer and whoever runs the cycle, once results are out; none for others and
/// before that. A look at somebody else's is logged.
///
/// # Errors
/// When the database fails.
pub async fn look(db: &Db, call: &Call, id: Uuid) -> Result<Option<Look>> {
    let viewer = &call.viewer;
    let reader = db.reader();
    let row = find::<appraisal::Entity>(reader, viewer, Permission::AppraisalRead, id).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let own = viewer.standing.member_id == Some(row.member_id);
    let concerned = own || is_reviewer(call, &row) || viewer.may(Permission::AppraisalManage);
    let stage = stage_of(reader, &row).await?;
    if !concerned || !stage.is_some_and(is_out) {
        return Ok(None);
    }
    let contents = content_of(reader, BTreeSet::from([row.version_id])).await?;
    let Some(form) = contents.get(&row.version_id).and_then(Form::of) else {
        return Ok(None);
    };
    let mut said = said_of(reader, &[id]).await?;
    let said = said.remove(&id).unwrap_or_default();
    let inputs = match row.inputs {
        Some(inputs) => serde_json::from_value(inputs)?,
        None => Inputs::default(),
    };
    if !own {
        let entry = audit::Entry {
            action: "appraisal.feedback.read",
            entity_type: "appraisal",
            entity_id: Some(id),
            detail: json!({}),
        };
        audit::note_read(db, call, entry).await?;
    }
    let sides = form.sides.iter().map(|asked| Side {
        source: asked.source,
        least: form.least(asked.source),
        told: told_of(&form, *asked, &said, &inputs),
    });
    Ok(Some(Look {
        sides: sides.collect(),
        questions: form.questions.clone(),
    }))
}

/// Customers are heard by their surveys, as they were frozen for the result; what the others said is put together.
fn told_of(form: &Form, asked: Asked, said: &[Said], inputs: &Inputs) -> Option<Told> {
    if asked.source != AppraisalFeedbackSource::Customer {
        return told(asked, said);
    }
    let voices = inputs.feedback.get(&asked.source)?;
    (voices.answers >= form.least(asked.source)).then(|| Told {
        answers: voices.answers,
        means: voices.means.clone(),
        comments: Vec::new(),
    })
}
