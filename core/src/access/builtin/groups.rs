//! Permissions that go together, so that roles can be read.

use crate::access::Permission;
use Permission::{
    ActionItemWork, AppraisalFeedbackGive, AppraisalRead, AppraisalTemplateRead, AppraisalWrite,
    AuditRead, CalendarManage, CalendarRead, CompetencyAssess, CompetencyRead, ContestEnter,
    ContestJudge, ContestRead, ContestResultRead, ContractPaymentRead, ContractPeopleRead,
    ContractRead, ContractValueRead, ContractWrite, CustomerContactRead, CustomerContactWrite,
    CustomerRead, CustomerWrite, DispatchManage, DispatchRead, DispatchRun, ExamRead,
    ExamResultRead, ExamSit, FieldManage, GoalRead, HonourRead, IncentiveAwardRead,
    IncentiveQuestionAsk, IncentiveRuleRead, IncentiveRunRead, LeaveDecide, LeaveRead,
    LeaveRequest, MeetingManage, MeetingRead, MemberRead, MemberSkillWrite, MentoringManage,
    MentoringRead, MentoringResultRead, MentoringWork, MetricRead, OrganisationRead, PartnerRead,
    PolicyManage, PolicyRead, ProbationRead, ProbationReview, ProcessManage, ProcessRead,
    ProductRead, RecognitionGive, RenewalRead, RenewalWork, ReplyTemplateManage, RoleRead,
    RotationRead, SettingManage, SettingRead, ShiftWrite, SkillManage, StaffSurveyAnswer,
    StaffSurveyRead, SuggestionHandle, SuggestionRead, SuggestionSubmit, SurveyFollowUp,
    SurveyRead, TagManage, TalentPropose, TalentRead, TeamRuleManage, TeamRulePropose,
    TeamRuleRead, TeamRuleVote, TicketAdvance, TicketAlertRead, TicketAssign, TicketClose,
    TicketComment, TicketCreate, TicketCreditWrite, TicketEdit, TicketHandover, TicketMerge,
    TicketNoteRead, TicketNoteWrite, TicketRead, TicketSlaRead, TrainingAttendanceWrite,
    TrainingCourseManage, TrainingCourseRead, TrainingEffectRead, TrainingEnrol,
    TrainingEnrolmentRead, TrainingFeedbackRead, TrainingHoursManage, TrainingHoursRead,
    TrainingNeedRead, TrainingProposalDecide, TrainingProposalWrite, TrainingSessionManage,
    TrainingSessionRead, TrainingStudyDecide, TrainingStudySubmit, UserRead, ViewShare,
};

