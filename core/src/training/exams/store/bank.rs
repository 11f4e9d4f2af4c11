//! The question bank.

use std::collections::{BTreeSet, HashMap};

use entity::enums::{QuestionKind, QuestionState};
use entity::{exam_question, exam_question_version};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};
use uuid::Uuid;

use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, RangeMatches, TextMatches};
use crate::db::keyset::Sort;
use crate::error::{Error, Result};
use crate::training::exams::rules::paper::Entry;
use crate::training::exams::rules::question::Key;

/// Which questions. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct QuestionFilter {
    /// The topic.
    pub topic: Option<TextMatches>,
    /// How they are answered.
    pub kind: Option<Matches<QuestionKind>>,
    /// What has become of them.
    pub state: Option<Matches<QuestionState>>,
    /// How hard they are.
    pub difficulty: Option<RangeMatches<i64>>,
}

/// In which order questions come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuestionOrder {
    /// By topic.
    #[default]
    TopicAsc,
    /// By topic, backwards.
    TopicDesc,
    /// The oldest first.
    CreatedAtAsc,
    /// The newest first.
    CreatedAtDesc,
}

impl Listed for exam_question::Entity {
    type Filter = QuestionFilter;
    type Order = QuestionOrder;

    fn matching(filter: &QuestionFilter, _: &Viewer) -> Condition {
        use exam_question::Column;
        Condition::all()
            .add_option(filter.topic.as_ref().map(|is| is.on(Column::Topic)))
            .add_option(filter.kind.as_ref().map(|is| is.on(Column::Kind)))
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(
                filter
                    .difficulty
                    .as_ref()
                    .map(|is| is.on(Column::Difficulty)),
            )
    }

    fn sorts(order: QuestionOrder) -> Vec<Sort<exam_question::Column>> {
        use exam_question::Column::{CreatedAt, Id, Topic};
        match order {
            QuestionOrder::TopicAsc => vec![Sort::ascending(Topic), Sort::ascending(Id)],
            QuestionOrder::TopicDesc => vec![Sort::descending(Topic), Sort::descending(Id)],
            QuestionOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
            QuestionOrder::CreatedAtDesc => {
                vec![Sort::descending(CreatedAt), Sort::descending(Id)]
            }
        }
    }
}

/// Versions by their keys. They are the server's own: whoever shows anything of them looks at the viewer's rights there.
///
/// # Errors
/// When the database fails.
pub async fn versions(
    connection: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<exam_question_version::Model>> {
    let ids: BTreeSet<Uuid> = ids.into_iter().collect();
    Ok(exam_question_version::Entity::find()
        .filter(exam_question_version::Column::Id.is_in(ids))
        .all(connection)
        .await?)
}

/// How the question of a version is answered.
///
/// # Errors
/// When the database fails or there is no such version.
pub async fn kind_of(connection: &impl ConnectionTrait, version_id: Uuid) -> Result<QuestionKind> {
    let question = exam_question::Entity::find()
        .join_rev(
            JoinType::InnerJoin,
            exam_question_version::Relation::Question.def(),
        )
        .filter(exam_question_version::Column::Id.eq(version_id))
        .one(connection)
        .await?;
    question
        .map(|row| row.kind)
        .ok_or_else(|| Error::internal("a version without its question"))
}

/// How the questions of versions are answered.
///
/// # Errors
/// When the database fails.
pub async fn kinds_of(
    connection: &impl ConnectionTrait,
    questions: impl IntoIterator<Item = Uuid>,
) -> Result<HashMap<Uuid, (QuestionKind, String)>> {
    let ids: BTreeSet<Uuid> = questions.into_iter().collect();
    let rows = exam_question::Entity::find()
        .filter(exam_question::Column::Id.is_in(ids))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, (row.kind, row.topic)))
        .collect())
}

/// Everything that papers on some topics can be drawn from now: the current versions of what is in use, by their keys.
///
/// # Errors
/// When the database fails.
pub async fn drawable(connection: &impl ConnectionTrait, topics: &[String]) -> Result<Vec<Entry>> {
    use exam_question::Column;
    let is_current = Expr::col((
        exam_question_version::Entity,
        exam_question_version::Column::Number,
    ))
    .eq(Expr::col((exam_question::Entity, Column::Current)));
    let rows = exam_question_version::Entity::find()
        .find_also_related(exam_question::Entity)
        .filter(is_current)
        .filter(Column::State.eq(QuestionState::Active))
        .filter(Column::Topic.is_in(topics.iter().map(String::as_str)))
        .order_by_asc(exam_question_version::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter()
        .filter_map(|(version, question)| Some((version, question?)))
        .map(|(version, question)| {
            let key: Key = serde_json::from_value(version.key)?;
            Ok(Entry {
                version: version.id,
                topic: question.topic,
                difficulty: version.difficulty,
                kind: question.kind,
                options: version.options.as_array().map_or(0, Vec::len),
                by_hand: key.is_by_hand(),
            })
        })
        .collect()
}
