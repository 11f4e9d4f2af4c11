//! Asking whose duty a thing is.

use async_graphql::{Context, Object, Result};

use super::types::DutyMatch;
use crate::error::ApiError;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date};
use crate::organisation::duties::rules::{answer, asked, expected_on};
use crate::organisation::duties::store::positions_on;
use crate::organisation::today;

/// The most characters of a question.
const QUESTION: usize = 200;

fn bounded(question: &str, first: u32) -> crate::error::Result<()> {
    if question.trim().is_empty() || question.chars().count() > QUESTION {
        return Err(ApiError::bad_input(
            "question",
            format!("It has 1 to {QUESTION} characters."),
            format!("须为 1 至 {QUESTION} 个字符。"),
        )
        .into());
    }
    if !(1..=20).contains(&first) {
        return Err(ApiError::bad_input("first", "It is 1 to 20.", "须为 1 至 20。").into());
    }
    Ok(())
}

/// The queries about duties.
#[derive(Default)]
pub struct DutyQuery;

/// The queries about duties.
#[Object]
impl DutyQuery {
    /// Whose duty a thing is: the positions whose duties have at least half of the words, the best first, with who holds
    /// them. English and Chinese words are both understood. 谁负责
    async fn whose_duty(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "What it is about, such as `complaints` or `谁负责投诉`; 1 to 200 characters. 事项"
        )]
        question: String,
        #[graphql(desc = "At most so many positions, 1 to 20. 数量", default = 5)] first: u32,
        #[graphql(desc = "The day; today when absent. 日期（默认今天）")] on: Option<Date>,
    ) -> Result<Option<Vec<DutyMatch>>> {
        let call = ctx.call();
        bounded(&question, first).on_field(call)?;
        let day = on.map_or_else(|| today(call), |day| day.0);
        let positions = positions_on(ctx.app().db.reader(), &call.viewer, day).await;
        let words = asked(&question);
        let mut matches: Vec<DutyMatch> = positions
            .on_field(call)?
            .into_iter()
            .filter_map(|(position, versions)| {
                let expected = expected_on(&position, &versions, day);
                let names = [position.name.as_str(), position.name_zh.as_str()];
                let answer = answer(&words, names, &expected.duties)?;
                Some(DutyMatch {
                    position,
                    answer,
                    day,
                })
            })
            .collect();
        // They come by code, and a stable sort keeps that among equals.
        matches.sort_by_key(|one| std::cmp::Reverse(one.answer.score));
        matches.truncate(usize::try_from(first).unwrap_or(20));
        Ok(Some(matches))
    }
}
