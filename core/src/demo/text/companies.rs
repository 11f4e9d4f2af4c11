//! Names of companies and of their people's functions.

use super::places::Place;
use crate::demo::random::Chance;

#[rustfmt::skip]
const BRANDS: [&str; 48] = [
    "云启", "锦程", "恒泽", "嘉禾", "瑞安达", "新朗", "博源", "宏达利", "明悦", "汇川源", "金穗源", "天澜",
    "众诚", "永兴达", "卓远", "盛景", "康乐佳", "东阳和", "南风", "北辰源", "四季青", "百禾", "千寻", "万象新",
    "德润", "仁和安", "信达通", "同创佳", "海纳源", "鼎新", "绿源康", "晨曦", "星河湾", "佳讯", "安居乐", "顺心",
    "融汇", "凌云志", "远航达", "泰和源", "华彩", "润丰", "祥瑞", "景明", "立新", "和悦", "诚友", "迅捷达",
];
#[rustfmt::skip]
const TRADES: [&str; 20] = [
    "物业管理", "酒店管理", "电子科技", "食品", "医药", "精密机械", "商贸", "新能源科技", "物流", "纺织",
    "餐饮管理", "置业", "汽车服务", "信息技术", "建材", "化工材料", "文化传媒", "教育咨询", "印刷包装", "农业发展",
];
#[rustfmt::skip]
const PUBLIC: [&str; 10] = [
    "第一人民医院", "实验中学", "第三小学", "图书馆", "体育中心", "科技产业园", "会展中心", "职业技术学院", "社区服务中心", "老年公寓",
];
#[rustfmt::skip]
const ENGLISH_BRANDS: [&str; 24] = [
    "Brightwater", "Larkfield", "Northbay", "Silverpine", "Oakline", "Redstone", "Harbourview", "Clearpath",
    "Greenmoor", "Westbrook", "Sunridge", "Bluefern", "Stonegate", "Fairhaven", "Maplecrest", "Ironbridge",
    "Goldleaf", "Riverton", "Eastgate", "Summerhill", "Kingsford", "Whitecliff", "Copperfield", "Longmeadow",
];
#[rustfmt::skip]
const ENGLISH_TRADES: [&str; 12] = [
    "Hotels", "Logistics", "Foods", "Precision", "Medical", "Electronics", "Properties", "Trading", "Textiles",
    "Education", "Automotive", "Packaging",
];
#[rustfmt::skip]
const FUNCTIONS: [&str; 8] = [
    "设备主管", "行政经理", "工程部经理", "采购经理", "物业主任", "后勤负责人", "运维工程师", "总经理助理",
];
#[rustfmt::skip]
const ENGLISH_FUNCTIONS: [&str; 5] = [
    "Facility manager", "Office manager", "Procurement manager", "Maintenance engineer", "Operations director",
];

/// A Chinese company or public body in a place.
pub fn chinese(place: &Place, chance: &mut Chance) -> String {
    let (city, _) = chance.pick(&place.cities);
    if chance.percent(14) {
        return format!("{city}{}", chance.pick(&PUBLIC));
    }
    let ending = if chance.percent(78) {
        "有限公司"
    } else {
        "股份有限公司"
    };
    format!(
        "{city}{}{}{ending}",
        chance.pick(&BRANDS),
        chance.pick(&TRADES)
    )
}

/// A company with an English name in a place.
pub fn english(place: &Place, chance: &mut Chance) -> String {
    let (_, city) = chance.pick(&place.cities);
    format!(
        "{} {} ({city}) Co., Ltd.",
        chance.pick(&ENGLISH_BRANDS),
        chance.pick(&ENGLISH_TRADES)
    )
}

/// What a contact does at a company.
pub fn function(english: bool, chance: &mut Chance) -> &'static str {
    if english {
        chance.pick(&ENGLISH_FUNCTIONS)
    } else {
        chance.pick(&FUNCTIONS)
    }
}
