//! The closed lists of values that columns hold: text in the database (a check names the values), enums here.
//!
//! A new value is added here and in a new migration that widens the check; a value that rows hold is never renamed.

mod access;
mod appraisals;
mod collaboration;
mod contests;
mod contracts;
mod customers;
mod dispatch;
mod exams;
mod goals;
mod honours;
mod identity;
mod incentive_rules;
mod incentive_runs;
mod mentoring;
mod metrics;
mod needs;
mod organisation;
mod people;
mod platform;
mod processes;
mod province;
mod reorganisation;
mod responsibility;
mod sla;
mod surveys;
mod teamwork;
mod tickets;
mod training;

pub use access::Reach;
pub use appraisals::{
    AppraisalAppealState, AppraisalDisputeState, AppraisalExclusion, AppraisalFeedbackSource,
    AppraisalProposalKind, AppraisalProposalState, AppraisalRaterState, AppraisalRatingBy,
    AppraisalResultCause, AppraisalRhythm, AppraisalStage, AppraisalVersionState, ImprovementState,
};
pub use collaboration::{FieldType, LinkKind, PresenceKind, WatchSource};
pub use contests::{ContestRoundKind, ContestRoundState, ContestState};
pub use contracts::{
    ContractKind, ContractRole, ContractState, PaymentKind, RenewalLoss, RenewalState,
};
pub use customers::{CustomerKind, CustomerTier, PartnerKind};
pub use dispatch::{DispatchMode, Exclusion};
pub use exams::{
    ExamAppealState, ExamAttemptState, ExamHandIn, ExamMarkKind, ExamPartialCredit,
    ExamPublication, ExamState, QuestionKind, QuestionState,
};
pub use goals::{GoalAlertKind, GoalBound, GoalPopulation, GoalState};
pub use honours::{HonourKind, HonourSource, RecognitionValue};
pub use identity::{KeyAlgorithm, Locale, RevokeReason, UserKind, UserStatus};
pub use incentive_rules::{
    IncentiveKind, IncentiveMethod, IncentivePeriod, IncentiveRuleState, IncentiveSimulationState,
};
pub use incentive_runs::{
    IncentiveAccount, IncentiveCorrectionState, IncentiveReason, IncentiveRunState,
    IncentiveSubject,
};
pub use mentoring::{MentoringResult, MentoringState};
pub use metrics::{Attribution, Dimension, Grain};
pub use needs::{TrainingNeedKind, TrainingProposalState};
pub use organisation::{AssignmentKind, JobFamily, LeaveKind, LeaveState};
pub use people::{
    ProbationOutcome, ProbationState, RotationState, StaffQuestionKind, StaffSurveyState,
    TalentEvidenceKind, TalentReadiness, TalentState,
};
pub use platform::ActorKind;
pub use processes::ProcessState;
pub use province::Province;
pub use reorganisation::{ReorganisationState, ReorganisationStep};
pub use responsibility::{CreditRole, CreditSource, HandoverState};
pub use sla::{AlertKind, SlaClockKind, SlaClockState, SlaReason, SlaStanding};
pub use surveys::{FollowUpState, SurveyState};
pub use teamwork::{
    ActionItemState, CircleKind, MeetingAttendance, MeetingKind, MeetingRhythm, MeetingState,
    RuleBallotKind, RuleProposalKind, RuleProposalState, RuleVoteChoice, RuleVoteOutcome,
    SuggestionArea, SuggestionState, SuggestionStepKind,
};
pub use tickets::{
    Channel, CommentVisibility, TicketKind, TicketPriority, TicketStage, TicketState,
};
pub use training::{
    TrainingAttendance, TrainingAudience, TrainingEnrolmentState, TrainingHoursKind, TrainingKind,
    TrainingSessionState, TrainingStudyState, TrainingSubject,
};
