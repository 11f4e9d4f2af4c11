//! Exams, and who is assigned to them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entity::enums::ExamState;
use entity::{exam, exam_assessor, exam_candidate, exam_pool};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, TextMatches, TimeMatches};
use crate::db::keyset::Sort;
use crate::db::new_id;
use crate::error::{Error, Result, Text};

/// Which exams. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct ExamFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// What has become of them.
    pub state: Option<Matches<ExamState>>,
    /// From when they can be sat.
    pub opens_at: Option<TimeMatches>,
    /// Until when.
    pub closes_at: Option<TimeMatches>,
}

/// In which order exams come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExamOrder {
    /// What opens first.
    OpensAtAsc,
    /// What opens last.
    #[default]
    OpensAtDesc,
    /// By code.
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
}

impl Listed for exam::Entity {
    type Filter = ExamFilter;
    type Order = ExamOrder;

    fn matching(filter: &ExamFilter, _: &Viewer) -> Condition {
        use exam::Column;
        Condition::all()
            .add_option(filter.code.as_ref().map(|is| is.on(Column::Code)))
            .add_option(filter.state.as_ref().map(|is| is.on(Column::State)))
            .add_option(filter.opens_at.as_ref().map(|is| is.on(Column::OpensAt)))
            .add_option(filter.closes_at.as_ref().map(|is| is.on(Column::ClosesAt)))
    }

    fn sorts(order: ExamOrder) -> Vec<Sort<exam::Column>> {
        use exam::Column::{Code, Id, OpensAt};
        match order {
            ExamOrder::OpensAtAsc => vec![Sort::ascending(OpensAt), Sort::ascending(Id)],
            ExamOrder::OpensAtDesc => vec![Sort::descending(OpensAt), Sort::descending(Id)],
            ExamOrder::CodeAsc => vec![Sort::ascending(Code)],
            ExamOrder::CodeDesc => vec![Sort::descending(Code)],
        }
    }
}

macro_rules! people {
    ($table:ident: $is:ident, $all:ident, $replace:ident) => {
        /// Is this member assigned?
        ///
        /// # Errors
        /// When the database fails.
        pub async fn $is(
            connection: &impl ConnectionTrait,
            exam_id: Uuid,
            member_id: Uuid,
        ) -> Result<bool> {
            let rows = $table::Entity::find()
                .filter($table::Column::ExamId.eq(exam_id))
                .filter($table::Column::MemberId.eq(member_id));
            Ok(rows.count(connection).await? > 0)
        }

        /// All who are assigned.
        ///
        /// # Errors
        /// When the database fails.
        pub async fn $all(connection: &impl ConnectionTrait, exam_id: Uuid) -> Result<Vec<Uuid>> {
            let rows = $table::Entity::find()
                .filter($table::Column::ExamId.eq(exam_id))
                .all(connection)
                .await?;
            Ok(rows.into_iter().map(|row| row.member_id).collect())
        }

        /// Takes some away and adds others.
        ///
        /// # Errors
        /// When the database fails.
        pub async fn $replace(
            tx: &impl ConnectionTrait,
            exam_id: Uuid,
            (gone, come): (&[Uuid], &[Uuid]),
            at: DateTime<Utc>,
        ) -> Result<()> {
            if !gone.is_empty() {
                $table::Entity::delete_many()
                    .filter($table::Column::ExamId.eq(exam_id))
                    .filter($table::Column::MemberId.is_in(gone.iter().copied()))
                    .exec(tx)
                    .await?;
            }
            if !come.is_empty() {
                let rows = come.iter().map(|member_id| {
                    $table::Model {
                        id: new_id(at),
                        exam_id,
                        member_id: *member_id,
                        created_at: at,
                    }
                    .into_active_model()
                });
                $table::Entity::insert_many(rows)
                    .exec_without_returning(tx)
                    .await?;
            }
            Ok(())
        }
    };
}

people!(exam_candidate: is_candidate, candidates, replace_candidates);
people!(exam_assessor: is_assessor, assessors, replace_assessors);

/// What the exams with these codes are called.
///
/// # Errors
/// When the database fails.
pub async fn titles(
    connection: &impl ConnectionTrait,
    codes: &[String],
) -> Result<BTreeMap<String, Text>> {
    let rows: Vec<(String, String, String)> = exam::Entity::find()
        .select_only()
        .columns([
            exam::Column::Code,
            exam::Column::Title,
            exam::Column::TitleZh,
        ])
        .filter(exam::Column::Code.is_in(codes.iter().map(String::as_str)))
        .into_tuple()
        .all(connection)
        .await?;
    let titled = rows
        .into_iter()
        .map(|(code, title, title_zh)| (code, Text::new(title, title_zh)));
    Ok(titled.collect())
}

/// An exam, for the server itself.
///
/// # Errors
/// When the database fails or there is none.
pub async fn exam(connection: &impl ConnectionTrait, id: Uuid) -> Result<exam::Model> {
    let row = exam::Entity::find_by_id(id).one(connection).await?;
    row.ok_or_else(|| Error::internal("an attempt without its exam"))
}

/// An exam that can't be closed until the transaction ends, though others may hold it so as well.
///
/// # Errors
/// When the database fails or there is none.
pub async fn exam_shared(tx: &impl ConnectionTrait, id: Uuid) -> Result<exam::Model> {
    let row = exam::Entity::find_by_id(id).lock_shared().one(tx).await?;
    row.ok_or_else(|| Error::internal("an exam that is gone"))
}

/// The frozen questions of an exam with that number.
///
/// # Errors
/// When the database fails or there are none.
pub async fn pool(
    connection: &impl ConnectionTrait,
    exam_id: Uuid,
    number: i32,
) -> Result<exam_pool::Model> {
    exam_pool::Entity::find()
        .filter(exam_pool::Column::ExamId.eq(exam_id))
        .filter(exam_pool::Column::Number.eq(number))
        .one(connection)
        .await?
        .ok_or_else(|| Error::internal("an exam without its pool"))
}
