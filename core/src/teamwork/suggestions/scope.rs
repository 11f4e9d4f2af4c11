//! What the reaches mean for suggestions, and who learns who submitted one.

use entity::enums::Reach;
use entity::{suggestion, suggestion_step};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::{Permission, Scoped, Standing, Viewer};

/// `OWN` is what one looks after; with the permission to read come those that one submitted.
impl Scoped for suggestion::Entity {
    const READ: Permission = Permission::SuggestionRead;
    type Facts = suggestion::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => standing
                .member_id
                .map(|me| Condition::all().add(suggestion::Column::HandlerId.eq(me))),
            _ => None,
        }
    }

    fn within(row: &suggestion::Model, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => row.handler_id.is_some() && row.handler_id == standing.member_id,
            _ => false,
        }
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let me = standing.member_id.filter(|_| permission == Self::READ)?;
        Some(Condition::all().add(suggestion::Column::AuthorId.eq(me)))
    }
}

/// Steps follow their suggestion.
impl Scoped for suggestion_step::Entity {
    const READ: Permission = Permission::SuggestionRead;
    type Facts = suggestion::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        suggestion::Entity::condition(reach, standing).map(of_suggestions)
    }

    fn within(row: &suggestion::Model, reach: Reach, standing: &Standing) -> bool {
        suggestion::Entity::within(row, reach, standing)
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        suggestion::Entity::lent(permission, standing).map(of_suggestions)
    }
}

fn of_suggestions(condition: Condition) -> Condition {
    let keys = suggestion::Entity::find()
        .select_only()
        .column(suggestion::Column::Id)
        .filter(condition)
        .into_query();
    Condition::all().add(suggestion_step::Column::SuggestionId.in_subquery(keys))
}

/// May the viewer look after this suggestion?
#[must_use]
pub fn handles(viewer: &Viewer, row: &suggestion::Model) -> bool {
    viewer
        .grants
        .reaches(Permission::SuggestionHandle)
        .any(|reach| suggestion::Entity::within(row, reach, &viewer.standing))
}

/// Does the viewer learn who submitted this suggestion?
#[must_use]
pub fn shows_author(viewer: &Viewer, row: &suggestion::Model) -> bool {
    !row.anonymous || viewer.standing.member_id == Some(row.author_id) || handles(viewer, row)
}
