//! Trying a version of a template on a past cycle.

use async_graphql::{Context, Object, Result};
use entity::{appraisal_cycle, appraisal_template_version};

use super::types::AppraisalTrial;
use crate::appraisals::trial::actions;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Id};

/// The queries about trials.
#[derive(Default)]
pub struct TrialQuery;

/// The queries about trials.
#[Object]
impl TrialQuery {
    /// What another version of a template, draft or published, would make of a past cycle: who would move between bands. Results
    /// are computed from what was frozen, without calibration and appeals; your own is left out. At most 2,000 appraisals of the
    /// template's family; needs `appraisal.read` of all as well. The look is logged. 模板试算（不含本人）
    async fn appraisal_template_trial(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A cycle in calibration or later. 考核周期")] cycle_id: Id<
            appraisal_cycle::Entity,
        >,
        #[graphql(desc = "The version to try. 模板版本")] version_id: Id<
            appraisal_template_version::Entity,
        >,
    ) -> Result<Option<AppraisalTrial>> {
        let both = (cycle_id.uuid, version_id.uuid);
        let found = actions::trial(&ctx.app().db, ctx.call(), both).await;
        Ok(found.on_field(ctx.call())?.map(AppraisalTrial))
    }
}
