//! The demo company's departments, regions, teams and positions.

use chrono::{Datelike, NaiveDate};
use entity::enums::{JobFamily, Province};
use entity::{department, position, region, region_province, team};

use super::calendar::{at_hour, days_ago, opening_day};
use super::random::Chance;
use super::text::positions::POSITIONS;

/// The letters of the five regions, as they end the codes of regional teams.
pub const REGION_LETTERS: [&str; 5] = ["N", "E", "S", "W", "C"];

const DEPARTMENTS: [(&str, &str, &str); 4] = [
    ("CS", "Customer Service", "客户服务部"),
    ("TS", "Technical Support", "技术支持部"),
    ("AC", "After-sales Coordination", "售后协调部"),
    ("MO", "Management Office", "综合管理部"),
];

use Province::{
    Anhui, Beijing, Chongqing, Fujian, Gansu, Guangdong, Guangxi, Guizhou, Hainan, Hebei,
    Heilongjiang, Henan, HongKong, Hubei, Hunan, InnerMongolia, Jiangsu, Jiangxi, Jilin, Liaoning,
    Macao, Ningxia, Qinghai, Shaanxi, Shandong, Shanghai, Shanxi, Sichuan, Taiwan, Tianjin, Tibet,
    Xinjiang, Yunnan, Zhejiang,
};

/// The five regional service groups with their ten provinces each; some provinces belong to several.
#[rustfmt::skip]
const REGIONS: [(&str, &str, [Province; 10]); 5] = [
    ("North Region", "北部区域服务小组", [Beijing, Tianjin, Hebei, Shanxi, InnerMongolia, Liaoning, Jilin, Heilongjiang, Shandong, Henan]),
    ("East Region", "东部区域服务小组", [Shanghai, Jiangsu, Zhejiang, Anhui, Fujian, Jiangxi, Shandong, Taiwan, Hubei, Henan]),
    ("South Region", "南部区域服务小组", [Guangdong, Guangxi, Hainan, Fujian, Hunan, Jiangxi, Guizhou, HongKong, Macao, Yunnan]),
    ("West Region", "西部区域服务小组", [Chongqing, Sichuan, Guizhou, Yunnan, Tibet, Shaanxi, Gansu, Qinghai, Ningxia, Xinjiang]),
    ("Central Region", "中部区域服务小组", [Hubei, Hunan, Henan, Jiangxi, Anhui, Shaanxi, Shanxi, Chongqing, Guangxi, Hebei]),
];

/// The province that came to the North Region in the place of another, and how many days ago.
const REGION_CHANGE: (Province, Province, u64) = (Henan, Shaanxi, 400);

/// Code, names, department, parent, place of the region.
type TeamLine = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<usize>,
);

#[rustfmt::skip]
const TEAMS: [TeamLine; 24] = [
    ("CS-HOT", "Hotline", "热线受理组", "CS", None, None),
    ("CS-ONL", "Online Service", "在线服务组", "CS", None, None),
    ("CS-CARE", "Complaints and Care", "投诉与关怀组", "CS", None, None),
    ("CS-REG", "Regional Customer Service", "区域客户组", "CS", None, None),
    ("CS-REG-N", "Regional Customer Service North", "区域客户组（北部）", "CS", Some("CS-REG"), Some(0)),
    ("CS-REG-E", "Regional Customer Service East", "区域客户组（东部）", "CS", Some("CS-REG"), Some(1)),
    ("CS-REG-S", "Regional Customer Service South", "区域客户组（南部）", "CS", Some("CS-REG"), Some(2)),
    ("CS-REG-W", "Regional Customer Service West", "区域客户组（西部）", "CS", Some("CS-REG"), Some(3)),
    ("CS-REG-C", "Regional Customer Service Central", "区域客户组（中部）", "CS", Some("CS-REG"), Some(4)),
    ("TS-REM", "Remote Support", "远程支持组", "TS", None, None),
    ("TS-FLD", "Field Service", "现场服务组", "TS", None, None),
    ("TS-FLD-N", "Field Service North", "现场服务组（北部）", "TS", Some("TS-FLD"), Some(0)),
    ("TS-FLD-E", "Field Service East", "现场服务组（东部）", "TS", Some("TS-FLD"), Some(1)),
    ("TS-FLD-S", "Field Service South", "现场服务组（南部）", "TS", Some("TS-FLD"), Some(2)),
    ("TS-FLD-W", "Field Service West", "现场服务组（西部）", "TS", Some("TS-FLD"), Some(3)),
    ("TS-FLD-C", "Field Service Central", "现场服务组（中部）", "TS", Some("TS-FLD"), Some(4)),
    ("AC-DSP", "Dispatch", "调度组", "AC", None, None),
    ("AC-PRT", "Parts and Returns", "备件与退换组", "AC", None, None),
    ("AC-REG", "Regional Coordination", "区域协调组", "AC", None, None),
    ("MO-HR", "Human Resources", "人力资源组", "MO", None, None),
    ("MO-TRN", "Training", "培训组", "MO", None, None),
    ("MO-IT", "Systems and Quality", "系统与质量组", "MO", None, None),
    (UPGRADE_TEAM, "Charger Upgrade Task Force", "充电桩升级专项组", "AC", None, None),
    (SUMMER_TEAM, "Summer Peak Task Force", "夏季高峰保障专项组", "AC", None, None),
];

