//! `node` and `nodes`: any object by its id, under the same scopes as everywhere else.

use async_graphql::{Context, ID, Interface, Object, Result};
use entity::{
    action_item, api_client, appraisal, appraisal_calibration, appraisal_cycle, appraisal_template,
    calendar, competency, contest, contract, contract_payment, customer, department, exam,
    exam_attempt, goal, honour, incentive_award, incentive_correction, incentive_lock,
    incentive_payout, incentive_question, incentive_rule, incentive_rule_version, incentive_run,
    incentive_simulation, incentive_transaction, meeting, meeting_series, member, mentoring,
    metric_snapshot, partner, position, probation, process_template, process_version, product,
    recognition, region, renewal, reorganisation, reply_template, role, rotation, rule_proposal,
    sla_policy, staff_survey_round, suggestion, talent_proposal, task_force, team, team_rule,
    ticket, training_course, training_enrolment, training_hour, training_proposal,
    training_session, unit, user,
};

use super::Ask;
use super::children::shared;
use super::errors::OnField;
use super::ids::{Node as HasPrefix, decode};
use crate::access::roles::graphql::Role;
use crate::appraisals::calibration::graphql::AppraisalCalibration;
use crate::appraisals::cycles::graphql::AppraisalCycle;
use crate::appraisals::graphql::Appraisal;
use crate::appraisals::templates::graphql::AppraisalTemplate;
use crate::calendars::graphql::Calendar;
use crate::customers::contracts::graphql::{Contract, ContractPayment, Renewal};
use crate::customers::graphql::{Customer, Partner, Product, Unit};
use crate::error::{ApiError, Text};
use crate::identity::graphql::{ApiClient, User};
use crate::incentives::definitions::graphql::{
    IncentiveRule, IncentiveRuleVersion, IncentiveSimulation,
};
use crate::incentives::honours::graphql::{Honour, Recognition};
use crate::incentives::runs::graphql::{
    IncentiveAward, IncentiveCorrection, IncentiveMonthLock, IncentivePayout, IncentiveQuestion,
    IncentiveRun, IncentiveTransaction, Seen,
};
use crate::metrics::goals::graphql::Goal;
use crate::metrics::snapshots::graphql::MetricSnapshot;
use crate::organisation::competencies::graphql::Competency;
use crate::organisation::forces::graphql::TaskForce;
use crate::organisation::graphql::{Department, Member, Position, Region, Team};
use crate::organisation::opinions::graphql::StaffSurvey;
use crate::organisation::probation::graphql::Probation;
use crate::organisation::reorganisation::graphql::Reorganisation;
use crate::organisation::rotations::graphql::Rotation;
use crate::teamwork::charter::graphql::{RuleProposal, TeamRule};
use crate::teamwork::meetings::graphql::{ActionItem, Meeting, MeetingSeries};
use crate::teamwork::suggestions::graphql::Suggestion;
use crate::tickets::collaboration::templates::graphql::ReplyTemplate;
use crate::tickets::graphql::Ticket;
use crate::tickets::processes::graphql::{ProcessTemplate, ProcessVersion};
use crate::tickets::sla::graphql::SlaPolicy;
use crate::training::contests::graphql::Contest;
use crate::training::exams::graphql::{Exam, ExamAttempt};
use crate::training::graphql::{
    TrainingCourse, TrainingEnrolment, TrainingHoursEntry, TrainingSession,
};
use crate::training::mentoring::graphql::Mentoring;
use crate::training::needs::graphql::TrainingProposal;
use crate::training::talent::graphql::TalentProposal;

/// At most so many ids in `nodes`.
const MOST: usize = 100;

