//! Changing skills, certificates, hours, leave and capacity.

mod catalogue;
mod leave;
mod records;
mod shifts;

use async_graphql::MergedObject;

/// The mutations about who can do what and who is there.
#[derive(MergedObject, Default)]
pub struct WorkforceMutation(
    catalogue::CatalogueMutation,
    records::RecordMutation,
    shifts::ShiftMutation,
    leave::LeaveMutation,
);

/// Maps an action's result onto its payload: the row as the viewer may read it now, read anew.
macro_rules! show {
    ($ctx:ident, $result:expr, $table:ident as $view:ident) => {{
        let (app, call) = ($ctx.app(), $ctx.call());
        let read = <$table::Entity as crate::access::Scoped>::READ;
        let result = match $result {
            Ok(id) => {
                crate::access::find::<$table::Entity>(app.db.reader(), &call.viewer, read, id).await
            }
            Err(error) => Err(error),
        };
        let outcome = crate::graphql::Outcome::from_result(call, result)?;
        let outcome = crate::graphql::Outcome {
            value: outcome.value.flatten().map($view),
            user_errors: outcome.user_errors,
        };
        Ok(Some(outcome.into()))
    }};
}

use show;