/// The task force that is at work now.
pub const UPGRADE_TEAM: &str = "PJ-UPG";
/// The task force that was dissolved after last year's summer.
pub const SUMMER_TEAM: &str = "PJ-SUM";

/// Everything that stays when the people change.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Departments.
    pub departments: Vec<department::Model>,
    /// Regions, in the order of [`REGION_LETTERS`].
    pub regions: Vec<region::Model>,
    /// Their provinces.
    pub region_provinces: Vec<region_province::Model>,
    /// Teams, parents before their children.
    pub teams: Vec<team::Model>,
    /// Positions.
    pub positions: Vec<position::Model>,
}

impl Organisation {
    /// Generates them as of a day.
    #[must_use]
    pub fn generate(seed: u64, today: NaiveDate) -> Self {
        let opened = opening_day(today);
        let created_at = at_hour(opened, 9);
        let departments: Vec<_> = (0_u64..)
            .zip(DEPARTMENTS)
            .map(|(index, (code, name, name_zh))| department::Model {
                id: Chance::of(seed, "department", index).id(created_at),
                code: code.to_owned(),
                name: name.to_owned(),
                name_zh: name_zh.to_owned(),
                valid_from: opened,
                valid_to: None,
                version: 1,
                created_at,
                updated_at: created_at,
            })
            .collect();
        let regions: Vec<_> = (0_u64..)
            .zip(REGIONS)
            .map(|(index, (name, name_zh, _))| region::Model {
                id: Chance::of(seed, "region", index).id(created_at),
                code: format!("R-{}", REGION_LETTERS[usize::try_from(index).unwrap_or(0)]),
                name: name.to_owned(),
                name_zh: name_zh.to_owned(),
                valid_from: opened,
                valid_to: None,
                version: 1,
                created_at,
                updated_at: created_at,
            })
            .collect();
        let region_provinces = region_provinces(seed, &regions, opened, today);
        let teams = teams(seed, &departments, &regions, today);
        let positions = positions(seed, opened);
        Self {
            departments,
            regions,
            region_provinces,
            teams,
            positions,
        }
    }

    /// The place of a team with that code; every code used in the demo is in the table.
    #[must_use]
    pub fn team(&self, code: &str) -> usize {
        self.teams
            .iter()
            .position(|team| team.code == code)
            .unwrap_or(0)
    }

    /// The department with that code.
    #[must_use]
    pub fn department(&self, code: &str) -> &department::Model {
        let place = DEPARTMENTS.iter().position(|(known, ..)| *known == code);
        &self.departments[place.unwrap_or(0)]
    }

    /// The position with that code.
    #[must_use]
    pub fn position(&self, code: &str) -> &position::Model {
        let place = POSITIONS.iter().position(|known| known.code == code);
        &self.positions[place.unwrap_or(0)]
    }

