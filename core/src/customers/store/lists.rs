//! Filters and orderings of the customers' lists.

use chrono::NaiveDate;
use entity::enums::{CustomerKind, CustomerTier, PartnerKind, Province};
use entity::{contact, customer, member, partner, product, unit};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Listed, Permission, Viewer, compare_reference, reach_of};
use crate::db::filter::{Matches, RangeMatches, TextMatches, TimeMatches, one_of, unless};
use crate::db::keyset::Sort;
use crate::organisation::holding_on;

/// The comparisons of customers that can be joined by and, or and not.
#[derive(Clone, Debug, Default)]
pub struct CustomerPlain {
    /// The name.
    pub name: Option<TextMatches>,
    /// The number.
    pub number: Option<TextMatches>,
    /// Company or person.
    pub kind: Option<Matches<CustomerKind>>,
    /// The tier.
    pub tier: Option<Matches<CustomerTier>>,
    /// Where it is.
    pub province: Option<Matches<Province>>,
    /// The partner it was won through.
    pub partner_id: Option<Matches<Uuid>>,
    /// The member who looks after it.
    pub owner_id: Option<Matches<Uuid>>,
    /// When it was added.
    pub created_at: Option<TimeMatches>,
    /// Has a contact with exactly this telephone number.
    pub contact_phone: Option<String>,
    /// Has a contact with exactly this e-mail address.
    pub contact_email: Option<String>,
}

/// What customers can be asked for. All parts must hold.
#[derive(Clone, Debug, Default)]
pub struct CustomerFilter {
    /// The comparisons.
    pub plain: CustomerPlain,
    /// All of these hold too.
    pub and: Vec<CustomerFilter>,
    /// At least one of these holds; nobody is meant by an empty list.
    pub or: Option<Vec<CustomerFilter>>,
    /// This doesn't hold.
    pub not: Option<Box<CustomerFilter>>,
}

impl CustomerFilter {
    /// The contact data that it compares, anywhere in it.
    #[must_use]
    pub fn contact_fields(&self) -> Vec<&'static str> {
        let mut fields = Vec::new();
        if self.plain.contact_phone.is_some() {
            fields.push("phone");
        }
        if self.plain.contact_email.is_some() {
            fields.push("email");
        }
        let either = self.or.iter().flatten();
        let parts = self.and.iter().chain(either).chain(self.not.as_deref());
        fields.extend(parts.flat_map(Self::contact_fields));
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    fn condition(&self, viewer: &Viewer) -> Condition {
        let mut all = plain_condition(&self.plain, viewer);
        for part in &self.and {
            all = all.add(part.condition(viewer));
        }
        if let Some(parts) = &self.or {
            all = all.add(one_of(parts.iter().map(|part| part.condition(viewer))));
        }
        match &self.not {
            Some(part) => all.add(unless(part.condition(viewer))),
            None => all,
        }
    }
}

fn plain_condition(plain: &CustomerPlain, viewer: &Viewer) -> Condition {
    use customer::Column;
    Condition::all()
        .add_option(plain.name.as_ref().map(|is| is.on(Column::Name)))
        .add_option(plain.number.as_ref().map(|is| is.on(Column::Number)))
        .add_option(plain.kind.as_ref().map(|is| is.on(Column::Kind)))
        .add_option(plain.tier.as_ref().map(|is| is.on(Column::Tier)))
        .add_option(plain.province.as_ref().map(|is| is.on(Column::Province)))
        .add_option(
            plain
                .partner_id
                .as_ref()
                .map(|is| compare_reference::<partner::Entity>(is, Column::PartnerId, viewer)),
        )
        .add_option(
            plain
                .owner_id
                .as_ref()
                .map(|is| compare_reference::<member::Entity>(is, Column::OwnerId, viewer)),
        )
        .add_option(plain.created_at.as_ref().map(|is| is.on(Column::CreatedAt)))
        .add_option(
            plain
                .contact_phone
                .as_ref()
                .map(|phone| has_contact(contact::Column::Phone.eq(phone.trim()), viewer)),
        )
        .add_option(
            plain
                .contact_email
                .as_ref()
                .map(|email| has_contact(contact::Column::Email.eq(email.trim()), viewer)),
        )
}

/// The customers with such a contact among those that the viewer may read.
fn has_contact(such: sea_orm::sea_query::Expr, viewer: &Viewer) -> sea_orm::sea_query::Expr {
    let customers = contact::Entity::find()
        .select_only()
        .column(contact::Column::CustomerId)
        .filter(such)
        .filter(reach_of::<contact::Entity>(
            viewer,
            Permission::CustomerContactRead,
        ))
        .into_query();
    customer::Column::Id.in_subquery(customers)
}

/// How customers can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CustomerOrder {
    /// By name.
    NameAsc,
    /// By name, backwards.
    NameDesc,
    /// By number.
    NumberAsc,
    /// By number, backwards.
    NumberDesc,
    /// The oldest first.
    CreatedAtAsc,
    /// The newest first.
    #[default]
    CreatedAtDesc,
}

impl Listed for customer::Entity {
    type Filter = CustomerFilter;
    type Order = CustomerOrder;

    fn matching(filter: &CustomerFilter, viewer: &Viewer) -> Condition {
        filter.condition(viewer)
    }

