//! Appraisals: templates, cycles, what is said and counted, results and what follows from them.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        templates().create(manager).await?;
        template_versions().create(manager).await?;
        cycles().create(manager).await?;
        cycle_templates().create(manager).await?;
        appraisals().create(manager).await?;
        absences().create(manager).await?;
        plan_items().create(manager).await?;
        ratings().create(manager).await?;
        incidents().create(manager).await?;
        raters().create(manager).await?;
        feedbacks().create(manager).await?;
        results().create(manager).await?;
        calibrations().create(manager).await?;
        calibration_changes().create(manager).await?;
        appeals().create(manager).await?;
        disputes().create(manager).await?;
        proposals().create(manager).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A kind of appraisal for a job family (考核模板).
fn templates() -> NewTable {
    NewTable::named("appraisal_templates")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .one_of(
            "family",
            &[
                "service_desk",
                "technical_support",
                "field_service",
                "coordination",
                "management",
                "support_function",
            ],
        )
        .time_null("retired_at")
        .versioned()
        .unique(&["code"])
        .index(&["family", "id"])
}

/// What is appraised, and how it counts: never changed once published (考核模板版本).
fn template_versions() -> NewTable {
    NewTable::named("appraisal_template_versions")
        .id()
        .reference("template_id", "appraisal_templates")
        .column(ColumnDef::new("number").integer().not_null())
        .one_of("state", &["draft", "published"])
        .json("content")
        .text_null("note")
        .time_null("published_at")
        .text_null("published_by_name")
        .versioned()
        .unique(&["template_id", "number"])
}

/// A round of appraisals about a period (考核周期).
fn cycles() -> NewTable {
    NewTable::named("appraisal_cycles")
        .id()
        .text("code")
        .text("name")
        .text("name_zh")
        .one_of("rhythm", &["monthly", "quarterly", "yearly"])
        .date("from_day")
        .date("until_day")
        .one_of(
            "stage",
            &[
                "draft",
                "self_assessment",
                "review",
                "counting",
                "calibration",
                "published",
                "closed",
                "cancelled",
            ],
        )
        .json("population")
        .date("self_until")
        .date("review_until")
        .date("publish_on")
        .date("acknowledge_until")
        .date("appeal_until")
        .reference_null("snapshot_id", "metric_snapshots")
        .time_null("published_at")
        .time_null("closed_at")
        .text_null("reason")
        .uuid("created_by")
        .versioned()
        .unique(&["code"])
        .index(&["stage", "id"])
        .index(&["from_day", "id"])
        .check("period", Expr::col("until_day").gt(Expr::col("from_day")))
}

/// Which version of which template a cycle uses (考核周期所用模板).
fn cycle_templates() -> NewTable {
    NewTable::named("appraisal_cycle_templates")
        .id()
        .part_of("cycle_id", "appraisal_cycles")
        .reference("version_id", "appraisal_template_versions")
        .one_of(
            "family",
            &[
                "service_desk",
                "technical_support",
                "field_service",
                "coordination",
                "management",
                "support_function",
            ],
        )
        .unique(&["cycle_id", "family"])
        .index(&["version_id"])
}

/// The appraisal of a member in a cycle (考核).
fn appraisals() -> NewTable {
    NewTable::named("appraisals")
        .id()
        .reference("cycle_id", "appraisal_cycles")
        .reference("member_id", "members")
        .reference("version_id", "appraisal_template_versions")
        .reference_null("reviewer_id", "members")
        .uuid_null("team_id")
        .uuid_null("department_id")
        .column(ColumnDef::new("days").integer().not_null())
        .time_null("plan_agreed_at")
        .text_null("self_comment")
        .time_null("self_submitted_at")
        .text_null("review_comment")
        .time_null("review_submitted_at")
        .json_null("inputs")
        .column(ColumnDef::new("result").integer().not_null())
        .column(ColumnDef::new("score").big_integer().null())
        .text_null("band")
        .text_null("blocked")
        .time_null("acknowledged_at")
        .text_null("acknowledgement")
        .versioned()
        .unique(&["cycle_id", "member_id"])
        .index(&["member_id", "id"])
        .index(&["reviewer_id", "id"])
        .index(&["version_id"])
        .index(&["cycle_id", "result", "id"])
        .index(&["team_id"])
}

/// Who has no appraisal in a cycle, and why (未参与考核).
fn absences() -> NewTable {
    NewTable::named("appraisal_absences")
        .id()
        .part_of("cycle_id", "appraisal_cycles")
        .reference("member_id", "members")
        .one_of(
            "cause",
            &[
                "no_template",
                "joined_late",
                "left",
                "on_leave",
                "out_of_scope",
            ],
        )
        .column(ColumnDef::new("days").integer().not_null())
        .time("created_at")
        .unique(&["cycle_id", "member_id"])
        .index(&["member_id"])
}

/// What a member sets out to do in a period (工作计划).
fn plan_items() -> NewTable {
    NewTable::named("appraisal_plan_items")
        .id()
        .part_of("appraisal_id", "appraisals")
        .column(ColumnDef::new("place").integer().not_null())
        .text("title")
        .text("measure")
        .column(ColumnDef::new("weight").integer().not_null())
        .column(ColumnDef::new("own_percent").big_integer().null())
        .column(ColumnDef::new("percent").big_integer().null())
        .text_null("comment")
        .versioned()
        .index(&["appraisal_id", "place"])
        .check("weight", Expr::col("weight").between(1, 100))
}

