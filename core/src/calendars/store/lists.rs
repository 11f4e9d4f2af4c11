//! The list of calendars, and the versions that hang from one.

use entity::{calendar, calendar_version};
use sea_orm::Condition;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer};
use crate::db::filter::TextMatches;
use crate::db::keyset::Sort;

/// What calendars can be asked for.
#[derive(Clone, Debug, Default)]
pub struct CalendarFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
}

/// How calendars can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CalendarOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
    /// By English name.
    NameAsc,
    /// By English name, backwards.
    NameDesc,
}

impl Listed for calendar::Entity {
    type Filter = CalendarFilter;
    type Order = CalendarOrder;

    fn matching(filter: &CalendarFilter, _: &Viewer) -> Condition {
        use calendar::Column::{Code, Name, NameZh};
        let named = filter
            .name
            .as_ref()
            .map(|text| Condition::any().add(text.on(Name)).add(text.on(NameZh)));
        Condition::all()
            .add_option(filter.code.as_ref().map(|text| text.on(Code)))
            .add_option(named)
    }

    fn sorts(order: CalendarOrder) -> Vec<Sort<calendar::Column>> {
        use calendar::Column::{Code, Id, Name};
        match order {
            CalendarOrder::CodeAsc => vec![Sort::ascending(Code)],
            CalendarOrder::CodeDesc => vec![Sort::descending(Code)],
            CalendarOrder::NameAsc => vec![Sort::ascending(Name), Sort::ascending(Id)],
            CalendarOrder::NameDesc => vec![Sort::descending(Name), Sort::descending(Id)],
        }
    }
}

/// The versions of a calendar, the latest first.
pub struct CalendarsVersions;

impl Link for CalendarsVersions {
    type Child = calendar_version::Entity;

    fn columns() -> (Column<Self>, Column<Self>) {
        (
            calendar_version::Column::Id,
            calendar_version::Column::CalendarId,
        )
    }

    fn sorts() -> Vec<Sort<Column<Self>>> {
        vec![Sort::descending(calendar_version::Column::Number)]
    }
}
