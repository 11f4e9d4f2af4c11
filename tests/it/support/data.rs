//! A whole organisation as plain rows, written straight into the tables: what stands in the database is then known
//! without asking the code under test.

/// Appraisal templates, cycles, appraisals.
mod appraisals;
/// Who watches, is mentioned, is present; reply templates.
mod collaboration;
/// Skill contests.
mod contests;
/// Contracts, money, renewals.
mod contracts;
/// Customers with what is theirs, partners, products.
mod customers;
/// Which tickets need what, and who got which ticket.
mod dispatch;
/// The question bank, exams and attempts.
mod exams;
/// Metrics of calls, goals on them.
mod goals;
/// Honours, who isn't shown with theirs, recognitions.
mod honours;
/// Incentive rules, their versions, a simulation.
mod incentive_rules;
/// Runs of incentive rules, awards, the ledger.
mod incentive_runs;
/// Tags, custom fields, links and views.
mod labels;
/// Pairs of mentor and newcomer.
mod mentoring;
/// Proposed trainings.
mod needs;
/// Departments, regions, teams, members and where they are placed.
mod organisation;
/// Competencies, probations, rotations, surveys of the staff, talent.
mod people;
/// Handovers, credit, surveys and what follows them.
mod service;
/// Clocks of tickets.
mod sla;
/// The structure over time.
mod structure;
/// Rules, meetings, suggestions.
mod teamwork;
/// Tickets with what hangs on them.
mod tickets;
/// Courses, sessions, hours.
mod training;
/// Accounts and roles.
mod users;
/// Skills, certificates, hours, leave.
mod workforce;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    api_client, api_client_document, api_client_secret, assignment, contact, counter, customer,
    department, member, partner, position, product, region, region_province, reply_template, role,
    role_assignment, role_grant, survey, survey_answer, survey_follow_up, team, ticket,
    ticket_change, ticket_comment, ticket_credit, ticket_handover, ticket_mention, ticket_presence,
    ticket_stage_entry, ticket_watcher, unit, user,
};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};
use uuid::Uuid;

pub use appraisals::{Appraisals, JUDGED, contents};
pub use contests::Contests;
pub use contracts::Contracts;
pub use dispatch::Dispatch;
pub use exams::{Exams, minutes};
pub use goals::Goals;
pub use honours::Honours;
pub use incentive_rules::{IncentiveRules, bonus};
pub use incentive_runs::IncentiveRuns;
pub use labels::{Held, Labels};
pub use mentoring::Mentoring;
pub use needs::Proposals;
pub use people::PeopleRows;
pub use structure::Structure;
pub use teamwork::Teamwork;
pub use training::Training;
pub use users::Belongs;
pub use workforce::{Workforce, hours};

/// When every test begins: the 2nd of March 2026, ten o'clock in Shanghai.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_416_800, 0).expect("a valid time")
}

/// That day.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a valid day")
}

/// So many days before (or, below zero, after) today.
pub fn days_ago(days: i64) -> NaiveDate {
    today() - chrono::TimeDelta::days(days)
}

/// Since when everything holds that has no other beginning.
pub fn long_ago() -> NaiveDate {
    days_ago(700)
}

