//! What of appraisals counts in figures and for incentives (考核事实): results, while they are out and never before.
//!
//! A fact follows its appraisal: [`APPRAISAL_CHANGED`] touches it. When the results of a whole cycle come out or go back, whoever
//! moves the cycle calls [`announce`].

use std::sync::LazyLock;

use chrono_tz::Tz;
use entity::enums::Attribution::Owner;
use futures_util::future::BoxFuture;
use serde_json::json;
use uuid::Uuid;

use super::store::{self, Out};
use crate::access::Permission;
use crate::appraisals::APPRAISAL_CHANGED;
use crate::appraisals::calibration::rules::of_full;
use crate::appraisals::rules::content::Content;
use crate::appraisals::store::content_of;
use crate::db::{Pool, Transaction};
use crate::decimal::{Decimal, SCALE};
use crate::error::{Result, Text};
use crate::events::Event;
use crate::ids::Node;
use crate::metrics::facts::{
    Detail, MEASURES, Measure, MeasureUnit, Occurrence, Provider, Source, noon,
};
use crate::work::Work;

/// A hundredth of a point, in ten-thousandths.
const HUNDREDTH: i64 = SCALE / 100;

/// A result that is out.
pub const RESULT: &str = "appraisal.result";

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    vec![Source {
        key: RESULT,
        name: Text::new("Appraisal result", "考核结果"),
        meaning: Text::new(
            "The result of an appraisal, while it is out; it counts on the last day of the appraised period, for the member. Its kind is the key of its band, such as `excellent`. `score`: in points of a hundred of full marks, to the nearest whole. `best`: whether it lies in the best band. `hundredths`: the score exactly, in hundredths of a point. A result that is corrected counts as corrected; one that is called back doesn't count.",
            "已公布的考核结果，计入考核期最后一日，归属于被考核人。类型为等级编码，如 excellent。score：得分（折合百分制，取整）。best：是否为最高等级。hundredths：精确得分，以百分之一分计。结果更正后按更正后的计，撤回重开期间不计。",
        ),
        attributions: &[Owner],
        measures: const {
            &[
                Measure {
                    key: "score",
                    unit: MeasureUnit::Points,
                },
                Measure {
                    key: "best",
                    unit: MeasureUnit::YesNo,
                },
                Measure {
                    key: "hundredths",
                    unit: MeasureUnit::Points,
                },
            ]
        },
        detail: Detail::None,
    }]
});

/// The facts of appraisals.
#[derive(Clone, Copy, Debug)]
pub struct ResultFacts {
    /// The company's time zone: a cycle knows days, the register moments.
    pub zone: Tz,
}

impl Provider for ResultFacts {
    fn record_kind(&self) -> &'static str {
        entity::appraisal::Entity::PREFIX
    }

    fn sources(&self) -> &[Source] {
        &SOURCES
    }

    fn guard(&self) -> Option<Permission> {
        Some(Permission::AppraisalRead)
    }

    fn touched(&self, event: &Event) -> Vec<Uuid> {
        if event.kind == APPRAISAL_CHANGED {
            vec![event.entity_id]
        } else {
            Vec::new()
        }
    }

    fn occurrences<'a>(
        &'a self,
        tx: &'a Transaction,
        records: &'a [Uuid],
    ) -> BoxFuture<'a, Result<Vec<Occurrence>>> {
        Box::pin(async move {
            let results = store::out_by_id(tx, records).await?;
            let versions = results.iter().map(|one| one.version_id).collect();
            let contents = content_of(tx, versions).await?;
            let counted = results
                .iter()
                .filter_map(|one| Some(counted(one, contents.get(&one.version_id)?, self.zone)));
            Ok(counted.collect())
        })
    }

    fn records<'a>(
        &'a self,
        db: &'a Pool,
        after: Option<Uuid>,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Uuid>>> {
        Box::pin(store::appraisal_ids(db, after, limit))
    }
}

fn counted(result: &Out, content: &Content, zone: Tz) -> Occurrence {
    let best = content.bands.first();
    let mut values = [None; MEASURES];
    let percent = of_full(content, Decimal(result.score)).0;
    let nearest = |part: i64| (percent * 2 + part).div_euclid(part * 2);
    values[0] = Some(nearest(SCALE));
    values[2] = Some(nearest(HUNDREDTH));
    values[1] = Some(i64::from(best.is_some_and(|band| band.key == result.band)));
    Occurrence {
        source: RESULT,
        record_id: result.id,
        part: 0,
        at: noon(
            result.until_day.pred_opt().unwrap_or(result.until_day),
            zone,
        ),
        owner: Some(result.member_id),
        shares: Vec::new(),
        team: None,
        province: None,
        product: None,
        channel: None,
        kind: Some(result.band.clone()),
        detail: None,
        values,
    }
}

/// Tells of every appraisal of a cycle that its result came out or went back: figures follow.
///
/// # Errors
/// When the database fails.
pub async fn announce(work: &mut Work<'_>, cycle: Uuid) -> Result<()> {
    let at = work.call().at;
    for id in store::of_cycle(work.tx(), cycle).await? {
        let payload = json!({ "action": "appraisal.result" });
        work.emit(Event::new(at, APPRAISAL_CHANGED, id, payload));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisals::templates::shipped::shipped;

    #[test]
    fn a_result_counts_on_the_last_day_in_points_and_their_hundredths() {
        let mut content = shipped().expect("a readable file").remove(0).content;
        for (full, score, band, points, hundredths, best) in [
            (100, "92.5", "excellent", 93, 9_250, 1),
            (100, "92.444", "excellent", 92, 9_244, 1),
            (120, "90", "competent", 75, 7_500, 0),
            (100, "0", "unsatisfactory", 0, 0, 0),
        ] {
            content.full = full;
            let score: Decimal = score.parse().expect("a number");
            let result = Out {
                id: Uuid::nil(),
                member_id: Uuid::max(),
                version_id: Uuid::nil(),
                until_day: "2026-03-01".parse().expect("a day"),
                score: score.0,
                band: band.to_owned(),
            };
            let fact = counted(&result, &content, Tz::Asia__Shanghai);
            assert_eq!(
                fact.values,
                [Some(points), Some(best), Some(hundredths), None]
            );
            let day = fact.at.with_timezone(&Tz::Asia__Shanghai).date_naive();
            assert_eq!(day, "2026-02-28".parse().expect("a day"));
            assert_eq!(fact.kind.as_deref(), Some(band));
        }
    }
}
