//! `node` and `nodes`: any object by its id, under the same scopes as everywhere else.

use async_graphql::{Context, ID, Interface, Object, Result};
use entity::{
    action_item, appraisal, appraisal_cycle, appraisal_template, calendar, contest, contract,
    contract_payment, customer, department, exam, exam_attempt, honour, incentive_rule,
    incentive_rule_version, incentive_simulation, meeting, meeting_series, member, mentoring,
    metric_snapshot, partner, position, product, recognition, region, renewal, rule_proposal,
    suggestion, team, team_rule, ticket, training_course, training_hour, training_session, unit,
};

use super::Ask;
use super::errors::OnField;
use super::ids::{Node as HasPrefix, decode};
use crate::appraisals::cycles::graphql::AppraisalCycle;
use crate::appraisals::graphql::Appraisal;
use crate::appraisals::templates::graphql::AppraisalTemplate;
use crate::calendars::graphql::Calendar;
use crate::customers::contracts::graphql::{Contract, ContractPayment, Renewal};
use crate::customers::graphql::{Customer, Partner, Product, Unit};
use crate::error::ApiError;
use crate::incentives::definitions::graphql::{
    IncentiveRule, IncentiveRuleVersion, IncentiveSimulation,
};
use crate::incentives::honours::graphql::{Honour, Recognition};
use crate::metrics::snapshots::graphql::MetricSnapshot;
use crate::organisation::graphql::{Department, Member, Position, Region, Team};
use crate::teamwork::charter::graphql::{RuleProposal, TeamRule};
use crate::teamwork::meetings::graphql::{ActionItem, Meeting, MeetingSeries};
use crate::teamwork::suggestions::graphql::Suggestion;
use crate::tickets::graphql::Ticket;
use crate::training::contests::graphql::Contest;
use crate::training::exams::graphql::{Exam, ExamAttempt};
use crate::training::graphql::{TrainingCourse, TrainingHoursEntry, TrainingSession};
use crate::training::mentoring::graphql::Mentoring;

/// At most so many ids in `nodes`.
const MOST: usize = 100;

/// Anything with an id of its own. 具有全局 ID 的对象
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The object's id: type prefix and key. 全局 ID"
))]
pub enum Node {
    /// An action item of a meeting.
    ActionItem(ActionItem),
    /// An appraisal.
    Appraisal(Appraisal),
    /// A round of appraisals.
    AppraisalCycle(AppraisalCycle),
    /// An appraisal template.
    AppraisalTemplate(AppraisalTemplate),
    /// A business calendar.
    Calendar(Calendar),
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
    /// What a member is honoured with.
    Honour(Honour),
    /// An incentive rule.
    IncentiveRule(IncentiveRule),
    /// A version of an incentive rule.
    IncentiveRuleVersion(IncentiveRuleVersion),
    /// A simulation of incentive rules.
    IncentiveSimulation(IncentiveSimulation),
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
    /// A product.
    Product(Product),
    /// A colleague's word of thanks.
    Recognition(Recognition),
    /// A region.
    Region(Region),
    /// The renewal of a contract.
    Renewal(Renewal),
    /// A proposal for a rule.
    RuleProposal(RuleProposal),
    /// A suggestion for improvement.
    Suggestion(Suggestion),
    /// A team.
    Team(Team),
    /// A rule.
    TeamRule(TeamRule),
    /// A ticket.
    Ticket(Ticket),
    /// A course.
    TrainingCourse(TrainingCourse),
    /// An entry of the ledger of training hours.
    TrainingHoursEntry(TrainingHoursEntry),
    /// A session of a course.
    TrainingSession(TrainingSession),
    /// A unit of a product.
    Unit(Unit),
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
    let bad =
        |en: String| super::errors::from_api(call, &ApiError::bad_input(argument, en, "ID 无效"));
    let (prefix, uuid) = decode(id).map_err(bad)?;
    macro_rules! lookup {
        ($($table:ident => $view:ident),*) => {
            match prefix.as_str() {
                $(<$table::Entity as HasPrefix>::PREFIX => ctx.row::<$table::Entity>(uuid).await.on_field(call)?.map(|row| Node::$view($view(row))),)*
                other => return Err(bad(format!("`{other}` is not the prefix of a type that can be looked up here"))),
            }
        };
    }
    Ok(lookup!(
        action_item => ActionItem, appraisal => Appraisal, appraisal_cycle => AppraisalCycle, appraisal_template => AppraisalTemplate,
        calendar => Calendar, contest => Contest, contract => Contract,
        contract_payment => ContractPayment, customer => Customer, department => Department, exam => Exam,
        exam_attempt => ExamAttempt, honour => Honour, incentive_rule => IncentiveRule, incentive_rule_version => IncentiveRuleVersion,
        incentive_simulation => IncentiveSimulation, meeting => Meeting, meeting_series => MeetingSeries, member => Member, mentoring => Mentoring,
        metric_snapshot => MetricSnapshot, partner => Partner, position => Position, product => Product, recognition => Recognition, region => Region,
        renewal => Renewal, rule_proposal => RuleProposal, suggestion => Suggestion, team => Team, team_rule => TeamRule, ticket => Ticket,
        training_course => TrainingCourse, training_hour => TrainingHoursEntry, training_session => TrainingSession, unit => Unit
    ))
}