/// Which table a key belongs to.
#[derive(Clone, Copy, Debug)]
#[repr(u16)]
pub enum Table {
    Department = 1,
    Region,
    RegionProvince,
    Team,
    Position,
    Member,
    Assignment,
    Partner,
    Product,
    Customer,
    Contact,
    Unit,
    User,
    ApiClient,
    Secret,
    Role,
    Gift,
    Ticket,
    StageEntry,
    Comment,
    Change,
    Watcher,
    Mention,
    Presence,
    ReplyTemplate,
    Handover,
    Credit,
    Survey,
    SurveyAnswer,
    FollowUp,
    Calendar = 101,
    CalendarVersion,
    Skill,
    Certificate,
    MemberSkill,
    MemberCertificate,
    MemberShift,
    MemberCapacity,
    Leave,
    Tag = 121,
    TicketTag,
    Field,
    FieldValue,
    Link,
    View,
    DispatchRequirement,
    DispatchDecision,
    DispatchCandidate,
    Goal = 161,
    GoalAlert,
    GoalMetric,
    GoalMetricVersion,
    MetricSnapshot = 181,
    TeamPlace,
    StructureName,
    PositionVersion,
    TaskForce,
    Pledge,
    Reorganisation,
    ReorganisationChange,
    ExamQuestion = 221,
    ExamQuestionVersion,
    Exam,
    ExamPool,
    ExamAssessor,
    ExamAttempt,
    ExamItem,
    ExamMark,
    ExamAppeal,
    Course = 241,
    Path,
    PathCourse,
    TrainingSession,
    SessionTrainer,
    Enrolment,
    Feedback,
    Study,
    HoursEntry,
    Target,
    Mentoring = 261,
    MentoringGoal,
    MentoringTicket,
    CheckIn,
    Contest = 281,
    ContestRound,
    Entrant,
    ContestJudge,
    ContestConflict,
    ContestScore,
    ContestResult,
    Award,
    Proposal,
    ProposalMember,
    CompetencyProfile = 301,
    CompetencyWant,
    Assessment,
    Probation,
    ProbationReview,
    Rotation,
    StaffSurvey,
    StaffQuestion,
    StaffCell,
    StaffTally,
    StaffInvitation,
    Talent,
    TalentEvidence,
    RuleProposal = 321,
    TeamRule,
    RuleVersion,
    RuleElector,
    RuleBallot,
    RuleComment,
    RuleNote,
    Series,
    SeriesMember,
    Meeting,
    Invitee,
    ActionItem,
    AgendaItem,
    Minutes,
    Decision,
    Suggestion,
    SuggestionStep,
    SuggestionSupport,
    AppraisalAbsence = 340,
    AppraisalTemplate,
    AppraisalVersion,
    AppraisalCycle,
    CycleTemplate,
    Appraisal,
    PlanItem,
    AppraisalRating,
    Incident,
    Rater,
    Dispute,
    AppraisalResult,
    AppraisalAppeal = 361,
    AppraisalFeedback,
    Calibration = 381,
    CalibrationChange,
    AppraisalProposal,
    ImprovementPlan,
    Contract = 390,
    ContractShare,
    ContractPayment,
    PaymentCredit,
    Renewal,
    IncentiveRule = 400,
    IncentiveVersion,
    Simulation,
    IncentiveRun = 410,
    IncentiveAward,
    IncentivePayout,
    IncentiveTransaction,
    IncentiveLock,
    IncentiveCorrection,
    IncentiveQuestion,
    Honour = 420,
    Recognition,
    TrustedDocument = 430,
}

/// The key of the `n`-th row of a table: always the same, in the form of our keys.
pub fn key(table: Table, n: usize) -> Uuid {
    let (table, n) = (table as u128, n as u128);
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | table << 32 | n)
}

/// Who holds which role, by the role's key.
#[derive(Clone, Debug)]
pub struct Gift {
    /// A user, or
    pub user_id: Option<Uuid>,
    /// an API client.
    pub api_client_id: Option<Uuid>,
    /// The role's key.
    pub role: String,
}

/// All rows.
#[derive(Clone, Debug, Default)]
pub struct Data {
    pub departments: Vec<department::Model>,
    pub regions: Vec<region::Model>,
    pub region_provinces: Vec<region_province::Model>,
    pub teams: Vec<team::Model>,
    pub positions: Vec<position::Model>,
    pub members: Vec<member::Model>,
    pub assignments: Vec<assignment::Model>,
    pub partners: Vec<partner::Model>,
    pub products: Vec<product::Model>,
    pub customers: Vec<customer::Model>,
    pub contacts: Vec<contact::Model>,
    pub units: Vec<unit::Model>,
    pub users: Vec<user::Model>,
    pub api_clients: Vec<api_client::Model>,
    pub secrets: Vec<api_client_secret::Model>,
    pub trusted: Vec<api_client_document::Model>,
    pub roles: Vec<role::Model>,
    pub grants: Vec<role_grant::Model>,
    pub gifts: Vec<Gift>,
    pub tickets: Vec<ticket::Model>,
    /// Tickets that follow a process and have clocks.
    pub timed: Vec<Uuid>,
    pub stage_entries: Vec<ticket_stage_entry::Model>,
    pub comments: Vec<ticket_comment::Model>,
    pub changes: Vec<ticket_change::Model>,
    pub workforce: Workforce,
    pub dispatch: Dispatch,
    pub watchers: Vec<ticket_watcher::Model>,
    pub mentions: Vec<ticket_mention::Model>,
    pub presences: Vec<ticket_presence::Model>,
    pub reply_templates: Vec<reply_template::Model>,
    pub handovers: Vec<ticket_handover::Model>,
    pub credits: Vec<ticket_credit::Model>,
    pub surveys: Vec<survey::Model>,
    pub survey_answers: Vec<survey_answer::Model>,
    pub follow_ups: Vec<survey_follow_up::Model>,
    pub labels: Labels,
    pub goals: Goals,
    pub structure: Structure,
    pub exams: Exams,
    pub training: Training,
    pub mentoring: Mentoring,
    pub contests: Contests,
    pub proposals: Proposals,
    pub people: PeopleRows,
    pub teamwork: Teamwork,
    pub appraisals: Appraisals,
    pub contracts: Contracts,
    pub incentive_rules: IncentiveRules,
    pub incentive_runs: IncentiveRuns,
    pub honours: Honours,
}