/// Anything with an id of its own. 具有全局 ID 的对象
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The object's id: type prefix and key. 全局 ID"
))]
#[expect(
    clippy::large_enum_variant,
    reason = "a node is answered and gone; in a box each would be allocated"
)]
pub enum Node {
    /// An action item of a meeting.
    ActionItem(ActionItem),
    /// A partner's system.
    ApiClient(ApiClient),
    /// An appraisal.
    Appraisal(Appraisal),
    /// A session in which results of a cycle are held against each other.
    AppraisalCalibration(AppraisalCalibration),
    /// A round of appraisals.
    AppraisalCycle(AppraisalCycle),
    /// An appraisal template.
    AppraisalTemplate(AppraisalTemplate),
    /// A business calendar.
    Calendar(Calendar),
    /// A competency.
    Competency(Competency),
    /// A contest.
    Contest(Contest),
    /// A contract.
    Contract(Contract),
    /// An entry of money for a contract.
    ContractPayment(ContractPayment),
    /// A customer.
    Customer(Customer),
    /// A department.
    Department(Department),
    /// An exam.
    Exam(Exam),
    /// An attempt at an exam.
    ExamAttempt(ExamAttempt),
    /// A goal.
    Goal(Goal),
    /// What a member is honoured with.
    Honour(Honour),
    /// What a rule gives a member.
    IncentiveAward(IncentiveAward),
    /// A correction of an award.
    IncentiveCorrection(IncentiveCorrection),
    /// Months in which nothing is booked any more.
    IncentiveMonthLock(IncentiveMonthLock),
    /// What is handed to payroll at once.
    IncentivePayout(IncentivePayout),
    /// A question about an award.
    IncentiveQuestion(IncentiveQuestion),
    /// An incentive rule.
    IncentiveRule(IncentiveRule),
    /// A version of an incentive rule.
    IncentiveRuleVersion(IncentiveRuleVersion),
    /// The awards of a period.
    IncentiveRun(IncentiveRun),
    /// A simulation of incentive rules.
    IncentiveSimulation(IncentiveSimulation),
    /// An entry of the ledger of awards.
    IncentiveTransaction(IncentiveTransaction),
    /// A meeting.
    Meeting(Meeting),
    /// A series of meetings.
    MeetingSeries(MeetingSeries),
    /// A member.
    Member(Member),
    /// A senior and a newcomer.
    Mentoring(Mentoring),
    /// A frozen period.
    MetricSnapshot(MetricSnapshot),
    /// A partner organisation.
    Partner(Partner),
    /// A position.
    Position(Position),
    /// A probation.
    Probation(Probation),
    /// A process.
    ProcessTemplate(ProcessTemplate),
    /// A version of a process.
    ProcessVersion(ProcessVersion),
    /// A product.
    Product(Product),
    /// A colleague's word of thanks.
    Recognition(Recognition),
    /// A region.
    Region(Region),
    /// The renewal of a contract.
    Renewal(Renewal),
    /// A reorganisation.
    Reorganisation(Reorganisation),
    /// A template for replies.
    ReplyTemplate(ReplyTemplate),
    /// A role.
    Role(Role),
    /// A rotation.
    Rotation(Rotation),
    /// A proposal for a rule.
    RuleProposal(RuleProposal),
    /// A policy of service levels.
    SlaPolicy(SlaPolicy),
    /// A round of a survey of the staff.
    StaffSurvey(StaffSurvey),
    /// A suggestion for improvement.
    Suggestion(Suggestion),
    /// A proposal of a talent review.
    TalentProposal(TalentProposal),
    /// A task force.
    TaskForce(TaskForce),
    /// A team.
    Team(Team),
    /// A rule.
    TeamRule(TeamRule),
    /// A ticket.
    Ticket(Ticket),
    /// A course.
    TrainingCourse(TrainingCourse),
    /// A place in a session of a course.
    TrainingEnrolment(TrainingEnrolment),
    /// An entry of the ledger of training hours.
    TrainingHoursEntry(TrainingHoursEntry),
    /// A proposal for training.
    TrainingProposal(TrainingProposal),
    /// A session of a course.
    TrainingSession(TrainingSession),
    /// A unit of a product.
    Unit(Unit),
    /// A person's account.
    User(User),
}

