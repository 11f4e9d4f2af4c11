//! Rules that teams give themselves: proposals, votes, versions, who has taken note.

use sea_orm_migration::prelude::*;

use crate::forward_only;
use crate::table::NewTable;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            team_rules(),
            rule_proposals(),
            team_rule_versions(),
            rule_electors(),
            rule_ballots(),
            rule_comments(),
            rule_acknowledgements(),
        ] {
            table.create(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        forward_only(self.name())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The column is within these bounds.
fn within(name: &'static str, least: i32, most: i32) -> Expr {
    Expr::col(name).between(least, most)
}

/// A department is named exactly where the circle is one, and so is a team.
fn placed() -> Expr {
    let kind = |kind: &'static str| Expr::col("circle").eq(kind);
    let (department, team) = (Expr::col("department_id"), Expr::col("team_id"));
    let company = kind("company")
        .and(department.clone().is_null())
        .and(team.clone().is_null());
    let of_department = kind("department")
        .and(department.clone().is_not_null())
        .and(team.clone().is_null());
    let of_team = kind("team")
        .and(department.is_null())
        .and(team.is_not_null());
    company.or(of_department).or(of_team)
}

/// A rule that was adopted together (管理规则).
fn team_rules() -> NewTable {
    NewTable::named("team_rules")
        .id()
        .one_of("circle", &["company", "department", "team"])
        .reference_null("department_id", "departments")
        .reference_null("team_id", "teams")
        .text("title")
        .column(ColumnDef::new("current").integer().not_null())
        .date_null("repealed_from")
        .versioned()
        .index(&["title", "id"])
        .index(&["created_at", "id"])
        .index(&["team_id"])
        .index(&["department_id"])
        .check("place", placed())
}

/// A proposal for a rule: written, commented on, voted on (管理规则提案).
fn rule_proposals() -> NewTable {
    NewTable::named("rule_proposals")
        .id()
        .one_of("kind", &["new", "change", "repeal"])
        .reference_null("rule_id", "team_rules")
        .one_of("circle", &["company", "department", "team"])
        .reference_null("department_id", "departments")
        .reference_null("team_id", "teams")
        .text("title")
        .text("body")
        .text("reason")
        .one_of("ballot", &["open", "secret"])
        .column(ColumnDef::new("quorum_percent").integer().not_null())
        .column(ColumnDef::new("majority_percent").integer().not_null())
        .date("in_force_from")
        .reference("proposer_id", "members")
        .one_of(
            "state",
            &[
                "draft",
                "commenting",
                "voting",
                "adopted",
                "rejected",
                "withdrawn",
            ],
        )
        .time_null("opened_at")
        .time_null("voting_from")
        .time_null("voting_until")
        .column(ColumnDef::new("electors").integer().null())
        .column(ColumnDef::new("yes").integer().null())
        .column(ColumnDef::new("no").integer().null())
        .column(ColumnDef::new("abstain").integer().null())
        .one_of_null("outcome", &["adopted", "no_quorum", "no_majority"])
        .time_null("closed_at")
        .text_null("note")
        .versioned()
        .index(&["state", "voting_until"])
        .index(&["created_at", "id"])
        .index(&["proposer_id"])
        .index(&["team_id"])
        .index(&["department_id"])
        .index(&["rule_id"])
        .check("quorum", within("quorum_percent", 1, 100))
        .check("majority", within("majority_percent", 1, 99))
        .check("place", placed())
}

/// A text of a rule, and from when it holds (规则版本).
fn team_rule_versions() -> NewTable {
    NewTable::named("team_rule_versions")
        .id()
        .part_of("rule_id", "team_rules")
        .column(ColumnDef::new("number").integer().not_null())
        .text("title")
        .text("body")
        .reference("proposal_id", "rule_proposals")
        .date("in_force_from")
        .time("created_at")
        .unique(&["rule_id", "number"])
        .index(&["proposal_id"])
}

/// Somebody who may vote on a proposal (表决人).
fn rule_electors() -> NewTable {
    NewTable::named("rule_electors")
        .id()
        .part_of("proposal_id", "rule_proposals")
        .reference("member_id", "members")
        .unique(&["proposal_id", "member_id"])
        .index(&["member_id"])
}

/// How somebody votes (选票). Those of a secret vote are destroyed when it is over.
fn rule_ballots() -> NewTable {
    NewTable::named("rule_ballots")
        .id()
        .part_of("proposal_id", "rule_proposals")
        .reference("member_id", "members")
        .one_of("choice", &["yes", "no", "abstain"])
        .time("cast_at")
        .unique(&["proposal_id", "member_id"])
        .index(&["member_id"])
}

/// What somebody says about a proposal (意见).
fn rule_comments() -> NewTable {
    NewTable::named("rule_comments")
        .id()
        .part_of("proposal_id", "rule_proposals")
        .reference("author_id", "members")
        .text("author_name")
        .text("body")
        .time("created_at")
        .index(&["proposal_id", "created_at", "id"])
}

/// A member has taken note of a version of a rule (已阅确认).
fn rule_acknowledgements() -> NewTable {
    NewTable::named("rule_acknowledgements")
        .id()
        .part_of("version_id", "team_rule_versions")
        .reference("member_id", "members")
        .time("at")
        .unique(&["version_id", "member_id"])
        .index(&["member_id"])
}
