//! A small fixed organisation with a user of every built-in role, for tests that name who acts.
//!
//! ```text
//! SD service desk      desk (1) ── desk north (2, region north)      lead in 1, agent in 2, mover in 2 since yesterday
//!                          └────── desk south (3, region south)      colleague in 3, leaver in 3 until a month ago
//!                 claims (6)                                         nobody: of the department, not below the desk
//! TS technical support  tech (4) ── tech north (5, region north)     coordinator in 4, engineer in 5 and for region east
//! ```
//! Regions overlap: north has Beijing, Hebei, Shandong; east has Shandong, Jiangsu, Shanghai; south has Jiangsu, Guangdong,
//! and had Hebei until yesterday. Partner A (1) has customers 1 and 2, partner B (2) has 4 and 6.

use aftercare::access::builtin;
use aftercare::appraisals::templates;
use aftercare::calendars;
use aftercare::db::{Db, Settings};
use aftercare::identity::{PasswordSettings, password::Hasher};
use aftercare::metrics;
use aftercare::metrics::goals::Population;
use aftercare::metrics::rules::definition::Aggregate;
use aftercare::organisation::competencies;
use aftercare::tickets::{processes, sla};
use entity::enums::{
    CommentVisibility, Dimension, FieldType, GoalState, JobFamily, LeaveState, LinkKind, Province,
    TicketKind, TicketPriority, TicketStage, TicketState, UserStatus,
};
use entity::{api_client_document, api_client_secret};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

use super::data::{Belongs, Data, Gift, Held, Table, days_ago, key, long_ago, start};

/// The password of every user of the tests.
pub const PASSWORD: &str = "correct horse battery staple";
/// The secret of the API client of partner A.
pub const CLIENT_SECRET: &str = "acs_the-secret-of-partner-a-in-the-tests";
/// The document that this client is trusted with, as `who`.
pub const TRUSTED: &str = "query Who { viewer { name } }";
/// A word in every internal note and nowhere else.
pub const SECRET_WORD: &str = "zinnober";

/// Logins of the users; each of the first eleven has the built-in role of that name.
pub const LOGINS: [&str; 11] = [
    "admin",
    "service_manager",
    "team_lead",
    "agent",
    "engineer",
    "coordinator",
    "trainer",
    "hr",
    "auditor",
    "partner",
    "customer",
];

/// The id of a row of this company as clients write it.
pub fn id(table: Table, n: usize) -> String {
    let prefix = match table {
        Table::ApiClient => "client",
        Table::TrustedDocument => "trusteddoc",
        Table::Secret
        | Table::StageEntry
        | Table::RegionProvince
        | Table::SurveyAnswer
        | Table::TicketTag
        | Table::GoalMetric
        | Table::GoalMetricVersion
        | Table::TeamPlace
        | Table::StructureName
        | Table::PositionVersion
        | Table::ReorganisationChange
        | Table::PathCourse
        | Table::SessionTrainer
        | Table::Feedback
        | Table::MentoringTicket
        | Table::ContestJudge
        | Table::ContestConflict
        | Table::ContestResult
        | Table::ProposalMember
        | Table::CompetencyProfile
        | Table::CompetencyWant
        | Table::ProbationReview
        | Table::StaffCell
        | Table::StaffTally
        | Table::StaffInvitation
        | Table::TalentEvidence
        | Table::ContractShare
        | Table::PaymentCredit
        | Table::FieldValue => {
            panic!("{table:?} has no ids for clients")
        }
        Table::ExamPool | Table::ExamAssessor => panic!("{table:?} has no ids for clients"),
        Table::RuleElector
        | Table::RuleBallot
        | Table::RuleNote
        | Table::SeriesMember
        | Table::Invitee
        | Table::SuggestionSupport
        | Table::AppraisalAbsence
        | Table::CycleTemplate
        | Table::AppraisalRating
        | Table::AppraisalFeedback => panic!("{table:?} has no ids for clients"),
        Table::ContractPayment => "payment",
        Table::IncentivePayout => "payout",
        Table::IncentiveTransaction => "transaction",
        Table::IncentiveLock => "monthlock",
        Table::IncentiveCorrection => "correction",
        Table::IncentiveQuestion => "awardquestion",
        Table::Decision => "resolution",
        Table::ExamQuestion => "question",
        Table::ExamQuestionVersion => "questionversion",
        Table::ExamAttempt => "attempt",
        Table::ExamMark => "mark",
        Table::ExamAppeal => "appeal",
        Table::Gift => "rolegift",
        Table::CalendarVersion => "calversion",
        Table::MemberCertificate => "membercert",
        Table::MemberShift => "shift",
        Table::MemberCapacity => "capacity",
        Table::FollowUp => "followup",
        Table::DispatchRequirement => "requirement",
        Table::DispatchDecision => "decision",
        other => {
            return aftercare::graphql::ids::encode(
                &format!("{other:?}").to_lowercase(),
                key(table, n),
            );
        }
    };
    aftercare::graphql::ids::encode(prefix, key(table, n))
}

