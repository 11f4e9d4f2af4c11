//! Lists of contracts, payments and renewals, and what hangs on each.

use chrono::NaiveDate;
use entity::enums::{ContractKind, ContractState, PaymentKind, RenewalState};
use entity::{
    contract, contract_payment, contract_share, customer, member, payment_credit, product, renewal,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Permission, Viewer, compare_reference, visible};
use crate::customers::contracts::rules::renewals::Days;
use crate::db::filter::{IdMatches, Matches, RangeMatches, TextMatches, unless};
use crate::db::keyset::Sort;

/// Which contracts. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct ContractFilter {
    /// Number on the paper.
    pub number: Option<TextMatches>,
    /// With which customer.
    pub customer_id: Option<IdMatches>,
    /// About which product.
    pub product_id: Option<IdMatches>,
    /// New, or a renewal.
    pub kind: Option<Matches<ContractKind>>,
    /// What has become of it.
    pub state: Option<Matches<ContractState>>,
    /// When it was signed.
    pub signed_on: Option<RangeMatches<NaiveDate>>,
    /// The first day on which it no longer holds.
    pub until: Option<RangeMatches<NaiveDate>>,
    /// This member stands behind it, in whatever role.
    pub member_id: Option<Uuid>,
}

/// How contracts can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContractOrder {
    /// The latest signature first.
    #[default]
    SignedOnDesc,
    /// The earliest signature first.
    SignedOnAsc,
    /// What ends first first.
    UntilAsc,
    /// By number.
    NumberAsc,
}

/// The contracts behind which a member stands, as far as the viewer sees the people and the member.
fn served(member: Uuid, viewer: &Viewer) -> Condition {
    let wanted = IdMatches {
        eq: Some(member),
        ..IdMatches::default()
    };
    let shares = visible::<contract_share::Entity>(viewer, Permission::ContractPeopleRead)
        .select_only()
        .column(contract_share::Column::ContractId)
        .filter(compare_reference::<member::Entity>(
            &wanted,
            contract_share::Column::MemberId,
            viewer,
        ))
        .into_query();
    Condition::all().add(contract::Column::Id.in_subquery(shares))
}

/// The contracts behind which a member stands, for tables that point at them.
fn of_served(column: impl ColumnTrait, member: Uuid, viewer: &Viewer) -> Condition {
    let contracts = contract::Entity::find()
        .select_only()
        .column(contract::Column::Id)
        .filter(served(member, viewer))
        .into_query();
    Condition::all().add(column.in_subquery(contracts))
}

impl Listed for contract::Entity {
    type Filter = ContractFilter;
    type Order = ContractOrder;

    fn matching(filter: &ContractFilter, viewer: &Viewer) -> Condition {
        use contract::Column::{CustomerId, Kind, Number, ProductId, SignedOn, State, Until};
        let customer = |is| compare_reference::<customer::Entity>(is, CustomerId, viewer);
        let product = |is| compare_reference::<product::Entity>(is, ProductId, viewer);
        Condition::all()
            .add_option(filter.number.as_ref().map(|is| is.on(Number)))
            .add_option(filter.customer_id.as_ref().map(customer))
            .add_option(filter.product_id.as_ref().map(product))
            .add_option(filter.kind.as_ref().map(|is| is.on(Kind)))
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
            .add_option(filter.signed_on.as_ref().map(|is| is.on(SignedOn)))
            .add_option(filter.until.as_ref().map(|is| is.on(Until)))
            .add_option(filter.member_id.map(|member| served(member, viewer)))
    }

    fn sorts(order: ContractOrder) -> Vec<Sort<contract::Column>> {
        use contract::Column::{Id, Number, SignedOn, Until};
        match order {
            ContractOrder::SignedOnDesc => vec![Sort::descending(SignedOn), Sort::descending(Id)],
            ContractOrder::SignedOnAsc => vec![Sort::ascending(SignedOn), Sort::ascending(Id)],
            ContractOrder::UntilAsc => vec![Sort::ascending(Until), Sort::ascending(Id)],
            ContractOrder::NumberAsc => vec![Sort::ascending(Number)],
        }
    }
}

/// Which payments. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct PaymentFilter {
    /// For which contract.
    pub contract_id: Option<IdMatches>,
    /// Of which customer.
    pub customer_id: Option<IdMatches>,
    /// Which way the money went.
    pub kind: Option<Matches<PaymentKind>>,
    /// The day of the payment.
    pub paid_on: Option<RangeMatches<NaiveDate>>,
    /// This member is credited with it, in whatever role.
    pub member_id: Option<Uuid>,
}

/// How payments can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentOrder {
    /// The latest first.
    #[default]
    PaidOnDesc,
    /// The earliest first.
    PaidOnAsc,
}

impl Listed for contract_payment::Entity {
    type Filter = PaymentFilter;
    type Order = PaymentOrder;

