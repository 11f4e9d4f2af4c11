//! Satisfaction as figures, counted in the database.

use chrono::{DateTime, Utc};
use entity::enums::Province;
use entity::{member, survey, survey_answer, team, ticket};
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    QueryTrait, RelationTrait, Select,
};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Viewer, compare_reference, find, visible};
use crate::db::filter::IdMatches;
use crate::error::Result;
use crate::tickets::responsibility;
use crate::tickets::surveys::rules::SATISFIED;

/// Ratings together, each with its weight: 1, or a member's share of the ticket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rated {
    /// How many.
    pub answers: i64,
    /// Their weights together.
    pub weight: i64,
    /// Their ratings together, each times its weight.
    pub sum: i64,
    /// The weights of those who are satisfied.
    pub good: i64,
}

impl Rated {
    /// The average rating, 1 to 5; none without any.
    #[must_use]
    pub fn average(&self) -> Option<f64> {
        ratio(self.sum, self.weight)
    }

    /// The part of the ratings that is 4 or 5; none without any.
    #[must_use]
    pub fn satisfied(&self) -> Option<f64> {
        ratio(self.good, self.weight)
    }
}

/// How many were asked, and what they said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Satisfaction {
    /// Surveys sent and not withdrawn.
    pub sent: i64,
    /// What was answered.
    pub rated: Rated,
}

impl Satisfaction {
    /// The part of the surveys that was answered; none when none was sent.
    #[must_use]
    pub fn response_rate(&self) -> Option<f64> {
        ratio(self.rated.answers, self.sent)
    }
}

/// A ratio with four digits behind the point.
#[expect(
    clippy::cast_precision_loss,
    reason = "nobody has as many surveys as a float has digits"
)]
fn ratio(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}

/// Whose satisfaction is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Surveys sent at this moment or later ...
    pub from: DateTime<Utc>,
    /// ... and before this one.
    pub to: DateTime<Utc>,
    /// Of tickets of this team.
    pub team_id: Option<Uuid>,
    /// Of tickets that this member is credited with, by the share.
    pub member_id: Option<Uuid>,
    /// Of tickets served in this province.
    pub province: Option<Province>,
}

/// The satisfaction with the tickets that the viewer may see. One statement, and one more when it is a member's.
///
/// # Errors
/// When the database fails.
pub async fn satisfaction(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    asked: &Asked,
) -> Result<Satisfaction> {
    use survey::Column;
    // A member out of reach is as one that isn't there.
    if let Some(member) = asked.member_id
        && find::<member::Entity>(connection, viewer, Permission::MemberRead, member)
            .await?
            .is_none()
    {
        return Ok(Satisfaction::default());
    }
    let mut tickets = Condition::all().add_option(
        asked
            .province
            .map(|province| ticket::Column::Province.eq(province)),
    );
    if let Some(team) = asked.team_id {
        let only = IdMatches {
            eq: Some(team),
            ..IdMatches::default()
        };
        tickets = tickets.add(compare_reference::<team::Entity>(
            &only,
            ticket::Column::TeamId,
            viewer,
        ));
    }
    let mut select = visible::<survey::Entity>(viewer, survey::Entity::READ)
        .filter(Column::SentAt.gte(asked.from))
        .filter(Column::SentAt.lt(asked.to))
        .filter(Column::State.ne(entity::enums::SurveyState::Withdrawn));
    if !tickets.is_empty() {
        let keys = ticket::Entity::find()
            .select_only()
            .column(ticket::Column::Id)
            .filter(tickets);
        select = select.filter(Column::TicketId.in_subquery(keys.into_query()));
    }
    count(connection, viewer, select, asked.member_id).await
}

/// The ratings that came in during a time for tickets that a member is credited with, by the shares.
///
/// # Errors
/// When the database fails.
pub async fn rated(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    member: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Rated> {
    let select = visible::<survey::Entity>(viewer, survey::Entity::READ)
        .filter(survey_answer::Column::AnsweredAt.gte(from))
        .filter(survey_answer::Column::AnsweredAt.lt(to));
    Ok(count(connection, viewer, select, Some(member)).await?.rated)
}

async fn count(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    select: Select<survey::Entity>,
    member: Option<Uuid>,
) -> Result<Satisfaction> {
    let rating = || Expr::col((survey_answer::Entity, survey_answer::Column::Rating));
    let credit = || Alias::new("credit");
    let weight = || -> SimpleExpr {
        match member {
            Some(_) => Expr::col((credit(), Alias::new("share"))),
            None => Expr::val(1),
        }
    };
    let when = |condition: SimpleExpr| -> SimpleExpr {
        CaseStatement::new()
            .case(condition, weight())
            .finally(Expr::val(0))
            .into()
    };
    let mut select = select
        .join_rev(JoinType::LeftJoin, survey_answer::Relation::Survey.def())
        .select_only()
        .expr_as(
            Expr::col((survey::Entity, survey::Column::Id)).count(),
            "sent",
        )
        .expr_as(rating().count(), "answers")
        .expr_as(when(rating().is_not_null()).sum(), "weight")
        .expr_as(rating().mul(weight()).sum(), "sum")
        .expr_as(when(rating().gte(SATISFIED)).sum(), "good");
    if let Some(member) = member {
        let on = Condition::all()
            .add(
                Expr::col((credit(), Alias::new("ticket_id")))
                    .equals((survey::Entity, survey::Column::TicketId)),
            )
            .add(
                Expr::col((credit(), Alias::new("round")))
                    .equals((survey::Entity, survey::Column::Round)),
            );
        QuerySelect::query(&mut select).join_subquery(
            JoinType::InnerJoin,
            responsibility::store::shares_of(viewer, member),
            credit(),
            on,
        );
    }
    type Row = (i64, i64, Option<i64>, Option<i64>, Option<i64>);
    let row: Option<Row> = select.into_tuple().one(connection).await?;
    let (sent, answers, weight, sum, good) = row.unwrap_or_default();
    Ok(Satisfaction {
        sent,
        rated: Rated {
            answers,
            weight: weight.unwrap_or(0),
            sum: sum.unwrap_or(0),
            good: good.unwrap_or(0),
        },
    })
}
