//! Reading rounds and results.

use async_graphql::{Context, Enum, InputObject, Object, Result};
use entity::enums::StaffSurveyState as State;
use entity::staff_survey_round;

use super::results::StaffSurveyResults;
use super::types::{StaffSurvey, StaffSurveyStateFilter};
use crate::access::{Permission, find};
use crate::error::ApiError;
use crate::graphql::errors::OnField;
use crate::graphql::listing::listing;
use crate::graphql::{Ask, Connection, Id, PageArgs};
use crate::organisation::opinions::store;

/// Which surveys of the staff. All given comparisons must hold. 员工调查筛选
#[derive(Clone, Debug, Default, InputObject)]
pub struct StaffSurveyFilter {
    /// How far. 状态
    state: Option<StaffSurveyStateFilter>,
}

/// How surveys of the staff are sorted. 排序
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RoundOrder")]
pub enum StaffSurveyOrder {
    /// The latest end first. 截止日期降序
    #[default]
    ClosesOnDesc,
    /// The earliest end first. 截止日期升序
    ClosesOnAsc,
}

/// The queries about surveys of the staff.
#[derive(Default)]
pub struct StaffSurveyQuery;

/// The queries about surveys of the staff.
#[Object]
impl StaffSurveyQuery {
    /// A survey of the staff by id. 员工调查
    async fn staff_survey(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one. 标识")] id: Id<staff_survey_round::Entity>,
    ) -> Result<Option<StaffSurvey>> {
        let row = ctx.row::<staff_survey_round::Entity>(id.uuid).await;
        Ok(row.on_field(ctx.call())?.map(StaffSurvey))
    }

    /// Surveys of the staff: those that you are asked in, or all. 员工调查列表
    #[expect(clippy::too_many_arguments, reason = "a connection has six arguments")]
    async fn staff_surveys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 0 to 100; 20 when nothing is said. 前若干行")]
        first: Option<i64>,
        #[graphql(desc = "Start after this cursor. 起始游标")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 0 to 100. 后若干行")] last: Option<i64>,
        #[graphql(desc = "End before this cursor. 结束游标")] before: Option<String>,
        #[graphql(desc = "Only these. 筛选")] filter: Option<StaffSurveyFilter>,
        #[graphql(desc = "In this order. 排序")] order_by: Option<StaffSurveyOrder>,
    ) -> Result<Option<Connection<StaffSurvey>>> {
        let args = PageArgs {
            first,
            after,
            last,
            before,
        };
        let plain = store::RoundFilter {
            state: filter.unwrap_or_default().state.map(Into::into),
        };
        let order = order_by.unwrap_or_default().into();
        listing::<staff_survey_round::Entity, _>(ctx, args, Ok(plain), order, StaffSurvey).await
    }

    /// What the staff answered in a closed round, put together. What too few answered is withheld from everybody. 员工调查结果
    async fn staff_survey_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which round; closed. 调查轮次")] id: Id<staff_survey_round::Entity>,
    ) -> Result<Option<StaffSurveyResults>> {
        let call = ctx.call();
        let asked = async {
            let db = ctx.app().db.reader();
            let permission = Permission::StaffSurveyRead;
            let round =
                find::<staff_survey_round::Entity>(db, &call.viewer, permission, id.uuid).await?;
            let Some(round) = round else { return Ok(None) };
            if round.state != State::Closed {
                return Err(ApiError::bad_input(
                    "id",
                    "this survey isn't closed; until then nobody sees anything of its answers",
                    "该调查尚未结束，在此之前任何人均不可查看结果",
                )
                .into());
            }
            let questions = store::questions_of(db, round.id).await?;
            let counted = store::counted(db, &round).await?;
            Ok::<_, crate::error::Error>(Some(StaffSurveyResults::of(round, questions, counted)))
        };
        let results = asked.await.on_field(call)?;
        Ok(results)
    }
}
