//! The roles that come with the product.

use entity::enums::{Reach, UserKind};

use super::{Grants, Permission};

mod groups;
mod install;

pub use install::install;

use Permission::{
    AppraisalAppealDecide, AppraisalCalibrate, AppraisalManage, AppraisalProposalDecide,
    AppraisalRead, AppraisalReview, AppraisalTemplateManage, AppraisalTemplateRead, CalendarManage,
    CalendarRead, ContestManage, ContestRead, ContestResultRead, ContractPaymentRecord,
    ContractRead, ContractValueRead, CustomerContactRead, CustomerContactWrite, CustomerRead,
    CustomerWrite, DispatchManage, DispatchRead, DispatchRun, ExamGrade, ExamManage,
    ExamQuestionManage, ExamRead, ExamResultRead, ExamSit, GoalManage, GoalRead, HonourConfer,
    HonourRead, IncentiveApprove, IncentiveAwardRead, IncentivePayout, IncentiveQuestionAnswer,
    IncentiveQuestionAsk, IncentiveRuleActivate, IncentiveRuleApprove, IncentiveRuleRead,
    IncentiveRuleWrite, IncentiveRun, IncentiveRunRead, LeaveDecide, LeaveRead, LeaveRequest,
    MeetingManage, MemberPayRead, MemberRead, MemberSkillWrite, MentoringManage, MentoringRead,
    MetricManage, MetricMemberRead, MetricRead, MetricSnapshotManage, OrganisationManage,
    OrganisationRead, PartnerRead, ProbationManage, ProductRead, RecognitionReview,
    ReplyTemplateManage, ShiftWrite, SkillManage, StaffSurveyAnswer, StaffSurveyManage,
    StaffSurveyRead, StaffSurveyResultRead, StaffingRead, SuggestionHandle, SuggestionRead,
    SurveyFollowUp, SurveyRead, TagManage, TalentReview, TeamPledgeWrite, TeamRuleManage,
    TeamRulePropose, TeamRuleRead, TicketAdvance, TicketAlertRead, TicketAssign, TicketClose,
    TicketComment, TicketCreate, TicketEdit, TicketHandover, TicketMerge, TicketNoteRead,
    TicketNoteWrite, TicketRead, TicketSlaRead, TrainingCourseManage, TrainingCourseRead,
    TrainingEffectRead, TrainingEnrol, TrainingNeedRead, TrainingProposalDecide,
    TrainingProposalWrite, TrainingSessionManage, TrainingSessionRead, UserRead,
};
use Reach::{All, Department, Organisation, Own, Region, Team, TeamTree};
use groups::{
    APPRAISED, AUDITED, AWARDED, CONTESTING, CONTRACT_WORK, CONTRACTS_SERVED, CUSTOMER_WORK,
    HONOURED, LEADING_ON, LEARNING, LEARNING_OF_OTHERS, OWN_WAY, REFERENCE, SERVICE_DESIGN,
    SITTING, TICKET_WORK, TOGETHER, TOGETHER_AS_LEAD, TRAINING_DESIGN, WORKFORCE,
};

/// The key of the role that always holds everything but what is kept from it.
pub const ADMIN: &str = "admin";

/// Some permissions with the reaches that each of them is given with.
type Line = (&'static [Permission], &'static [Reach]);

/// A role that comes with the product.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its key, in tokens and configuration.
    pub key: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// 中文名称.
    pub name_zh: &'static str,
    /// What it is for, in English.
    pub description: &'static str,
    /// 说明.
    pub description_zh: &'static str,
    /// For whom it is.
    pub audience: UserKind,
    lines: &'static [Line],
}

impl Builtin {
    /// The grants that it comes with; for `admin` the whole catalogue but what is kept from it.
    #[must_use]
    pub fn grants(&self) -> Grants {
        if self.key == ADMIN {
            return Grants::of_admins();
        }
        let pairs = self.lines.iter().flat_map(|(permissions, reaches)| {
            permissions
                .iter()
                .flat_map(move |permission| reaches.iter().map(move |reach| (*permission, *reach)))
        });
        pairs.collect()
    }
}