/// The id of a ticket of this company.
pub fn ticket(n: usize) -> String {
    id(Table::Ticket, n)
}

/// All rows of the company.
pub fn data() -> Data {
    let mut data = Data::default();
    organisation(&mut data);
    workforce(&mut data);
    customers(&mut data);
    users(&mut data);
    tickets(&mut data);
    service(&mut data);
    collaboration(&mut data);
    dispatch(&mut data);
    goals(&mut data);
    exams(&mut data);
    data.training = super::data::Training::small();
    data.mentoring = super::data::Mentoring::small();
    data.contests = super::data::Contests::small();
    data.proposals = super::data::Proposals::small();
    data.people = super::data::PeopleRows::small();
    data.teamwork = super::data::Teamwork::small();
    data.appraisals = super::data::Appraisals::small();
    data.incentive_rules = super::data::IncentiveRules::small();
    data.incentive_runs = super::data::IncentiveRuns::small();
    data.honours = super::data::Honours::small();
    data.contracts = super::data::Contracts::small();
    data.timed.push(key(Table::Ticket, 9));
    data
}

/// Upgrades need arrays; ticket 2 went to the mover by hand, as the agent was away.
fn dispatch(data: &mut Data) {
    let arrays = key(Table::Skill, 1);
    data.requirement(1, TicketKind::UpgradeCampaign, arrays, 2);
    let (mover, agent) = (key(Table::Member, 5), key(Table::Member, 2));
    data.decision(1, key(Table::Ticket, 2), mover, agent, arrays);
}

/// Ten calls a day, half of them in Guangdong, with the colleague in desk south; three in Hebei; the agent takes eight of
/// ten in time. Today four have come. Goals: the company's (1), the agent's (2), a draft of desk south (3), of region south
/// (4) and of the service desk (5).
fn goals(data: &mut Data) {
    let member = |n| key(Table::Member, n);
    let calls = data.call_metric(1, "calls_answered", Aggregate::Count);
    let in_time = data.call_metric(2, "calls_in_time", Aggregate::Rate);
    let (south, agent) = (key(Table::Team, 3).to_string(), member(2).to_string());
    for ago in 0..=30 {
        let day = days_ago(ago);
        let all = if ago == 0 { 4 } else { 10 };
        data.calls(calls, (Dimension::Company, ""), day, (all, 0));
        if ago > 0 {
            data.calls(calls, (Dimension::Team, &south), day, (5, 0));
            data.calls(calls, (Dimension::Province, "guangdong"), day, (5, 0));
            data.calls(calls, (Dimension::Province, "hebei"), day, (3, 0));
            data.calls(in_time, (Dimension::Member, &agent), day, (10, 8));
        }
    }
    data.frozen_february(calls, "calls_answered");
    let (lead, manager) = (member(1), member(7));
    let (active, draft) = (GoalState::Active, GoalState::Draft);
    let company = data.goal(
        1,
        ("calls_answered", 600),
        Population::Company,
        manager,
        active,
    );
    data.goal_alerts(company);
    data.goal(
        2,
        ("calls_in_time", 95),
        Population::Member(member(2)),
        lead,
        active,
    );
    let south = Population::Team(key(Table::Team, 3));
    data.goal(3, ("calls_answered", 280), south, lead, draft);
    let south = Population::Region(key(Table::Region, 3));
    data.goal(4, ("calls_answered", 400), south, manager, active);
    let desk = Population::Department(key(Table::Department, 1));
    data.goal(5, ("calls_answered", 600), desk, manager, active);
}

