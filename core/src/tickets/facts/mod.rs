//! What of tickets counts in figures (工单事实): the ticket's sources of facts for the register of [`metrics`].
//!
//! Words
//! - A ticket is **resolved** (解决) when it comes to the stage of feedback; a reopened one isn't, until it comes there again.
//! - A resolution **holds** (未返工) when it is the last one and the ticket is still resolved.
//! - A **promise** (服务承诺) is what a clock of the service level measures; it is kept, missed, or not decided yet.
//!
//! Invariants
//! - Facts follow from the ticket's rows alone: [`rules`] makes them anew whenever an event names the ticket.
//! - Every action that changes those rows emits an event that [`touched`](TicketFacts) understands, in the same
//!   transaction.
//! - An event that says that it doesn't count names none: a comment for which neither a clock nor a handover waited
//!   ([`comment_counts`](rules::comment_counts)).
//! - A merged ticket goes on as another one: it isn't ended, and neither resolved nor unresolved. Nor is a cancelled one,
//!   also when that happened after it was resolved; its resolutions that were undone before count as such.
//! - Where time goes is counted too, stretch by stretch: see [`stretches`].
//!
//! To add a source: a line in [`SOURCES`], what it counts in [`rules`], a row in `rules_tests.rs`. Records are
//! counted for it by themselves when the server starts with it.
//!
//! [`metrics`]: crate::metrics

mod names;
pub mod rules;
mod store;
pub mod stretches;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use entity::enums::Attribution::{Owner, Record, Shares};
use futures_util::future::BoxFuture;
use uuid::Uuid;

use crate::db::{Pool, Transaction};
use crate::error::{Result, Text};
use crate::events::Event;
use crate::ids::Node;
use crate::metrics::facts::MeasureUnit::{Points, Seconds, YesNo};
use crate::metrics::facts::{Detail, Measure, MeasureUnit, Occurrence, Provider, Source};

/// A ticket was opened.
pub const OPENED: &str = "ticket.opened";
/// The present resolution of a ticket.
pub const RESOLVED: &str = "ticket.resolved";
/// Each resolution of a ticket, undone ones too.
pub const RESOLUTION: &str = "ticket.resolution";
/// A customer rated a resolution.
pub const RATED: &str = "ticket.rated";
/// A ticket was closed or cancelled.
pub const ENDED: &str = "ticket.ended";
/// A ticket was in a step of its process.
pub const STEP: &str = "ticket.step";
/// A ticket was in a queue, with nobody who had it.
pub const QUEUE: &str = "ticket.queue";
/// A ticket went from one to another.
pub const HANDOVER: &str = "ticket.handover";
/// A ticket waited.
pub const WAITING: &str = "ticket.waiting";