    fn sorts(order: CustomerOrder) -> Vec<Sort<customer::Column>> {
        use customer::Column::{CreatedAt, Id, Name, Number};
        match order {
            CustomerOrder::NameAsc => vec![Sort::ascending(Name), Sort::ascending(Id)],
            CustomerOrder::NameDesc => vec![Sort::descending(Name), Sort::descending(Id)],
            CustomerOrder::NumberAsc => vec![Sort::ascending(Number)],
            CustomerOrder::NumberDesc => vec![Sort::descending(Number)],
            CustomerOrder::CreatedAtAsc => vec![Sort::ascending(CreatedAt), Sort::ascending(Id)],
            CustomerOrder::CreatedAtDesc => {
                vec![Sort::descending(CreatedAt), Sort::descending(Id)]
            }
        }
    }
}

/// What partners and products alike can be asked for.
#[derive(Clone, Debug, Default)]
pub struct CatalogueFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// The name in either language.
    pub name: Option<TextMatches>,
    /// Exists on that day.
    pub holds_on: Option<NaiveDate>,
}

/// What partners can be asked for.
#[derive(Clone, Debug, Default)]
pub struct PartnerFilter {
    /// Code, name, day.
    pub plain: CatalogueFilter,
    /// What it does with us.
    pub kind: Option<Matches<PartnerKind>>,
    /// Where it is.
    pub province: Option<Matches<Province>>,
}

/// What products can be asked for.
#[derive(Clone, Debug, Default)]
pub struct ProductFilter {
    /// Code, name, day.
    pub plain: CatalogueFilter,
    /// The product line.
    pub line: Option<TextMatches>,
}

macro_rules! catalogue {
    ($($table:ident: $filter:ident by $order:ident, $($further:ident on $column:ident),*;)*) => {
        $(
            #[doc = concat!("How rows of ", stringify!($table), "s can be sorted.")]
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
            pub enum $order {
                /// By code.
                #[default]
                CodeAsc,
                /// By code, backwards.
                CodeDesc,
                /// By name.
                NameAsc,
                /// By name, backwards.
                NameDesc,
            }

            impl Listed for $table::Entity {
                type Filter = $filter;
                type Order = $order;

                fn matching(filter: &$filter, _: &Viewer) -> Condition {
                    use $table::Column;
                    let plain = &filter.plain;
                    let named = |text: &TextMatches| {
                        Condition::any().add(text.on(Column::Name)).add(text.on(Column::NameZh))
                    };
                    Condition::all()
                        .add_option(plain.code.as_ref().map(|is| is.on(Column::Code)))
                        .add_option(plain.name.as_ref().map(named))
                        .add_option(plain.holds_on.map(|day| holding_on(Column::ValidFrom, Column::ValidTo, day)))
                        $(.add_option(filter.$further.as_ref().map(|is| is.on(Column::$column))))*
                }

                fn sorts(order: $order) -> Vec<Sort<Self::Column>> {
                    use $table::Column;
                    match order {
                        $order::CodeAsc => vec![Sort::ascending(Column::Code)],
                        $order::CodeDesc => vec![Sort::descending(Column::Code)],
                        $order::NameAsc => vec![Sort::ascending(Column::Name), Sort::ascending(Column::Id)],
                        $order::NameDesc => vec![Sort::descending(Column::Name), Sort::descending(Column::Id)],
                    }
                }
            }
        )*
    };
}

catalogue! {
    partner: PartnerFilter by PartnerOrder, kind on Kind, province on Province;
    product: ProductFilter by ProductOrder, line on Line;
}

/// What units can be asked for.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    /// The serial number.
    pub serial: Option<TextMatches>,
    /// The product.
    pub product_id: Option<Matches<Uuid>>,
    /// Who has it.
    pub customer_id: Option<Matches<Uuid>>,
    /// The first day without warranty.
    pub warranty_until: Option<RangeMatches<NaiveDate>>,
}

/// How units can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitOrder {
    /// By serial number.
    #[default]
    SerialAsc,
    /// By serial number, backwards.
    SerialDesc,
    /// The first sold first.
    SoldOnAsc,
    /// The last sold first.
    SoldOnDesc,
    /// The warranty that ends first, those without at the end.
    WarrantyUntilAsc,
    /// The warranty that ends last, those without at the start.
    WarrantyUntilDesc,
}

impl Listed for unit::Entity {
    type Filter = UnitFilter;
    type Order = UnitOrder;

    fn matching(filter: &UnitFilter, _: &Viewer) -> Condition {
        use unit::Column;
        Condition::all()
            .add_option(filter.serial.as_ref().map(|is| is.on(Column::Serial)))
            .add_option(
                filter
                    .product_id
                    .as_ref()
                    .map(|is| is.on(Column::ProductId)),
            )
            .add_option(
                filter
                    .customer_id
                    .as_ref()
                    .map(|is| is.on(Column::CustomerId)),
            )
            .add_option(
                filter
                    .warranty_until
                    .as_ref()
                    .map(|is| is.on(Column::WarrantyUntil)),
            )
    }

    fn sorts(order: UnitOrder) -> Vec<Sort<unit::Column>> {
        use unit::Column::{Id, Serial, SoldOn, WarrantyUntil};
        let warranty = |descending| Sort {
            column: WarrantyUntil,
            descending,
            nullable: true,
        };
        match order {
            UnitOrder::SerialAsc => vec![Sort::ascending(Serial)],
            UnitOrder::SerialDesc => vec![Sort::descending(Serial)],
            UnitOrder::SoldOnAsc => vec![Sort::ascending(SoldOn), Sort::ascending(Id)],
            UnitOrder::SoldOnDesc => vec![Sort::descending(SoldOn), Sort::descending(Id)],
            UnitOrder::WarrantyUntilAsc => vec![warranty(false), Sort::ascending(Id)],
            UnitOrder::WarrantyUntilDesc => vec![warranty(true), Sort::descending(Id)],
        }
    }
}