/// Four questions. The agent, the colleague and the mover sat exam 1, which is closed, and the agent appeals; exam 2 is on, and
/// the colleague's words wait for the lead, the engineer and the coordinator.
fn exams(data: &mut Data) {
    use entity::enums::{ExamState, QuestionKind};
    let option = |text: &str| json!({ "text": text, "text_zh": format!("{text}（中）") });
    let options = json!([
        option("Switch it off first"),
        option("Pull the plug later"),
        option("Call the customer")
    ]);
    let right = json!({ "kind": "options", "correct": [0] });
    data.question(1, QuestionKind::Single, options, right);
    let right = json!({ "kind": "true_false", "correct": true });
    data.question(2, QuestionKind::TrueFalse, json!([]), right);
    let right = json!({ "kind": "words", "groups": [] });
    data.question(3, QuestionKind::Text, json!([]), right);
    let criterion = json!({ "name": "Safe", "name_zh": "安全", "points": 50_000 });
    let right = json!({ "kind": "criteria", "criteria": [criterion] });
    data.question(4, QuestionKind::Practical, json!([]), right);
    data.exam(1, ExamState::Closed, &[1]);
    data.exam(2, ExamState::Active, &[3]);
    let chose = |place: usize| json!({ "kind": "options", "chosen": [place] });
    data.attempt(1, (1, 2), 1, (chose(1), Some(0)));
    data.attempt(2, (1, 3), 1, (chose(0), Some(100_000)));
    data.attempt(3, (1, 5), 1, (chose(0), Some(100_000)));
    let words = json!({ "kind": "words", "text": "Switch it off, then measure." });
    data.attempt(4, (2, 3), 3, (words, None));
    data.appeal(1, 1);
}

fn organisation(data: &mut Data) {
    let desk_department = data.department(1, "Service desk");
    let tech_department = data.department(2, "Technical support");
    let north = data.region(
        1,
        "North",
        &[Province::Beijing, Province::Hebei, Province::Shandong],
    );
    let east = data.region(
        2,
        "East",
        &[Province::Shandong, Province::Jiangsu, Province::Shanghai],
    );
    let south = data.region(3, "South", &[Province::Jiangsu, Province::Guangdong]);
    data.region_province(south, Province::Hebei, long_ago(), Some(days_ago(1)));
    let desk = data.team(1, desk_department, None, None);
    let desk_north = data.team(2, desk_department, Some(desk), Some(north));
    let desk_south = data.team(3, desk_department, Some(desk), Some(south));
    let tech = data.team(4, tech_department, None, None);
    let tech_north = data.team(5, tech_department, Some(tech), Some(north));
    data.team(6, desk_department, None, None);
    data.position(1, "Agent", JobFamily::ServiceDesk);
    data.position(2, "Engineer", JobFamily::TechnicalSupport);
    let leading = data.position(3, "Team lead", JobFamily::Management);

    data.team_move(1, key(Table::Team, 6), tech_department, days_ago(-40));
    data.former_name(1, tech);
    data.expected(1, leading, "Leads the team. Writes a text of some length.");
    data.pledge(1, desk);
    let always = (long_ago(), None);
    let lead = data.member(1, "Wang Fang");
    data.home(lead, desk_department, Some(desk), always);
    data.assignments[0].position_id = Some(leading);
    let agent = data.member(2, "Li Na");
    data.home(agent, desk_department, Some(desk_north), always);
    let colleague = data.member(3, "Zhang Wei");
    data.home(colleague, desk_department, Some(desk_south), always);
    let engineer = data.member(4, "Chen Jie");
    data.home(engineer, tech_department, Some(tech_north), always);
    data.regional(engineer, east);
    let mover = data.member(5, "Liu Yang");
    data.home(
        mover,
        desk_department,
        Some(desk_south),
        (long_ago(), Some(days_ago(1))),
    );
    data.home(
        mover,
        desk_department,
        Some(desk_north),
        (days_ago(1), None),
    );
    let leaver = data.member(6, "Zhao Lei");
    data.home(
        leaver,
        desk_department,
        Some(desk_south),
        (long_ago(), Some(days_ago(30))),
    );
    data.members[5].left_on = Some(days_ago(30));
    let manager = data.member(7, "Sun Min");
    data.home(manager, desk_department, None, always);
    data.task_force(1, key(Table::Team, 6), manager);
    data.plan(1, colleague, desk_north);
    let coordinator = data.member(8, "Zhou Ping");
    data.home(coordinator, tech_department, Some(tech), always);
}