/// The queries by global id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with this id, of whatever type; null when there is none within your reach. 按全局 ID 查询
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Any object's id.")] id: ID,
    ) -> Result<Option<Node>> {
        find(ctx, "id", &id).await
    }

    /// The objects with these ids, in the same order; null where there is none within your reach. 按全局 ID 批量查询
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 ids of any objects.")] ids: Vec<ID>,
    ) -> Result<Option<Vec<Option<Node>>>> {
        if ids.len() > MOST {
            let error = ApiError::bad_input(
                "ids",
                format!("{} ids are too many; at most {MOST} are allowed", ids.len()),
                format!("最多 {MOST} 个 ID"),
            );
            return Err(super::errors::from_api(ctx.call(), &error));
        }
        let found =
            futures_util::future::try_join_all(ids.iter().map(|id| find(ctx, "ids", id))).await?;
        Ok(Some(found))
    }
}

/// The object with an id, if the viewer may see it.
///
/// # Errors
/// `BAD_INPUT` that names the argument when the id isn't one.
pub async fn find(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<Node>> {
    let call = ctx.call();
    let bad = |text: Text| {
        super::errors::from_api(call, &ApiError::bad_input(argument, text.en, text.zh))
    };
    let (prefix, uuid) = decode(id).map_err(bad)?;
    macro_rules! lookup {
        ($($table:ident => $view:ident),*; $($seen:ident => $seen_view:ident),*) => {
            match prefix.as_str() {
                $(<$table::Entity as HasPrefix>::PREFIX => ctx.row::<$table::Entity>(uuid).await.on_field(call)?.map(|row| Node::$view($view(row))),)*
                $(<$seen::Entity as HasPrefix>::PREFIX => {
                    let row = ctx.loads().load_one(Seen::<$seen::Entity>::new(uuid)).await;
                    row.map_err(shared).on_field(call)?.map(|row| Node::$seen_view($seen_view(row)))
                })*
                <goal::Entity as HasPrefix>::PREFIX => ctx.row::<goal::Entity>(uuid).await.on_field(call)?.map(|row| Node::Goal(row.into())),
                other => return Err(bad(Text::new(
                    format!("`{other}` is not the prefix of a type that can be looked up here"),
                    format!("此处不能查询 {other} 类型的对象"),
                ))),
            }
        };
    }
    // Whoever looks at somebody else's pay leaves a trace.
    Ok(lookup!(
        action_item => ActionItem, api_client => ApiClient, appraisal => Appraisal,
        appraisal_calibration => AppraisalCalibration, appraisal_cycle => AppraisalCycle,
        appraisal_template => AppraisalTemplate, calendar => Calendar, competency => Competency, contest => Contest,
        contract => Contract, contract_payment => ContractPayment, customer => Customer, department => Department, exam => Exam,
        exam_attempt => ExamAttempt, honour => Honour, incentive_lock => IncentiveMonthLock, incentive_payout => IncentivePayout,
        incentive_rule => IncentiveRule, incentive_rule_version => IncentiveRuleVersion, incentive_run => IncentiveRun,
        incentive_simulation => IncentiveSimulation, meeting => Meeting, meeting_series => MeetingSeries, member => Member,
        mentoring => Mentoring, metric_snapshot => MetricSnapshot, partner => Partner, position => Position,
        probation => Probation, process_template => ProcessTemplate, process_version => ProcessVersion, product => Product,
        recognition => Recognition, region => Region, renewal => Renewal, reorganisation => Reorganisation,
        reply_template => ReplyTemplate, role => Role, rotation => Rotation, rule_proposal => RuleProposal,
        sla_policy => SlaPolicy, staff_survey_round => StaffSurvey, suggestion => Suggestion, talent_proposal => TalentProposal,
        task_force => TaskForce, team => Team, team_rule => TeamRule, ticket => Ticket, training_course => TrainingCourse,
        training_enrolment => TrainingEnrolment, training_hour => TrainingHoursEntry, training_proposal => TrainingProposal,
        training_session => TrainingSession, unit => Unit, user => User;
        incentive_award => IncentiveAward, incentive_correction => IncentiveCorrection, incentive_question => IncentiveQuestion,
        incentive_transaction => IncentiveTransaction
    ))
}
