//! What other domains give honours for, put into the words of one.

use chrono::NaiveDate;
use chrono_tz::Tz;
use entity::enums::{HonourKind, HonourSource};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::day_of;
use crate::appraisals::consequences::{StarChosen, stars_after, stars_of};
use crate::error::Result;
use crate::training::contests::{PrizeWon, prizes_after, prizes_of};

/// An honour that follows from a row elsewhere. Words are in English and Chinese.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) source_id: Uuid,
    pub(super) member_id: Uuid,
    pub(super) kind: HonourKind,
    pub(super) title: (String, String),
    pub(super) citation: (String, String),
    pub(super) given_on: NaiveDate,
    pub(super) given_by: Option<Uuid>,
    pub(super) given_by_name: Option<String>,
}

/// What a source gives, by its rows after one, so many at most; one statement.
pub(super) async fn after(
    connection: &impl ConnectionTrait,
    source: HonourSource,
    zone: Tz,
    (after, limit): (Option<Uuid>, u64),
) -> Result<Vec<Given>> {
    match source {
        HonourSource::ContestAward => {
            let prizes = prizes_after(connection, after, limit).await?;
            Ok(prizes.into_iter().map(|one| prize(one, zone)).collect())
        }
        HonourSource::AppraisalStar => {
            let stars = stars_after(connection, after, limit).await?;
            Ok(stars.into_iter().map(|one| star(one, zone)).collect())
        }
        HonourSource::Conferred | HonourSource::IncentiveAward => Ok(Vec::new()),
    }
}

/// What these rows of a source give; those that no longer hold give nothing. One statement.
pub(super) async fn among(
    connection: &impl ConnectionTrait,
    source: HonourSource,
    zone: Tz,
    ids: &[Uuid],
) -> Result<Vec<Given>> {
    match source {
        HonourSource::ContestAward => {
            let prizes = prizes_of(connection, ids).await?;
            Ok(prizes.into_iter().map(|one| prize(one, zone)).collect())
        }
        HonourSource::AppraisalStar => {
            let stars = stars_of(connection, ids).await?;
            Ok(stars.into_iter().map(|one| star(one, zone)).collect())
        }
        HonourSource::Conferred | HonourSource::IncentiveAward => Ok(Vec::new()),
    }
}

fn prize(won: PrizeWon, zone: Tz) -> Given {
    let citation = (
        format!("Place {} in the contest “{}”.", won.rank, won.title),
        format!("在竞赛「{}」中获得第 {} 名。", won.title_zh, won.rank),
    );
    Given {
        source_id: won.id,
        member_id: won.member_id,
        kind: HonourKind::Prize,
        title: (won.name, won.name_zh),
        citation,
        given_on: day_of(won.created_at, zone),
        given_by: None,
        given_by_name: None,
    }
}

/// A nomination is written in one language, or in both: it stands for either.
fn star(chosen: StarChosen, zone: Tz) -> Given {
    Given {
        source_id: chosen.id,
        member_id: chosen.member_id,
        kind: HonourKind::Star,
        title: (
            format!("Service star: {}", chosen.name),
            format!("服务之星（{}）", chosen.name_zh),
        ),
        citation: (chosen.content.clone(), chosen.content),
        given_on: chosen
            .decided_at
            .map_or_else(NaiveDate::default, |at| day_of(at, zone)),
        given_by: chosen.decided_by,
        given_by_name: chosen.decided_by_name,
    }
}
