//! The competencies that ship with the product.

use chrono::{DateTime, Utc};
use entity::competency;
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::store;
use crate::error::Result;

/// Code, name, 名称, meaning, 含义.
pub const SHIPPED: [[&str; 5]; 6] = [
    [
        "communication",
        "Communication",
        "沟通能力",
        "Listens, asks, and explains so that the customer understands.",
        "善于倾听、提问，并能让客户听懂。",
    ],
    [
        "sales",
        "Sales",
        "销售能力",
        "Sees what a customer needs, and offers what helps.",
        "能发现客户需求并提供合适的方案。",
    ],
    [
        "service",
        "Service awareness",
        "服务意识",
        "Feels responsible until the customer is helped.",
        "对客户问题负责到底。",
    ],
    [
        "product",
        "Product mastery",
        "产品掌握",
        "Knows the products, how they are used and how they fail.",
        "熟悉产品的使用方法与常见故障。",
    ],
    [
        "analysis",
        "Analysis",
        "分析能力",
        "Finds the cause behind what is reported.",
        "能从现象找到问题根源。",
    ],
    [
        "patience",
        "Patience",
        "耐心",
        "Stays friendly when it takes long or gets loud.",
        "面对耗时或情绪激动的客户仍保持友善。",
    ],
];

/// The id of a shipped competency: the same in every database.
#[must_use]
pub fn competency_id(code: &str) -> Uuid {
    const SINCE: u64 = 1_767_225_600_000;
    let digest = Sha256::digest(format!("aftercare/competency/{code}"));
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    uuid::Builder::from_unix_timestamp_millis(SINCE, &random).into_uuid()
}

/// The row of a shipped competency.
fn row(
    [code, name, name_zh, meaning, meaning_zh]: [&str; 5],
    at: DateTime<Utc>,
) -> competency::Model {
    competency::Model {
        id: competency_id(code),
        code: code.to_owned(),
        name: name.to_owned(),
        name_zh: name_zh.to_owned(),
        meaning: meaning.to_owned(),
        meaning_zh: meaning_zh.to_owned(),
        active: true,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

/// Makes the shipped competencies that are missing; those that are there stay as they were made.
///
/// # Errors
/// When the database fails.
pub async fn install(tx: &impl ConnectionTrait, at: DateTime<Utc>) -> Result<()> {
    for shipped in SHIPPED {
        if !store::code_taken(tx, shipped[0]).await? {
            store::insert_competency(tx, row(shipped, at)).await?;
        }
    }
    Ok(())
}
