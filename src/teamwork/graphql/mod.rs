//! What the rooms of teamwork share in the schema.

mod circle;
mod enums;

pub use circle::CircleInput;
pub use enums::*;

/// What a mutation has done, as the viewer may read it now.
macro_rules! shown {
    ($ctx:ident, $done:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as $crate::access::Scoped>::READ;
        let row = match $done {
            Ok(id) => {
                $crate::access::find::<$table::Entity>(app.db.reader(), &call.viewer, read, id)
                    .await
            }
            Err(error) => Err(error),
        };
        let outcome = $crate::graphql::Outcome::from_result(call, row)?;
        Ok(Some(
            $crate::graphql::Outcome {
                value: outcome.value.flatten().map($view),
                user_errors: outcome.user_errors,
            }
            .into(),
        ))
    }};
}

pub(super) use shown;
