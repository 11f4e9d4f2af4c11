//! A random organisation as a throw of dice: small numbers that shrink well, read modulo what there is to choose from.

use entity::enums::{
    CommentVisibility, ContractRole, Province, Reach, TicketPriority, TicketStage, TicketState,
    UserKind,
};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use uuid::Uuid;

use super::questions::{self, Question};
use crate::support::data::{Belongs, Data, Table, days_ago, key, long_ago, start};

/// Few, so that rows meet in them.
const PROVINCES: [Province; 5] = [
    Province::Beijing,
    Province::Hebei,
    Province::Shandong,
    Province::Jiangsu,
    Province::Guangdong,
];
/// What viewers of staff may hold in these tests; what has the most to hide comes most often.
const STAFF: [&str; 17] = [
    "ticket.read",
    "ticket.read",
    "ticket.read",
    "ticket.read",
    "ticket.read",
    "customer.read",
    "member.read",
    "ticket.note.read",
    "customer.read",
    "customer.contact.read",
    "member.read",
    "partner.read",
    "product.read",
    "organisation.read",
    "contract.read",
    "contract.read",
    "renewal.read",
];
/// What outsiders may hold.
const OUTSIDE: [&str; 6] = [
    "ticket.read",
    "customer.read",
    "customer.contact.read",
    "partner.read",
    "product.read",
    "contract.read",
];

/// The dice of one organisation.
#[derive(Clone)]
pub struct Plan {
    teams: Vec<[u8; 4]>,
    region_provinces: Vec<[u8; 3]>,
    members: Vec<[u8; 6]>,
    customers: Vec<[u8; 3]>,
    tickets: Vec<[u8; 11]>,
    viewers: Vec<(u8, Vec<[u8; 2]>)>,
    asked: [u8; 8],
}

impl std::fmt::Debug for Plan {
    /// In few lines, however it is asked for.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            teams,
            region_provinces,
            members,
            customers,
            tickets,
            viewers,
            asked,
        } = self;
        write!(
            formatter,
            "teams {teams:?}\nregion_provinces {region_provinces:?}\nmembers {members:?}\ncustomers {customers:?}\ntickets {tickets:?}\nviewers {viewers:?}\nasked {asked:?}"
        )
    }
}

/// Random plans.
pub fn plans() -> impl Strategy<Value = Plan> {
    (
        vec(any::<[u8; 4]>(), 2..8),
        vec(any::<[u8; 3]>(), 1..8),
        vec(any::<[u8; 6]>(), 2..8),
        vec(any::<[u8; 3]>(), 1..8),
        vec(any::<[u8; 11]>(), 1..30),
        vec((any::<u8>(), vec(any::<[u8; 2]>(), 1..9)), 1..4),
        any::<[u8; 8]>(),
    )
        .prop_map(
            |(teams, region_provinces, members, customers, tickets, viewers, asked)| Plan {
                teams,
                region_provinces,
                members,
                customers,
                tickets,
                viewers,
                asked,
            },
        )
}

fn pick<T: Copy>(dice: u8, of: &[T]) -> T {
    of[usize::from(dice) % of.len()]
}

/// One of `1..=count` in a table, or none for every third throw.
fn perhaps(dice: u8, table: Table, count: usize) -> Option<Uuid> {
    (!dice.is_multiple_of(3)).then(|| one(dice / 3, table, count))
}

fn one(dice: u8, table: Table, count: usize) -> Uuid {
    key(table, usize::from(dice) % count + 1)
}

impl Plan {
    /// The logins of its viewers.
    pub fn logins(&self) -> Vec<String> {
        (1..=self.viewers.len())
            .map(|n| format!("viewer{n}"))
            .collect()
    }

    /// What they ask.
    pub fn questions(&self, data: &Data) -> Vec<Question> {
        questions::about(data, self.asked)
    }

