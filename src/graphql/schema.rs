//! The schema: the domains' roots put together, and held against the access registry.

use std::sync::Arc;

use async_graphql::{MergedSubscription, Schema};

use super::guard::Guard;
use super::node::NodeQuery;
use super::{SchemaFacts, SchemaModel};
use crate::access::{Entry, Registry, Rule};
use crate::{
    access, appraisals, audit, calendars, customers, events, identity, incentives, metrics,
    organisation, settings, teamwork, tickets, training,
};

crate::root!(
    Query "The queries of Aftercare. 查询":
    NodeQuery,
    identity::graphql::IdentityQuery,
    access::roles::graphql::RoleQuery,
    settings::graphql::SettingQuery,
    calendars::graphql::CalendarQuery,
    audit::graphql::AuditQuery,
    customers::graphql::CustomerQuery,
    customers::contracts::graphql::ContractQuery,
    organisation::graphql::OrganisationQuery,
    organisation::duties::graphql::DutyQuery,
    organisation::forces::graphql::TaskForceQuery,
    organisation::staffing::graphql::StaffingQuery,
    organisation::reorganisation::graphql::ReorganisationQuery,
    organisation::workforce::graphql::WorkforceQuery,
    organisation::competencies::graphql::CompetencyQuery,
    organisation::probation::graphql::ProbationQuery,
    organisation::rotations::graphql::RotationQuery,
    organisation::opinions::graphql::StaffSurveyQuery,
    tickets::graphql::TicketQuery,
    tickets::collaboration::watching::graphql::WatchingQuery,
    tickets::collaboration::templates::graphql::TemplateQuery,
    tickets::collaboration::graphql::CollaborationQuery,
    tickets::dispatch::graphql::DispatchQuery,
    tickets::processes::graphql::ProcessQuery,
    tickets::sla::graphql::SlaQuery,
    tickets::responsibility::graphql::ResponsibilityQuery,
    tickets::surveys::graphql::SurveyQuery,
    metrics::goals::graphql::GoalQuery,
    metrics::graphql::MetricQuery,
    metrics::graphql::TimeSpentQuery,
    metrics::definitions::graphql::MetricDefinitionQuery,
    metrics::snapshots::graphql::MetricSnapshotQuery,
    metrics::evaluation::graphql::RegionEvaluationQuery,
    training::exams::graphql::ExamQuery,
    training::graphql::TrainingQuery,
    training::mentoring::graphql::MentoringQuery,
    training::contests::graphql::ContestQuery,
    training::needs::graphql::TrainingNeedQuery,
    training::talent::graphql::TalentQuery,
    appraisals::templates::graphql::AppraisalTemplateQuery,
    appraisals::cycles::graphql::AppraisalCycleQuery,
    appraisals::graphql::AppraisalQuery,
    appraisals::feedback::graphql::FeedbackQuery,
    appraisals::appeals::graphql::AppealQuery,
    appraisals::calibration::graphql::CalibrationQuery,
    appraisals::consequences::graphql::ConsequenceQuery,
    appraisals::improvement::graphql::ImprovementQuery,
    appraisals::trial::graphql::TrialQuery,
    incentives::definitions::graphql::IncentiveRuleQuery,
    incentives::runs::graphql::IncentiveRunQuery,
    incentives::honours::graphql::HonourQuery,
    teamwork::charter::graphql::CharterQuery,
    teamwork::meetings::graphql::MeetingQuery,
    teamwork::suggestions::graphql::SuggestionQuery,
    teamwork::tasks::graphql::TaskQuery,
);