/// Everything that is done with a ticket by staff.
pub const TICKET_WORK: &[Permission] = &[
    TicketRead,
    TicketCreate,
    TicketAssign,
    TicketAdvance,
    TicketClose,
    TicketComment,
    TicketNoteRead,
    TicketNoteWrite,
    TicketSlaRead,
    TicketAlertRead,
    TicketHandover,
    TicketCreditWrite,
    TicketEdit,
    TicketMerge,
    DispatchRead,
    DispatchRun,
    SurveyRead,
    SurveyFollowUp,
    ViewShare,
];
/// What everybody on the staff may look up.
pub const REFERENCE: &[Permission] = &[
    ProductRead,
    OrganisationRead,
    CalendarRead,
    ProcessRead,
    PolicyRead,
    TrainingCourseRead,
    AppraisalTemplateRead,
];
/// What everybody on the staff does in appraisals.
pub const APPRAISED: &[Permission] = &[AppraisalRead, AppraisalWrite, AppraisalFeedbackGive];
/// What everybody on the staff has of incentives: their own awards, and what they ask about them.
pub const AWARDED: &[Permission] = &[IncentiveAwardRead, IncentiveQuestionAsk];
/// What everybody on the staff has of honours: the wall, and colleagues to recognise.
pub const HONOURED: &[Permission] = &[HonourRead, RecognitionGive];
/// The people's side of the work: who can do what, when, and how much.
pub const WORKFORCE: &[Permission] = &[
    MemberRead,
    MemberSkillWrite,
    ShiftWrite,
    LeaveRead,
    LeaveRequest,
    LeaveDecide,
];
/// What everybody on the staff does about their own training, and about sessions that they give.
pub const LEARNING: &[Permission] = &[
    TrainingSessionRead,
    TrainingEnrol,
    TrainingEnrolmentRead,
    TrainingAttendanceWrite,
    TrainingFeedbackRead,
    TrainingHoursRead,
    TrainingStudySubmit,
    MentoringRead,
    MentoringWork,
];
/// What who leads does about the training of their people.
pub const LEARNING_OF_OTHERS: &[Permission] = &[
    TrainingSessionRead,
    TrainingEnrol,
    TrainingEnrolmentRead,
    TrainingHoursRead,
    TrainingStudyDecide,
    MentoringRead,
    MentoringManage,
    MentoringResultRead,
    TrainingNeedRead,
    TrainingProposalWrite,
];
/// What everybody on the staff does about rules, meetings and suggestions.
pub const TOGETHER: &[Permission] = &[
    TeamRuleRead,
    TeamRuleVote,
    MeetingRead,
    MeetingManage,
    ActionItemWork,
    SuggestionSubmit,
    SuggestionHandle,
];
/// What who leads does about the rules and meetings of their teams.
pub const TOGETHER_AS_LEAD: &[Permission] = &[
    TeamRuleRead,
    TeamRulePropose,
    TeamRuleManage,
    MeetingRead,
    ActionItemWork,
];
/// How training is run.
pub const TRAINING_DESIGN: &[Permission] = &[
    TrainingCourseManage,
    TrainingSessionManage,
    TrainingStudyDecide,
    TrainingHoursManage,
    MentoringManage,
    MentoringResultRead,
    TrainingNeedRead,
    TrainingProposalWrite,
    TrainingProposalDecide,
    TrainingEffectRead,
];
/// How the service works: processes, service levels, calendars, and what tickets carry.
pub const SERVICE_DESIGN: &[Permission] = &[
    SettingRead,
    SettingManage,
    CalendarManage,
    SkillManage,
    ProcessManage,
    PolicyManage,
    DispatchManage,
    TagManage,
    FieldManage,
    ReplyTemplateManage,
];
/// What everybody on the staff needs to sit exams.
pub const SITTING: &[Permission] = &[ExamRead, ExamSit, ExamResultRead];
/// What everybody on the staff needs for contests.
pub const CONTESTING: &[Permission] = &[ContestRead, ContestEnter, ContestJudge, ContestResultRead];
/// What everybody on the staff sees of how they get on, and answers when they are asked how they are.
pub const OWN_WAY: &[Permission] = &[
    CompetencyRead,
    ProbationRead,
    RotationRead,
    StaffSurveyRead,
    StaffSurveyAnswer,
];
/// How people are led on: assessed, confirmed, rotated, proposed for what comes next.
pub const LEADING_ON: &[Permission] = &[
    CompetencyRead,
    CompetencyAssess,
    ProbationRead,
    ProbationReview,
    RotationRead,
    TalentRead,
    TalentPropose,
];
/// Customers with their contact data.
pub const CUSTOMER_WORK: &[Permission] = &[
    CustomerRead,
    CustomerWrite,
    CustomerContactRead,
    CustomerContactWrite,
];
/// Contracts with their people and money, and the work on renewals; recording money is apart.
pub const CONTRACT_WORK: &[Permission] = &[
    ContractRead,
    ContractWrite,
    ContractValueRead,
    ContractPeopleRead,
    ContractPaymentRead,
    RenewalRead,
    RenewalWork,
];
/// What whoever sells, collects or assists sees and does.
pub const CONTRACTS_SERVED: &[Permission] = &[
    ContractRead,
    ContractValueRead,
    ContractPeopleRead,
    ContractPaymentRead,
    RenewalRead,
    RenewalWork,
];

/// What an auditor reads: how things are done and by whom, nothing that is kept closer.
pub const AUDITED: &[Permission] = &[
    AuditRead,
    RoleRead,
    UserRead,
    TicketRead,
    TicketNoteRead,
    CustomerRead,
    ContractPaymentRead,
    ContractPeopleRead,
    ContractRead,
    ContractValueRead,
    RenewalRead,
    PartnerRead,
    ProductRead,
    OrganisationRead,
    MemberRead,
    GoalRead,
    SettingRead,
    CalendarRead,
    LeaveRead,
    ProcessRead,
    PolicyRead,
    TicketSlaRead,
    TicketAlertRead,
    DispatchRead,
    SurveyRead,
    MetricRead,
    ExamRead,
    ExamResultRead,
    TrainingCourseRead,
    TrainingSessionRead,
    TrainingEnrolmentRead,
    TrainingHoursRead,
    MentoringRead,
    ContestRead,
    ContestResultRead,
    CompetencyRead,
    ProbationRead,
    RotationRead,
    AppraisalTemplateRead,
    StaffSurveyRead,
    TeamRuleRead,
    MeetingRead,
    SuggestionRead,
    IncentiveRuleRead,
    IncentiveRunRead,
];
