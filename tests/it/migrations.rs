//! The migrations apply on both databases, once and for all, and fit the entities.

use std::collections::BTreeSet;

use migration::Migrator;
use sea_orm::{ConnectionTrait, DatabaseConnection, EntityName, EntityTrait, QuerySelect};
use sea_orm_migration::MigratorTrait;

use crate::support::database::{Backend, TestDatabase, both_databases, fresh};

/// Lists the modules of the `entity` crate that are tables.
macro_rules! tables {
    ($($module:ident)+) => {
        const TABLES: &[&str] = &[$(stringify!($module)),+];

        /// Reads from every table by the columns of its entity.
        async fn select_from_each(connection: &DatabaseConnection) {
            $(
                let entity = entity::$module::Entity;
                let rows = entity::$module::Entity::find().limit(3).all(connection).await;
                rows.unwrap_or_else(|error| panic!("{}: {error}", entity.table_name()));
            )+
        }
    };
}

tables! {
    action_item api_client api_client_document api_client_secret appraisal appraisal_absence appraisal_appeal appraisal_calibration
    appraisal_calibration_change appraisal_cycle appraisal_cycle_template appraisal_dispute appraisal_feedback
    appraisal_incident appraisal_plan_item appraisal_proposal appraisal_rater appraisal_rating appraisal_result
    appraisal_template appraisal_template_version assignment audit_head audit_log calendar calendar_version certificate
    competency competency_assessment competency_profile competency_want contact contest contest_award contest_conflict
    contest_entrant contest_judge contest_result contest_round contest_score contract contract_payment contract_share counter custom_field customer department
    dispatch_candidate dispatch_decision dispatch_requirement exam exam_appeal exam_assessor exam_attempt exam_candidate
    exam_item exam_mark exam_pool exam_question exam_question_version goal goal_alert honour honour_opt_out idempotency_key improvement_plan
    incentive_award incentive_correction incentive_lock incentive_payout incentive_posting incentive_question incentive_rule
    incentive_rule_version incentive_run incentive_simulation incentive_simulation_part incentive_transaction job_lease
    known_permission leave meeting meeting_agenda_item meeting_decision meeting_invitee meeting_minute meeting_series
    meeting_series_member member member_capacity member_certificate member_shift member_skill mentoring
    mentoring_check_in mentoring_goal mentoring_ticket metric metric_cell metric_counted_source metric_dirty_day
    metric_fact metric_frozen_cell metric_frozen_fact metric_snapshot metric_snapshot_metric metric_version outbox
    partner payment_credit position position_version probation probation_review process_step process_template process_version product
    recognition refresh_token region region_province renewal reorganisation reorganisation_change reply_template role role_assignment
    role_grant rotation rule_acknowledgement rule_ballot rule_comment rule_elector rule_proposal saved_view session
    setting signing_key skill sla_clock sla_interval sla_policy sla_policy_version staff_survey_cell
    staff_survey_invitation staff_survey_question staff_survey_round staff_survey_tally structure_name suggestion
    suggestion_step suggestion_support survey survey_answer survey_follow_up tag talent_evidence talent_proposal
    task_force team team_place team_pledge team_rule team_rule_version ticket ticket_alert ticket_change ticket_comment
    ticket_credit ticket_field_value ticket_handover ticket_link ticket_mention ticket_presence ticket_stage_entry
    ticket_step_entry ticket_tag ticket_watcher training_course training_enrolment training_feed training_feedback
    training_hour training_path training_path_course training_proposal training_proposal_member training_session
    training_session_trainer training_study training_target unit user
}

both_databases! {
    async fn every_table_has_the_columns_of_its_entity(db: TestDatabase) {
        let connection = db.connect().await;
        select_from_each(&connection).await;
    }

    async fn all_migrations_are_applied_and_again_is_harmless(db: TestDatabase) {
        let connection = db.connect().await;
        let applied = async || {
            let models = Migrator::get_migration_models(&connection).await.expect("the list can be read");
            models.into_iter().map(|model| (model.version, model.applied_at)).collect::<Vec<_>>()
        };
        let before = applied().await;
        assert_eq!(before.len(), Migrator::migrations().len(), "{before:?}");
        assert_ne!(before.len(), 0);

        Migrator::up(&connection, None).await.expect("a second run does nothing");

        assert_eq!(applied().await, before);
        select_from_each(&connection).await;
    }
}

#[test]
fn the_list_of_tables_is_complete() {
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/entity/src");
    let mut files = BTreeSet::new();
    for entry in std::fs::read_dir(directory).expect("the entity crate is here") {
        let path = entry.expect("the directory can be read").path();
        let source = std::fs::read_to_string(&path).unwrap_or_default();
        if source.contains("DeriveEntityModel") {
            files.insert(
                path.file_stem()
                    .expect("a file has a name")
                    .to_string_lossy()
                    .into_owned(),
            );
        }
    }
    assert_eq!(files, TABLES.iter().map(ToString::to_string).collect());
}

#[test]
fn migrations_are_in_the_order_of_their_names() {
    let names: Vec<_> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    assert!(
        names.is_sorted(),
        "a server that has the later ones would apply the earlier ones after them: {names:?}"
    );
}

/// Rows of ledgers are never changed or deleted, and on PostgreSQL a table can't be emptied at once either.
#[tokio::test]
async fn ledgers_are_never_emptied() {
    let Some(database) = fresh(Backend::Postgres).await else {
        return;
    };
    let connection = database.connect().await;
    for table in [
        "training_hours",
        "contract_payments",
        "payment_credits",
        "incentive_transactions",
        "incentive_postings",
    ] {
        let emptied = connection
            .execute_unprepared(&format!("TRUNCATE {table} CASCADE"))
            .await;
        let error = emptied.expect_err(table).to_string();
        assert!(error.contains("only grows"), "{table}: {error}");
    }
    connection.close().await.expect("the connection closes");
}