crate::root!(
    Mutation "The changes that can be made: one mutation a business action. 变更":
    identity::graphql::IdentityMutation,
    access::roles::graphql::RoleMutation,
    settings::graphql::SettingMutation,
    calendars::graphql::CalendarMutation,
    customers::graphql::CustomerMutation,
    customers::contracts::graphql::ContractMutation,
    organisation::graphql::OrganisationMutation,
    organisation::structure::graphql::StructureMutation,
    organisation::duties::graphql::DutyMutation,
    organisation::forces::graphql::TaskForceMutation,
    organisation::pledges::graphql::PledgeMutation,
    organisation::reorganisation::graphql::ReorganisationMutation,
    organisation::workforce::graphql::WorkforceMutation,
    organisation::competencies::graphql::CompetencyMutation,
    organisation::probation::graphql::ProbationMutation,
    organisation::rotations::graphql::RotationMutation,
    organisation::opinions::graphql::StaffSurveyMutation,
    tickets::graphql::TicketMutation,
    tickets::collaboration::watching::graphql::WatchingMutation,
    tickets::collaboration::presence::graphql::PresenceMutation,
    tickets::collaboration::templates::graphql::TemplateMutation,
    tickets::collaboration::bulk::graphql::BulkMutation,
    tickets::collaboration::graphql::CollaborationMutation,
    tickets::dispatch::graphql::DispatchMutation,
    tickets::processes::graphql::ProcessMutation,
    tickets::sla::graphql::SlaMutation,
    tickets::responsibility::graphql::ResponsibilityMutation,
    tickets::surveys::graphql::SurveyMutation,
    metrics::goals::graphql::GoalMutation,
    metrics::definitions::graphql::MetricDefinitionMutation,
    metrics::snapshots::graphql::MetricSnapshotMutation,
    training::exams::graphql::ExamMutation,
    training::graphql::TrainingCatalogueMutation,
    training::graphql::TrainingSessionMutation,
    training::graphql::TrainingHoursMutation,
    training::graphql::TrainingCalendarMutation,
    training::mentoring::graphql::MentoringMutation,
    training::contests::graphql::ContestMutation,
    training::needs::graphql::TrainingNeedMutation,
    training::talent::graphql::TalentMutation,
    appraisals::templates::graphql::AppraisalTemplateMutation,
    appraisals::cycles::graphql::AppraisalCycleMutation,
    appraisals::graphql::AppraisalMutation,
    appraisals::feedback::graphql::FeedbackMutation,
    appraisals::appeals::graphql::AppealMutation,
    appraisals::calibration::graphql::CalibrationMutation,
    appraisals::consequences::graphql::ConsequenceMutation,
    appraisals::improvement::graphql::ImprovementMutation,
    incentives::definitions::graphql::IncentiveRuleMutation,
    incentives::runs::graphql::IncentiveRunMutation,
    incentives::honours::graphql::HonourMutation,
    teamwork::charter::graphql::CharterMutation,
    teamwork::meetings::graphql::MeetingMutation,
    teamwork::suggestions::graphql::SuggestionMutation,
);

/// What can be followed as it happens. 订阅
#[derive(MergedSubscription, Default)]
pub struct Subscription(
    tickets::graphql::TicketSubscription,
    tickets::sla::graphql::SlaSubscription,
    tickets::collaboration::watching::graphql::WatchingSubscription,
    tickets::collaboration::presence::graphql::PresenceSubscription,
    tickets::progress::graphql::ProgressSubscription,
    teamwork::suggestions::graphql::SuggestionSubscription,
    events::graphql::ViewerSubscription,
);

/// The schema's type.
pub type AftercareSchema = Schema<Query, Mutation, Subscription>;

/// The kit's own types: nothing in them says more than the field that they hang on.
const ACCESS: &[Entry] = &[
    Entry {
        type_name: "PageInfo",
        rule: Rule::Public,
        fields: &["endCursor", "hasNextPage", "hasPreviousPage", "startCursor"],
    },
    Entry {
        type_name: "Money",
        rule: Rule::Public,
        fields: &["amount", "currency"],
    },
    Entry {
        type_name: "UserError",
        rule: Rule::Public,
        fields: &["code", "field", "message"],
    },
    Entry {
        type_name: "Query",
        rule: Rule::SignedIn,
        fields: &["node", "nodes"],
    },
    // What is asked of the interface itself: whoever has got the object has got its id.
    Entry {
        type_name: "Node",
        rule: Rule::SignedIn,
        fields: &["id"],
    },
];

/// Builds the schema and its facts.
///
/// # Errors
/// Names every field without an access rule, every rule without a field, every field ruled twice.
pub fn build() -> Result<(AftercareSchema, Arc<SchemaFacts>), Vec<String>> {
    std::thread::scope(|scope| {
        let built = std::thread::Builder::new()
            .name("schema".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, put_together);
        match built.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(schema)) => schema,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => Err(vec![format!("the schema can't be built: {error}")]),
        }
    })
}

