//! What is changed about training.

mod calendar;
mod catalogue;
mod hours;
mod session;

pub use calendar::TrainingCalendarMutation;
pub use catalogue::TrainingCatalogueMutation;
pub use hours::TrainingHoursMutation;
pub use session::TrainingSessionMutation;

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as Scoped>::READ;
        let row = match $done {
            Ok(id) => find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await,
            Err(error) => Err(error),
        };
        let outcome = Outcome::from_result(call, row)?;
        Ok(Some(
            Outcome {
                value: outcome.value.flatten().map($view),
                user_errors: outcome.user_errors,
            }
            .into(),
        ))
    }};
}

pub(in crate::training) use shown;