/// The agent works early, the engineer by day and the colleague by night; the lead, the manager and the coordinator keep
/// office hours, which this company has no calendar for. The engineer may work under high voltage for 20 more days.
fn workforce(data: &mut Data) {
    let member = |n| key(Table::Member, n);
    let early = data.calendar(1, "early", ("06:00", "14:00"));
    let night = data.calendar(2, "night", ("22:00", "06:00"));
    data.member_shift(member(2), early);
    data.member_shift(member(3), night);
    let array = data.skill(1, "array", false);
    let voltage = data.skill(2, "high-voltage", true);
    let certificate = data.certificate(1, voltage, 3);
    data.member_skill(member(2), array, 3);
    data.member_skill(member(3), voltage, 4);
    data.member_skill(member(4), array, 5);
    data.member_skill(member(4), voltage, 2);
    let day = |ago| days_ago(ago);
    data.member_certificate(member(3), certificate, (day(800), Some(day(70))));
    data.member_certificate(member(4), certificate, (day(710), Some(day(-20))));
    data.member_capacity(member(2), 12);
    data.leave(member(2), LeaveState::Requested, (48, 72));
    data.leave(member(5), LeaveState::Approved, (-1, 24));
}

fn customers(data: &mut Data) {
    let member = |n| Some(key(Table::Member, n));
    let a = Some(data.partner(1, "Partner A", Province::Beijing));
    let b = Some(data.partner(2, "Partner B", Province::Shanghai));
    data.product(1, "Array 100");
    data.product(2, "Array 200");
    data.customer(1, Province::Beijing, a, member(2));
    data.customer(2, Province::Hebei, a, member(3));
    data.customer(3, Province::Guangdong, None, member(3));
    data.customer(4, Province::Jiangsu, b, member(5));
    data.customer(5, Province::Shandong, None, None);
    data.customer(6, Province::Shanghai, b, member(6));
    data.customer(7, Province::Beijing, None, member(1));
}

fn users(data: &mut Data) {
    for (n, role) in LOGINS.iter().enumerate() {
        let of = match *role {
            "team_lead" => Belongs::Member(key(Table::Member, 1)),
            "agent" => Belongs::Member(key(Table::Member, 2)),
            "engineer" => Belongs::Member(key(Table::Member, 4)),
            "service_manager" => Belongs::Member(key(Table::Member, 7)),
            "coordinator" => Belongs::Member(key(Table::Member, 8)),
            "partner" => Belongs::Partner(key(Table::Partner, 1)),
            "customer" => Belongs::Customer(key(Table::Customer, 3)),
            _ => Belongs::Nowhere,
        };
        data.user(n, role, role, of);
    }
    let member = |n| Belongs::Member(key(Table::Member, n));
    data.user(20, "colleague", "agent", member(3));
    data.user(21, "mover", "agent", member(5));
    data.user(22, "leaver", "agent", member(6));
    data.user(
        23,
        "partner_b",
        "partner",
        Belongs::Partner(key(Table::Partner, 2)),
    );
    let client = key(Table::ApiClient, 1);
    data.api_clients.push(entity::api_client::Model {
        id: client,
        name: "ERP of partner A".to_owned(),
        partner_id: key(Table::Partner, 1),
        status: UserStatus::Active,
        epoch: 0,
        trusted_documents_only: false,
        created_by: None,
        version: 1,
        created_at: start(),
        updated_at: start(),
    });
    let hash = Sha256::digest(CLIENT_SECRET.as_bytes());
    data.secrets.push(api_client_secret::Model {
        id: key(Table::Secret, 1),
        api_client_id: client,
        secret_hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        created_at: start(),
        expires_at: None,
        revoked_at: None,
    });
    let hash = Sha256::digest(TRUSTED.as_bytes());
    data.trusted.push(api_client_document::Model {
        id: key(Table::TrustedDocument, 1),
        api_client_id: client,
        document_id: "who".to_owned(),
        sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        operation_name: Some("Who".to_owned()),
        text: TRUSTED.to_owned(),
        created_at: start(),
    });
    data.gifts.push(Gift {
        user_id: None,
        api_client_id: Some(client),
        role: "partner".to_owned(),
    });
}

