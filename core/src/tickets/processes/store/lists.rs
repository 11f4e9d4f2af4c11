//! The list of templates: its filter and its orders.

use entity::enums::TicketKind;
use entity::process_template;
use sea_orm::Condition;

use crate::access::{Listed, Viewer};
use crate::db::filter::{Matches, TextMatches};
use crate::db::keyset::Sort;

/// Which templates a list is about.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The kind of ticket.
    pub kind: Option<Matches<TicketKind>>,
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
}

/// In which order templates come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
    /// The newest first.
    CreatedAtDesc,
}

impl Listed for process_template::Entity {
    type Filter = Filter;
    type Order = Order;

    fn matching(filter: &Filter, _: &Viewer) -> Condition {
        use process_template::Column;
        let name = filter.name.as_ref().map(|text| {
            Condition::any()
                .add(text.on(Column::Name))
                .add(text.on(Column::NameZh))
        });
        Condition::all()
            .add_option(filter.kind.as_ref().map(|is| is.on(Column::Kind)))
            .add_option(filter.code.as_ref().map(|text| text.on(Column::Code)))
            .add_option(name)
    }

    fn sorts(order: Order) -> Vec<Sort<process_template::Column>> {
        use process_template::Column;
        match order {
            Order::CodeAsc => vec![Sort::ascending(Column::Code)],
            Order::CodeDesc => vec![Sort::descending(Column::Code)],
            Order::CreatedAtDesc => vec![
                Sort::descending(Column::CreatedAt),
                Sort::descending(Column::Id),
            ],
        }
    }
}
