//! The provinces, in the order of the national code (GB/T 2260).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Province-level division of China (省级行政区).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumIter,
    DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Province {
    /// Beijing (北京).
    #[sea_orm(string_value = "beijing")]
    Beijing,
    /// Tianjin (天津).
    #[sea_orm(string_value = "tianjin")]
    Tianjin,
    /// Hebei (河北).
    #[sea_orm(string_value = "hebei")]
    Hebei,
    /// Shanxi (山西).
    #[sea_orm(string_value = "shanxi")]
    Shanxi,
    /// Inner Mongolia (内蒙古).
    #[sea_orm(string_value = "inner_mongolia")]
    InnerMongolia,
    /// Liaoning (辽宁).
    #[sea_orm(string_value = "liaoning")]
    Liaoning,
    /// Jilin (吉林).
    #[sea_orm(string_value = "jilin")]
    Jilin,
    /// Heilongjiang (黑龙江).
    #[sea_orm(string_value = "heilongjiang")]
    Heilongjiang,
    /// Shanghai (上海).
    #[sea_orm(string_value = "shanghai")]
    Shanghai,
    /// Jiangsu (江苏).
    #[sea_orm(string_value = "jiangsu")]
    Jiangsu,
    /// Zhejiang (浙江).
    #[sea_orm(string_value = "zhejiang")]
    Zhejiang,
    /// Anhui (安徽).
    #[sea_orm(string_value = "anhui")]
    Anhui,
    /// Fujian (福建).
    #[sea_orm(string_value = "fujian")]
    Fujian,
    /// Jiangxi (江西).
    #[sea_orm(string_value = "jiangxi")]
    Jiangxi,
    /// Shandong (山东).
    #[sea_orm(string_value = "shandong")]
    Shandong,
    /// Henan (河南).
    #[sea_orm(string_value = "henan")]
    Henan,
    /// Hubei (湖北).
    #[sea_orm(string_value = "hubei")]
    Hubei,
    /// Hunan (湖南).
    #[sea_orm(string_value = "hunan")]
    Hunan,
    /// Guangdong (广东).
    #[sea_orm(string_value = "guangdong")]
    Guangdong,
    /// Guangxi (广西).
    #[sea_orm(string_value = "guangxi")]
    Guangxi,
    /// Hainan (海南).
    #[sea_orm(string_value = "hainan")]
    Hainan,
    /// Chongqing (重庆).
    #[sea_orm(string_value = "chongqing")]
    Chongqing,
    /// Sichuan (四川).
    #[sea_orm(string_value = "sichuan")]
    Sichuan,
    /// Guizhou (贵州).
    #[sea_orm(string_value = "guizhou")]
    Guizhou,
    /// Yunnan (云南).
    #[sea_orm(string_value = "yunnan")]
    Yunnan,
    /// Tibet (西藏).
    #[sea_orm(string_value = "tibet")]
    Tibet,
    /// Shaanxi (陕西).
    #[sea_orm(string_value = "shaanxi")]
    Shaanxi,
    /// Gansu (甘肃).
    #[sea_orm(string_value = "gansu")]
    Gansu,
    /// Qinghai (青海).
    #[sea_orm(string_value = "qinghai")]
    Qinghai,
    /// Ningxia (宁夏).
    #[sea_orm(string_value = "ningxia")]
    Ningxia,
    /// Xinjiang (新疆).
    #[sea_orm(string_value = "xinjiang")]
    Xinjiang,
    /// Hong Kong (香港).
    #[sea_orm(string_value = "hong_kong")]
    HongKong,
    /// Macao (澳门).
    #[sea_orm(string_value = "macao")]
    Macao,
    /// Taiwan (台湾).
    #[sea_orm(string_value = "taiwan")]
    Taiwan,
}

impl Province {
    /// The value as columns and keys hold it.
    #[must_use]
    pub fn text(self) -> String {
        self.to_value()
    }
}