/// Everything that can be counted about tickets.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    vec![
        Source {
            key: OPENED,
            name: Text::new("Ticket opened", "工单受理"),
            meaning: Text::new(
                "A ticket that was opened; it counts on the day on which it was opened, whatever became of it later. `resolved`: whether it is resolved now (not known of cancelled and merged ones). `first_response`: from opening to the first answer. `first_response_in_time`, `solution_in_time`: whether the promised time was kept; no as soon as it is missed, not known while it runs.",
                "受理的工单，计入受理当日，与后续处理结果无关。resolved：目前是否已解决（已取消或已合并的工单不计）。first_response：从受理到首次响应的时长。first_response_in_time、solution_in_time：是否在承诺时限内完成；一旦超时即为否，计时未结束时不计。",
            ),
            attributions: &[Record, Owner],
            measures: const {
                &[
                    measure("resolved", YesNo),
                    measure("first_response", Seconds),
                    measure("first_response_in_time", YesNo),
                    measure("solution_in_time", YesNo),
                ]
            },
            detail: Detail::None,
        },
        Source {
            key: RESOLVED,
            name: Text::new("Ticket resolved", "工单解决"),
            meaning: Text::new(
                "A ticket that is resolved now; it counts on the day of its present resolution, and not while it is reopened, nor when it was cancelled or merged. `seconds`: from opening to that resolution. `worked_seconds`: the working time that the clock of resolution counted. `in_time`: whether the promised time was kept.",
                "目前已解决的工单，计入本次解决当日；重开后未再次解决的、已取消或已合并的不计。seconds：从受理到本次解决的时长。worked_seconds：解决计时所计的工作时长。in_time：是否在承诺时限内解决。",
            ),
            attributions: &[Owner, Shares],
            measures: const {
                &[
                    measure("seconds", Seconds),
                    measure("worked_seconds", Seconds),
                    measure("in_time", YesNo),
                ]
            },
            detail: Detail::None,
        },
        Source {
            key: RESOLUTION,
            name: Text::new("Resolution", "解决（含返工）"),
            meaning: Text::new(
                "Each time that a ticket was resolved, also when it was taken up again; it counts on the day of that resolution; the last one of a ticket that was cancelled or merged while it was resolved doesn't. `held`: whether it is the last one and the ticket is still resolved.",
                "工单的每次解决，包括后来被退回或重开的，计入该次解决当日；解决后被取消或合并的工单，其最后一次解决不计。held：是否为最后一次解决且工单仍处于已解决状态。",
            ),
            attributions: &[Owner],
            measures: const { &[measure("held", YesNo)] },
            detail: Detail::None,
        },
        Source {
            key: RATED,
            name: Text::new("Rating", "满意度评价"),
            meaning: Text::new(
                "An answer of a customer to a survey, one for each resolution that was asked about; it counts on the day of the answer. `rating`: overall; `response`, `attitude`, `solution`: of these, where answered; 1 (bad) to 5 (good).",
                "客户对满意度调查的回答，每轮解决一份，计入回答当日。rating：总体评分；response、attitude、solution：响应、态度、方案评分（未作答的不计）；1（差）至 5（好）。",
            ),
            attributions: &[Owner, Shares],
            measures: const {
                &[
                    measure("rating", Points),
                    measure("response", Points),
                    measure("attitude", Points),
                    measure("solution", Points),
                ]
            },
            detail: Detail::None,
        },
        Source {
            key: ENDED,
            name: Text::new("Ticket ended", "工单结束"),
            meaning: Text::new(
                "A ticket that is closed or cancelled; it counts on the day of that, and not while it is reopened. Merged tickets go on as others and don't count. `cancelled`: whether it was given up.",
                "已关闭或已取消的工单，计入关闭或取消当日；重开期间不计，已合并的工单不计。cancelled：是否为取消。",
            ),
            attributions: &[Record],
            measures: const { &[measure("cancelled", YesNo)] },
            detail: Detail::None,
        },
        Source {
            key: STEP,
            name: Text::new("Time in a step", "步骤耗时"),
            meaning: Text::new(
                "A stay of a ticket in a step of its process, pauses included; it counts on the day on which the step was left, for the team that had the ticket until then. Detail: the codes of process and step. `seconds`: by the wall clock. `working_seconds`: by the calendar of the ticket's service level; not known without one.",
                "工单在流程某一步骤的停留，含暂停时间；计入离开该步骤当日，归属于此前持有工单的团队。细目：流程与步骤的代码。seconds：自然时长。working_seconds：按工单服务级别的日历计算的工作时长，没有则不计。",
            ),
            attributions: &[Record],
            measures: STRETCH,
            detail: Detail::Word,
        },
        Source {
            key: QUEUE,
            name: Text::new("Time in a queue", "排队耗时"),
            meaning: Text::new(
                "The time in which nobody had a ticket, without the time in which it waited; it counts on the day on which somebody was given it, it went to another team, or it ended. Detail: the team whose queue it was; none before it was given to any. `seconds`: by the wall clock. `working_seconds`: by the calendar of the ticket's service level; not known without one.",
                "工单无人处理的时间，不含等待时间；计入有人接手、转往其他团队或结束的当日。细目：所在队列的团队，尚未分派团队时为空。seconds：自然时长。working_seconds：按工单服务级别的日历计算的工作时长，没有则不计。",
            ),
            attributions: &[Record],
            measures: STRETCH,
            detail: Detail::Row(<entity::team::Entity as Node>::PREFIX),
        },
        Source {
            key: HANDOVER,
            name: Text::new("Time of a handover", "移交耗时"),
            meaning: Text::new(
                "From the assignment of a ticket by somebody else to the first thing that the new assignee did with it, or until it was taken away or ended, without the time in which it waited; and from the offer of its ownership to the answer. It counts on the day of that, for the team that had the ticket until then. Detail: the kind of handover. `seconds`: by the wall clock. `working_seconds`: by the calendar of the ticket's service level; not known without one.",
                "从他人分派工单到新处理人首次操作（或被收回、工单结束）的时间，不含等待时间；以及从提出首问责任移交到答复的时间。计入当日，归属于此前持有工单的团队。细目：移交类型。seconds：自然时长。working_seconds：按工单服务级别的日历计算的工作时长，没有则不计。",
            ),
            attributions: &[Record],
            measures: STRETCH,
            detail: Detail::Word,
        },
        Source {
            key: WAITING,
            name: Text::new("Time of waiting", "等待耗时"),
            meaning: Text::new(
                "A time in which a ticket waited for the customer, for parts, or on hold; it counts on the day on which that ended, for the team that had the ticket until then. Detail: for what it waited. `seconds`: by the wall clock. `working_seconds`: by the calendar of the ticket's service level; not known without one.",
                "工单等待客户、等待备件或挂起的时间，计入等待结束当日，归属于此前持有工单的团队。细目：等待原因。seconds：自然时长。working_seconds：按工单服务级别的日历计算的工作时长，没有则不计。",
            ),
            attributions: &[Record],
            measures: STRETCH,
            detail: Detail::Word,
        },
    ]
});

