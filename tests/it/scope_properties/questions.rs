//! Questions to the server, and what the second implementation says the answer must be.

/// What holds of every answer.
mod checks;

use std::collections::BTreeSet;

use aftercare::access::Permission;
use aftercare::graphql::ids::encode;
use entity::enums::TicketState;
use entity::ticket;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::app::Reply;
use crate::support::data::{Data, Table, key};
use crate::support::oracle::Oracle;
use checks::{inside, nested, same, texts};

/// A ticket with everything that hangs on it.
const TICKET: &str = "fragment T on Ticket {
    id number subject stage state priority province resolvedAt createdAt progress { stage enteredAt visit }
    customer { id name tier contacts(first: 5) { nodes { id phone } } units(first: 5) { totalCount nodes { id } } owner { id } partner { id } }
    contact { id name } partner { id name } product { id } unit { id serial warrantyUntil customer { id name } product { id } }
    team { id name members { id name } } owner { id name } assignee { id name assignments { id } }
    lastMessage { id body visibility } comments(first: 20) { totalCount nodes { id body visibility } } history(first: 20) { totalCount nodes { id newValue } }
}";

type Matches = fn(&ticket::Model, &Oracle<'_>, Uuid) -> bool;

/// A document and what is expected of its answer.
#[derive(Debug)]
pub struct Question {
    /// The document.
    pub document: String,
    /// Its variables.
    pub variables: Value,
    expects: Expects,
}

#[derive(Debug)]
enum Expects {
    /// The list under this field has exactly the rows that match.
    List {
        field: &'static str,
        needs: Vec<Permission>,
        rows: Vec<(String, Uuid)>,
        only: Option<(Matches, Uuid)>,
    },
    /// Each object is there if it is seen, and null if not.
    Each {
        field: &'static str,
        rows: Vec<(String, Uuid)>,
        needs: Vec<Permission>,
    },
}

/// Questions about these rows; the dice choose orders and filters.
pub fn about(data: &Data, dice: [u8; 8]) -> Vec<Question> {
    let order = [
        "CREATED_AT_DESC",
        "CREATED_AT_ASC",
        "UPDATED_AT_DESC",
        "UPDATED_AT_ASC",
        "PRIORITY_DESC",
        "RESOLVED_AT_DESC",
        "RESOLVED_AT_ASC",
    ];
    let order = order[usize::from(dice[0]) % order.len()];
    let mut questions = vec![
        tickets(data, order, json!(null), vec![], None),
        filtered_tickets(data, order, dice),
    ];
    macro_rules! list {
        ($field:literal, $rows:ident, $prefix:literal, $permission:ident, $select:literal) => {
            questions.push(list(
                $field,
                $select,
                rows_of($prefix, data.$rows.iter().map(|row| row.id)),
                Permission::$permission,
            ));
        };
    }
    list!(
        "customers",
        customers,
        "customer",
        CustomerRead,
        "id name tier owner { id } partner { id name } contacts { nodes { id phone } } units { nodes { id } }"
    );
    list!(
        "units",
        units,
        "unit",
        CustomerRead,
        "id warrantyUntil customer { id name contacts { nodes { id } } }"
    );
    list!(
        "members",
        members,
        "member",
        MemberRead,
        "id name version assignments { id team { id } department { id } } team { id name }"
    );
    let contracts = &data.contracts;
    questions.push(list(
        "contracts",
        "id number until customer { id name } product { id } renewal { id state contract { id } }",
        rows_of("contract", contracts.contracts.iter().map(|row| row.id)),
        Permission::ContractRead,
    ));
    questions.push(list(
        "renewals",
        "id dueOn risks customer { id } contract { id number } newContract { id }",
        rows_of("renewal", contracts.renewals.iter().map(|row| row.id)),
        Permission::RenewalRead,
    ));
    list!("partners", partners, "partner", PartnerRead, "id name");
    list!("products", products, "product", ProductRead, "id name");
    list!(
        "teams",
        teams,
        "team",
        OrganisationRead,
        "id name parent { id } children { id } members { id name }"
    );
    questions.push(nodes(data, dice[6]));
    questions.push(by_number(data, dice[7]));
    questions
}

fn rows_of(prefix: &str, ids: impl Iterator<Item = Uuid>) -> Vec<(String, Uuid)> {
    ids.map(|id| (prefix.to_owned(), id)).collect()
}

fn list(
    field: &'static str,
    select: &str,
    rows: Vec<(String, Uuid)>,
    permission: Permission,
) -> Question {
    Question {
        document: format!("{{ {field}(first: 100) {{ totalCount nodes {{ {select} }} }} }}"),
        variables: json!({}),
        expects: Expects::List {
            field,
            needs: vec![permission],
            rows,
            only: None,
        },
    }
}

fn tickets(
    data: &Data,
    order: &str,
    filter: Value,
    mut needs: Vec<Permission>,
    only: Option<(Matches, Uuid)>,
) -> Question {
    needs.push(Permission::TicketRead);
    Question {
        document: format!(
            "query($filter: TicketFilter, $order: TicketOrder!) {{ tickets(first: 100, filter: $filter, orderBy: $order) {{ totalCount nodes {{ ...T }} }} }} {TICKET}"
        ),
        variables: json!({ "filter": filter, "order": order }),
        expects: Expects::List {
            field: "tickets",
            needs,
            rows: rows_of("ticket", data.tickets.iter().map(|row| row.id)),
            only,
        },
    }
}

/// What is filtered by is seen as the viewer sees it: a customer out of reach is none.
fn filtered_tickets(data: &Data, order: &str, dice: [u8; 8]) -> Question {
    let one = |table: Table, count: usize| key(table, usize::from(dice[2]) % count.max(1) + 1);
    let (customer, partner) = (
        one(Table::Customer, data.customers.len()),
        one(Table::Partner, 2),
    );
    let (team, member) = (
        one(Table::Team, data.teams.len()),
        one(Table::Member, data.members.len()),
    );
    let (filter, needs, only): (Value, Vec<Permission>, (Matches, Uuid)) = match dice[1] % 9 {
        0 => (
            json!({ "state": { "eq": "OPEN" } }),
            vec![],
            (|row, _, _| row.state == TicketState::Open, customer),
        ),
        1 => (
            json!({ "not": { "state": { "in": ["OPEN", "ON_HOLD"] } } }),
            vec![],
            (
                |row, _, _| !matches!(row.state, TicketState::Open | TicketState::OnHold),
                customer,
            ),
        ),
        2 => (
            json!({ "resolvedAt": { "isNull": true } }),
            vec![],
            (|row, _, _| row.resolved_at.is_none(), customer),
        ),
        3 => (
            json!({ "customerId": { "eq": encode("customer", customer) } }),
            vec![Permission::CustomerRead],
            (
                |row, oracle, id| row.customer_id == id && oracle.sees("customer", id),
                customer,
            ),
        ),
        4 => (
            json!({ "not": { "customerId": { "eq": encode("customer", customer) } } }),
            vec![Permission::CustomerRead],
            (
                |row, oracle, id| !(row.customer_id == id && oracle.sees("customer", id)),
                customer,
            ),
        ),
        5 => (
            json!({ "partnerId": { "eq": encode("partner", partner) } }),
            vec![Permission::PartnerRead],
            (
                |row, oracle, id| row.partner_id == Some(id) && oracle.sees("partner", id),
                partner,
            ),
        ),
        6 => (
            json!({ "teamId": { "in": [encode("team", team)] } }),
            vec![Permission::OrganisationRead],
            (
                |row, oracle, id| row.team_id == Some(id) && oracle.sees("team", id),
                team,
            ),
        ),
        7 => (
            json!({ "or": [{ "ownerId": { "eq": encode("member", member) } }, { "assigneeId": { "eq": encode("member", member) } }] }),
            vec![Permission::MemberRead],
            (
                |row, oracle, id| {
                    (row.owner_id == Some(id) || row.assignee_id == Some(id))
                        && oracle.sees("member", id)
                },
                member,
            ),
        ),
        _ => (
            json!({ "ownerId": { "isNull": true } }),
            vec![Permission::MemberRead],
            (
                |row, oracle, _| {
                    row.owner_id
                        .is_none_or(|owner| !oracle.sees("member", owner))
                },
                member,
            ),
        ),
    };
    tickets(data, order, filter, needs, Some(only))
}

/// A handful of objects of every type, among them some that there aren't.
fn nodes(data: &Data, dice: u8) -> Question {
    let mut rows = Vec::new();
    for (prefix, ids) in [
        (
            "ticket",
            data.tickets.iter().map(|row| row.id).collect::<Vec<_>>(),
        ),
        (
            "customer",
            data.customers.iter().map(|row| row.id).collect(),
        ),
        ("unit", data.units.iter().map(|row| row.id).collect()),
        ("member", data.members.iter().map(|row| row.id).collect()),
        ("partner", data.partners.iter().map(|row| row.id).collect()),
        ("product", data.products.iter().map(|row| row.id).collect()),
        ("team", data.teams.iter().map(|row| row.id).collect()),
        ("region", data.regions.iter().map(|row| row.id).collect()),
    ] {
        let wanted = ids
            .iter()
            .skip(usize::from(dice) % ids.len().max(1))
            .take(8);
        rows.extend(rows_of(prefix, wanted.copied()));
        rows.extend(rows_of(
            prefix,
            [Uuid::from_u128(0x0190_0000_0000_7000_8000_ffff_ffff_0000)].into_iter(),
        ));
    }
    let ids: Vec<String> = rows
        .iter()
        .map(|(prefix, id)| encode(prefix, *id))
        .collect();
    Question {
        document: "query($ids: [ID!]!) { nodes(ids: $ids) { id } }".to_owned(),
        variables: json!({ "ids": ids }),
        expects: Expects::Each {
            field: "nodes",
            rows,
            needs: vec![],
        },
    }
}

fn by_number(data: &Data, dice: u8) -> Question {
    let row = &data.tickets[usize::from(dice) % data.tickets.len()];
    Question {
        document: format!(
            "query($number: Int!) {{ ticketByNumber(number: $number) {{ ...T }} }} {TICKET}"
        ),
        variables: json!({ "number": row.number }),
        expects: Expects::Each {
            field: "ticketByNumber",
            rows: vec![("ticket".to_owned(), row.id)],
            needs: vec![Permission::TicketRead],
        },
    }
}

impl Question {
    /// May this user ask it at all? Filtering by what one may not see is refused.
    pub fn is_for(&self, oracle: &Oracle<'_>) -> bool {
        let (Expects::List { needs, .. } | Expects::Each { needs, .. }) = &self.expects;
        needs.iter().all(|permission| oracle.may(*permission))
    }

    /// Is the answer exactly what it must be?
    pub fn check(&self, data: &Data, oracle: &Oracle<'_>, reply: &Reply) -> Result<(), String> {
        inside(&reply.body["data"], oracle)?;
        nested(&reply.body["data"], data, oracle)?;
        match &self.expects {
            Expects::List {
                field, rows, only, ..
            } => {
                let matching = |id: Uuid| {
                    only.is_none_or(|(matches, argument)| {
                        data.tickets
                            .iter()
                            .any(|row| row.id == id && matches(row, oracle, argument))
                    })
                };
                let expected: BTreeSet<String> = rows
                    .iter()
                    .filter(|(prefix, id)| oracle.sees(prefix, *id) && matching(*id))
                    .map(|(prefix, id)| encode(prefix, *id))
                    .collect();
                let list = &reply.body["data"][field];
                let found: BTreeSet<String> = texts(&list["nodes"]).collect();
                same(&format!("{field}.nodes"), &found, &expected)?;
                same(
                    &format!("{field}.totalCount"),
                    &list["totalCount"],
                    &json!(expected.len()),
                )
            }
            Expects::Each { field, rows, .. } => {
                let value = &reply.body["data"][field];
                let found = value
                    .as_array()
                    .cloned()
                    .unwrap_or_else(|| vec![value.clone()]);
                for ((prefix, id), found) in rows.iter().zip(&found) {
                    let expected = if oracle.sees(prefix, *id) {
                        json!(encode(prefix, *id))
                    } else {
                        Value::Null
                    };
                    same(prefix, &found["id"], &expected)?;
                }
                same(field, &found.len(), &rows.len())
            }
        }
    }
}
