//! Who may see which row, worked out a second time over plain rows: slowly, row by row, as one would by hand, and without
//! a line of the code under test. The tests hold the server's answers against it.

use aftercare::access::{Grants, Permission, builtin};
use chrono::NaiveDate;
use entity::enums::{AssignmentKind, CommentVisibility, Reach};
use entity::{assignment, customer, team, ticket, user};
use uuid::Uuid;

use super::data::{Data, today};

/// One user among all rows.
pub struct Oracle<'d> {
    data: &'d Data,
    user: &'d user::Model,
    grants: Grants,
}

fn holds(from: NaiveDate, to: Option<NaiveDate>) -> bool {
    from <= today() && to.is_none_or(|end| end > today())
}

fn find<T>(rows: &[T], wanted: impl Fn(&T) -> bool) -> Option<&T> {
    rows.iter().find(|row| wanted(row))
}

impl<'d> Oracle<'d> {
    /// The user of that login.
    pub fn of(data: &'d Data, login: &str) -> Self {
        let user = find(&data.users, |user| user.login == login).expect("a user");
        let mut grants = Grants::default();
        for gift in data
            .gifts
            .iter()
            .filter(|gift| gift.user_id == Some(user.id))
        {
            if let Some(role) = builtin::ROLES.iter().find(|role| role.key == gift.role) {
                grants.extend(role.grants().pairs());
            }
            for role in data.roles.iter().filter(|role| role.key == gift.role) {
                let held = data.grants.iter().filter(|grant| grant.role_id == role.id);
                grants.extend(held.map(|grant| {
                    let permission = Permission::from_key(&grant.permission).expect("a permission");
                    (permission, grant.reach)
                }));
            }
        }
        Self { data, user, grants }
    }

    /// Does the user hold the permission at all?
    pub fn may(&self, permission: Permission) -> bool {
        self.grants.has(permission)
    }

    /// Is this row, by the prefix of its id, one that the user may see?
    pub fn sees(&self, prefix: &str, id: Uuid) -> bool {
        let data = self.data;
        match prefix {
            "ticket" => self.sees_ticket(id, Permission::TicketRead),
            "comment" => find(&data.comments, |row| row.id == id).is_some_and(|row| {
                let internal = row.visibility == CommentVisibility::Internal;
                let needed = if internal {
                    Permission::TicketNoteRead
                } else {
                    Permission::TicketRead
                };
                self.sees_ticket(row.ticket_id, needed)
            }),
            "change" => find(&data.changes, |row| row.id == id).is_some_and(|row| {
                (row.public && self.sees_ticket(row.ticket_id, Permission::TicketRead))
                    || self.sees_ticket(row.ticket_id, Permission::TicketNoteRead)
            }),
            "customer" => self.sees_customer(id, Permission::CustomerRead),
            "unit" => find(&data.units, |row| row.id == id)
                .is_some_and(|row| self.sees_customer(row.customer_id, Permission::CustomerRead)),
            "contact" => find(&data.contacts, |row| row.id == id).is_some_and(|row| {
                self.sees_customer(row.customer_id, Permission::CustomerContactRead)
            }),
            "contract" => self.sees_contract(id, Permission::ContractRead),
            "renewal" => find(&data.contracts.renewals, |row| row.id == id)
                .is_some_and(|row| self.sees_contract(row.contract_id, Permission::RenewalRead)),
            "member" => self.sees_member(id),
            "assignment" => find(&data.assignments, |row| row.id == id)
                .is_some_and(|row| self.sees_member(row.member_id)),
            "partner" => {
                data.partners.iter().any(|row| row.id == id)
                    && self.grants.reaches(Permission::PartnerRead).any(|reach| {
                        reach == Reach::All
                            || (reach == Reach::Organisation && self.user.partner_id == Some(id))
                    })
            }
            "product" => {
                data.products.iter().any(|row| row.id == id)
                    && self.has_all(Permission::ProductRead)
            }
            "department" | "region" | "team" | "position" => {
                self.has_structure(id) && self.has_all(Permission::OrganisationRead)
            }
            other => panic!("nothing is known about {other}"),
        }
    }

