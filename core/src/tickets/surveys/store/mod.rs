//! The only place that touches surveys, answers and follow-ups.

mod asked;
mod figures;
mod links;
mod lists;
mod rows;

pub use asked::asked_of_closed;
pub use figures::{Asked, Rated, Satisfaction, rated, satisfaction};
pub use links::{SurveysAnswer, SurveysFollowUp, TicketsSurveys};
pub use lists::{FollowUpFilter, FollowUpOrder, SurveyFilter, SurveyOrder};
pub use rows::{
    answers_of, insert_answer, insert_follow_up, insert_survey, lock, open_of, round_of,
    save_follow_up, save_survey, survey,
};
