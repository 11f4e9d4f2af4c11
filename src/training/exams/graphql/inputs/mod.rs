//! What the mutations are told.

mod bank;
mod run;
mod sit;

pub use bank::{ExamQuestionCreateInput, ExamQuestionReviseInput};
pub use run::{
    ExamActivateInput, ExamAssessorsChangeInput, ExamCandidatesChangeInput, ExamCloseInput,
    ExamCreateInput, ExamPoolRefreshInput, ExamPublishInput, ExamQuestionActivateInput,
    ExamQuestionRetireInput, ExamReviseInput,
};
pub use sit::{
    ExamAnswerSaveInput, ExamAppealDecideInput, ExamAppealFileInput, ExamAttemptHandInInput,
    ExamAttemptStartInput, ExamItemMarkInput,
};
