//! The roots of collaboration put together, and who may have which of their fields.

use async_graphql::MergedObject;

use super::{editing, fields, links, merging, tags, views};
use crate::access::Entry;

/// The queries of collaboration.
#[derive(MergedObject, Default)]
pub struct CollaborationQuery(
    fields::graphql::FieldQuery,
    tags::graphql::TagQuery,
    views::graphql::ViewQuery,
);

/// The mutations of collaboration.
#[derive(MergedObject, Default)]
pub struct CollaborationMutation(
    editing::graphql::EditingMutation,
    fields::graphql::FieldMutation,
    links::graphql::LinkMutation,
    merging::graphql::MergingMutation,
    tags::graphql::TagMutation,
    views::graphql::ViewMutation,
);

/// Who may have which field, room by room.
pub const ACCESS: &[&[Entry]] = &[
    editing::graphql::ACCESS,
    fields::graphql::ACCESS,
    links::graphql::ACCESS,
    merging::graphql::ACCESS,
    tags::graphql::ACCESS,
    views::graphql::ACCESS,
];