    /// Its rows.
    pub fn data(&self) -> Data {
        let mut data = Data::default();
        self.organisation(&mut data);
        self.people(&mut data);
        for (n, [province, partner, owner]) in self.customers.iter().enumerate() {
            let owner = perhaps(*owner, Table::Member, self.members.len());
            data.customer(
                n + 1,
                pick(*province, &PROVINCES),
                perhaps(*partner, Table::Partner, 2),
                owner,
            );
            self.contract(&mut data, n + 1, *province);
        }
        self.viewers(&mut data);
        for (n, dice) in self.tickets.iter().enumerate() {
            self.ticket(&mut data, n + 1, *dice);
        }
        data
    }

    /// A contract of the customer, sold by somebody, with money that is credited to the next one.
    fn contract(&self, data: &mut Data, n: usize, province: u8) {
        let member = |step: usize| (n * step + usize::from(province)) % self.members.len() + 1;
        let rows = &mut data.contracts;
        rows.contract(n, n, pick(province, &PROVINCES), i64::from(province) - 100);
        if !n.is_multiple_of(3) {
            rows.share(n, ContractRole::Seller, member(3), 10_000);
        }
        rows.payment(n, n, n, 100, 10);
        if !n.is_multiple_of(2) {
            rows.credit(n, ContractRole::Seller, member(5), (10_000, 100));
        }
    }

    fn organisation(&self, data: &mut Data) {
        for (n, province) in PROVINCES.into_iter().enumerate().skip(1).take(2) {
            data.department(n, &format!("Department {n}"));
            data.partner(n, &format!("Partner {n}"), province);
            data.product(n, &format!("Product {n}"));
        }
        for n in 1..=3 {
            data.region(n, &format!("Region {n}"), &[]);
        }
        for [region, province, span] in &self.region_provinces {
            // Some ended today, some yesterday, some begin tomorrow.
            let (from, to) = span_of(*span);
            let (region, province) = (one(*region, Table::Region, 3), pick(*province, &PROVINCES));
            let same = |row: &entity::region_province::Model| {
                (row.region_id, row.province, row.valid_from) == (region, province, from)
            };
            if !data.region_provinces.iter().any(same) {
                data.region_province(region, province, from, to);
            }
        }
        for (n, [department, parent, region, span]) in self.teams.iter().enumerate() {
            let parent = if n == 0 {
                None
            } else {
                perhaps(*parent, Table::Team, n)
            };
            let region = perhaps(*region, Table::Region, 3);
            data.team(
                n + 1,
                one(*department, Table::Department, 2),
                parent,
                region,
            );
            if span % 5 == 0
                && let Some(team) = data.teams.last_mut()
            {
                team.valid_to = Some(days_ago(0));
            }
        }
    }

    fn people(&self, data: &mut Data) {
        let teams = self.teams.len();
        for (n, [department, team, span, region, project, second]) in
            self.members.iter().enumerate()
        {
            let id = data.member(n + 1, &format!("Member {}", n + 1));
            let home = one(*department, Table::Department, 2);
            data.home(id, home, perhaps(*team, Table::Team, teams), span_of(*span));
            if second % 2 == 0 {
                // Where the member was before, or will be.
                data.home(
                    id,
                    home,
                    perhaps(*second, Table::Team, teams),
                    (long_ago(), Some(days_ago(i64::from(*second % 3)))),
                );
            }
            if region % 3 == 0 {
                data.regional(id, one(*region, Table::Region, 3));
            }
            if project % 3 == 0 {
                data.project(id, one(*project, Table::Team, teams));
            }
        }
    }

    fn viewers(&self, data: &mut Data) {
        for (n, (who, grants)) in self.viewers.iter().enumerate() {
            let n = n + 1;
            let (of, kind) = match who % 6 {
                0 => (
                    Belongs::Partner(one(*who, Table::Partner, 2)),
                    UserKind::Partner,
                ),
                1 => (
                    Belongs::Customer(one(*who, Table::Customer, self.customers.len())),
                    UserKind::Customer,
                ),
                _ => (
                    Belongs::Member(key(
                        Table::Member,
                        usize::from(*who) % self.members.len() + 1,
                    )),
                    UserKind::Staff,
                ),
            };
            // An account for a member at most.
            let of = match of {
                Belongs::Member(id) if data.users.iter().any(|user| user.member_id == Some(id)) => {
                    Belongs::Nowhere
                }
                of => of,
            };
            let grants: Vec<(&str, Reach)> = grants
                .iter()
                .map(|[permission, reach]| grant(kind, *permission, *reach))
                .collect();
            let (first, second) = grants.split_at(grants.len() / 2);
            let role = data.role(2 * n, kind, first);
            data.user(n, &format!("viewer{n}"), &role, of);
            let role = data.role(2 * n + 1, kind, second);
            data.give(key(Table::User, n), &role);
        }
    }