    /// The places of the regions that a province belongs to on a day; at least one.
    #[must_use]
    pub fn regions_of(&self, province: Province, day: NaiveDate) -> Vec<usize> {
        self.region_provinces
            .iter()
            .filter(|row| row.province == province)
            .filter(|row| row.valid_from <= day && row.valid_to.is_none_or(|to| day < to))
            .filter_map(|row| {
                self.regions
                    .iter()
                    .position(|region| region.id == row.region_id)
            })
            .collect()
    }
}

fn region_provinces(
    seed: u64,
    regions: &[region::Model],
    opened: NaiveDate,
    today: NaiveDate,
) -> Vec<region_province::Model> {
    let (came, went, days) = REGION_CHANGE;
    let changed = days_ago(today, days);
    let mut rows = Vec::new();
    let mut add = |region: &region::Model, province, valid_from, valid_to| {
        let index = u64::try_from(rows.len()).unwrap_or(0);
        rows.push(region_province::Model {
            id: Chance::of(seed, "region province", index).id(at_hour(valid_from, 9)),
            region_id: region.id,
            province,
            valid_from,
            valid_to,
        });
    };
    for (place, region) in regions.iter().enumerate() {
        for province in REGIONS[place].2 {
            if place == 0 && province == came {
                add(region, went, opened, Some(changed));
                add(region, came, changed, None);
            } else {
                add(region, province, opened, None);
            }
        }
    }
    rows
}

fn teams(
    seed: u64,
    departments: &[department::Model],
    regions: &[region::Model],
    today: NaiveDate,
) -> Vec<team::Model> {
    let opened = opening_day(today);
    let mut rows: Vec<team::Model> = Vec::with_capacity(TEAMS.len());
    for (index, (code, name, name_zh, department, parent, region)) in (0_u64..).zip(TEAMS) {
        let (valid_from, valid_to) = lifetime(code, opened, today);
        let created_at = at_hour(valid_from, 9);
        let department = DEPARTMENTS
            .iter()
            .position(|(known, ..)| *known == department);
        let parent = parent.and_then(|parent| rows.iter().find(|row| row.code == parent));
        rows.push(team::Model {
            id: Chance::of(seed, "team", index).id(created_at),
            code: code.to_owned(),
            name: name.to_owned(),
            name_zh: name_zh.to_owned(),
            department_id: departments[department.unwrap_or(0)].id,
            parent_id: parent.map(|parent| parent.id),
            region_id: region.map(|region| regions[region].id),
            valid_from,
            valid_to,
            version: if valid_to.is_some() { 2 } else { 1 },
            created_at,
            updated_at: valid_to.map_or(created_at, |day| at_hour(day, 9)),
        });
    }
    rows
}

/// From when to when a team exists: all since the opening, but for the task forces.
fn lifetime(code: &str, opened: NaiveDate, today: NaiveDate) -> (NaiveDate, Option<NaiveDate>) {
    let last_year = |month, day| NaiveDate::from_ymd_opt(today.year() - 1, month, day);
    match code {
        UPGRADE_TEAM => (days_ago(today, 150), None),
        SUMMER_TEAM => (last_year(6, 1).unwrap_or(opened), last_year(9, 16)),
        _ => (opened, None),
    }
}

fn positions(seed: u64, opened: NaiveDate) -> Vec<position::Model> {
    let created_at = at_hour(opened, 9);
    (0_u64..)
        .zip(POSITIONS)
        .map(|(index, text)| position::Model {
            id: Chance::of(seed, "position", index).id(created_at),
            code: text.code.to_owned(),
            name: text.name.to_owned(),
            name_zh: text.name_zh.to_owned(),
            family: text.family,
            duties: text.duties.to_owned(),
            goals: text.goals.to_owned(),
            standards: text.standards.to_owned(),
            valid_from: opened,
            valid_to: None,
            version: 1,
            created_at,
            updated_at: created_at,
        })
        .collect()
}

/// Does a position stand for running others?
#[must_use]
pub fn leads(code: &str) -> bool {
    POSITIONS
        .iter()
        .any(|position| position.code == code && position.family == JobFamily::Management)
}
