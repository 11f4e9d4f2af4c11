//! The permission catalogue: everything that can be allowed, in one closed list.

use entity::enums::{Reach, UserKind};

use crate::error::Text;

/// Reaches that make sense for something about tickets and the people around them.
const ROWS: &[Reach] = &[
    Reach::Own,
    Reach::Team,
    Reach::TeamTree,
    Reach::Department,
    Reach::Region,
    Reach::All,
    Reach::Organisation,
];
/// Reaches for rows that only staff work on.
const STAFF_ROWS: &[Reach] = &[
    Reach::Own,
    Reach::Team,
    Reach::TeamTree,
    Reach::Department,
    Reach::Region,
    Reach::All,
];
/// Reaches for what belongs to a team as a whole.
const TEAMS: &[Reach] = &[
    Reach::Team,
    Reach::TeamTree,
    Reach::Department,
    Reach::Region,
    Reach::All,
];
/// Reaches for reference data and administration: everything or nothing.
const WHOLE: &[Reach] = &[Reach::All];
/// Reaches for what is given or run by somebody: one's own, or everything.
const RUN: &[Reach] = &[Reach::Own, Reach::All];
/// Reaches for what only ever concerns oneself.
const SELF: &[Reach] = &[Reach::Own];
/// Reaches for things that belong to an outside organisation.
const OUTSIDE: &[Reach] = &[Reach::Organisation, Reach::All];

const EVERYBODY: &[UserKind] = &[UserKind::Staff, UserKind::Partner, UserKind::Customer];
const STAFF: &[UserKind] = &[UserKind::Staff];

macro_rules! permissions {
    ($($name:ident = $key:literal, $en:literal, $zh:literal, $reaches:expr, $audience:expr;)*) => {
        /// One thing that can be allowed, `<resource>.<action>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission {
            $(#[doc = concat!("`", $key, "`: ", $en, " · ", $zh)] $name,)*
        }

        impl Permission {
            /// The whole catalogue, in the order of the source.
            pub const ALL: &'static [Permission] = &[$(Self::$name,)*];

            /// The name in roles, tokens, the schema and errors, such as `ticket.read`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// What it allows, in both languages.
            #[must_use]
            pub fn label(self) -> Text {
                match self { $(Self::$name => Text::new($en, $zh),)* }
            }

            /// The reaches that make sense for it.
            #[must_use]
            pub const fn reaches(self) -> &'static [Reach] {
                match self { $(Self::$name => $reaches,)* }
            }

            /// Is it kept from the built-in admin, who runs the server and isn't to know it for that?
            #[must_use]
            pub const fn is_kept_from_admins(self) -> bool {
                matches!(self, Self::MemberPayRead)
            }

            /// The kinds of principal that may ever hold it.
            #[must_use]
            pub const fn audience(self) -> &'static [UserKind] {
                match self { $(Self::$name => $audience,)* }
            }
        }
    };
}

