//! A period whose pages are all there is held together (周期核定).

use std::sync::Arc;

use entity::incentive_simulation_part;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::load::{part, rule_of};
use super::page::aside;
use crate::access::Call;
use crate::error::{Error, Result};
use crate::incentives::definitions::simulations::batch::Batch;
use crate::incentives::definitions::simulations::period::{Totals, whole};
use crate::incentives::definitions::simulations::plan::{Cursor, Plan};
use crate::incentives::definitions::store;
use crate::incentives::rules::rule::Rule;
use crate::incentives::rules::trace::Span;
use crate::work::Work;

/// What the pages of the period at the cursor come to together, as it is stored.
pub(super) async fn holding(
    connection: &impl ConnectionTrait,
    call: &Call,
    (id, plan): (Uuid, &Plan),
    rules: &Arc<Vec<Rule>>,
    cursor: &Cursor,
) -> Result<Vec<incentive_simulation_part::Model>> {
    let place = cursor.span;
    let span = *plan
        .spans
        .get(place)
        .ok_or_else(|| Error::internal("a simulation beyond its periods"))?;
    let mut pages = Batch::default();
    for number in 0..cursor.pages {
        let page = store::part_of(connection, id, number_of(place), number).await?;
        let page = page.ok_or_else(|| Error::internal("a simulation without a page"))?;
        let read = aside(move || serde_json::from_value::<Batch>(page));
        pages.add(read.await??);
    }
    let mut before: Vec<(Span, Totals)> = Vec::new();
    for (earlier, span) in plan.spans.iter().enumerate().take(place) {
        let totals = store::part_of(connection, id, number_of(earlier), store::TOTALS).await?;
        let totals = totals.ok_or_else(|| Error::internal("a simulation without a period"))?;
        before.push((*span, serde_json::from_value(totals)?));
    }
    let variants = plan.variants(rule_of(rules));
    let (call, rules) = (call.clone(), Arc::clone(rules));
    let parts = aside(move || {
        let (whole, totals) = whole(&rules, &variants, span, &before, pages);
        Ok(vec![
            part(&call, id, (place, store::WHOLE), &whole)?,
            part(&call, id, (place, store::TOTALS), &totals)?,
        ])
    });
    parts.await?
}

/// Takes the pages of a period away, which aren't needed any more.
pub(super) async fn drop_pages(work: &Work<'_>, id: Uuid, place: usize) -> Result<()> {
    store::drop_parts(work.tx(), id, number_of(place)).await
}

/// The number under which a period is stored.
pub(super) fn number_of(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}
