//! What the reaches mean for the customers' tables: each as SQL and as a plain predicate, side by side.

use entity::enums::Reach;
use entity::{assignment, contact, customer, partner, product, unit};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::part;
use crate::access::{Permission, Scoped, Standing};
use crate::db::part::InPart;
use crate::organisation::{is_placed_in, placed_in};

/// A customer with where its owner is placed: what decides who may see it and all that follows it.
#[derive(Clone, Debug)]
pub struct CustomerFacts {
    /// The customer.
    pub customer: customer::Model,
    /// All assignments of its owner, of any day.
    pub owner_assignments: Vec<assignment::Model>,
}

impl CustomerFacts {
    /// Is the customer, with all that follows it, within a reach?
    #[must_use]
    pub fn within(&self, reach: Reach, standing: &Standing) -> bool {
        let customer = &self.customer;
        match reach {
            Reach::All => true,
            Reach::Own => customer.owner_id.is_some() && customer.owner_id == standing.member_id,
            Reach::Team | Reach::TeamTree | Reach::Department => {
                is_placed_in(&self.owner_assignments, reach, standing)
            }
            Reach::Region => standing.provinces.contains(&customer.province),
            Reach::Organisation => {
                (customer.partner_id.is_some() && customer.partner_id == standing.partner_id)
                    || standing.customer_id == Some(customer.id)
            }
        }
    }
}

impl Scoped for customer::Entity {
    const READ: Permission = Permission::CustomerRead;
    const IN_PART: Option<InPart<Self>> = Some(part::customer);
    type Facts = CustomerFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use customer::Column::{Id, OwnerId, PartnerId, Province};
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Own => standing
                .member_id
                .map(|member| Condition::all().add(OwnerId.eq(member))),
            Reach::Team | Reach::TeamTree | Reach::Department => placed_in(reach, standing)
                .map(|owners| Condition::all().add(OwnerId.in_subquery(owners))),
            Reach::Region => {
                Some(Condition::all().add(Province.is_in(standing.provinces.iter().copied())))
            }
            Reach::Organisation => {
                let rows = Condition::any()
                    .add_option(standing.partner_id.map(|partner| PartnerId.eq(partner)))
                    .add_option(standing.customer_id.map(|customer| Id.eq(customer)));
                (!rows.is_empty()).then_some(rows)
            }
        }
    }

    fn within(facts: &CustomerFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }
}

/// The rows whose customer (by that column) is within a reach.
pub fn of_customer<C: ColumnTrait>(
    column: C,
    reach: Reach,
    standing: &Standing,
) -> Option<Condition> {
    if reach == Reach::All {
        return Some(Condition::all());
    }
    let customers = customer::Entity::condition(reach, standing)?;
    let ids = customer::Entity::find()
        .select_only()
        .column(customer::Column::Id)
        .filter(customers)
        .into_query();
    Some(Condition::all().add(column.in_subquery(ids)))
}

/// Tables that follow their customer.
macro_rules! follows_customer {
    ($($table:ident under $permission:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::$permission;
            type Facts = CustomerFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                of_customer($table::Column::CustomerId, reach, standing)
            }

            fn within(facts: &CustomerFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

follows_customer!(contact under CustomerContactRead, unit under CustomerRead);

impl Scoped for partner::Entity {
    const READ: Permission = Permission::PartnerRead;
    const IN_PART: Option<InPart<Self>> = Some(part::partner);
    type Facts = partner::Model;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Organisation => standing
                .partner_id
                .map(|partner| Condition::all().add(partner::Column::Id.eq(partner))),
            _ => None,
        }
    }

    fn within(facts: &partner::Model, reach: Reach, standing: &Standing) -> bool {
        match reach {
            Reach::All => true,
            Reach::Organisation => standing.partner_id == Some(facts.id),
            _ => false,
        }
    }
}

impl Scoped for product::Entity {
    const READ: Permission = Permission::ProductRead;
    const IN_PART: Option<InPart<Self>> = Some(part::product);
    type Facts = product::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach == Reach::All).then(Condition::all)
    }

    fn within(_: &product::Model, reach: Reach, _: &Standing) -> bool {
        reach == Reach::All
    }
}
