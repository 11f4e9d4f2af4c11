//! What hangs from what.

use entity::{training_hour, training_path_course, training_session_trainer};

use crate::access::children::{Column, Link};
use crate::db::keyset::Sort;

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $parent:ident, first $sort:ident;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::$parent)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![Sort::ascending($table::Column::$sort), Sort::ascending($table::Column::Id)]
                }
            }
        )*
    };
}

links! {
    /// The courses of a path, in their order.
    PathsCourses: training_path_course by PathId, first Place;
    /// Who gives a session.
    SessionsTrainers: training_session_trainer by SessionId, first Name;
    /// What the ledger has of a study.
    StudiesEntries: training_hour by StudyId, first BookedAt;
}
