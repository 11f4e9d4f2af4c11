//! What the details of tickets' facts are called.

use std::collections::{BTreeMap, BTreeSet};

use super::stretches::{
    BETWEEN_TEAMS, FIRST, ON_HOLD, OWNERSHIP, OWNERSHIP_DECLINED, PENDING_CUSTOMER, PENDING_PARTS,
    WITHIN_TEAM,
};
use super::{HANDOVER, STEP, WAITING};
use crate::db::Pool;
use crate::error::{Result, Text};
use crate::tickets::processes;

/// The names of such words of a source.
///
/// # Errors
/// When the database fails.
pub async fn of(db: &Pool, source: &str, words: &[String]) -> Result<BTreeMap<String, Text>> {
    if source == STEP {
        return steps(db, words).await;
    }
    let fixed = |word: &String| {
        let (en, zh) = match (source, word.as_str()) {
            (HANDOVER, FIRST) => ("First assignment", "首次分派"),
            (HANDOVER, WITHIN_TEAM) => ("Within the team", "团队内转派"),
            (HANDOVER, BETWEEN_TEAMS) => ("To another team", "跨团队转派"),
            (HANDOVER, OWNERSHIP) => ("Ownership taken on", "首问责任移交（已接收）"),
            (HANDOVER, OWNERSHIP_DECLINED) => ("Ownership declined", "首问责任移交（已拒绝）"),
            (WAITING, PENDING_CUSTOMER) => ("Waits for the customer", "待客户回复"),
            (WAITING, PENDING_PARTS) => ("Waits for parts", "待配件"),
            (WAITING, ON_HOLD) => ("On hold", "挂起"),
            _ => return None,
        };
        Some((word.clone(), Text::new(en, zh)))
    };
    Ok(words.iter().filter_map(fixed).collect())
}

/// Steps with their processes, by the newest names.
async fn steps(db: &Pool, words: &[String]) -> Result<BTreeMap<String, Text>> {
    let codes: BTreeSet<String> = words
        .iter()
        .filter_map(|word| word.split_once('.'))
        .map(|(_, step)| step.to_owned())
        .collect();
    let codes: Vec<String> = codes.into_iter().collect();
    let names = processes::store::step_names(db, &codes).await?;
    let mut named = BTreeMap::new();
    for word in words {
        let Some((process, step)) = word.split_once('.') else {
            continue;
        };
        if let Some((of, name)) = names.get(&(process.to_owned(), step.to_owned())) {
            let text = Text::new(
                format!("{}: {}", of.en, name.en),
                format!("{}：{}", of.zh, name.zh),
            );
            named.insert(word.clone(), text);
        }
    }
    Ok(named)
}