    /// Is a comment or a row of history one that the user would see if its ticket were shown?
    pub fn ticket_reached(&self, ticket: Uuid, permission: Permission) -> bool {
        self.sees_ticket(ticket, permission)
    }

    fn has_structure(&self, id: Uuid) -> bool {
        let data = self.data;
        let (departments, regions) = (
            data.departments.iter().map(|row| row.id),
            data.regions.iter().map(|row| row.id),
        );
        let (teams, positions) = (
            data.teams.iter().map(|row| row.id),
            data.positions.iter().map(|row| row.id),
        );
        departments
            .chain(regions)
            .chain(teams)
            .chain(positions)
            .any(|known| known == id)
    }

    fn has_all(&self, permission: Permission) -> bool {
        self.grants
            .reaches(permission)
            .any(|reach| reach == Reach::All)
    }

    fn sees_ticket(&self, id: Uuid, permission: Permission) -> bool {
        find(&self.data.tickets, |row| row.id == id).is_some_and(|row| {
            self.grants.reaches(permission).any(|reach| {
                self.ticket_within(row, reach)
                    || (reach == Reach::Own && self.watched(id, permission))
            })
        })
    }

    /// Does watching lend this? Reading only, and only to members.
    fn watched(&self, ticket: Uuid, permission: Permission) -> bool {
        let reading = ["ticket.read", "ticket.note.read", "ticket.sla.read"];
        reading.contains(&permission.key())
            && self.user.member_id.is_some_and(|me| {
                let mine = |row: &&entity::ticket_watcher::Model| {
                    row.ticket_id == ticket && row.member_id == me
                };
                self.data.watchers.iter().any(|row| mine(&row))
            })
    }

    fn ticket_within(&self, row: &ticket::Model, reach: Reach) -> bool {
        let me = self.user.member_id;
        match reach {
            Reach::All => true,
            Reach::Own => {
                row.created_by == self.user.id
                    || (me.is_some() && (row.owner_id == me || row.assignee_id == me))
            }
            Reach::Team => row.team_id.is_some_and(|team| self.in_team(team)),
            Reach::TeamTree => row.team_id.is_some_and(|team| self.below_my_team(team)),
            Reach::Department => row
                .team_id
                .is_some_and(|team| self.team_of_my_department(team)),
            Reach::Region => self
                .my_regions()
                .any(|region| self.has_province(region, row.province)),
            Reach::Organisation => match (self.user.partner_id, self.user.customer_id) {
                (Some(partner), _) => row.partner_id == Some(partner),
                (None, Some(customer)) => row.customer_id == customer,
                (None, None) => false,
            },
        }
    }

    fn sees_customer(&self, id: Uuid, permission: Permission) -> bool {
        find(&self.data.customers, |row| row.id == id).is_some_and(|row| {
            self.grants
                .reaches(permission)
                .any(|reach| self.customer_within(row, reach))
        })
    }

    fn customer_within(&self, row: &customer::Model, reach: Reach) -> bool {
        match reach {
            Reach::All => true,
            Reach::Own => row.owner_id.is_some() && row.owner_id == self.user.member_id,
            Reach::Team | Reach::TeamTree | Reach::Department => row
                .owner_id
                .is_some_and(|owner| self.works_within(owner, reach)),
            Reach::Region => self
                .my_regions()
                .any(|region| self.has_province(region, row.province)),
            Reach::Organisation => {
                (row.partner_id.is_some() && row.partner_id == self.user.partner_id)
                    || self.user.customer_id == Some(row.id)
            }
        }
    }

    /// It follows its customer; one's own are also those that one stands behind or has money credited from.
    fn sees_contract(&self, id: Uuid, permission: Permission) -> bool {
        let rows = &self.data.contracts;
        let mine = |member: Uuid| self.user.member_id == Some(member);
        find(&rows.contracts, |row| row.id == id).is_some_and(|row| {
            let sold = || {
                rows.shares
                    .iter()
                    .any(|one| one.contract_id == id && mine(one.member_id))
            };
            let credited = || {
                let payments = rows.payments.iter().filter(|one| one.contract_id == id);
                payments.into_iter().any(|payment| {
                    let mut credits = rows.credits.iter();
                    credits.any(|one| one.payment_id == payment.id && mine(one.member_id))
                })
            };
            let customer = find(&self.data.customers, |one| one.id == row.customer_id);
            self.grants.reaches(permission).any(|reach| {
                customer.is_some_and(|customer| self.customer_within(customer, reach))
                    || (reach == Reach::Own && (sold() || credited()))
            })
        })
    }