/// All built-in roles, the most powerful first.
pub const ROLES: &[Builtin] = &[
    Builtin {
        key: ADMIN,
        name: "Administrator",
        name_zh: "系统管理员",
        description: "Everything, always: the whole catalogue of permissions with every row, but not what single members are paid. Its grants can't be changed.",
        description_zh: "始终拥有除个人薪酬以外的全部权限和全部数据，其授权不可修改。",
        audience: UserKind::Staff,
        lines: &[],
    },
    Builtin {
        key: "service_manager",
        name: "Service manager",
        name_zh: "服务经理",
        description: "Leads the whole service: all tickets, customers and members, what members are paid, and who works where.",
        description_zh: "负责整个服务体系：全部工单、客户和成员、成员薪酬，以及人员归属。",
        audience: UserKind::Staff,
        lines: &[
            (TICKET_WORK, &[All]),
            (CUSTOMER_WORK, &[All]),
            (CONTRACT_WORK, &[All]),
            (&[ContractPaymentRecord], &[All]),
            (WORKFORCE, &[All]),
            (SERVICE_DESIGN, &[All]),
            (REFERENCE, &[All]),
            (
                &[
                    PartnerRead,
                    OrganisationManage,
                    StaffingRead,
                    TeamPledgeWrite,
                ],
                &[All],
            ),
            (&[GoalRead, GoalManage], &[All]),
            (
                &[
                    MetricRead,
                    MetricMemberRead,
                    MetricManage,
                    MetricSnapshotManage,
                ],
                &[All],
            ),
            (&[ExamRead, ExamManage, ExamResultRead], &[Own, All]),
            (&[ExamSit, ExamGrade], &[Own]),
            (CONTESTING, &[Own]),
            (&[ContestRead, ContestManage, ContestResultRead], &[All]),
            (LEARNING, &[All]),
            (TRAINING_DESIGN, &[All]),
            (OWN_WAY, &[Own]),
            (APPRAISED, &[Own]),
            (
                &[
                    AppraisalRead,
                    AppraisalReview,
                    AppraisalCalibrate,
                    AppraisalAppealDecide,
                    AppraisalProposalDecide,
                ],
                &[All],
            ),
            (LEADING_ON, &[All]),
            (&[StaffSurveyRead, StaffSurveyResultRead], &[All]),
            (TOGETHER, &[Own]),
            (&[SuggestionRead], &[All]),
            (TOGETHER_AS_LEAD, &[All]),
            (&[MeetingManage, SuggestionHandle], &[All]),
            (&[IncentiveRuleRead, IncentiveRuleApprove], &[All]),
            (
                &[
                    IncentiveRunRead,
                    IncentiveApprove,
                    IncentiveAwardRead,
                    IncentiveQuestionAnswer,
                    MemberPayRead,
                ],
                &[All],
            ),
            (&[IncentiveQuestionAsk], &[Own]),
            (HONOURED, &[Own]),
            (&[HonourRead, HonourConfer, RecognitionReview], &[All]),
        ],
    },
    Builtin {
        key: "team_lead",
        name: "Team lead",
        name_zh: "团队主管",
        description: "Runs a team and the teams below it: their tickets, their customers, their people.",
        description_zh: "管理本团队及下级团队的工单、客户和成员。",
        audience: UserKind::Staff,
        lines: &[
            (TICKET_WORK, &[Own, TeamTree]),
            (CUSTOMER_WORK, &[Own, TeamTree]),
            (CONTRACT_WORK, &[Own, TeamTree]),
            (&[MemberRead], &[Own, TeamTree, Department]),
            (
                &[MemberSkillWrite, ShiftWrite, LeaveRead, LeaveDecide],
                &[Own, TeamTree],
            ),
            (&[MetricRead, MetricMemberRead], &[TeamTree]),
            (&[LeaveRequest], &[Own]),
            (&[GoalRead], &[Own, TeamTree]),
            (&[GoalManage, TeamPledgeWrite], &[TeamTree]),
            (SITTING, &[Own]),
            (CONTESTING, &[Own]),
            (&[ExamGrade], &[Own]),
            (&[ExamRead], &[All]),
            (&[ExamResultRead], &[TeamTree]),
            (REFERENCE, &[All]),
            (&[PartnerRead, TagManage, ReplyTemplateManage], &[All]),
            (LEARNING, &[Own]),
            (LEARNING_OF_OTHERS, &[TeamTree]),
            (OWN_WAY, &[Own]),
            (APPRAISED, &[Own]),
            (&[AppraisalRead, AppraisalReview], &[TeamTree]),
            (LEADING_ON, &[TeamTree]),
            (TOGETHER, &[Own]),
            (&[SuggestionRead], &[All]),
            (TOGETHER_AS_LEAD, &[TeamTree]),
            (&[TeamRulePropose], &[Department]),
            (&[IncentiveRuleRead], &[Own]),
            (AWARDED, &[Own]),
            (HONOURED, &[Own]),
            (&[HonourRead, HonourConfer], &[TeamTree]),
        ],
    },
    Builtin {
        key: "agent",
        name: "Agent",
        name_zh: "客服专员",
        description: "Takes the first contact and owns the case to its end: own and team tickets, with the customers' contacts.",
        description_zh: "首问负责：受理并跟进本人和本团队的工单，可查看客户联系方式。",
        audience: UserKind::Staff,
        lines: &[
            (
                &[
                    TicketRead,
                    TicketCreate,
                    TicketAdvance,
                    TicketClose,
                    TicketComment,
                    TicketNoteRead,
                    TicketNoteWrite,
                    TicketSlaRead,
                    TicketAlertRead,
                    TicketEdit,
                    SurveyRead,
                ],
                &[Own, Team],
            ),
            (
                &[
                    TicketAssign,
                    TicketHandover,
                    TicketMerge,
                    SurveyFollowUp,
                    LeaveRead,
                    LeaveRequest,
                ],
                &[Own],
            ),
            // A caller may be any customer of the region: an agent finds the account, though not its contact data.
            (&[CustomerRead], &[Own, Team, Region]),
            (
                &[CustomerWrite, CustomerContactRead, CustomerContactWrite],
                &[Own, Team],
            ),
            (CONTRACTS_SERVED, &[Own]),
            (&[ContractRead], &[Team]),
            (&[MemberRead, GoalRead], &[Own, Team]),
            (REFERENCE, &[All]),
            (&[PartnerRead], &[All]),
            (&[MetricRead], &[Team]),
            (&[MetricMemberRead], &[Own]),
            (SITTING, &[Own]),
            (CONTESTING, &[Own]),
            (LEARNING, &[Own]),
            (OWN_WAY, &[Own]),
            (APPRAISED, &[Own]),
            (TOGETHER, &[Own]),
            (&[SuggestionRead], &[All]),
            (&[TeamRulePropose], &[Team]),
            (&[IncentiveRuleRead], &[Own]),
            (AWARDED, &[Own]),
            (HONOURED, &[Own]),
        ],
    },
    Builtin {
        key: "engineer",
        name: "Engineer",
        name_zh: "技术工程师",
        description: "Solves the technical part, remotely or on site: reads the team's tickets, works on those given to them.",
        description_zh: "远程或现场解决技术问题：可查看本团队工单，处理分派给本人的工单。",
        audience: UserKind::Staff,
        lines: &[
            (
                &[
                    TicketRead,
                    TicketComment,
                    TicketNoteRead,
                    TicketNoteWrite,
                    TicketSlaRead,
                ],
                &[Own, Team],
            ),
            (
                &[
                    TicketCreate,
                    TicketAdvance,
                    TicketEdit,
                    TicketAlertRead,
                    TicketHandover,
                    LeaveRead,
                    LeaveRequest,
                ],
                &[Own],
            ),
            (&[CustomerRead], &[Own, Team]),
            (&[CustomerContactRead], &[Own]),
            (CONTRACTS_SERVED, &[Own]),
            (&[MemberRead, GoalRead], &[Own, Team]),
            (REFERENCE, &[All]),
            (&[MetricRead], &[Team]),
            (&[MetricMemberRead], &[Own]),
            (SITTING, &[Own]),
            (CONTESTING, &[Own]),
            (&[ExamGrade], &[Own]),
            (LEARNING, &[Own]),
            (OWN_WAY, &[Own]),
            (APPRAISED, &[Own]),
            (TOGETHER, &[Own]),
            (&[SuggestionRead], &[All]),
            (&[TeamRulePropose], &[Team]),
            (&[IncentiveRuleRead], &[Own]),
            (AWARDED, &[Own]),
            (HONOURED, &[Own]),
        ],
    },
    Builtin {
        key: "coordinator",
        name: "Coordinator",
        name_zh: "售后协调员",
        description: "Dispatches: sees all tickets and gives them to teams and members.",
        description_zh: "负责调度：查看全部工单并分派给团队和成员。",
        audience: UserKind::Staff,
        lines: &[
            (
                &[
                    TicketRead,
                    TicketCreate,
                    TicketAssign,
                    TicketComment,
                    TicketNoteRead,
                    TicketNoteWrite,
                    TicketSlaRead,
                    TicketAlertRead,
                    TicketEdit,
                    DispatchRead,
                    DispatchRun,
                ],
                &[All],
            ),
            (&[TicketAdvance], &[Own, Team]),
            (&[TicketHandover, LeaveRequest], &[Own]),
            (SITTING, &[Own]),
            (CONTESTING, &[Own]),
            (&[CustomerRead, ContractRead], &[All]),
            (CONTRACTS_SERVED, &[Own]),
            (&[CustomerContactRead], &[Own, Team]),
            (REFERENCE, &[All]),
            (
                &[
                    MemberRead,
                    GoalRead,
                    ShiftWrite,
                    LeaveRead,
                    PartnerRead,
                    DispatchManage,
                    MetricRead,
                ],
                &[All],
            ),
            (LEARNING, &[Own]),
            (OWN_WAY, &[Own]),
            (APPRAISED, &[Own]),
            (TOGETHER, &[Own]),
            (&[SuggestionRead], &[All]),
            (&[TeamRulePropose], &[Team]),
            (&[IncentiveRuleRead], &[Own]),
            (AWARDED, &[Own]),
            (HONOURED, &[Own]),
        ],
    },
    Builtin {
        key: "trainer",
        name: "Trainer",
        name_zh: "培训师",
        description: "Trains the members: sees who works where and the products, no tickets and no customers.",
        description_zh: "负责培训：可查看成员归属和产品，不可查看工单和客户。",
        audience: UserKind::Staff,
        lines: &[
            (REFERENCE, &[All]),
            (
                &[
                    MemberRead,
                    MemberSkillWrite,
                    SkillManage,
                    GoalRead,
                    MetricRead,
                ],
                &[All],
            ),
            (&[LeaveRead, LeaveRequest], &[Own]),
            (&[ExamQuestionManage], &[All]),
            (&[ExamRead, ExamManage, ExamGrade, ExamResultRead], &[Own]),
            (CONTESTING, &[Own]),
            (&[ContestManage], &[Own]),
            (LEARNING, &[Own]),
            (OWN_WAY, &[Own]),
            (APPRAISED, &[Own]),
            (&[TrainingSessionManage], &[Own]),
            (&[TrainingSessionRead, TrainingCourseManage], &[All]),
            (&[MentoringRead, MentoringManage], &[All]),
            (
                &[
                    TrainingNeedRead,
                    TrainingProposalWrite,
                    TrainingProposalDecide,
                    TrainingEnrol,
                ],
                &[All],
            ),
            (&[TrainingEffectRead], &[Own]),
            (TOGETHER, &[Own]),
            (&[SuggestionRead], &[All]),
            (&[TeamRulePropose], &[Team]),
            (&[IncentiveRuleRead], &[Own]),
            (AWARDED, &[Own]),
            (HONOURED, &[Own]),
        ],
    },
    Builtin {
        key: "hr",
        name: "Human resources",
        name_zh: "人力资源",
        description: "Keeps the members and their assignments: what they are paid, incentive rules, runs and payouts, appraisals with calibration, training, talent decisions, staff surveys and calendars. Sees which accounts there are.",
        description_zh: "维护成员及其归属，负责薪酬、激励规则及其计算与发放、考核与校准、培训、人才评审、员工调查和工作日历，可查看账号。",
        audience: UserKind::Staff,
        lines: &[
            (WORKFORCE, &[All]),
            (
                &[
                    OrganisationRead,
                    OrganisationManage,
                    StaffingRead,
                    TeamPledgeWrite,
                    UserRead,
                    CalendarRead,
                    CalendarManage,
                    SkillManage,
                    GoalRead,
                    MetricRead,
                    MetricMemberRead,
                    ExamRead,
                    ExamResultRead,
                ],
                &[All],
            ),
            (SITTING, &[Own]),
            (CONTESTING, &[Own]),
            (LEARNING, &[All]),
            (TRAINING_DESIGN, &[All]),
            (&[TrainingCourseRead], &[All]),
            (OWN_WAY, &[Own]),
            (APPRAISED, &[Own]),
            (
                &[
                    AppraisalTemplateRead,
                    AppraisalTemplateManage,
                    AppraisalManage,
                    AppraisalRead,
                    AppraisalCalibrate,
                    AppraisalAppealDecide,
                    AppraisalProposalDecide,
                ],
                &[All],
            ),
            (LEADING_ON, &[All]),
            (TOGETHER, &[Own]),
            (&[SuggestionRead], &[All]),
            (
                &[
                    ProbationManage,
                    TalentReview,
                    StaffSurveyRead,
                    StaffSurveyResultRead,
                    StaffSurveyManage,
                    TeamRuleRead,
                    TeamRulePropose,
                    TeamRuleManage,
                    SuggestionHandle,
                ],
                &[All],
            ),
            (
                &[
                    IncentiveRuleRead,
                    IncentiveRuleWrite,
                    IncentiveRuleActivate,
                    MemberPayRead,
                    IncentiveRunRead,
                    IncentiveRun,
                    IncentiveAwardRead,
                    IncentivePayout,
                    IncentiveQuestionAnswer,
                ],
                &[All],
            ),
            (&[IncentiveQuestionAsk], &[Own]),
            (HONOURED, &[Own]),
            (&[HonourRead, HonourConfer, RecognitionReview], &[All]),
        ],
    },
    Builtin {
        key: "auditor",
        name: "Auditor",
        name_zh: "审计员",
        description: "Reads how things are done and by whom, and the audit log: no contact data, appraisals, pay of others, metrics of single members, talent pipeline, training needs and effects, or results of mentoring and staff surveys. Changes nothing.",
        description_zh: "只读：可查看业务如何办理、由谁办理以及审计日志；不可查看联系方式、考核、他人薪酬、个人指标、人才梯队、培训需求与效果，以及师徒带教和员工调查的结果。",
        audience: UserKind::Staff,
        lines: &[
            (AUDITED, &[All]),
            (AWARDED, &[Own]),
            (&[StaffSurveyAnswer, HonourRead], &[Own]),
        ],
    },
    Builtin {
        key: "partner",
        name: "Partner",
        name_zh: "合作伙伴",
        description: "For people and API clients of a partner organisation: its own tickets and customers.",
        description_zh: "供合作伙伴的人员和 API 客户端使用：仅限本组织的工单和客户。",
        audience: UserKind::Partner,
        lines: &[
            (
                &[
                    TicketRead,
                    TicketCreate,
                    TicketComment,
                    CustomerRead,
                    ContractRead,
                    PartnerRead,
                    TicketSlaRead,
                    SurveyRead,
                ],
                &[Organisation],
            ),
            (&[ProductRead], &[All]),
        ],
    },
    Builtin {
        key: "customer",
        name: "Customer",
        name_zh: "客户",
        description: "For end customers: their own account, contacts and tickets.",
        description_zh: "供最终客户使用：仅限本账户、联系人和工单。",
        audience: UserKind::Customer,
        lines: &[
            (
                &[
                    TicketRead,
                    TicketCreate,
                    TicketComment,
                    CustomerRead,
                    CustomerContactRead,
                    ContractRead,
                    ContractValueRead,
                    SurveyRead,
                ],
                &[Organisation],
            ),
            (&[ProductRead], &[All]),
        ],
    },
];
