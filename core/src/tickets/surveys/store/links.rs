//! What hangs from what.

use entity::{survey, survey_answer, survey_follow_up};

use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;

/// The surveys of a ticket, the latest round first.
pub struct TicketsSurveys;

impl Link for TicketsSurveys {
    type Child = survey::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (survey::Column::Id, survey::Column::TicketId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![
            Sort::descending(survey::Column::Round),
            Sort::descending(survey::Column::Id),
        ]
    }
}

/// The answer of a survey: one at most.
pub struct SurveysAnswer;

impl Link for SurveysAnswer {
    type Child = survey_answer::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (survey_answer::Column::Id, survey_answer::Column::SurveyId)
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(survey_answer::Column::Id)]
    }
}

/// The follow-up of a survey: one at most.
pub struct SurveysFollowUp;

impl Link for SurveysFollowUp {
    type Child = survey_follow_up::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            survey_follow_up::Column::Id,
            survey_follow_up::Column::SurveyId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::ascending(survey_follow_up::Column::Id)]
    }
}