fn tickets(data: &mut Data) {
    let team = |n| Some(key(Table::Team, n));
    let member = |n| Some(key(Table::Member, n));
    // The agent's own, of partner A, in her team.
    data.ticket(1, 1, |row| {
        (row.team_id, row.owner_id) = (team(2), member(2))
    });
    // Her team's, given to the mover.
    data.ticket(2, 1, |row| {
        (row.team_id, row.owner_id, row.assignee_id) = (team(2), member(5), member(5))
    });
    // Partner A's in the south.
    data.ticket(3, 2, |row| {
        (row.team_id, row.owner_id, row.assignee_id) = (team(3), member(3), member(3))
    });
    // The customer's own, in the south.
    data.ticket(4, 3, |row| {
        (row.team_id, row.owner_id, row.priority) = (team(3), member(3), TicketPriority::Urgent)
    });
    data.ticket(5, 3, |row| {
        (row.created_by, row.priority) = (key(Table::User, 10), TicketPriority::Low)
    });
    // Partner B's.
    data.ticket(6, 4, |row| {
        (row.team_id, row.assignee_id, row.stage) = (team(5), member(4), TicketStage::Execution)
    });
    data.ticket(7, 6, |row| {
        (row.team_id, row.state) = (team(4), TicketState::PendingParts)
    });
    // Nobody's, in the provinces that two regions share.
    data.ticket(8, 5, |row| row.priority = TicketPriority::High);
    // The engineer's, in the north; it follows the process of repairs.
    data.ticket(9, 7, |row| {
        (row.team_id, row.owner_id, row.assignee_id, row.stage) =
            (team(5), member(1), member(4), TicketStage::Analysis)
    });
    // The lead's own team.
    data.ticket(10, 7, |row| {
        (row.team_id, row.owner_id) = (team(1), member(1))
    });
    // The agent's, worked on by the other department.
    data.ticket(11, 1, |row| {
        (row.team_id, row.owner_id, row.assignee_id, row.state) =
            (team(4), member(2), member(8), TicketState::PendingCustomer)
    });
    // Ended ones.
    data.ticket(12, 2, |row| {
        (row.team_id, row.owner_id, row.stage, row.state) = (
            team(2),
            member(2),
            TicketStage::Feedback,
            TicketState::Closed,
        );
        (row.resolved_at, row.closed_at) = (Some(row.created_at), Some(row.created_at));
    });
    data.ticket(13, 4, |row| {
        (row.team_id, row.state, row.closed_at) =
            (team(6), TicketState::Cancelled, Some(row.created_at));
    });
    // Done, not yet closed.
    data.ticket(14, 1, |row| {
        (row.team_id, row.owner_id, row.assignee_id, row.stage) =
            (team(2), member(2), member(2), TicketStage::Feedback);
        row.resolved_at = Some(row.created_at);
    });
    for row in data.tickets.clone() {
        annotate(data, row.id);
    }
    together(data);
}

/// Who follows whose work: nobody sees a ticket by it that they don't see anyway.
fn together(data: &mut Data) {
    let ticket = key(Table::Ticket, 1);
    let note = data
        .comments
        .iter()
        .find(|row| row.ticket_id == ticket && row.visibility == CommentVisibility::Internal);
    let note = note.expect("an internal note").id;
    for member in [2, 7] {
        data.watch(ticket, key(Table::Member, member));
        data.mention(ticket, note, key(Table::Member, member));
    }
    let agent = data.users.iter().find(|user| user.login == "agent");
    let agent = agent.expect("the agent").id;
    data.present(ticket, agent, Some(key(Table::Member, 2)));
    data.reply_template(
        1,
        "first_reply",
        "Dear {{ contact.name or customer.name }}, ticket {{ ticket.number }} ({{ ticket.stage }}) is with {{ owner.name }}.",
        "尊敬的{{ contact.name or customer.name }}：工单 {{ ticket.number }}（{{ ticket.stage }}）由{{ owner.name }}负责。",
    );
}

/// What came of the ended tickets, and an offer that waits for the agent.
fn service(data: &mut Data) {
    let member = |n| key(Table::Member, n);
    let ticket = |n| key(Table::Ticket, n);
    data.credit(ticket(12), &[(member(2), 6_000), (member(5), 4_000)]);
    data.credit(ticket(14), &[(member(2), 10_000)]);
    let bad = data.survey(ticket(12), Some(2));
    data.follow_up(bad, member(1));
    data.survey(ticket(14), None);
    data.handover(ticket(2), member(5), member(2));
}