/// The library walks from type to type as deep as they lead, which is deeper than a thread's usual stack.
const STACK: usize = 64 << 20;

fn put_together() -> Result<(AftercareSchema, Arc<SchemaFacts>), Vec<String>> {
    let schema = Schema::build(Query, Mutation, Subscription::default())
        .extension(Guard)
        .disable_suggestions()
        .finish();
    let sdl = schema.sdl_with_options(SchemaModel::export_options());
    let model = SchemaModel::from_sdl(&sdl).map_err(|error| vec![error.to_string()])?;
    let tables = [
        ACCESS,
        access::roles::graphql::ACCESS,
        identity::graphql::ACCESS,
        settings::graphql::ACCESS,
        calendars::graphql::ACCESS,
        organisation::graphql::ACCESS,
        organisation::structure::graphql::ACCESS,
        organisation::duties::graphql::ACCESS,
        organisation::forces::graphql::ACCESS,
        organisation::staffing::graphql::ACCESS,
        organisation::reorganisation::graphql::ACCESS,
        organisation::pledges::graphql::ACCESS,
        organisation::workforce::graphql::ACCESS,
        organisation::competencies::graphql::ACCESS,
        organisation::probation::graphql::ACCESS,
        organisation::rotations::graphql::ACCESS,
        organisation::opinions::graphql::ACCESS,
        metrics::goals::graphql::ACCESS,
        training::exams::graphql::ACCESS,
        metrics::graphql::ACCESS,
        metrics::graphql::times::ACCESS,
        metrics::definitions::graphql::ACCESS,
        metrics::snapshots::graphql::ACCESS,
        metrics::evaluation::graphql::ACCESS,
        customers::graphql::ACCESS,
        customers::contracts::graphql::ACCESS,
        tickets::graphql::ACCESS,
        tickets::dispatch::graphql::ACCESS,
        tickets::processes::graphql::ACCESS,
        tickets::sla::graphql::ACCESS,
        tickets::collaboration::watching::graphql::ACCESS,
        tickets::collaboration::presence::graphql::ACCESS,
        tickets::collaboration::messages::graphql::ACCESS,
        tickets::collaboration::templates::graphql::ACCESS,
        tickets::collaboration::bulk::graphql::ACCESS,
        tickets::responsibility::graphql::ACCESS,
        tickets::surveys::graphql::ACCESS,
        tickets::progress::graphql::ACCESS,
        training::graphql::ACCESS,
        training::mentoring::graphql::ACCESS,
        training::contests::graphql::ACCESS,
        training::needs::graphql::ACCESS,
        training::talent::graphql::ACCESS,
        appraisals::graphql::ACCESS,
        appraisals::templates::graphql::ACCESS,
        appraisals::cycles::graphql::ACCESS,
        appraisals::feedback::graphql::ACCESS,
        appraisals::appeals::graphql::ACCESS,
        appraisals::calibration::graphql::ACCESS,
        appraisals::consequences::graphql::ACCESS,
        appraisals::improvement::graphql::ACCESS,
        appraisals::trial::graphql::ACCESS,
        incentives::definitions::graphql::ACCESS,
        incentives::runs::graphql::ACCESS,
        incentives::honours::graphql::ACCESS,
        teamwork::charter::graphql::ACCESS,
        teamwork::meetings::graphql::ACCESS,
        teamwork::suggestions::graphql::ACCESS,
        teamwork::tasks::graphql::ACCESS,
        audit::graphql::ACCESS,
        events::graphql::ACCESS,
    ];
    let collaboration = tickets::collaboration::graphql::ACCESS.iter().copied();
    let tables = tables.into_iter().chain(collaboration);
    let registry = Registry::assemble(tables.flatten())?;
    model.check_rules(&registry)?;
    Ok((
        schema,
        Arc::new(SchemaFacts {
            model: Arc::new(model),
            registry: Arc::new(registry),
        }),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_exactly_one_rule() {
        let problems = build().map(|_| ()).err().unwrap_or_default();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}