/// What is measured of a stretch of time.
const STRETCH: &[Measure] = &[
    measure("seconds", Seconds),
    measure("working_seconds", Seconds),
];

const fn measure(key: &'static str, unit: MeasureUnit) -> Measure {
    Measure { key, unit }
}

/// The facts of tickets.
#[derive(Clone, Copy, Debug, Default)]
pub struct TicketFacts;

impl Provider for TicketFacts {
    fn record_kind(&self) -> &'static str {
        "ticket"
    }

    fn sources(&self) -> &[Source] {
        &SOURCES
    }

    fn touched(&self, event: &Event) -> Vec<Uuid> {
        match event.kind.as_str() {
            Event::TICKET_CHANGED if event.payload["counts"] == false => Vec::new(),
            Event::TICKET_CHANGED | Event::TICKET_PROGRESS => vec![event.entity_id],
            Event::TICKET_ALERT => named(event, "ticket"),
            Event::TICKET_CLOCKS => named(event, "tickets"),
            _ => Vec::new(),
        }
    }

    fn occurrences<'a>(
        &'a self,
        tx: &'a Transaction,
        records: &'a [Uuid],
    ) -> BoxFuture<'a, Result<Vec<Occurrence>>> {
        Box::pin(async move {
            let cases = store::cases(tx, records).await?;
            Ok(cases.iter().flat_map(rules::occurrences).collect())
        })
    }

    fn records<'a>(
        &'a self,
        db: &'a Pool,
        after: Option<Uuid>,
        limit: u64,
    ) -> BoxFuture<'a, Result<Vec<Uuid>>> {
        Box::pin(store::ids(db, after, limit))
    }

    fn details<'a>(
        &'a self,
        db: &'a Pool,
        source: &'a str,
        words: &'a [String],
    ) -> BoxFuture<'a, Result<BTreeMap<String, Text>>> {
        Box::pin(names::of(db, source, words))
    }
}

/// The tickets that a field of the payload names, be it one or a list.
fn named(event: &Event, field: &str) -> Vec<Uuid> {
    let id = |value: &serde_json::Value| value.as_str().and_then(|text| text.parse().ok());
    match &event.payload[field] {
        serde_json::Value::Array(many) => many.iter().filter_map(id).collect(),
        one => id(one).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;

    use super::*;
    use crate::metrics::facts::MEASURES;

    #[test]
    fn events_name_the_tickets_whose_facts_may_have_changed() {
        let at = DateTime::from_timestamp(1_772_416_800, 0).expect("a valid time");
        let [one, two] = [Uuid::from_u128(1), Uuid::from_u128(2)];
        for (kind, about, payload, expected) in [
            (Event::TICKET_CHANGED, one, json!({}), vec![one]),
            (
                Event::TICKET_CHANGED,
                one,
                json!({ "counts": false }),
                vec![],
            ),
            (Event::TICKET_PROGRESS, one, json!({}), vec![one]),
            (
                Event::TICKET_ALERT,
                one,
                json!({ "ticket": two }),
                vec![two],
            ),
            // Of a team, about many: those were named by the event below.
            (Event::TICKET_ALERT, one, json!({ "late": true }), vec![]),
            (
                Event::TICKET_CLOCKS,
                Uuid::nil(),
                json!({ "tickets": [one, two] }),
                vec![one, two],
            ),
            (Event::ACCESS_CHANGED, one, json!({}), vec![]),
        ] {
            let event = Event::new(at, kind, about, payload);
            assert_eq!(TicketFacts.touched(&event), expected, "{event:?}");
        }
    }

    #[test]
    fn sources_are_told_apart_and_explained() {
        let keys: Vec<&str> = SOURCES.iter().map(|source| source.key).collect();
        let expected = [
            OPENED, RESOLVED, RESOLUTION, RATED, ENDED, STEP, QUEUE, HANDOVER, WAITING,
        ];
        assert_eq!(keys, expected);
        for source in TicketFacts.sources() {
            assert!(source.measures.len() <= MEASURES, "{}", source.key);
            assert!(!source.attributions.is_empty(), "{}", source.key);
            for measure in source.measures {
                let quoted = format!("`{}`", measure.key);
                assert!(source.meaning.en.contains(&quoted), "{quoted}");
                assert!(source.meaning.zh.contains(measure.key), "{quoted}");
            }
        }
    }
}
