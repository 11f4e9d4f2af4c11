//! The tables of Aftercare: data only. One file a table, named after one row; [`enums`] has the closed lists of values.
//!
//! What the rows mean and who may touch them is the server's business; how the tables came to be is the `migration`
//! crate's. Three habits run through them:
//! - rows that people change carry `version`, `created_at` and `updated_at`;
//! - rows that hold for a time carry `valid_from` and `valid_to`, the first day on which they no longer hold;
//! - times are in UTC and come in as values: keep them to the microsecond, for PostgreSQL keeps no more.

pub mod enums;

// Organisation
pub mod assignment;
pub mod department;
pub mod member;
pub mod position;
pub mod position_version;
pub mod region;
pub mod region_province;
pub mod reorganisation;
pub mod reorganisation_change;
pub mod structure_name;
pub mod task_force;
pub mod team;
pub mod team_place;
pub mod team_pledge;

// Workforce
pub mod certificate;
pub mod leave;
pub mod member_capacity;
pub mod member_certificate;
pub mod member_shift;
pub mod member_skill;
pub mod skill;

// People: what they are able to do, how they begin, where they go next, how they are
pub mod competency;
pub mod competency_assessment;
pub mod competency_profile;
pub mod competency_want;
pub mod probation;
pub mod probation_review;
pub mod rotation;
pub mod staff_survey_cell;
pub mod staff_survey_invitation;
pub mod staff_survey_question;
pub mod staff_survey_round;
pub mod staff_survey_tally;
pub mod talent_evidence;
pub mod talent_proposal;

// Calendars
pub mod calendar;
pub mod calendar_version;

// Customers
pub mod contact;
pub mod customer;
pub mod partner;
pub mod product;
pub mod unit;

// Contracts
pub mod contract;
pub mod contract_payment;
pub mod contract_share;
pub mod payment_credit;
pub mod renewal;

// Identity
pub mod api_client;
pub mod api_client_document;
pub mod api_client_secret;
pub mod refresh_token;
pub mod session;
pub mod signing_key;
pub mod user;

// Access
pub mod counter;
pub mod role;
pub mod role_assignment;
pub mod role_grant;

// Tickets
pub mod ticket;
pub mod ticket_change;
pub mod ticket_comment;
pub mod ticket_stage_entry;

// Processes
pub mod process_step;
pub mod process_template;
pub mod process_version;
pub mod ticket_step_entry;

// Service levels
pub mod sla_clock;
pub mod sla_interval;
pub mod sla_policy;
pub mod sla_policy_version;
pub mod ticket_alert;

// Responsibility
pub mod ticket_credit;
pub mod ticket_handover;

// Dispatch
pub mod dispatch_candidate;
pub mod dispatch_decision;
pub mod dispatch_requirement;

// Collaboration
pub mod custom_field;
pub mod reply_template;
pub mod saved_view;
pub mod tag;
pub mod ticket_field_value;
pub mod ticket_link;
pub mod ticket_mention;
pub mod ticket_presence;
pub mod ticket_tag;
pub mod ticket_watcher;

// Surveys
pub mod survey;
pub mod survey_answer;
pub mod survey_follow_up;

// Training
pub mod training_course;
pub mod training_enrolment;
pub mod training_feed;
pub mod training_feedback;
pub mod training_hour;
pub mod training_path;
pub mod training_path_course;
pub mod training_proposal;
pub mod training_proposal_member;
pub mod training_session;
pub mod training_session_trainer;
pub mod training_study;
pub mod training_target;

// Working together
pub mod action_item;
pub mod meeting;
pub mod meeting_agenda_item;
pub mod meeting_decision;
pub mod meeting_invitee;
pub mod meeting_minute;
pub mod meeting_series;
pub mod meeting_series_member;
pub mod rule_acknowledgement;
pub mod rule_ballot;
pub mod rule_comment;
pub mod rule_elector;
pub mod rule_proposal;
pub mod suggestion;
pub mod suggestion_step;
pub mod suggestion_support;
pub mod team_rule;
pub mod team_rule_version;

// Goals
pub mod goal;
pub mod goal_alert;

// Exams
pub mod exam;
pub mod exam_appeal;
pub mod exam_assessor;
pub mod exam_attempt;
pub mod exam_candidate;
pub mod exam_item;
pub mod exam_mark;
pub mod exam_pool;
pub mod exam_question;
pub mod exam_question_version;

// Contests
pub mod contest;
pub mod contest_award;
pub mod contest_conflict;
pub mod contest_entrant;
pub mod contest_judge;
pub mod contest_result;
pub mod contest_round;
pub mod contest_score;

// Mentoring
pub mod mentoring;
pub mod mentoring_check_in;
pub mod mentoring_goal;
pub mod mentoring_ticket;

// Platform
pub mod audit_head;
pub mod audit_log;
pub mod idempotency_key;
pub mod improvement_plan;
pub mod job_lease;
pub mod known_permission;
pub mod metric;
pub mod metric_cell;
pub mod metric_counted_source;
pub mod metric_dirty_day;
pub mod metric_fact;
pub mod metric_frozen_cell;
pub mod metric_frozen_fact;
pub mod metric_snapshot;
pub mod metric_snapshot_metric;
pub mod metric_version;
pub mod outbox;
pub mod setting;

// Appraisals
pub mod appraisal;
pub mod appraisal_absence;
pub mod appraisal_appeal;
pub mod appraisal_calibration;
pub mod appraisal_calibration_change;
pub mod appraisal_cycle;
pub mod appraisal_cycle_template;
pub mod appraisal_dispute;
pub mod appraisal_feedback;
pub mod appraisal_incident;
pub mod appraisal_plan_item;
pub mod appraisal_proposal;
pub mod appraisal_rater;
pub mod appraisal_rating;
pub mod appraisal_result;
pub mod appraisal_template;
pub mod appraisal_template_version;

// Incentives
pub mod honour;
pub mod honour_opt_out;
pub mod incentive_award;
pub mod incentive_correction;
pub mod incentive_lock;
pub mod incentive_payout;
pub mod incentive_posting;
pub mod incentive_question;
pub mod incentive_rule;
pub mod incentive_rule_version;
pub mod incentive_run;
pub mod incentive_simulation;
pub mod incentive_simulation_part;
pub mod incentive_transaction;
pub mod recognition;
