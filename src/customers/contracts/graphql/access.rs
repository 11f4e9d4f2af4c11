//! Who may have which field of contracts, money and renewals. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::ContractRead);
const WRITE: Rule = Rule::Needs(Permission::ContractWrite);
const VALUE: Rule = Rule::Needs(Permission::ContractValueRead);
const PEOPLE: Rule = Rule::Needs(Permission::ContractPeopleRead);
const PAYMENT: Rule = Rule::Needs(Permission::ContractPaymentRead);
const RECORD: Rule = Rule::Needs(Permission::ContractPaymentRecord);
const RENEWAL: Rule = Rule::Needs(Permission::RenewalRead);
const WORK: Rule = Rule::Needs(Permission::RenewalWork);
const CUSTOMER: Rule = Rule::Needs(Permission::CustomerRead);
const PRODUCT: Rule = Rule::Needs(Permission::ProductRead);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of contracts, money and renewals.
#[rustfmt::skip]
pub const ACCESS: &[Entry] = &[
    entry("Query", READ, &["contract", "contracts"]),
    entry("Query", PAYMENT, &["contractPayment", "contractPayments"]),
    entry("Query", RENEWAL, &["renewal", "renewals"]),
    entry("Mutation", WRITE, &["contractCancel", "contractCreate", "contractPeopleSet"]),
    entry("Mutation", RECORD, &["contractPaymentCollect", "contractPaymentRefund"]),
    entry("Mutation", WORK, &["renewalContact", "renewalLose"]),
    entry("ContractCreatePayload", WRITE, &["contract", "userErrors"]),
    entry("ContractPeopleSetPayload", WRITE, &["contract", "userErrors"]),
    entry("ContractCancelPayload", WRITE, &["contract", "userErrors"]),
    entry("ContractPaymentCollectPayload", RECORD, &["payment", "userErrors"]),
    entry("ContractPaymentRefundPayload", RECORD, &["payment", "userErrors"]),
    entry("RenewalContactPayload", WORK, &["renewal", "userErrors"]),
    entry("RenewalLosePayload", WORK, &["renewal", "userErrors"]),
    entry("Contract", READ, &[
        "id", "number", "kind", "renews", "isFirst", "signedOn", "startsOn", "until", "state", "cancelledOn", "version",
        "createdAt", "updatedAt",
    ]),
    entry("Contract", CUSTOMER, &["customer"]),
    entry("Contract", PRODUCT, &["product"]),
    entry("Contract", VALUE, &["value", "collected"]),
    // Why a contract was called off is told among colleagues.
    entry("Contract", PEOPLE, &["people", "reason"]),
    entry("Contract", PAYMENT, &["payments"]),
    entry("Contract", RENEWAL, &["renewal"]),
    entry("ContractConnection", READ, CONNECTION),
    entry("ContractEdge", READ, EDGE),
    entry("ContractShare", PEOPLE, &["role", "share"]),
    entry("ContractShare", MEMBER, &["member"]),
    entry("ContractPayment", PAYMENT, &[
        "id", "kind", "refunds", "amount", "paidOn", "reference", "note", "recordedByName", "createdAt",
    ]),
    entry("ContractPayment", READ, &["contract"]),
    entry("ContractPayment", PEOPLE, &["credits"]),
    entry("ContractPaymentConnection", PAYMENT, CONNECTION),
    entry("ContractPaymentEdge", PAYMENT, EDGE),
    entry("ContractPaymentCredit", PEOPLE, &["role", "share", "amount"]),
    entry("ContractPaymentCredit", MEMBER, &["member"]),
    entry("Renewal", RENEWAL, &[
        "id", "dueOn", "state", "attempts", "lastContactedOn", "answered", "note", "lostReason", "decidedOn", "risks", "version",
        "createdAt", "updatedAt",
    ]),
    entry("Renewal", READ, &["contract", "newContract"]),
    entry("Renewal", CUSTOMER, &["customer"]),
    entry("RenewalConnection", RENEWAL, CONNECTION),
    entry("RenewalEdge", RENEWAL, EDGE),
    // Filtering by what one may not see would tell.
    entry("ContractFilter", CUSTOMER, &["customerId"]),
    entry("ContractFilter", PRODUCT, &["productId"]),
    entry("ContractFilter", PEOPLE, &["memberId"]),
    entry("ContractPaymentFilter", CUSTOMER, &["customerId"]),
    entry("ContractPaymentFilter", READ, &["contractId"]),
    entry("ContractPaymentFilter", PEOPLE, &["memberId"]),
    entry("RenewalFilter", CUSTOMER, &["customerId"]),
    entry("RenewalFilter", PEOPLE, &["memberId"]),
];
