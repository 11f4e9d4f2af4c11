//! What a list of tickets can be filtered and sorted by.

use chrono::{DateTime, Utc};
use entity::enums::{Channel, Province, TicketKind, TicketPriority, TicketStage, TicketState};
use entity::{customer, member, partner, product, team, ticket};
use sea_orm::Condition;

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{
    IdMatches, Matches, RangeMatches, TextMatches, TimeMatches, one_of, unless,
};
use crate::db::keyset::Sort;
use crate::tickets::collaboration::fields::filter::FieldMatches;
use crate::tickets::collaboration::tags::store::TagMatches;
use crate::tickets::collaboration::watching;
use crate::tickets::sla;
use crate::tickets::sla::rules::standing::State;

/// Which tickets a list is about. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The number for people.
    pub number: Option<RangeMatches<i64>>,
    /// What it is about, in one line.
    pub subject: Option<TextMatches>,
    /// Kind of request.
    pub kind: Option<Matches<TicketKind>>,
    /// Stage.
    pub stage: Option<Matches<TicketStage>>,
    /// State.
    pub state: Option<Matches<TicketState>>,
    /// Priority.
    pub priority: Option<Matches<TicketPriority>>,
    /// Channel.
    pub channel: Option<Matches<Channel>>,
    /// Province.
    pub province: Option<Matches<Province>>,
    /// Customer.
    pub customer_id: Option<IdMatches>,
    /// Partner.
    pub partner_id: Option<IdMatches>,
    /// Product.
    pub product_id: Option<IdMatches>,
    /// Team.
    pub team_id: Option<IdMatches>,
    /// Owner.
    pub owner_id: Option<IdMatches>,
    /// Assignee.
    pub assignee_id: Option<IdMatches>,
    /// Watched by the viewer, or not.
    pub watched_by_me: Option<bool>,
    /// When it was opened.
    pub created_at: Option<TimeMatches>,
    /// When it last changed.
    pub updated_at: Option<TimeMatches>,
    /// When it was resolved.
    pub resolved_at: Option<TimeMatches>,
    /// The earliest due time of its running clocks.
    pub due_at: Option<TimeMatches>,
    /// How it stands by its service level at a moment.
    pub sla_state: Option<(Vec<State>, DateTime<Utc>)>,
    /// Only tickets whose due times the viewer may see.
    pub due_seen: bool,
    /// Tags.
    pub tag: Option<TagMatches>,
    /// Custom fields; all of these comparisons must hold.
    pub fields: Vec<FieldMatches>,
    /// All of these too.
    pub and: Vec<Filter>,
    /// At least one of these; none is meant by an empty list.
    pub or: Option<Vec<Filter>>,
    /// Not this.
    pub not: Option<Box<Filter>>,
}

impl Filter {
    /// Every comparison of a custom field in it, however deep.
    #[must_use]
    pub fn compared_fields(&self) -> Vec<&FieldMatches> {
        let either = self.or.iter().flatten();
        let below = self.and.iter().chain(either).chain(self.not.as_deref());
        self.fields
            .iter()
            .chain(below.flat_map(Self::compared_fields))
            .collect()
    }

