//! The mutation of shifts: a whole rota at once, with a result a row.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use entity::{calendar, member, member_shift};

use crate::access::{Permission, find};
use crate::graphql::errors::{OnField, user_errors};
use crate::graphql::{Ask, Date, Id, Outcome, UserErrorView};
use crate::organisation::workforce::actions::{self, ShiftRow};
use crate::organisation::workforce::graphql::records::MemberShift;

/// One row of a rota. 排班行
#[derive(InputObject)]
pub struct MemberShiftRowInput {
    /// Who. 成员
    member_id: Id<member::Entity>,
    /// By which calendar. 日历
    calendar_id: Id<calendar::Entity>,
    /// First day; today or later. 开始日期
    valid_from: Date,
    /// First day on which it no longer holds; until the next one that is planned when absent. 结束日期
    valid_to: Option<Date>,
}

/// A rota to set. 排班
#[derive(InputObject)]
pub struct MemberShiftSetInput {
    /// Who works by which calendar on which days, 1 to 50 rows, set in this order. 排班行
    rows: Vec<MemberShiftRowInput>,
    /// A repetition with the same key and input within 24 hours sets only what was not set before and answers the same;
    /// at most 96 characters. 幂等键
    idempotency_key: Option<String>,
}

/// What became of a row. 单行结果
#[derive(SimpleObject)]
pub struct MemberShiftSetResult {
    /// Whose row it was. 成员标识
    member_id: Id<member::Entity>,
    /// The shift; null when it wasn't set. 班次
    shift: Option<MemberShift>,
    /// Mistakes that a person can mend; empty when it was set. 可修正的错误
    user_errors: Vec<UserErrorView>,
}

/// What the mutation did. 操作结果
#[derive(SimpleObject)]
pub struct MemberShiftSetPayload {
    /// What became of each row, in the order of the rows; empty when nothing was tried. 逐行结果
    results: Vec<MemberShiftSetResult>,
    /// Mistakes about the whole; empty when the rows were tried. 可修正的错误
    user_errors: Vec<UserErrorView>,
}

/// The mutation of shifts.
#[derive(Default)]
pub struct ShiftMutation;

/// The mutation of shifts.
#[Object]
impl ShiftMutation {
    /// Sets by which calendars members work; each row ends the member's former shift, and the mistakes of one row don't
    /// keep the others from being set. 排班
    async fn member_shift_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rota. 排班")] input: MemberShiftSetInput,
    ) -> Result<Option<MemberShiftSetPayload>> {
        let (app, call) = (ctx.app(), ctx.call());
        let rows: Vec<ShiftRow> = input
            .rows
            .into_iter()
            .map(|row| ShiftRow {
                member_id: row.member_id.uuid,
                calendar_id: row.calendar_id.uuid,
                valid_from: row.valid_from.0,
                valid_to: row.valid_to.map(|day| day.0),
            })
            .collect();
        let key = input.idempotency_key.as_deref();
        let outcome =
            Outcome::from_result(call, actions::member_shift_set(app, call, &rows, key).await)?;
        let mut results = Vec::with_capacity(rows.len());
        for (row, result) in rows.iter().zip(outcome.value.unwrap_or_default()) {
            let (shift, user_errors) = match result {
                Ok(id) => {
                    let read = find::<member_shift::Entity>(
                        app.db.reader(),
                        &call.viewer,
                        Permission::MemberRead,
                        id,
                    );
                    (read.await.on_field(call)?.map(MemberShift), Vec::new())
                }
                Err(mistakes) => (None, user_errors(call, &mistakes)),
            };
            results.push(MemberShiftSetResult {
                member_id: Id::new(row.member_id),
                shift,
                user_errors,
            });
        }
        Ok(Some(MemberShiftSetPayload {
            results,
            user_errors: outcome.user_errors,
        }))
    }
}