permissions! {
    TicketRead = "ticket.read", "See tickets, their public comments and their progress", "查看工单、公开回复和进度", ROWS, EVERYBODY;
    TicketCreate = "ticket.create", "Open tickets", "创建工单", ROWS, EVERYBODY;
    TicketAssign = "ticket.assign", "Give tickets to a team and a member", "分派工单", STAFF_ROWS, STAFF;
    TicketAdvance = "ticket.advance", "Move tickets through the stages and side states", "推进工单阶段和状态", STAFF_ROWS, STAFF;
    TicketClose = "ticket.close", "Close, cancel and reopen tickets", "关闭、取消和重开工单", STAFF_ROWS, STAFF;
    TicketComment = "ticket.comment", "Write public replies on tickets", "发表公开回复", ROWS, EVERYBODY;
    TicketNoteRead = "ticket.note.read", "See internal notes and the full history of tickets", "查看内部备注和完整历史", STAFF_ROWS, STAFF;
    TicketNoteWrite = "ticket.note.write", "Write internal notes on tickets", "填写内部备注", STAFF_ROWS, STAFF;
    CustomerRead = "customer.read", "See customers, their tier and their units", "查看客户、等级和设备", ROWS, EVERYBODY;
    CustomerWrite = "customer.write", "Add and change customers", "新增和修改客户", STAFF_ROWS, STAFF;
    CustomerContactRead = "customer.contact.read", "See names, telephone numbers and e-mail addresses of contacts; every look is logged", "查看联系人姓名、电话和邮箱（每次查看均有记录）", ROWS, EVERYBODY;
    CustomerContactWrite = "customer.contact.write", "Add and change contacts", "新增和修改联系人", STAFF_ROWS, STAFF;
    ContractRead = "contract.read", "See contracts of the customers within reach, and those that one sells, collects, assists or has money credited from; neither money nor people", "查看范围内客户的合同，以及本人销售、收款、协助或有业绩归属的合同（不含金额和人员）", ROWS, EVERYBODY;
    ContractWrite = "contract.write", "Record contracts, name who sells, collects and assists, call contracts off", "登记合同、指定销售/收款/协助人员、取消合同", STAFF_ROWS, STAFF;
    ContractValueRead = "contract.value.read", "See what contracts are worth, and how much of it was collected in all", "查看合同金额和回款合计", ROWS, EVERYBODY;
    ContractPeopleRead = "contract.people.read", "See who sells, collects and assists, by which shares, and who is credited with money", "查看合同的销售、收款、协助人员及份额、回款业绩归属", STAFF_ROWS, STAFF;
    ContractPaymentRead = "contract.payment.read", "See single entries of money collected and refunded", "查看回款和退款明细", STAFF_ROWS, STAFF;
    ContractPaymentRecord = "contract.payment.record", "Record money collected and refunded", "登记回款和退款", STAFF_ROWS, STAFF;
    RenewalRead = "renewal.read", "See which contracts are due for renewal, how far that is, and which customers are at risk", "查看到期续约、跟进情况和流失风险", STAFF_ROWS, STAFF;
    RenewalWork = "renewal.work", "Note that customers were contacted about renewals, and that they are lost", "登记续约联系情况和流失", STAFF_ROWS, STAFF;
    PartnerRead = "partner.read", "See partner organisations", "查看合作伙伴", OUTSIDE, &[UserKind::Staff, UserKind::Partner];
    ProductRead = "product.read", "See the product catalogue", "查看产品目录", WHOLE, EVERYBODY;
    OrganisationRead = "organisation.read", "See departments, regions, teams and positions", "查看部门、区域、团队和岗位", WHOLE, STAFF;
    OrganisationManage = "organisation.manage", "Change who works where", "调整人员归属", WHOLE, STAFF;
    StaffingRead = "staffing.read", "See staffing advice: headcounts, customers a member, proposed handovers", "查看人员配置建议：人数、人均客户数和移交建议", WHOLE, STAFF;
    TeamPledgeWrite = "team.pledge.write", "Write the slogan and goals of teams within reach; everybody on the staff sees them", "填写范围内团队的口号与目标（全体员工可见）", TEAMS, STAFF;
    MemberRead = "member.read", "See members and where they work", "查看成员及其归属", STAFF_ROWS, STAFF;
    MemberPayRead = "member.pay.read", "See what single members are paid and awarded; looks at others are logged", "查看个人的薪酬和奖励（查看他人的均有记录）", STAFF_ROWS, STAFF;
    UserRead = "user.read", "See the accounts of users and API clients", "查看用户和 API 客户端账号", WHOLE, STAFF;
    UserManage = "user.manage", "Add, disable and reset accounts of users and API clients", "新增、停用和重置账号", WHOLE, STAFF;
    RoleRead = "role.read", "See roles, their grants and who has them", "查看角色、授权及持有人", WHOLE, STAFF;
    RoleManage = "role.manage", "Make, change, preview, give and take roles", "创建、修改、预览、授予和收回角色", WHOLE, STAFF;
    SettingRead = "setting.read", "See the organisation's figures, such as weights and deadlines", "查看业务参数", WHOLE, STAFF;
    SettingManage = "setting.manage", "Change the organisation's figures", "修改业务参数", WHOLE, STAFF;
    CalendarRead = "calendar.read", "See business calendars", "查看工作日历", WHOLE, STAFF;
    CalendarManage = "calendar.manage", "Make business calendars and their new versions", "维护工作日历", WHOLE, STAFF;
    SkillManage = "skill.manage", "Make and change skills and certificates", "维护技能和证书目录", WHOLE, STAFF;
    MemberSkillWrite = "member.skill.write", "Record the skills and certificates of members", "登记成员的技能和证书", STAFF_ROWS, STAFF;
    ShiftWrite = "member.shift.write", "Set the working hours and the capacity of members", "安排成员班次和工作容量", STAFF_ROWS, STAFF;
    LeaveRead = "member.leave.read", "See who asked for leave and why", "查看请假及原因", STAFF_ROWS, STAFF;
    LeaveRequest = "member.leave.request", "Ask for leave", "申请请假", STAFF_ROWS, STAFF;
    LeaveDecide = "member.leave.decide", "Grant and refuse leave; never one's own", "审批请假（不能审批本人的）", STAFF_ROWS, STAFF;
    ProcessRead = "process.read", "See process templates and their versions", "查看流程模板", WHOLE, STAFF;
    ProcessManage = "process.manage", "Write, try, publish and retire process templates", "编写、试运行、发布和停用流程模板", WHOLE, STAFF;
    PolicyRead = "sla.policy.read", "See the service level policies", "查看服务级别策略", WHOLE, STAFF;
    PolicyManage = "sla.policy.manage", "Make and change service level policies", "维护服务级别策略", WHOLE, STAFF;
    TicketSlaRead = "ticket.sla.read", "See due times and clocks of tickets, and how they came about", "查看工单时限及其计算依据", ROWS, EVERYBODY;
    TicketAlertRead = "ticket.alert.read", "See warnings and escalations", "查看超时提醒与升级", STAFF_ROWS, STAFF;
    TicketHandover = "ticket.handover", "Offer the ownership of tickets to a colleague, and answer such offers", "发起和答复首问责任移交", STAFF_ROWS, STAFF;
    TicketCreditWrite = "ticket.credit.write", "Set the shares by which a ticket is credited, with a reason", "调整工单计分份额", STAFF_ROWS, STAFF;
    DispatchRead = "dispatch.read", "See why tickets were given to whom, try the ranking, and see whether work is shared fairly", "查看派单依据、模拟派单和公平性报告", STAFF_ROWS, STAFF;
    DispatchRun = "dispatch.run", "Let the ranking give out waiting tickets", "执行智能派单", STAFF_ROWS, STAFF;
    DispatchManage = "dispatch.manage", "Set which skills tickets need", "维护派单技能要求", WHOLE, STAFF;
    TicketEdit = "ticket.edit", "Change subject, priority, tags, custom fields and links of tickets, and take note of their alerts", "修改工单的主题、优先级、标签、自定义字段和关联，确认超时提醒与升级", STAFF_ROWS, STAFF;
    TicketMerge = "ticket.merge", "Merge and split tickets", "合并和拆分工单", STAFF_ROWS, STAFF;
    TagManage = "tag.manage", "Make, rename and remove tags", "维护标签", WHOLE, STAFF;
    FieldManage = "field.manage", "Make, change and retire custom fields", "维护自定义字段", WHOLE, STAFF;
    ReplyTemplateManage = "reply.template.manage", "Write and retire reply templates", "维护沟通模板", WHOLE, STAFF;
    ViewShare = "view.share", "Share saved views with one's teams", "与团队共享视图", STAFF_ROWS, STAFF;
    SurveyRead = "survey.read", "See surveys and their answers", "查看满意度调查及评价", ROWS, EVERYBODY;
    SurveyFollowUp = "survey.follow_up", "Follow up bad ratings", "处理差评回访", STAFF_ROWS, STAFF;
    GoalRead = "goal.read", "See goals, how they stand and their forecast; the company's come with any reach", "查看目标、进度和预测（公司目标对所有持有者可见）", STAFF_ROWS, STAFF;
    GoalManage = "goal.manage", "Set, change, pursue and give up goals of the parts of the company within reach", "设定、修改、启用和取消范围内的目标", STAFF_ROWS, STAFF;
    MetricRead = "metric.read", "See figures about the company, departments, teams, regions in reach", "查看范围内公司、部门、团队和区域的指标", STAFF_ROWS, STAFF;
    MetricMemberRead = "metric.member.read", "See figures of single members, small groups and the records behind figures", "查看个人和小组的指标及其明细", STAFF_ROWS, STAFF;
    MetricManage = "metric.manage", "Define metrics, rebuild their sums", "维护指标定义并重建汇总", WHOLE, STAFF;
    MetricSnapshotManage = "metric.snapshot.manage", "Freeze the figures of a period for good", "冻结某一周期的指标数据", WHOLE, STAFF;
    ExamRead = "exam.read", "See exams: those that one may sit, mark or runs, or all", "查看考试（本人可参加、阅卷或负责的，或全部）", RUN, STAFF;
    ExamManage = "exam.manage", "Make and run exams, see their marks and statistics, publish results, decide appeals", "组织考试、查看评分与统计、发布成绩和处理申诉", RUN, STAFF;
    ExamQuestionManage = "exam.question.manage", "Keep the question bank with its right answers; who can doesn't sit exams", "维护题库及答案（持有者不能参加考试）", WHOLE, STAFF;
    ExamSit = "exam.sit", "Sit exams and appeal against one's results", "参加考试和申诉成绩", SELF, STAFF;
    ExamGrade = "exam.grade", "Mark the answers of exams that one was named for as an assessor; never one's own", "评阅被指定负责的试卷（不能评阅本人的）", SELF, STAFF;
    ExamResultRead = "exam.result.read", "See published results; of exams that one runs also the others", "查看已发布的考试成绩；本人负责的考试可查看全部", STAFF_ROWS, STAFF;
    TrainingCourseRead = "training.course.read", "See courses, learning paths, their materials and the yearly targets", "查看课程、学习路径、资料和年度学时目标", WHOLE, STAFF;
    TrainingCourseManage = "training.course.manage", "Make, change and retire courses and learning paths", "维护课程和学习路径", WHOLE, STAFF;
    TrainingSessionRead = "training.session.read", "See open sessions and those one gives or takes part in; with a wider reach those that the members within it take part in", "查看报名中的场次及本人授课、参加的场次；更大范围可查看范围内成员参加的场次", STAFF_ROWS, STAFF;
    TrainingSessionManage = "training.session.manage", "Plan, open, change, hold and cancel sessions", "安排、开放、修改、举办和取消场次", RUN, STAFF;
    TrainingEnrol = "training.enrol", "Enrol members in sessions, and take that back", "为成员报名和取消报名", STAFF_ROWS, STAFF;
    TrainingEnrolmentRead = "training.enrolment.read", "See enrolments and attendance: one's own, those of sessions one gives, those of the members within reach", "查看报名和出勤：本人的、本人授课场次的、范围内成员的", STAFF_ROWS, STAFF;
    TrainingAttendanceWrite = "training.attendance.write", "Record who attended sessions", "登记出勤", RUN, STAFF;
    TrainingFeedbackRead = "training.feedback.read", "See what those who attended say, put together", "查看培训反馈汇总", RUN, STAFF;
    TrainingHoursRead = "training.hours.read", "See hours, studies elsewhere, mandatory courses and who is behind", "查看学时、外部学习、必修进度和落后名单", STAFF_ROWS, STAFF;
    TrainingStudySubmit = "training.study.submit", "Submit one's own studies elsewhere", "提交本人的外部学习", RUN, STAFF;
    TrainingStudyDecide = "training.study.decide", "Approve and refuse studies elsewhere; never one's own", "审批外部学习（不能审批本人的）", STAFF_ROWS, STAFF;
    MentoringRead = "mentoring.read", "See pairs of mentor and newcomer with plan, check-ins and time to standard: one's own, those of the members within reach", "查看师徒结对、带教计划、记录和达标时间：本人的及范围内成员的", STAFF_ROWS, STAFF;
    MentoringManage = "mentoring.manage", "Form, change and end pairs of mentor and newcomer", "建立、修改和结束师徒结对", STAFF_ROWS, STAFF;
    MentoringWork = "mentoring.work", "Work in pairs: goals, tickets and check-ins", "开展带教：目标、工单和记录", RUN, STAFF;
    MentoringResultRead = "mentoring.result.read", "See mentors' results, of the pairs within reach", "查看导师成效（范围内的结对）", STAFF_ROWS, STAFF;
    ContestRead = "contest.read", "See contests, their rounds, people and awards; drafts only one's own", "查看竞赛、轮次、人员和获奖名单（草稿仅限本人的）", RUN, STAFF;
    ContestManage = "contest.manage", "Make and run contests, name judges, close rounds, publish", "组织竞赛、安排评委、结束轮次和公布成绩", RUN, STAFF;
    ContestEnter = "contest.enter", "Take part in contests", "参加竞赛", SELF, STAFF;
    ContestJudge = "contest.judge", "Judge contests that one was named for; never oneself", "担任竞赛评委（不能评本人）", SELF, STAFF;
    ContestResultRead = "contest.result.read", "See scores and results: those one gave or got, of contests one judges or runs, or all", "查看竞赛打分和成绩：本人给出或获得的、所评或负责竞赛的，或全部", RUN, STAFF;
    TrainingNeedRead = "training.need.read", "See what training is needed, and proposals: of the members within reach as far as results and figures of theirs are seen, and of teams", "查看培训需求和培训建议（成员需求以可见的成绩和指标为限，另含团队需求）", STAFF_ROWS, STAFF;
    TrainingProposalWrite = "training.proposal.write", "Propose trainings for members, and see what proposals follow from", "提出培训建议、查看建议依据", STAFF_ROWS, STAFF;
    TrainingProposalDecide = "training.proposal.decide", "Accept and decline proposed trainings", "采纳或不采纳培训建议", STAFF_ROWS, STAFF;
    TrainingEffectRead = "training.effect.read", "See what sessions brought, before and after; never of few people", "查看培训前后效果评估（人数不足时不予显示）", RUN, STAFF;
    TrainingHoursManage = "training.hours.manage", "Correct the ledger of hours and set yearly targets; never one's own hours", "更正学时台账、设定年度目标（不能更正本人的学时）", WHOLE, STAFF;
    CompetencyRead = "competency.read", "See what members were assessed to be able to do, and what is missing for a position", "查看成员的能力评估和与岗位要求的差距", STAFF_ROWS, STAFF;
    CompetencyAssess = "competency.assess", "Assess the competencies of members; never one's own", "评估成员能力（不能评估本人）", STAFF_ROWS, STAFF;
    ProbationRead = "probation.read", "See probations and what was decided about them", "查看试用期及其评审结论", STAFF_ROWS, STAFF;
    ProbationManage = "probation.manage", "Begin probations", "登记试用期", STAFF_ROWS, STAFF;
    ProbationReview = "probation.review", "Confirm, extend and end probations; never one's own", "评审试用期：转正、延长或终止（不能评审本人）", STAFF_ROWS, STAFF;
    RotationRead = "rotation.read", "See planned and past job rotations", "查看轮岗计划与记录", STAFF_ROWS, STAFF;
    TalentRead = "talent.read", "See who could take over which position; never what is said of oneself", "查看人才梯队（不能查看关于本人的内容）", TEAMS, STAFF;
    TalentPropose = "talent.propose", "Propose members for positions with evidence; never oneself", "提名人才并附依据（不能提名本人）", TEAMS, STAFF;
    TalentReview = "talent.review", "Decide about proposals for positions; never about one's own or oneself", "评审人才提名（不能评审本人提出的或关于本人的）", WHOLE, STAFF;
    AppraisalTemplateRead = "appraisal.template.read", "See appraisal templates and cycles, and how scores follow", "查看考核模板、考核周期和评分规则", WHOLE, STAFF;
    AppraisalTemplateManage = "appraisal.template.manage", "Write, publish and retire appraisal templates, and try them on past cycles", "编写、发布、停用考核模板并用往期试算", WHOLE, STAFF;
    AppraisalManage = "appraisal.manage", "Run appraisal cycles: who takes part, who reviews, when; reopen and close", "组织考核：参评范围、评价人、进度、重开与结束", WHOLE, STAFF;
    AppraisalRead = "appraisal.read", "See appraisals; one's own result once it is out; looks at those of others are logged", "查看考核（本人结果公布后可见，查看他人考核均有记录）", STAFF_ROWS, STAFF;
    AppraisalWrite = "appraisal.write", "Assess oneself, propose raters, dispute records, take note of the result and appeal", "自评、提名评价人、提出数据异议、确认结果和申诉", SELF, STAFF;
    AppraisalReview = "appraisal.review", "Judge the members whose reviewer one is; never oneself", "作为评价人评价成员（不能评价本人）", STAFF_ROWS, STAFF;
    AppraisalFeedbackGive = "appraisal.feedback.give", "Give feedback that one is asked for", "填写受邀的 360 度评价", SELF, STAFF;
    AppraisalCalibrate = "appraisal.calibrate", "Look at the results of a cycle together and change them with reasons; never one's own", "校准考核结果并说明原因（不能校准本人）", WHOLE, STAFF;
    AppraisalAppealDecide = "appraisal.appeal.decide", "Decide appeals and disputes that one isn't involved in", "裁定未参与的申诉和数据异议", WHOLE, STAFF;
    AppraisalProposalDecide = "appraisal.proposal.decide", "Decide what follows from results: training, promotion, pay, titles", "审批考核结果应用：培训、晋升、调薪、评优", WHOLE, STAFF;
    IncentiveRuleRead = "incentive.rule.read", "See the incentive rules that give awards or did; with all of them drafts and simulations too", "查看生效和曾经生效的激励规则；全部范围可查看草稿和模拟", RUN, STAFF;
    IncentiveRuleWrite = "incentive.rule.write", "Write incentive rules, try them on the past, and retire them", "编写、模拟和停用激励规则", WHOLE, STAFF;
    IncentiveRuleApprove = "incentive.rule.approve", "Approve incentive rules that others have written, or send them back", "批准或退回他人编写的激励规则", WHOLE, STAFF;
    IncentiveRuleActivate = "incentive.rule.activate", "Put approved incentive rules into force", "启用已批准的激励规则", WHOLE, STAFF;
    IncentiveRunRead = "incentive.run.read", "See incentive runs and what they come to; payouts and locked months", "查看激励计算批次及其汇总、发放批次和月结", WHOLE, STAFF;
    IncentiveRun = "incentive.run", "Run incentive rules for a period; propose corrections", "按周期计算激励、提出更正", WHOLE, STAFF;
    IncentiveApprove = "incentive.approve", "Approve runs and corrections that others made, or send them back", "批准或退回他人提交的计算批次和更正", WHOLE, STAFF;
    IncentiveAwardRead = "incentive.award.read", "See awards, how they came about and statements: one's own; those of others with member.pay.read only", "查看奖励、计算过程和对账单：本人的；他人的还须 member.pay.read", STAFF_ROWS, STAFF;
    IncentivePayout = "incentive.payout", "Hand what is owed to payroll, and lock months", "生成发放批次、月结锁定", WHOLE, STAFF;
    IncentiveQuestionAsk = "incentive.question.ask", "Ask about one's own awards", "对本人奖励提出疑问", SELF, STAFF;
    IncentiveQuestionAnswer = "incentive.question.answer", "Answer what members ask about their awards", "答复成员对奖励的疑问", WHOLE, STAFF;
    HonourRead = "honour.read", "See the honour wall and what colleagues recognise, and one's own; with a wider reach also of the members within it who don't want to be shown, and what was taken back", "查看荣誉墙、同事认可及本人荣誉；更大范围还可查看范围内不愿公开的成员和已撤销的荣誉", STAFF_ROWS, STAFF;
    HonourConfer = "honour.confer", "Confer titles and commendations on members, and take honours back; never on oneself", "授予称号和嘉奖、撤销荣誉（不能授予本人）", TEAMS, STAFF;
    RecognitionGive = "recognition.give", "Recognise colleagues within limits, and take that back", "在限额内认可同事、撤回认可", SELF, STAFF;
    RecognitionReview = "recognition.review", "See who recognises each other again and again, and who gets most; take back what shouldn't stand", "查看相互认可与集中情况，撤下不当认可", WHOLE, STAFF;
    StaffSurveyRead = "staff.survey.read", "See the surveys of the staff that one is asked in, or all; not what was answered", "查看本人受邀的或全部员工调查（不含答案）", RUN, STAFF;
    StaffSurveyAnswer = "staff.survey.answer", "Answer the surveys of the staff that one is asked in", "填写员工调查", SELF, STAFF;
    StaffSurveyResultRead = "staff.survey.result.read", "See what the staff answered, put together; small groups are withheld from everybody", "查看员工调查的汇总结果（人数过少的分组对任何人均不显示）", WHOLE, STAFF;
    StaffSurveyManage = "staff.survey.manage", "Write, open and close surveys of the staff", "编写、开放和结束员工调查", WHOLE, STAFF;
    TeamRuleRead = "team.rule.read", "See the rules and proposals that concern oneself, and one's own drafts; with a wider reach those of the teams within it", "查看与本人有关的管理规则和提案及本人草稿；更大范围可查看范围内团队的", STAFF_ROWS, STAFF;
    TeamRulePropose = "team.rule.propose", "Propose rules for the teams, departments and the company within reach", "为范围内的团队、部门或公司提出管理规则", TEAMS, STAFF;
    TeamRuleVote = "team.rule.vote", "Comment on proposals, vote on them, and take note of rules that hold for oneself", "对提案发表意见、参与表决、确认已阅管理规则", SELF, STAFF;
    TeamRuleManage = "team.rule.manage", "Put proposals to the vote, and see who hasn't taken note of rules, within reach", "发起表决、查看范围内未确认管理规则的成员", TEAMS, STAFF;
    MeetingRead = "meeting.read", "See the meetings that one organises or is invited to; with a wider reach those of the teams within it", "查看本人组织或受邀的会议；更大范围可查看范围内团队的会议", STAFF_ROWS, STAFF;
    MeetingManage = "meeting.manage", "Plan meetings and series, keep their agenda, attendance, minutes, decisions and action items", "安排会议，维护议程、出席、纪要、决议和行动项", RUN, STAFF;
    ActionItemWork = "action_item.work", "Take action items forward: one's own and those of meetings one organises; with a wider reach those of the members within it", "推进行动项：本人的、本人组织的会议的；更大范围可推进范围内成员的", STAFF_ROWS, STAFF;
    SuggestionRead = "suggestion.read", "See suggestions for improvement: one's own, or all", "查看改进建议：本人的，或全部", RUN, STAFF;
    SuggestionSubmit = "suggestion.submit", "Submit suggestions for improvement, and support those of others", "提交改进建议、附议他人建议", SELF, STAFF;
    SuggestionHandle = "suggestion.handle", "Look after suggestions that were given to oneself, or all; sees who submitted them; never one's own", "处理分配给本人的或全部改进建议，可见提交人（不能处理本人的）", RUN, STAFF;
    AuditRead = "audit.read", "Read the audit log", "查看审计日志", WHOLE, STAFF;
}

impl Permission {
    /// The permission of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|permission| permission.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_lead_back() {
        for permission in Permission::ALL {
            assert_eq!(Permission::from_key(permission.key()), Some(*permission));
        }
    }

    #[test]
    fn outsiders_only_ever_hold_what_can_be_bounded_to_them() {
        for permission in Permission::ALL {
            let outside = permission
                .audience()
                .iter()
                .any(|kind| *kind != UserKind::Staff);
            let bounded = permission.reaches().contains(&Reach::Organisation);
            assert!(
                !outside || bounded || *permission == Permission::ProductRead,
                "{} has no reach for outsiders",
                permission.key()
            );
        }
    }
}