    fn matching(filter: &PaymentFilter, viewer: &Viewer) -> Condition {
        use contract_payment::Column::{ContractId, CustomerId, Id, Kind, PaidOn};
        let contract = |is| compare_reference::<contract::Entity>(is, ContractId, viewer);
        let customer = |is| compare_reference::<customer::Entity>(is, CustomerId, viewer);
        let credited = |member| {
            let wanted = IdMatches {
                eq: Some(member),
                ..IdMatches::default()
            };
            let credits = visible::<payment_credit::Entity>(viewer, Permission::ContractPeopleRead)
                .select_only()
                .column(payment_credit::Column::PaymentId)
                .filter(compare_reference::<member::Entity>(
                    &wanted,
                    payment_credit::Column::MemberId,
                    viewer,
                ))
                .into_query();
            Condition::all().add(Id.in_subquery(credits))
        };
        Condition::all()
            .add_option(filter.contract_id.as_ref().map(contract))
            .add_option(filter.customer_id.as_ref().map(customer))
            .add_option(filter.kind.as_ref().map(|is| is.on(Kind)))
            .add_option(filter.paid_on.as_ref().map(|is| is.on(PaidOn)))
            .add_option(filter.member_id.map(credited))
    }

    fn sorts(order: PaymentOrder) -> Vec<Sort<contract_payment::Column>> {
        use contract_payment::Column::{Id, PaidOn};
        match order {
            PaymentOrder::PaidOnDesc => vec![Sort::descending(PaidOn), Sort::descending(Id)],
            PaymentOrder::PaidOnAsc => vec![Sort::ascending(PaidOn), Sort::ascending(Id)],
        }
    }
}

/// Which renewals. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct RenewalFilter {
    /// With which customer.
    pub customer_id: Option<IdMatches>,
    /// How far it is.
    pub state: Option<Matches<RenewalState>>,
    /// When it is due.
    pub due_on: Option<RangeMatches<NaiveDate>>,
    /// This member stands behind the contract, in whatever role.
    pub member_id: Option<Uuid>,
    /// Those that are to be worked on by these days, or all others.
    pub in_worklist: Option<(bool, Days)>,
    /// Those that are at risk by these days, or all others.
    pub at_risk: Option<(bool, Days)>,
}

/// How renewals can be sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RenewalOrder {
    /// What is due first first.
    #[default]
    DueOnAsc,
    /// What is due last first.
    DueOnDesc,
}

/// Not decided.
fn open() -> Condition {
    let open = [RenewalState::Due, RenewalState::Contacted];
    Condition::all().add(renewal::Column::State.is_in(open))
}

/// The same as `rules::renewals::risks` having something to say.
fn at_risk(days: &Days, viewer: &Viewer) -> Condition {
    use renewal::Column::{Answered, Attempts, CustomerId, DueOn, State};
    let lost = visible::<renewal::Entity>(viewer, Permission::RenewalRead)
        .select_only()
        .column(CustomerId)
        .filter(State.eq(RenewalState::Lost))
        .into_query();
    let some = Condition::any()
        .add(DueOn.lte(days.today))
        .add(
            Condition::all()
                .add(Attempts.eq(0))
                .add(DueOn.lt(days.risk)),
        )
        .add(Condition::all().add(Attempts.gt(0)).add(Answered.eq(false)))
        .add(CustomerId.in_subquery(lost));
    open().add(some)
}

impl Listed for renewal::Entity {
    type Filter = RenewalFilter;
    type Order = RenewalOrder;

    fn matching(filter: &RenewalFilter, viewer: &Viewer) -> Condition {
        use renewal::Column::{ContractId, CustomerId, DueOn, State};
        let customer = |is| compare_reference::<customer::Entity>(is, CustomerId, viewer);
        let either = |so: bool, condition| if so { condition } else { unless(condition) };
        let due = |(so, days): &(bool, Days)| either(*so, open().add(DueOn.lt(days.notice)));
        let risky = |(so, days): &(bool, Days)| either(*so, at_risk(days, viewer));
        Condition::all()
            .add_option(filter.customer_id.as_ref().map(customer))
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
            .add_option(filter.due_on.as_ref().map(|is| is.on(DueOn)))
            .add_option(
                filter
                    .member_id
                    .map(|member| of_served(ContractId, member, viewer)),
            )
            .add_option(filter.in_worklist.as_ref().map(due))
            .add_option(filter.at_risk.as_ref().map(risky))
    }

    fn sorts(order: RenewalOrder) -> Vec<Sort<renewal::Column>> {
        use renewal::Column::{DueOn, Id};
        match order {
            RenewalOrder::DueOnAsc => vec![Sort::ascending(DueOn), Sort::ascending(Id)],
            RenewalOrder::DueOnDesc => vec![Sort::descending(DueOn), Sort::descending(Id)],
        }
    }
}

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident: $table:ident of $parent:ident, by $($sort:ident $way:ident),*;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::$parent)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![$(Sort::$way($table::Column::$sort)),*]
                }
            }
        )*
    };
}

links! {
    /// The contracts of a customer, the latest signature first.
    CustomersContracts: contract of CustomerId, by SignedOn descending, Id descending;
    /// The people behind a contract, role by role.
    ContractsPeople: contract_share of ContractId, by Role ascending, Share descending, MemberId ascending, Id ascending;
    /// The renewal of a contract: one, or none that is seen.
    ContractsRenewal: renewal of ContractId, by Id ascending;
    /// The money for a contract, the first first.
    ContractsPayments: contract_payment of ContractId, by PaidOn ascending, Id ascending;
    /// The credit for a payment, role by role.
    PaymentsCredits: payment_credit of PaymentId, by Role ascending, Amount descending, MemberId ascending, Id ascending;
}
