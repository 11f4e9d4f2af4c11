//! What the reaches mean for contracts and what hangs on them: they follow their customer, and `OWN` also holds whoever stands
//! behind a contract or is credited with money from it.

use entity::enums::Reach;
use entity::{contract, contract_payment, contract_share, payment_credit, renewal};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait,
};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing};
use crate::customers::{CustomerFacts, of_customer};

/// A contract, or a row that hangs on it, with what decides who may see it.
#[derive(Clone, Debug)]
pub struct ContractFacts {
    /// Its customer.
    pub customer: CustomerFacts,
    /// The members who stand behind the contract.
    pub people: Vec<Uuid>,
    /// The members who are credited with money from it.
    pub credited: Vec<Uuid>,
}

impl ContractFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        let own = || {
            let me = standing.member_id;
            let mut members = self.people.iter().chain(&self.credited);
            members.any(|member| Some(*member) == me)
        };
        self.customer.within(reach, standing) || (reach == Reach::Own && own())
    }
}

/// The contracts that a member stands behind.
fn served_by(member: Uuid) -> SelectStatement {
    contract_share::Entity::find()
        .select_only()
        .column(contract_share::Column::ContractId)
        .filter(contract_share::Column::MemberId.eq(member))
        .into_query()
}

/// The contracts that a member is credited with money from.
fn credited_to(member: Uuid) -> SelectStatement {
    payment_credit::Entity::find()
        .select_only()
        .column(contract_payment::Column::ContractId)
        .join(JoinType::InnerJoin, payment_credit::Relation::Payment.def())
        .filter(payment_credit::Column::MemberId.eq(member))
        .into_query()
}

/// The rows of a contract (by that column) whose customer (by the other) is within a reach.
fn of_contract<C: ColumnTrait, D: ColumnTrait>(
    contract: C,
    customer: D,
    reach: Reach,
    standing: &Standing,
) -> Option<Condition> {
    let customers = of_customer(customer, reach, standing);
    let Some(me) = standing.member_id.filter(|_| reach == Reach::Own) else {
        return customers;
    };
    let own = Condition::any()
        .add_option(customers)
        .add(contract.in_subquery(served_by(me)))
        .add(contract.in_subquery(credited_to(me)));
    Some(own)
}

/// Tables that know their contract and customer.
macro_rules! follow_contract {
    ($($table:ident by $contract:ident under $permission:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::$permission;
            type Facts = ContractFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                use $table::Column::{$contract, CustomerId};
                of_contract($contract, CustomerId, reach, standing)
            }

            fn within(facts: &ContractFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

follow_contract!(
    contract by Id under ContractRead,
    contract_payment by ContractId under ContractPaymentRead,
    renewal by ContractId under RenewalRead
);

/// Tables that know a row of another one, and follow it.
macro_rules! follow_row {
    ($($table:ident by $column:ident to $parent:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::ContractPeopleRead;
            type Facts = ContractFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                if reach == Reach::All {
                    return Some(Condition::all());
                }
                let rows = $parent::Entity::find()
                    .select_only()
                    .column($parent::Column::Id)
                    .filter($parent::Entity::condition(reach, standing)?)
                    .into_query();
                Some(Condition::all().add($table::Column::$column.in_subquery(rows)))
            }

            fn within(facts: &ContractFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }
        })*
    };
}

follow_row!(contract_share by ContractId to contract, payment_credit by PaymentId to contract_payment);