    fn condition(&self, viewer: &Viewer) -> Condition {
        use ticket::Column;
        let mut all =
            Condition::all()
                .add_option(
                    self.number
                        .as_ref()
                        .map(|compare| compare.on(Column::Number)),
                )
                .add_option(
                    self.subject
                        .as_ref()
                        .map(|compare| compare.on(Column::Subject)),
                )
                .add_option(self.kind.as_ref().map(|compare| compare.on(Column::Kind)))
                .add_option(self.stage.as_ref().map(|compare| compare.on(Column::Stage)))
                .add_option(self.state.as_ref().map(|compare| compare.on(Column::State)))
                .add_option(
                    self.priority
                        .as_ref()
                        .map(|compare| compare.on(Column::Priority)),
                )
                .add_option(
                    self.channel
                        .as_ref()
                        .map(|compare| compare.on(Column::Channel)),
                )
                .add_option(
                    self.province
                        .as_ref()
                        .map(|compare| compare.on(Column::Province)),
                )
                .add_option(self.customer_id.as_ref().map(|compare| {
                    compare_reference::<customer::Entity>(compare, Column::CustomerId, viewer)
                }))
                .add_option(self.partner_id.as_ref().map(|compare| {
                    compare_reference::<partner::Entity>(compare, Column::PartnerId, viewer)
                }))
                .add_option(self.product_id.as_ref().map(|compare| {
                    compare_reference::<product::Entity>(compare, Column::ProductId, viewer)
                }))
                .add_option(self.team_id.as_ref().map(|compare| {
                    compare_reference::<team::Entity>(compare, Column::TeamId, viewer)
                }))
                .add_option(self.owner_id.as_ref().map(|compare| {
                    compare_reference::<member::Entity>(compare, Column::OwnerId, viewer)
                }))
                .add_option(self.assignee_id.as_ref().map(|compare| {
                    compare_reference::<member::Entity>(compare, Column::AssigneeId, viewer)
                }))
                .add_option(
                    self.watched_by_me
                        .map(|watched| watching::compare(watched, Column::Id, viewer)),
                )
                .add_option(
                    self.created_at
                        .as_ref()
                        .map(|compare| compare.on(Column::CreatedAt)),
                )
                .add_option(
                    self.updated_at
                        .as_ref()
                        .map(|compare| compare.on(Column::UpdatedAt)),
                )
                .add_option(
                    self.resolved_at
                        .as_ref()
                        .map(|compare| compare.on(Column::ResolvedAt)),
                )
                .add_option(
                    self.due_at
                        .as_ref()
                        .map(|compare| sla::store::due_compares(compare, viewer)),
                )
                .add_option(
                    self.sla_state
                        .as_ref()
                        .map(|(states, now)| sla::store::standing_in(states, *now, viewer)),
                )
                .add_option(self.due_seen.then(|| sla::store::due_seen(viewer)))
                .add_option(self.tag.as_ref().map(|compare| compare.condition(viewer)));
        for field in &self.fields {
            all = all.add(field.condition(viewer));
        }
        for part in &self.and {
            all = all.add(part.condition(viewer));
        }
        if let Some(parts) = &self.or {
            all = all.add(one_of(parts.iter().map(|part| part.condition(viewer))));
        }
        // A comparison with a missing value is neither true nor false in SQL; `not` means: not known to be true.
        all.add_option(self.not.as_ref().map(|part| unless(part.condition(viewer))))
    }
}

/// In which order a list of tickets comes; ties are broken by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// When it was opened.
    CreatedAt {
        /// Newest first?
        newest_first: bool,
    },
    /// When it last changed.
    UpdatedAt {
        /// Newest first?
        newest_first: bool,
    },
    /// Most urgent first, among equals the oldest.
    Priority,
    /// When it was resolved, unresolved ones counting as the latest.
    ResolvedAt {
        /// Newest first?
        newest_first: bool,
    },
    /// When it is due, those without a running clock counting as the latest.
    DueAt {
        /// Latest first?
        latest_first: bool,
    },
}

impl Listed for ticket::Entity {
    type Filter = Filter;
    type Order = Order;

    fn matching(filter: &Filter, viewer: &Viewer) -> Condition {
        filter.condition(viewer)
    }

    fn sorts(order: Order) -> Vec<Sort<ticket::Column>> {
        use ticket::Column;
        let by = |column, descending, nullable| {
            vec![
                Sort {
                    column,
                    descending,
                    nullable,
                },
                Sort {
                    column: Column::Id,
                    descending,
                    nullable: false,
                },
            ]
        };
        match order {
            Order::CreatedAt { newest_first } => by(Column::CreatedAt, newest_first, false),
            Order::UpdatedAt { newest_first } => by(Column::UpdatedAt, newest_first, false),
            Order::ResolvedAt { newest_first } => by(Column::ResolvedAt, newest_first, true),
            Order::DueAt { latest_first } => by(Column::DueAt, latest_first, true),
            Order::Priority => vec![
                Sort::descending(Column::Priority),
                Sort::ascending(Column::CreatedAt),
                Sort::ascending(Column::Id),
            ],
        }
    }
}
