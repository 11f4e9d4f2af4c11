//! Who may have which of the customers' fields.

use crate::access::{Entry, Permission, Rule};

const CUSTOMERS: Rule = Rule::Needs(Permission::CustomerRead);
const CONTACTS: Rule = Rule::Needs(Permission::CustomerContactRead);
const PARTNERS: Rule = Rule::Needs(Permission::PartnerRead);
const PRODUCTS: Rule = Rule::Needs(Permission::ProductRead);
const WRITE: Rule = Rule::Needs(Permission::CustomerWrite);
const WRITE_CONTACTS: Rule = Rule::Needs(Permission::CustomerContactWrite);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["node", "cursor"];

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Every field of the customers' types with its rule, and the inputs that would tell of contact data.
pub const ACCESS: &[Entry] = &[
    entry("Query", PARTNERS, &["partner", "partners"]),
    entry(
        "Query",
        CUSTOMERS,
        &["customer", "customers", "unit", "units"],
    ),
    entry("Query", PRODUCTS, &["product", "products"]),
    entry(
        "Mutation",
        WRITE,
        &["customerCreate", "customerUpdate", "unitRegister"],
    ),
    entry(
        "Mutation",
        WRITE_CONTACTS,
        &["contactAdd", "contactUpdate", "contactRemove"],
    ),
    // Filtering by what one may not see would tell.
    entry(
        "CustomerFilter",
        CONTACTS,
        &["contactPhone", "contactEmail"],
    ),
    entry("CustomerFilter", PARTNERS, &["partnerId"]),
    entry(
        "CustomerFilter",
        Rule::Needs(Permission::MemberRead),
        &["ownerId"],
    ),
    entry("UnitFilter", PRODUCTS, &["productId"]),
    entry(
        "Partner",
        PARTNERS,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "kind",
            "province",
            "validFrom",
            "validTo",
            "version",
            "updatedAt",
        ],
    ),
    entry("PartnerConnection", PARTNERS, CONNECTION),
    entry("PartnerEdge", PARTNERS, EDGE),
    entry(
        "Customer",
        CUSTOMERS,
        &[
            "id",
            "number",
            "kind",
            "name",
            "province",
            "tier",
            "units",
            "version",
            "createdAt",
            "updatedAt",
        ],
    ),
    entry("Customer", PARTNERS, &["partner"]),
    entry("Customer", Rule::Needs(Permission::MemberRead), &["owner"]),
    entry("Customer", CONTACTS, &["contacts"]),
    entry(
        "Customer",
        Rule::Needs(Permission::ContractRead),
        &["contracts"],
    ),
    entry("CustomerConnection", CUSTOMERS, CONNECTION),
    entry("CustomerEdge", CUSTOMERS, EDGE),
    entry(
        "Contact",
        CONTACTS,
        &[
            "id",
            "name",
            "role",
            "phone",
            "email",
            "isPrimary",
            "version",
            "updatedAt",
        ],
    ),
    entry("Contact", CUSTOMERS, &["customer"]),
    entry("ContactConnection", CONTACTS, CONNECTION),
    entry("ContactEdge", CONTACTS, EDGE),
    entry(
        "Product",
        PRODUCTS,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "line",
            "validFrom",
            "validTo",
            "version",
            "updatedAt",
        ],
    ),
    entry("ProductConnection", PRODUCTS, CONNECTION),
    entry("ProductEdge", PRODUCTS, EDGE),
    entry(
        "Unit",
        CUSTOMERS,
        &[
            "id",
            "serial",
            "customer",
            "soldOn",
            "warrantyUntil",
            "version",
            "createdAt",
            "updatedAt",
        ],
    ),
    entry("Unit", PRODUCTS, &["product"]),
    entry("UnitConnection", CUSTOMERS, CONNECTION),
    entry("UnitEdge", CUSTOMERS, EDGE),
    entry("CustomerCreatePayload", WRITE, &["customer", "userErrors"]),
    entry("CustomerUpdatePayload", WRITE, &["customer", "userErrors"]),
    entry("UnitRegisterPayload", WRITE, &["unit", "userErrors"]),
    entry(
        "ContactAddPayload",
        WRITE_CONTACTS,
        &["contact", "userErrors"],
    ),
    entry(
        "ContactUpdatePayload",
        WRITE_CONTACTS,
        &["contact", "userErrors"],
    ),
    entry(
        "ContactRemovePayload",
        WRITE_CONTACTS,
        &["customer", "userErrors"],
    ),
];