    fn ticket(&self, data: &mut Data, n: usize, dice: [u8; 11]) {
        let [
            customer,
            team,
            owner,
            assignee,
            partner,
            province,
            state,
            priority,
            stage,
            creator,
            watchers,
        ] = dice;
        let members = self.members.len();
        let customer = usize::from(customer) % self.customers.len() + 1;
        let id = data.ticket(n, customer, |row| {
            row.team_id = perhaps(team, Table::Team, self.teams.len());
            row.owner_id = perhaps(owner, Table::Member, members);
            row.assignee_id = perhaps(assignee, Table::Member, members);
            if partner % 4 == 0 {
                row.partner_id = perhaps(partner / 4, Table::Partner, 2);
            }
            if province % 3 == 0 {
                row.province = pick(province / 3, &PROVINCES);
            }
            row.state = pick(
                state,
                &[
                    TicketState::Open,
                    TicketState::OnHold,
                    TicketState::PendingParts,
                    TicketState::PendingCustomer,
                ],
            );
            row.priority = pick(
                priority,
                &[
                    TicketPriority::Low,
                    TicketPriority::Normal,
                    TicketPriority::Urgent,
                ],
            );
            row.stage = pick(
                stage,
                &[
                    TicketStage::Intake,
                    TicketStage::Analysis,
                    TicketStage::Feedback,
                ],
            );
            row.resolved_at = (row.stage == TicketStage::Feedback).then(start);
            row.created_by = perhaps(creator, Table::User, self.viewers.len()).unwrap_or_default();
        });
        // Nobody, one, or two, so that tickets out of every reach are watched.
        for watcher in [watchers, watchers / 16] {
            if let Some(member) = perhaps(watcher, Table::Member, members) {
                data.watch(id, member);
            }
        }
        for _ in 0..stage % 3 {
            data.comment(id, CommentVisibility::Public, "for all");
        }
        for _ in 0..priority % 3 {
            data.comment(id, CommentVisibility::Internal, "for staff");
        }
        data.change(id, "create", "stage", "INTAKE", true);
        data.change(id, "assign", "reason", "for staff", false);
    }
}

fn grant(kind: UserKind, permission: u8, reach: u8) -> (&'static str, Reach) {
    if kind != UserKind::Staff {
        let permission = pick(permission, &OUTSIDE);
        let reach = if permission == "product.read" {
            Reach::All
        } else {
            Reach::Organisation
        };
        return (permission, reach);
    }
    let permission = pick(permission, &STAFF);
    let reaches: &[Reach] = match permission {
        "product.read" | "organisation.read" | "partner.read" => &[Reach::All],
        _ => &[
            Reach::Own,
            Reach::Team,
            Reach::TeamTree,
            Reach::Department,
            Reach::Region,
            Reach::All,
        ],
    };
    // `ALL` only now and then: there is nothing outside of it.
    let reach = if reaches.len() > 1 {
        pick(
            reach,
            &reaches[..if reach.is_multiple_of(11) { 6 } else { 5 }],
        )
    } else {
        Reach::All
    };
    (permission, reach)
}

/// From and to, around today: holding, just over, just about to begin.
fn span_of(dice: u8) -> (chrono::NaiveDate, Option<chrono::NaiveDate>) {
    match dice % 6 {
        0 => (long_ago(), Some(days_ago(0))),
        1 => (days_ago(-1), None),
        2 => (days_ago(0), Some(days_ago(-1))),
        _ => (long_ago(), None),
    }
}
