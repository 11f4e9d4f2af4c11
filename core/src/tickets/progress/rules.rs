//! What is said about a ticket's progress.

use entity::enums::{SurveyState, TicketStage, TicketState};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Text;

/// What there is to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The ticket was opened.
    Opened,
    /// It was taken up again.
    Reopened,
    /// It came into another stage.
    Stage,
    /// It waits, goes on, or has ended.
    State,
    /// It came to another step of its process within the stage.
    Step,
    /// Its survey was opened, answered or withdrawn.
    Survey,
}

/// What a ticket had become at a moment; the payload of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What there is to tell.
    pub what: What,
    /// The stage then.
    pub stage: TicketStage,
    /// The state then.
    pub state: TicketState,
    /// The step then.
    pub step: Option<Uuid>,
    /// What became of the survey.
    pub survey: Option<SurveyState>,
}

/// A text for the customer, in both languages. Nothing in it is known to staff only.
#[must_use]
pub fn message(progress: Progress, number: i64) -> Text {
    let (en, zh) = match progress.what {
        What::Opened => ("We have received your request.", "我们已收到您的服务请求。"),
        What::Reopened => (
            "We have taken your request up again and are looking for the cause.",
            "您的工单已重新处理，我们正在分析原因。",
        ),
        What::Stage => stage(progress.stage),
        What::State => state(progress.state),
        What::Step => (
            "We have come a step further with your request.",
            "您的工单处理已有新进展。",
        ),
        What::Survey => survey(progress.survey),
    };
    Text::new(
        format!("No. {number}: {en}"),
        format!("工单 {number}：{zh}"),
    )
}

const fn stage(stage: TicketStage) -> (&'static str, &'static str) {
    match stage {
        TicketStage::Intake => ("We are taking in your request.", "正在受理您的服务请求。"),
        TicketStage::Analysis => ("We are looking for the cause.", "正在分析原因。"),
        TicketStage::Solution => ("We are working out a solution.", "正在制定解决方案。"),
        TicketStage::Execution => ("The solution is being carried out.", "解决方案正在执行。"),
        TicketStage::Feedback => (
            "The solution has been carried out; please tell us whether all is well.",
            "解决方案已执行完毕，请确认处理结果。",
        ),
    }
}

const fn state(state: TicketState) -> (&'static str, &'static str) {
    match state {
        TicketState::Open => ("We go on with your request.", "工单已继续处理。"),
        TicketState::PendingCustomer => ("We wait for your answer.", "正在等待您的回复。"),
        TicketState::PendingParts => ("We wait for parts.", "正在等待配件到货。"),
        TicketState::OnHold => ("Your request rests for the moment.", "工单暂时挂起。"),
        TicketState::Closed => (
            "Your request is closed. Thank you!",
            "工单已关闭，感谢您的支持！",
        ),
        TicketState::Cancelled => ("Your request was cancelled.", "工单已取消。"),
    }
}

const fn survey(state: Option<SurveyState>) -> (&'static str, &'static str) {
    match state {
        Some(SurveyState::Answered) => ("Thank you for your rating!", "感谢您的评价！"),
        Some(SurveyState::Withdrawn) => (
            "The survey was taken back, as we are working on your request again.",
            "工单已重新处理，满意度调查已撤回。",
        ),
        Some(SurveyState::Expired) => (
            "The time to rate our service is over.",
            "满意度调查已过有效期。",
        ),
        Some(SurveyState::Open) | None => (
            "Please tell us how satisfied you are with our service.",
            "请对本次服务作出评价。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_and_state_has_words_of_its_own() {
        use TicketStage::{Analysis, Execution, Feedback, Intake, Solution};
        use TicketState::{Cancelled, Closed, OnHold, Open, PendingCustomer, PendingParts};
        let base = Progress {
            what: What::Stage,
            stage: Intake,
            state: Open,
            step: None,
            survey: None,
        };
        let mut said = std::collections::BTreeSet::new();
        for stage in [Intake, Analysis, Solution, Execution, Feedback] {
            assert!(said.insert(message(Progress { stage, ..base }, 1).zh.into_owned()));
        }
        for state in [
            Open,
            PendingCustomer,
            PendingParts,
            OnHold,
            Closed,
            Cancelled,
        ] {
            let what = What::State;
            assert!(
                said.insert(
                    message(
                        Progress {
                            what,
                            state,
                            ..base
                        },
                        1
                    )
                    .zh
                    .into_owned()
                )
            );
        }
        for what in [What::Opened, What::Reopened, What::Step, What::Survey] {
            assert!(said.insert(message(Progress { what, ..base }, 1).zh.into_owned()));
        }
    }

    #[test]
    fn the_event_is_read_as_it_was_written() {
        let progress = Progress {
            what: What::Survey,
            stage: TicketStage::Feedback,
            state: TicketState::Open,
            step: Some(Uuid::nil()),
            survey: Some(SurveyState::Answered),
        };
        let json = serde_json::to_value(progress).expect("JSON");
        assert_eq!(json["what"], "survey");
        assert_eq!(
            serde_json::from_value::<Progress>(json).expect("it reads"),
            progress
        );
    }
}