/// Two tags, four fields with values, links within and across teams, a view of one's own and one that is shared.
fn collaboration(data: &mut Data) {
    let ticket = |n| key(Table::Ticket, n);
    let battery = data.tag(1, "Battery");
    data.tag(2, "VIP");
    data.tagged(ticket(1), battery);
    data.tagged(ticket(4), battery);
    let height = data.field(1, "rack_height", FieldType::Integer, true, &[]);
    let cost = data.field(2, "internal_cost", FieldType::Decimal, false, &[]);
    let access = data.field(
        3,
        "site_access",
        FieldType::Choice,
        true,
        &["free", "escort"],
    );
    let suspicion = data.field(4, "suspicion", FieldType::Text, false, &[]);
    data.filled(ticket(1), height, Held::Number(420_000));
    data.filled(ticket(1), cost, Held::Number(1_234_567));
    data.filled(ticket(1), access, Held::Text("escort"));
    data.filled(ticket(4), height, Held::Number(480_000));
    data.filled(ticket(4), suspicion, Held::Text(SECRET_WORD));
    data.link(1, ticket(1), LinkKind::ParentOf, ticket(11));
    data.link(2, ticket(3), LinkKind::DuplicateOf, ticket(1));
    data.view(
        1,
        3,
        "Mine and urgent",
        json!({ "priority": { "eq": "URGENT" } }),
        None,
    );
    data.view(
        2,
        2,
        "The desk's own",
        json!({ "teamId": { "isNull": false } }),
        Some(2),
    );
}

/// Two public comments, an internal note; history that all may see and history for staff.
fn annotate(data: &mut Data, ticket: Uuid) {
    data.comment(
        ticket,
        CommentVisibility::Public,
        "We look into it. 正在处理",
    );
    data.comment(
        ticket,
        CommentVisibility::Internal,
        &format!("Not for the customer: {SECRET_WORD}"),
    );
    data.comment(
        ticket,
        CommentVisibility::Public,
        "We keep you informed. 我们会及时告知",
    );
    data.change(ticket, "create", "stage", "INTAKE", true);
    data.change(
        ticket,
        "hold",
        "reason",
        &format!("not for the customer: {SECRET_WORD}"),
        false,
    );
}

/// Fills the empty database at `url` with the built-in roles and these rows; all users get the password of the tests.
pub async fn fill(url: &str, data: &Data) {
    let db = open(url).await;
    let tx = db.begin().await.expect("a transaction");
    builtin::install(&tx, start())
        .await
        .expect("the built-in roles can be made");
    calendars::shipped::install(&tx, start())
        .await
        .expect("the shipped calendars can be made");
    processes::install(&tx, start())
        .await
        .expect("the shipped processes can be installed");
    sla::install(&tx, start())
        .await
        .expect("the shipped policies can be made");
    competencies::install(&tx, start())
        .await
        .expect("the competencies can be installed");
    metrics::definitions::install(&tx, start())
        .await
        .expect("the shipped metrics can be made");
    templates::install(&tx, start())
        .await
        .expect("the shipped templates can be installed");
    tx.commit().await.expect("it commits");
    let hash = password_hash().await;
    let mut data = data.clone();
    for user in &mut data.users {
        user.password_hash.clone_from(&hash);
    }
    data.insert(&db).await;
    db.close().await.expect("the database closes");
}

/// Lets the register take in what is in the database at `url`, as a server would.
pub async fn count(url: &str) {
    let db = open(url).await;
    let counter = aftercare::app::counter(chrono_tz::Asia::Shanghai);
    counter.catch_up(&db, start()).await.expect("it counts");
    db.close().await.expect("the database closes");
}

async fn open(url: &str) -> Db {
    let settings = Settings {
        url: url.to_owned(),
        connections: 1,
        statement_timeout: Duration::from_secs(20),
    };
    Db::connect(&settings).await.expect("the database opens")
}

async fn password_hash() -> String {
    let hasher = Hasher::new(&PasswordSettings::cheap()).expect("the settings are good");
    hasher.hash(PASSWORD).await.expect("it can be hashed")
}
