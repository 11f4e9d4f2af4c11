//! What of exams counts in figures (考试事实): results, once they are published and never before.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use entity::enums::Attribution::Owner;
use futures_util::future::BoxFuture;
use uuid::Uuid;

use super::rules::grading::share;
use super::{ATTEMPT_CHANGED, store};
use crate::db::{Pool, Transaction};
use crate::error::{Result, Text};
use crate::events::Event;
use crate::metrics::facts::{Detail, MEASURES, Measure, MeasureUnit, Occurrence, Provider, Source};

/// An attempt at an exam with a published result.
pub const ATTEMPT: &str = "exam.attempt";

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    vec![Source {
        key: ATTEMPT,
        name: Text::new("Exam result", "考试成绩"),
        meaning: Text::new(
            "An attempt at an exam whose result is published; it counts on the day on which it was handed in, and is about the exam by its code. `score`: what was reached, in points of a hundred, to the nearest whole. `passed`: whether the pass mark was reached. A result that is corrected counts as corrected.",
            "成绩已发布的考试作答，计入交卷当日，明细为考试编码。score：得分率（百分制，取整）。passed：是否合格。成绩更正后按更正后的计。",
        ),
        attributions: &[Owner],
        measures: const {
            &[
                Measure {
                    key: "score",
                    unit: MeasureUnit::Points,
                },
                Measure {
                    key: "passed",
                    unit: MeasureUnit::YesNo,
                },
            ]
        },
        detail: Detail::Word,
    }]
});

/// The facts of exams.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExamFacts;

impl Provider for ExamFacts {
    fn record_kind(&self) -> &'static str {
        "attempt"
    }

    fn sources(&self) -> &[Source] {
        &SOURCES
    }

    fn touched(&self, event: &Event) -> Vec<Uuid> {
        if event.kind == ATTEMPT_CHANGED {
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
            let results = store::published(tx, records).await?;
            Ok(results
                .into_iter()
                .map(|(attempt, code)| {
                    let mut values = [None; MEASURES];
                    values[0] = Some(share(100, attempt.points.unwrap_or(0), attempt.max_points));
                    values[1] = attempt.passed.map(i64::from);
                    Occurrence {
                        source: ATTEMPT,
                        record_id: attempt.id,
                        part: 0,
                        at: attempt.handed_in_at.unwrap_or(attempt.deadline),
                        owner: Some(attempt.member_id),
                        shares: Vec::new(),
                        team: None,
                        province: None,
                        product: None,
                        channel: None,
                        kind: None,
                        detail: Some(code),
                        values,
                    }
                })
                .collect())
        })
    }

    fn records<'a>(
        &'a self,
        db: &'a Pool,
        after: Option<Uuid>,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Uuid>>> {
        Box::pin(store::attempt_ids(db, after, limit))
    }

    fn details<'a>(
        &'a self,
        db: &'a Pool,
        _source: &'a str,
        words: &'a [String],
    ) -> BoxFuture<'a, Result<BTreeMap<String, Text>>> {
        Box::pin(store::titles(db, words))
    }
}
