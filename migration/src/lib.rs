//! How the tables came to be: forward-only migrations, one set for SQLite and PostgreSQL.
//!
//! A migration that has landed never changes, so it spells every name and value itself and knows nothing of the
//! `entity` crate. To change a table, write the next migration; there is no way back down, as rows would be lost on it.
//! Each runs in one transaction on both databases: it is there as a whole or not at all.

use sea_orm_migration::prelude::*;

mod frozen;
mod m20261121_000001_organisation;
mod m20261121_000002_customers;
mod m20261121_000003_identity;
mod m20261121_000004_access;
mod m20261121_000005_tickets;
mod m20261121_000006_platform;
mod m20261122_000001_platform;
mod m20261122_000002_calendars;
mod m20261122_000003_workforce;
mod m20261122_000004_processes;
mod m20261122_000005_sla;
mod m20261122_000006_responsibility;
mod m20261122_000007_dispatch;
mod m20261122_000008_collaboration;
mod m20261122_000009_surveys;
mod m20261123_000001_metrics;
mod m20261123_000002_goals;
mod m20261128_000001_fact_detail;
mod m20261128_000002_metric_snapshots;
mod m20261128_000010_counted_sources;
mod m20261128_000050_structure;
mod m20261128_000051_position_versions;
mod m20261128_000052_task_forces;
mod m20261128_000053_team_pledges;
mod m20261128_000054_reorganisations;
mod m20261128_000100_training;
mod m20261128_000150_exams;
mod m20261128_000151_certificate_warnings;
mod m20261128_000200_competencies;
mod m20261128_000201_probations;
mod m20261128_000202_rotations;
mod m20261128_000203_staff_surveys;
mod m20261128_000204_talent;
mod m20261128_000220_team_rules;
mod m20261128_000221_meetings;
mod m20261128_000222_suggestions;
mod m20261128_000240_mentoring;
mod m20261128_000241_contests;
mod m20261128_000242_training_proposals;
mod m20261128_000250_course_certificates;
mod m20261128_000300_appraisals;
mod m20261129_000001_appraisal_corrections;
mod m20261129_000002_improvement_plans;
mod m20261129_000100_contracts;
mod m20261129_000101_exact_scores;
mod m20261129_000102_auditors_answer;
mod m20261129_000200_incentive_rules;
mod m20261129_000210_incentive_runs;
mod m20261129_000220_late_payments;
mod m20261129_000300_honours;
mod m20261129_000400_never_emptied;
mod m20261129_000500_simulation_release;
mod m20261129_000500_trusted_documents;
mod m20261129_000501_auditors_awards;
mod m20261129_000510_taking_back;
mod m20261129_000511_managers_answer;
mod m20261129_000600_ticket_queues;
mod m20261129_000700_waiting_events;
mod m20261129_000710_run_lacks;
mod m20261129_000720_behind_figures;
mod table;

/// Brings a database to the present schema.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_organisation::Migration),
            Box::new(m20261121_000002_customers::Migration),
            Box::new(m20261121_000003_identity::Migration),
            Box::new(m20261121_000004_access::Migration),
            Box::new(m20261121_000005_tickets::Migration),
            Box::new(m20261121_000006_platform::Migration),
            Box::new(m20261122_000001_platform::Migration),
            Box::new(m20261122_000002_calendars::Migration),
            Box::new(m20261122_000003_workforce::Migration),
            Box::new(m20261122_000004_processes::Migration),
            Box::new(m20261122_000005_sla::Migration),
            Box::new(m20261122_000006_responsibility::Migration),
            Box::new(m20261122_000007_dispatch::Migration),
            Box::new(m20261122_000008_collaboration::Migration),
            Box::new(m20261122_000009_surveys::Migration),
            Box::new(m20261123_000001_metrics::Migration),
            Box::new(m20261123_000002_goals::Migration),
            Box::new(m20261128_000001_fact_detail::Migration),
            Box::new(m20261128_000002_metric_snapshots::Migration),
            Box::new(m20261128_000010_counted_sources::Migration),
            Box::new(m20261128_000050_structure::Migration),
            Box::new(m20261128_000051_position_versions::Migration),
            Box::new(m20261128_000052_task_forces::Migration),
            Box::new(m20261128_000053_team_pledges::Migration),
            Box::new(m20261128_000054_reorganisations::Migration),
            Box::new(m20261128_000100_training::Migration),
            Box::new(m20261128_000150_exams::Migration),
            Box::new(m20261128_000151_certificate_warnings::Migration),
            Box::new(m20261128_000200_competencies::Migration),
            Box::new(m20261128_000201_probations::Migration),
            Box::new(m20261128_000202_rotations::Migration),
            Box::new(m20261128_000203_staff_surveys::Migration),
            Box::new(m20261128_000204_talent::Migration),
            Box::new(m20261128_000220_team_rules::Migration),
            Box::new(m20261128_000221_meetings::Migration),
            Box::new(m20261128_000222_suggestions::Migration),
            Box::new(m20261128_000240_mentoring::Migration),
            Box::new(m20261128_000241_contests::Migration),
            Box::new(m20261128_000242_training_proposals::Migration),
            Box::new(m20261128_000250_course_certificates::Migration),
            Box::new(m20261128_000300_appraisals::Migration),
            Box::new(m20261129_000001_appraisal_corrections::Migration),
            Box::new(m20261129_000002_improvement_plans::Migration),
            Box::new(m20261129_000100_contracts::Migration),
            Box::new(m20261129_000101_exact_scores::Migration),
            Box::new(m20261129_000102_auditors_answer::Migration),
            Box::new(m20261129_000200_incentive_rules::Migration),
            Box::new(m20261129_000210_incentive_runs::Migration),
            Box::new(m20261129_000220_late_payments::Migration),
            Box::new(m20261129_000300_honours::Migration),
            Box::new(m20261129_000400_never_emptied::Migration),
            Box::new(m20261129_000500_simulation_release::Migration),
            Box::new(m20261129_000500_trusted_documents::Migration),
            Box::new(m20261129_000501_auditors_awards::Migration),
            Box::new(m20261129_000510_taking_back::Migration),
            Box::new(m20261129_000511_managers_answer::Migration),
            Box::new(m20261129_000600_ticket_queues::Migration),
            Box::new(m20261129_000700_waiting_events::Migration),
            Box::new(m20261129_000710_run_lacks::Migration),
            Box::new(m20261129_000720_behind_figures::Migration),
        ]
    }
}

/// What every migration answers to `down`.
fn forward_only(name: &str) -> Result<(), DbErr> {
    Err(DbErr::Migration(format!(
        "{name} can't be undone: migrations go forward only. Restore a backup, or write a new migration."
    )))
}
