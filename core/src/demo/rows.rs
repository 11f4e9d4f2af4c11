//! What of the demo company is written into which table.

use super::careers::Careers;
use super::company::Company;
use super::contracts::Contracts;
use super::exams::Exams;
use super::growth::Growth;
use super::sink::Sink;
use super::structure::Structure;
use super::teamwork::Teamwork;
use super::templates;
use super::tickets::FIRST_NUMBER;
use super::training::Training;
use super::workforce::Workforce;
use crate::error::Result;

/// Writes the rows of fields into their tables, in this order.
macro_rules! write_rows {
    ($sink:ident, $rows:ident: $($table:ident: $field:ident,)*) => {
        $($sink.insert::<entity::$table::Entity>(&$rows.$field).await?;)*
    };
}

/// The structure over time, in the order of the foreign keys.
async fn write_structure(sink: &mut Sink, rows: &Structure) -> Result<()> {
    write_rows! { sink, rows:
        team_place: places,
        structure_name: names,
        position_version: versions,
        task_force: forces,
        team_pledge: pledges,
        reorganisation: plans,
        reorganisation_change: changes,
    }
    Ok(())
}

/// Everything but tickets, in the order of the foreign keys, and the counters.
///
/// # Errors
/// When the database fails.
pub async fn write_company(sink: &mut Sink, company: &Company) -> Result<()> {
    let (organisation, people) = (&company.organisation, &company.people);
    let (customers, accounts) = (&company.customers, &company.accounts);
    sink.insert::<entity::department::Entity>(&organisation.departments)
        .await?;
    sink.insert::<entity::region::Entity>(&organisation.regions)
        .await?;
    sink.insert::<entity::region_province::Entity>(&organisation.region_provinces)
        .await?;
    sink.insert::<entity::team::Entity>(&organisation.teams)
        .await?;
    sink.insert::<entity::position::Entity>(&organisation.positions)
        .await?;
    sink.insert::<entity::member::Entity>(&people.members)
        .await?;
    sink.insert::<entity::assignment::Entity>(&people.assignments)
        .await?;
    sink.insert::<entity::partner::Entity>(&customers.partners)
        .await?;
    sink.insert::<entity::product::Entity>(&customers.products)
        .await?;
    sink.insert::<entity::customer::Entity>(&customers.customers)
        .await?;
    sink.insert::<entity::contact::Entity>(&customers.contacts)
        .await?;
    sink.insert::<entity::unit::Entity>(&customers.units)
        .await?;
    sink.insert::<entity::user::Entity>(&accounts.users).await?;
    sink.insert::<entity::api_client::Entity>(&accounts.clients)
        .await?;
    sink.insert::<entity::api_client_secret::Entity>(&accounts.secrets)
        .await?;
    let collaboration = &company.collaboration;
    sink.insert::<entity::tag::Entity>(&collaboration.tags)
        .await?;
    sink.insert::<entity::custom_field::Entity>(&collaboration.fields)
        .await?;
    sink.insert::<entity::saved_view::Entity>(&collaboration.views)
        .await?;
    sink.insert::<entity::reply_template::Entity>(&templates::generate(
        company.seed,
        company.as_of,
    ))
    .await?;
    write_structure(sink, &company.structure).await?;
    write_workforce(sink, &company.workforce).await?;
    sink.insert::<entity::dispatch_requirement::Entity>(&company.requirements)
        .await?;
    sink.insert::<entity::goal::Entity>(&company.goals).await?;
    write_exams(sink, &company.exams).await?;
    write_training(sink, &company.training).await?;
    write_growth(sink, &company.growth).await?;
    write_careers(sink, &company.careers).await?;
    write_teamwork(sink, &company.teamwork).await?;
    write_contracts(sink, &company.contracts).await?;
    let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
    sink.count("member_number", count(people.members.len()))
        .await?;
    sink.count("customer_number", count(customers.customers.len()))
        .await?;
    let tickets = i64::try_from(company.tickets).unwrap_or(i64::MAX - FIRST_NUMBER);
    sink.count("ticket_number", FIRST_NUMBER + tickets).await
}