async fn write<M, A>(connection: &impl ConnectionTrait, rows: &[M])
where
    M: Clone + IntoActiveModel<A>,
    A: sea_orm::ActiveModelTrait,
{
    for some in rows.chunks(200) {
        let rows = some
            .iter()
            .map(|row| row.clone().into_active_model().reset_all());
        A::Entity::insert_many(rows)
            .exec_without_returning(connection)
            .await
            .expect("the rows fit the tables");
    }
}

impl Data {
    /// Writes everything in one transaction. The built-in roles must be there already.
    pub async fn insert(&self, db: &aftercare::db::Db) {
        let tx = db.begin().await.expect("a transaction");
        write(&tx, &self.departments).await;
        write(&tx, &self.regions).await;
        write(&tx, &self.region_provinces).await;
        // One by one: a team stands below one that comes before it.
        for team in &self.teams {
            write(&tx, std::slice::from_ref(team)).await;
        }
        write(&tx, &self.positions).await;
        write(&tx, &self.members).await;
        write(&tx, &self.assignments).await;
        self.structure.insert(&tx).await;
        self.workforce.insert(&tx).await;
        write(&tx, &self.partners).await;
        write(&tx, &self.products).await;
        write(&tx, &self.customers).await;
        write(&tx, &self.contacts).await;
        write(&tx, &self.units).await;
        write(&tx, &self.users).await;
        write(&tx, &self.api_clients).await;
        write(&tx, &self.secrets).await;
        write(&tx, &self.trusted).await;
        write(&tx, &self.roles).await;
        write(&tx, &self.grants).await;
        self.give_roles(&tx).await;
        write(&tx, &self.tickets).await;
        write(&tx, &self.stage_entries).await;
        write(&tx, &self.comments).await;
        write(&tx, &self.changes).await;
        write(&tx, &self.watchers).await;
        write(&tx, &self.mentions).await;
        write(&tx, &self.presences).await;
        write(&tx, &self.reply_templates).await;
        write(&tx, &self.handovers).await;
        write(&tx, &self.credits).await;
        write(&tx, &self.surveys).await;
        write(&tx, &self.survey_answers).await;
        write(&tx, &self.follow_ups).await;
        self.labels.insert(&tx).await;
        self.dispatch.insert(&tx).await;
        self.goals.insert(&tx).await;
        tickets::leave_step(&tx, &self.timed).await;
        self.exams.insert(&tx).await;
        self.training.insert(&tx).await;
        self.mentoring.insert(&tx).await;
        self.contests.insert(&tx).await;
        self.proposals.insert(&tx).await;
        self.people.insert(&tx).await;
        self.teamwork.insert(&tx).await;
        self.appraisals.insert(&tx).await;
        self.contracts.insert(&tx).await;
        self.incentive_rules.insert(&tx).await;
        self.incentive_runs.insert(&tx).await;
        self.honours.insert(&tx).await;
        tickets::follow_process(&tx, &self.timed, "diagnose").await;
        sla::give_clocks(&tx, &self.timed).await;
        self.raise_counters(&tx).await;
        tx.commit().await.expect("it commits");
    }

    async fn give_roles(&self, tx: &impl ConnectionTrait) {
        let roles = role::Entity::find().all(tx).await.expect("the roles");
        for (n, gift) in self.gifts.iter().enumerate() {
            let role = roles
                .iter()
                .find(|role| role.key == gift.role)
                .unwrap_or_else(|| panic!("there is no role {}", gift.role));
            let row = role_assignment::ActiveModel {
                id: Set(key(Table::Gift, n)),
                role_id: Set(role.id),
                user_id: Set(gift.user_id),
                api_client_id: Set(gift.api_client_id),
                given_by: Set(None),
                given_at: Set(start()),
                valid_until: Set(None),
            };
            role_assignment::Entity::insert(row)
                .exec_without_returning(tx)
                .await
                .expect("the gift fits");
        }
    }

    /// Numbers that are made later don't collide with those here.
    async fn raise_counters(&self, tx: &impl ConnectionTrait) {
        for name in ["ticket_number", "customer_number", "member_number"] {
            counter::Entity::update_many()
                .col_expr(counter::Column::Value, Expr::value(500_000_i64))
                .filter(counter::Column::Name.eq(name))
                .exec(tx)
                .await
                .expect("the counter can be set");
        }
    }
}
