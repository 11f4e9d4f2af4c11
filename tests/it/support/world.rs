//! A small random organisation with its customers: rows that belong together, the same ones for the same seed.

/// Contracts with customers.
mod contracts;
/// What hangs on members.
mod work;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::enums::{AssignmentKind, CustomerKind, CustomerTier, JobFamily, PartnerKind, Province};
use entity::{
    assignment, contact, customer, department, member, partner, position, product, region,
    region_province, team, unit,
};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

/// Provinces that regions and customers choose from: few, so that they meet.
const PROVINCES: [Province; 5] = [
    Province::Beijing,
    Province::Hebei,
    Province::Shanghai,
    Province::Guangdong,
    Province::Tibet,
];

/// The rows of a world.
#[derive(Debug, Default)]
pub struct World {
    /// Departments.
    pub departments: Vec<department::Model>,
    /// Regions.
    pub regions: Vec<region::Model>,
    /// Which province belongs to which region, and when.
    pub region_provinces: Vec<region_province::Model>,
    /// Teams, parents before children.
    pub teams: Vec<team::Model>,
    /// Positions.
    pub positions: Vec<position::Model>,
    /// Members.
    pub members: Vec<member::Model>,
    /// Assignments; the rules about homes and shares don't hold, as scopes don't rely on them.
    pub assignments: Vec<assignment::Model>,
    /// What hangs on the members.
    pub work: work::Work,
    /// Partners.
    pub partners: Vec<partner::Model>,
    /// Customers.
    pub customers: Vec<customer::Model>,
    /// Contacts.
    pub contacts: Vec<contact::Model>,
    /// Products.
    pub products: Vec<product::Model>,
    /// Units.
    pub units: Vec<unit::Model>,
    /// Contracts with what hangs on them.
    pub contracts: contracts::Contracts,
}

/// The day around which everything in a world begins and ends.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("a valid time")
}

/// Makes rows.
struct Maker {
    rng: StdRng,
    next: u128,
}

impl Maker {
    fn id(&mut self) -> Uuid {
        self.next += 1;
        // Ids of the right form, in no order that could help.
        let mixed: u64 = self.rng.random();
        Uuid::from_u128((u128::from(mixed) << 64) | 0x8000_0000_0000_0000 | self.next)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *of.choose(&mut self.rng).expect("something to choose from")
    }

    fn maybe<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        self.rng.random_bool(0.6).then(|| self.one(of))
    }

    /// A span that begins and ends within a few days of the day, so that borders are met.
    fn span(&mut self) -> (NaiveDate, Option<NaiveDate>) {
        let day = noon().date_naive();
        let from = day + TimeDelta::days(self.rng.random_range(-6..=2));
        let to = self
            .rng
            .random_bool(0.5)
            .then(|| from + TimeDelta::days(self.rng.random_range(1..=6)));
        (from, to)
    }
}

fn ids<M>(rows: &[M], id: impl Fn(&M) -> Uuid) -> Vec<Uuid> {
    rows.iter().map(id).collect()
}

impl World {
    /// The world of a seed.
    pub fn random(seed: u64) -> Self {
        let mut maker = Maker {
            rng: StdRng::seed_from_u64(seed),
            next: u128::from(seed) << 16,
        };
        let mut world = Self::default();
        world.found(&mut maker);
        world.staff(&mut maker);
        world.sell(&mut maker);
        world.work = work::Work::of(&world.members);
        world.contracts = contracts::Contracts::of(&world.customers, &world.members);
        world
    }