/// How a criterion is met, as the member or the reviewer sees it (评分).
fn ratings() -> NewTable {
    NewTable::named("appraisal_ratings")
        .id()
        .part_of("appraisal_id", "appraisals")
        .one_of("by", &["own", "reviewer"])
        .text("criterion")
        .column(ColumnDef::new("percent").big_integer().not_null())
        .text_null("comment")
        .time("updated_at")
        .unique(&["appraisal_id", "by", "criterion"])
}

/// A critical bad behaviour, with its evidence (关键行为扣分).
fn incidents() -> NewTable {
    NewTable::named("appraisal_incidents")
        .id()
        .part_of("appraisal_id", "appraisals")
        .text("behaviour")
        .date("day")
        .reference_null("ticket_id", "tickets")
        .text("evidence")
        .uuid("recorded_by")
        .text("recorded_by_name")
        .time_null("withdrawn_at")
        .text_null("withdrawn_reason")
        .versioned()
        .index(&["appraisal_id", "id"])
        .index(&["ticket_id"])
}

/// Who is asked for feedback about a member; what was said stands elsewhere and names nobody (360 度评价人).
fn raters() -> NewTable {
    NewTable::named("appraisal_raters")
        .id()
        .part_of("appraisal_id", "appraisals")
        .reference("member_id", "members")
        .one_of("source", &["customer", "peer", "superior", "own"])
        .one_of("state", &["proposed", "asked", "given", "declined"])
        .uuid("proposed_by")
        .text_null("reason")
        .versioned()
        .unique(&["appraisal_id", "member_id"])
        .index(&["member_id", "state"])
}

/// What somebody said about a member: nothing tells who, or when (360 度评价内容).
fn feedbacks() -> NewTable {
    NewTable::named("appraisal_feedbacks")
        .id()
        .part_of("appraisal_id", "appraisals")
        .one_of("source", &["customer", "peer", "superior", "own"])
        .json("answers")
        .text_null("comment")
        .index(&["appraisal_id", "source"])
}

/// A result of an appraisal; never changed, the last one holds (考核结果).
fn results() -> NewTable {
    NewTable::named("appraisal_results")
        .id()
        .part_of("appraisal_id", "appraisals")
        .column(ColumnDef::new("number").integer().not_null())
        .one_of("cause", &["counted", "calibrated", "corrected", "appealed"])
        .column(ColumnDef::new("score").big_integer().not_null())
        .text("band")
        .json("outcome")
        .text_null("reason")
        .uuid_null("made_by")
        .text("made_by_name")
        .time("created_at")
        .unique(&["appraisal_id", "number"])
}

/// A meeting of managers over the results of a group (校准会).
fn calibrations() -> NewTable {
    NewTable::named("appraisal_calibrations")
        .id()
        .reference("cycle_id", "appraisal_cycles")
        .text("name")
        .reference_null("department_id", "departments")
        .reference_null("version_id", "appraisal_template_versions")
        .uuid("led_by")
        .text("led_by_name")
        .time_null("closed_at")
        .text_null("conclusion")
        .versioned()
        .index(&["cycle_id", "id"])
        .index(&["department_id"])
        .index(&["version_id"])
}

/// A result that was changed in calibration (校准调整).
fn calibration_changes() -> NewTable {
    NewTable::named("appraisal_calibration_changes")
        .id()
        .reference("calibration_id", "appraisal_calibrations")
        .reference("appraisal_id", "appraisals")
        .column(ColumnDef::new("from_score").big_integer().not_null())
        .column(ColumnDef::new("to_score").big_integer().not_null())
        .text("from_band")
        .text("to_band")
        .text("reason")
        .uuid("made_by")
        .text("made_by_name")
        .time("created_at")
        .index(&["calibration_id", "id"])
        .index(&["appraisal_id", "id"])
}

/// An appeal against a result (申诉).
fn appeals() -> NewTable {
    NewTable::named("appraisal_appeals")
        .id()
        .reference("appraisal_id", "appraisals")
        .column(ColumnDef::new("number").integer().not_null())
        .text("grounds")
        .one_of("state", &["filed", "upheld", "rejected", "withdrawn"])
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("decision")
        .versioned()
        .index(&["appraisal_id", "id"])
        .index(&["state", "id"])
}

/// A record behind a figure that the member says is wrong (数据异议).
fn disputes() -> NewTable {
    NewTable::named("appraisal_disputes")
        .id()
        .part_of("appraisal_id", "appraisals")
        .text("metric_key")
        .text("record_table")
        .uuid("record_id")
        .text("grounds")
        .one_of("state", &["open", "upheld", "rejected"])
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("decision")
        .versioned()
        .index(&["appraisal_id", "state"])
}

/// What is proposed from a result: training, promotion, pay, a plan, a title (结果应用建议).
fn proposals() -> NewTable {
    NewTable::named("appraisal_proposals")
        .id()
        .reference("appraisal_id", "appraisals")
        .one_of(
            "kind",
            &["training", "promotion", "pay", "improvement", "star"],
        )
        .text("content")
        .one_of("state", &["proposed", "accepted", "declined"])
        .uuid("proposed_by")
        .text("proposed_by_name")
        .uuid_null("decided_by")
        .text_null("decided_by_name")
        .time_null("decided_at")
        .text_null("decision")
        .versioned()
        .index(&["appraisal_id", "kind"])
        .index(&["state", "kind", "id"])
}
