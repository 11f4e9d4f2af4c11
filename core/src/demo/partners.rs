//! Partner organisations and the product catalogue.

use chrono::NaiveDate;
use entity::enums::{PartnerKind, Province};
use entity::{partner, product};

use super::calendar::{at_hour, days_ago, opening_day};
use super::random::Chance;

use PartnerKind::{ClientCompany, Dealer, ServicePartner};

/// The partners; the first one is the demo partner.
#[rustfmt::skip]
const PARTNERS: [(&str, &str, PartnerKind, Province); 12] = [
    ("Chengyuan Appliance Distribution", "浙江诚远电器经销有限公司", Dealer, Province::Zhejiang),
    ("Jinling Comfort Engineering", "南京金陵舒适工程有限公司", ServicePartner, Province::Jiangsu),
    ("Yuehang Climate Systems", "广东粤航暖通设备有限公司", Dealer, Province::Guangdong),
    ("Beichen Technical Services", "北京北辰技术服务有限公司", ServicePartner, Province::Beijing),
    ("Shuguang New Energy Trading", "成都蜀光新能源商贸有限公司", Dealer, Province::Sichuan),
    ("Chutian Hotels Group", "武汉楚天酒店集团", ClientCompany, Province::Hubei),
    ("Zhongzhou Appliance Wholesale", "郑州中州电器批发有限公司", Dealer, Province::Henan),
    ("Qilu Property Services", "济南齐鲁物业服务有限公司", ClientCompany, Province::Shandong),
    ("Liaohai Maintenance", "大连辽海设备维修有限公司", ServicePartner, Province::Liaoning),
    ("Qinchuan Charging Networks", "西安秦川充电网络有限公司", ClientCompany, Province::Shaanxi),
    ("Harbour Facilities Management", "香港海港设施管理有限公司", ServicePartner, Province::HongKong),
    ("Xiangjiang Water Solutions", "长沙湘江净水科技有限公司", Dealer, Province::Hunan),
];

/// Product lines (产品线), as the catalogue names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Heating and air conditioning (暖通空调).
    Climate,
    /// Water purification (净水).
    Water,
    /// Charging of vehicles (充电).
    Charging,
    /// Solar power and storage (光储).
    Solar,
}

impl Line {
    /// As it stands in the catalogue.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Climate => "暖通空调",
            Self::Water => "净水",
            Self::Charging => "充电",
            Self::Solar => "光储",
        }
    }
}

/// Code, names, line, months of warranty, weight at persons, weight at companies.
#[rustfmt::skip]
const PRODUCTS: [(&str, &str, &str, Line, u32, u32, u32); 12] = [
    ("AC35", "Breeze 35 Split Air Conditioner", "清风35挂式空调", Line::Climate, 36, 26, 10),
    ("AC72", "Breeze 72 Cabinet Air Conditioner", "清风72柜式空调", Line::Climate, 36, 12, 18),
    ("HP16", "Warmcore 16 Heat Pump", "暖芯16空气源热泵", Line::Climate, 24, 8, 14),
    ("WP08", "Clearspring 8 Water Purifier", "清泉8反渗透净水器", Line::Water, 24, 22, 5),
    ("WP40", "Clearspring 40 Commercial Purifier", "清泉40商用净水机", Line::Water, 24, 1, 14),
    ("WH60", "Clearspring 60 Water Heater", "清泉60电热水器", Line::Water, 24, 14, 3),
    ("EV07", "Swiftcharge 7 Wall Charger", "迅充7千瓦壁挂充电桩", Line::Charging, 24, 14, 8),
    ("EV60", "Swiftcharge 60 DC Charger", "迅充60千瓦直流充电桩", Line::Charging, 24, 0, 12),
    ("EV120", "Swiftcharge 120 Dual DC Charger", "迅充120千瓦双枪充电桩", Line::Charging, 24, 0, 8),
    ("PV10", "Suntrace 10 Solar Inverter", "逐日10千瓦光伏逆变器", Line::Solar, 60, 6, 8),
    ("PV50", "Suntrace 50 String Inverter", "逐日50千瓦组串逆变器", Line::Solar, 60, 0, 7),
    ("ES15", "Suntrace 15 Home Storage", "逐日15度家用储能柜", Line::Solar, 60, 5, 3),
];

/// A product that came later and one that is no longer sold: code, from and to in days ago.
const LIFETIMES: [(&str, Option<u64>, Option<u64>); 2] =
    [("EV120", Some(500), None), ("WH60", None, Some(200))];

/// The partners.
#[must_use]
pub fn partners(seed: u64, today: NaiveDate) -> Vec<partner::Model> {
    let opened = opening_day(today);
    (0_u64..)
        .zip(PARTNERS)
        .map(|(index, (name, name_zh, kind, province))| {
            let valid_from = opened + chrono::Days::new(index * 9);
            let created_at = at_hour(valid_from, 10);
            partner::Model {
                id: Chance::of(seed, "partner", index).id(created_at),
                code: format!("P{:03}", index + 1),
                name: name.to_owned(),
                name_zh: Some(name_zh.to_owned()),
                kind,
                province,
                valid_from,
                valid_to: None,
                version: 1,
                created_at,
                updated_at: created_at,
            }
        })
        .collect()
}

/// The catalogue.
#[must_use]
pub fn products(seed: u64, today: NaiveDate) -> Vec<product::Model> {
    let opened = opening_day(today);
    (0_u64..)
        .zip(PRODUCTS)
        .map(|(index, (code, name, name_zh, line, ..))| {
            let lifetime = LIFETIMES.iter().find(|(known, ..)| *known == code);
            let day = |days: Option<u64>| days.map(|days| days_ago(today, days));
            let valid_from = lifetime.and_then(|line| day(line.1)).unwrap_or(opened);
            let valid_to = lifetime.and_then(|line| day(line.2));
            let created_at = at_hour(valid_from, 10);
            product::Model {
                id: Chance::of(seed, "product", index).id(created_at),
                code: code.to_owned(),
                name: name.to_owned(),
                name_zh: name_zh.to_owned(),
                line: line.name().to_owned(),
                valid_from,
                valid_to,
                version: if valid_to.is_some() { 2 } else { 1 },
                created_at,
                updated_at: valid_to.map_or(created_at, |day| at_hour(day, 10)),
            }
        })
        .collect()
}

/// The line of the product at that place in the catalogue.
#[must_use]
pub fn line_of(product: usize) -> Line {
    PRODUCTS[product].3
}

/// Months of warranty of the product at that place in the catalogue.
#[must_use]
pub fn warranty_months(product: usize) -> u32 {
    PRODUCTS[product].4
}

/// A product that a company or a person buys on a day.
pub fn bought(
    products: &[product::Model],
    company: bool,
    day: NaiveDate,
    chance: &mut Chance,
) -> usize {
    let sold: Vec<(usize, u32)> = products
        .iter()
        .enumerate()
        .filter(|(_, row)| row.valid_from <= day && row.valid_to.is_none_or(|to| day < to))
        .map(|(place, _)| {
            (
                place,
                if company {
                    PRODUCTS[place].6
                } else {
                    PRODUCTS[place].5
                },
            )
        })
        .collect();
    chance.weighted(&sold)
}