    fn sees_member(&self, id: Uuid) -> bool {
        self.grants
            .reaches(Permission::MemberRead)
            .any(|reach| match reach {
                Reach::All => self.data.members.iter().any(|row| row.id == id),
                Reach::Own => self.user.member_id == Some(id),
                Reach::Organisation => false,
                _ => self.works_within(id, reach),
            })
    }

    /// Has the member an assignment today where the user's reach goes?
    fn works_within(&self, member: Uuid, reach: Reach) -> bool {
        self.assignments_of(member).any(|row| match reach {
            Reach::Team => row.team_id.is_some_and(|team| self.in_team(team)),
            Reach::TeamTree => row.team_id.is_some_and(|team| self.below_my_team(team)),
            Reach::Department => {
                named_department(row).is_some_and(|department| self.in_department(department))
                    || row
                        .team_id
                        .is_some_and(|team| self.team_of_my_department(team))
            }
            Reach::Region => {
                row.region_id
                    .is_some_and(|region| self.my_regions().any(|mine| mine == region))
                    || row.team_id.is_some_and(|team| {
                        self.team(team)
                            .and_then(|team| team.region_id)
                            .is_some_and(|region| self.my_regions().any(|mine| mine == region))
                    })
            }
            Reach::Own | Reach::All | Reach::Organisation => false,
        })
    }

    fn assignments_of(&self, member: Uuid) -> impl Iterator<Item = &'d assignment::Model> {
        self.data
            .assignments
            .iter()
            .filter(move |row| row.member_id == member && holds(row.valid_from, row.valid_to))
    }

    fn my_assignments(&self) -> impl Iterator<Item = &'d assignment::Model> {
        self.user
            .member_id
            .into_iter()
            .flat_map(|me| self.assignments_of(me))
    }

    /// A team that there is today.
    fn team(&self, id: Uuid) -> Option<&'d team::Model> {
        self.data
            .teams
            .iter()
            .find(|team| team.id == id && holds(team.valid_from, team.valid_to))
    }

    fn my_teams(&self) -> impl Iterator<Item = &'d team::Model> {
        self.my_assignments()
            .filter_map(|row| row.team_id)
            .filter_map(|id| self.team(id))
    }

    fn in_team(&self, id: Uuid) -> bool {
        self.my_teams().any(|team| team.id == id)
    }

    /// Is the team one of mine, or does one of mine stand above it?
    fn below_my_team(&self, id: Uuid) -> bool {
        self.team(id).is_some_and(|team| {
            self.in_team(id)
                || team
                    .parent_id
                    .is_some_and(|parent| self.below_my_team(parent))
        })
    }

    fn in_department(&self, id: Uuid) -> bool {
        self.my_assignments()
            .any(|row| named_department(row) == Some(id))
            || self.my_teams().any(|team| team.department_id == id)
    }

    fn team_of_my_department(&self, id: Uuid) -> bool {
        self.team(id)
            .is_some_and(|team| self.in_department(team.department_id))
    }

    fn my_regions(&self) -> impl Iterator<Item = Uuid> {
        let assigned = self.my_assignments().filter_map(|row| row.region_id);
        assigned.chain(self.my_teams().filter_map(|team| team.region_id))
    }

    fn has_province(&self, region: Uuid, province: entity::enums::Province) -> bool {
        self.data.region_provinces.iter().any(|row| {
            row.region_id == region
                && row.province == province
                && holds(row.valid_from, row.valid_to)
        })
    }
}

/// A home with a team is in the department of that team; everything else in the one that it names.
fn named_department(row: &assignment::Model) -> Option<Uuid> {
    let follows = row.kind == AssignmentKind::Home && row.team_id.is_some();
    row.department_id.filter(|_| !follows)
}