/// How people get on, in the order of the foreign keys.
async fn write_careers(sink: &mut Sink, rows: &Careers) -> Result<()> {
    write_rows! { sink, rows:
        competency_profile: profiles,
        competency_want: wants,
        competency_assessment: assessments,
        probation: probations,
        probation_review: reviews,
        rotation: rotations,
        staff_survey_round: rounds,
        staff_survey_question: questions,
        staff_survey_cell: cells,
        staff_survey_tally: tallies,
        staff_survey_invitation: invitations,
        talent_proposal: proposals,
        talent_evidence: evidence,
    }
    Ok(())
}

/// The bank, exams and attempts, in the order of the foreign keys.
async fn write_exams(sink: &mut Sink, rows: &Exams) -> Result<()> {
    write_rows! { sink, rows:
        exam_question: questions,
        exam_question_version: versions,
        exam: exams,
        exam_pool: pools,
        exam_candidate: candidates,
        exam_assessor: assessors,
        member_certificate: granted,
        exam_attempt: attempts,
        exam_item: items,
        exam_mark: marks,
    }
    Ok(())
}

/// The catalogue, sessions and the ledger, in the order of the foreign keys.
async fn write_training(sink: &mut Sink, rows: &Training) -> Result<()> {
    write_rows! { sink, rows:
        training_course: courses,
        training_path: paths,
        training_path_course: path_courses,
        training_session: sessions,
        training_session_trainer: trainers,
        training_enrolment: enrolments,
        training_feedback: feedbacks,
        training_study: studies,
        training_hour: hours,
        training_target: targets,
    }
    Ok(())
}

/// Mentoring, contests and training, in the order of the foreign keys.
async fn write_growth(sink: &mut Sink, rows: &Growth) -> Result<()> {
    write_rows! { sink, rows:
        mentoring: pairs,
        mentoring_goal: goals,
        mentoring_check_in: check_ins,
        contest: contests,
        contest_round: rounds,
        contest_entrant: entrants,
        contest_judge: judges,
        contest_score: scores,
        contest_result: results,
        contest_award: awards,
        training_course: courses,
        training_session: sessions,
        training_enrolment: enrolments,
        training_proposal: proposals,
        training_proposal_member: proposed,
    }
    Ok(())
}

/// Contracts, money and renewals, in the order of the foreign keys.
async fn write_contracts(sink: &mut Sink, rows: &Contracts) -> Result<()> {
    write_rows! { sink, rows:
        contract: contracts,
        contract_share: shares,
        contract_payment: payments,
        payment_credit: credits,
        renewal: renewals,
    }
    Ok(())
}

/// Rules, meetings and suggestions, in the order of the foreign keys.
async fn write_teamwork(sink: &mut Sink, rows: &Teamwork) -> Result<()> {
    write_rows! { sink, rows:
        team_rule: rules,
        rule_proposal: proposals,
        team_rule_version: versions,
        rule_elector: electors,
        rule_ballot: ballots,
        rule_comment: comments,
        rule_acknowledgement: notes,
        meeting_series: series,
        meeting_series_member: series_members,
        meeting: meetings,
        meeting_invitee: invitees,
        action_item: items,
        meeting_agenda_item: agenda,
        meeting_minute: minutes,
        meeting_decision: decisions,
        suggestion: suggestions,
        suggestion_step: steps,
        suggestion_support: supports,
    }
    Ok(())
}

/// What hangs on members, in the order of the foreign keys.
async fn write_workforce(sink: &mut Sink, rows: &Workforce) -> Result<()> {
    write_rows! { sink, rows:
        calendar: calendars,
        calendar_version: calendar_versions,
        skill: skills,
        certificate: certificates,
        member_skill: member_skills,
        member_certificate: member_certificates,
        member_shift: member_shifts,
        member_capacity: member_capacities,
        leave: leaves,
    }
    Ok(())
}