    fn found(&mut self, maker: &mut Maker) {
        let (at, day) = (noon(), noon().date_naive());
        for number in 0..3 {
            self.departments.push(department::Model {
                id: maker.id(),
                code: format!("D{}", maker.next),
                name: format!("Department {number}"),
                name_zh: "部门".to_owned(),
                valid_from: day - TimeDelta::days(30),
                valid_to: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            let region = maker.id();
            self.regions.push(region::Model {
                id: region,
                code: format!("R{}", maker.next),
                name: format!("Region {number}"),
                name_zh: "区域".to_owned(),
                valid_from: day - TimeDelta::days(30),
                valid_to: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            for province in PROVINCES {
                if maker.rng.random_bool(0.5) {
                    let (valid_from, valid_to) = maker.span();
                    self.region_provinces.push(region_province::Model {
                        id: maker.id(),
                        region_id: region,
                        province,
                        valid_from,
                        valid_to,
                    });
                }
            }
        }
        let departments = ids(&self.departments, |row| row.id);
        let regions = ids(&self.regions, |row| row.id);
        for number in 0..8 {
            let above = ids(&self.teams, |row| row.id);
            let parent_id = if above.is_empty() {
                None
            } else {
                maker.maybe(&above)
            };
            let (valid_from, valid_to) = if maker.rng.random_bool(0.7) {
                (day - TimeDelta::days(30), None)
            } else {
                maker.span()
            };
            self.teams.push(team::Model {
                id: maker.id(),
                code: format!("T{}", maker.next),
                name: format!("Team {number}"),
                name_zh: "团队".to_owned(),
                department_id: maker.one(&departments),
                parent_id,
                region_id: maker.maybe(&regions),
                valid_from,
                valid_to,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
        self.positions.push(position::Model {
            id: maker.id(),
            code: format!("P{}", maker.next),
            name: "Engineer".to_owned(),
            name_zh: "工程师".to_owned(),
            family: JobFamily::FieldService,
            duties: String::new(),
            goals: String::new(),
            standards: String::new(),
            valid_from: day - TimeDelta::days(30),
            valid_to: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
    }

    fn staff(&mut self, maker: &mut Maker) {
        let at = noon();
        let departments = ids(&self.departments, |row| row.id);
        let regions = ids(&self.regions, |row| row.id);
        let teams = ids(&self.teams, |row| row.id);
        for number in 0..10 {
            let id = maker.id();
            self.members.push(member::Model {
                id,
                number: format!("M{}", maker.next),
                name: format!("成员 {number}"),
                name_en: None,
                joined_on: at.date_naive() - TimeDelta::days(400),
                left_on: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
            for _ in 0..maker.rng.random_range(0..4) {
                let kind = maker.one(&[
                    AssignmentKind::Home,
                    AssignmentKind::Project,
                    AssignmentKind::Regional,
                ]);
                let (department, team, region) = (
                    maker.one(&departments),
                    maker.one(&teams),
                    maker.one(&regions),
                );
                let (valid_from, valid_to) = maker.span();
                let given = |needed: bool, also: bool, id: Uuid| (needed || also).then_some(id);
                let home = kind == AssignmentKind::Home;
                let project = kind == AssignmentKind::Project;
                let regional = kind == AssignmentKind::Regional;
                self.assignments.push(assignment::Model {
                    id: maker.id(),
                    member_id: id,
                    kind,
                    department_id: given(home, false, department),
                    team_id: given(project, maker.rng.random_bool(0.5), team),
                    region_id: given(regional, false, region),
                    position_id: None,
                    role: "service".to_owned(),
                    percent: maker.rng.random_range(1..=100),
                    valid_from,
                    valid_to,
                    version: 1,
                    created_at: at,
                    updated_at: at,
                });
            }
        }
    }

    fn sell(&mut self, maker: &mut Maker) {
        let (at, day) = (noon(), noon().date_naive());
        for number in 0..3 {
            self.partners.push(partner::Model {
                id: maker.id(),
                code: format!("PA{}", maker.next),
                name: format!("Partner {number}"),
                name_zh: None,
                kind: PartnerKind::Dealer,
                province: maker.one(&PROVINCES),
                valid_from: day - TimeDelta::days(30),
                valid_to: None,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
        self.products.push(product::Model {
            id: maker.id(),
            code: format!("X{}", maker.next),
            name: "Pump".to_owned(),
            name_zh: "水泵".to_owned(),
            line: "pumps".to_owned(),
            valid_from: day - TimeDelta::days(900),
            valid_to: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
        let members = ids(&self.members, |row| row.id);
        let partners = ids(&self.partners, |row| row.id);
        let product_id = self.products[0].id;
        for number in 0..24 {
            let id = maker.id();
            self.customers.push(customer::Model {
                id,
                number: format!("C{}", maker.next),
                kind: CustomerKind::Company,
                name: format!("客户 {number}"),
                province: maker.one(&PROVINCES),
                tier: CustomerTier::Standard,
                partner_id: maker.maybe(&partners),
                owner_id: maker.maybe(&members),
                version: 1,
                created_at: at - TimeDelta::minutes(number / 3),
                updated_at: at,
            });
            for _ in 0..maker.rng.random_range(0..4) {
                self.contacts.push(contact::Model {
                    id: maker.id(),
                    customer_id: id,
                    name: "王芳".to_owned(),
                    role: None,
                    phone: Some(format!("010-6552{:04}", maker.next % 10_000)),
                    email: None,
                    is_primary: false,
                    version: 1,
                    created_at: at,
                    updated_at: at,
                });
            }
            for _ in 0..maker.rng.random_range(0..8) {
                let sold_on = day - TimeDelta::days(maker.rng.random_range(100..104));
                let years = maker.rng.random_range(1..4);
                self.units.push(unit::Model {
                    id: maker.id(),
                    serial: format!("SN-{}", maker.next),
                    product_id,
                    customer_id: id,
                    sold_on,
                    warranty_until: maker.maybe(&[sold_on + TimeDelta::days(365 * years)]),
                    version: 1,
                    created_at: at,
                    updated_at: at,
                });
            }
        }
    }

    /// Writes all rows.
    pub async fn write(&self, connection: &impl ConnectionTrait) {
        insert(connection, &self.departments).await;
        insert(connection, &self.regions).await;
        insert(connection, &self.region_provinces).await;
        insert(connection, &self.teams).await;
        insert(connection, &self.positions).await;
        insert(connection, &self.members).await;
        insert(connection, &self.assignments).await;
        self.work.write(connection).await;
        insert(connection, &self.partners).await;
        insert(connection, &self.customers).await;
        insert(connection, &self.contacts).await;
        insert(connection, &self.products).await;
        insert(connection, &self.units).await;
        self.contracts.write(connection).await;
    }

    /// All assignments of a member.
    pub fn assignments_of(&self, member: Option<Uuid>) -> Vec<assignment::Model> {
        self.assignments
            .iter()
            .filter(|row| Some(row.member_id) == member)
            .cloned()
            .collect()
    }
}

async fn insert<M, A>(connection: &impl ConnectionTrait, rows: &[M])
where
    M: Clone + IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let rows = rows.iter().cloned().map(IntoActiveModel::into_active_model);
    A::Entity::insert_many(rows)
        .exec_without_returning(connection)
        .await
        .expect("the rows fit");
}
