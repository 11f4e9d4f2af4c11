//! Honours that come from elsewhere: awards of rules, prizes of contests, stars of appraisals (荣誉汇入).
//!
//! Each row there gives one honour, kept apart by the unique pair of source and row. Awards come in the transaction that books
//! them. Prizes and stars are brought over by a worker that holds what there is against what there should be, so a round can be cut
//! off and repeated anywhere, also by two processes at once: what is settled already is left alone, and told once.

mod origins;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use entity::enums::{HonourKind, HonourSource, IncentiveKind};
use entity::{honour, incentive_award, incentive_run};
use serde_json::json;
use uuid::Uuid;

use super::{HONOUR_CHANGED, store};
use crate::access::Call;
use crate::audit;
use crate::db::{Db, new_id};
use crate::error::Result;
use crate::events::Event;
use crate::incentives::runs::rules::keys;
use crate::incentives::runs::store::contents_of;
use crate::work::Work;
use origins::Given;

/// Rows of a source that are looked at together.
const PAGE: u64 = 500;
/// The sources that the worker brings over.
const FOLLOWED: [HonourSource; 2] = [HonourSource::ContestAward, HonourSource::AppraisalStar];
/// Why the server revokes.
const GONE: &str = "What it was given for no longer holds. 授予依据已失效。";

/// Gives an honour for each prize of a published contest and each star that is out, and revokes those whose prize or star is gone;
/// says how many that were. What is as it should be takes no transaction.
///
/// # Errors
/// When the database fails.
pub async fn round(db: &Db, zone: Tz, at: DateTime<Utc>) -> Result<usize> {
    let call = Call::system(at, "honours");
    let mut done = 0;
    for source in FOLLOWED {
        let mut after = None;
        loop {
            let given = origins::after(db.reader(), source, zone, (after, PAGE)).await?;
            let Some(last) = given.last() else { break };
            after = Some(last.source_id);
            done += give(db, &call, source, given).await?;
        }
        let mut after = None;
        loop {
            let held = store::held_after(db.reader(), source, after, PAGE).await?;
            let Some(last) = held.last() else { break };
            after = Some(last.id);
            done += take_back(db, &call, source, zone, &held).await?;
        }
    }
    Ok(done)
}

fn told(work: &mut Work<'_>, id: Uuid, action: &'static str) {
    work.audit(audit::Entry {
        action,
        entity_type: "honour",
        entity_id: Some(id),
        detail: json!({}),
    });
    let payload = json!({ "action": action });
    work.emit(Event::new(work.call().at, HONOUR_CHANGED, id, payload));
}

/// Did the server revoke it, so that it comes back with what it came from?
fn comes_back(row: &honour::Model) -> bool {
    row.revoked_on.is_some() && row.revoked_by.is_none()
}

/// Is it to be given, or given back?
fn is_due(there: &HashMap<Uuid, honour::Model>, one: &Given) -> bool {
    there.get(&one.source_id).is_none_or(comes_back)
}

/// Gives those of these honours that aren't there, and gives back what the server had revoked.
async fn give(db: &Db, call: &Call, source: HonourSource, given: Vec<Given>) -> Result<usize> {
    let ids: Vec<Uuid> = given.iter().map(|one| one.source_id).collect();
    let there = store::of_sources(db.reader(), source, &ids).await?;
    if !given.iter().any(|one| is_due(&there, one)) {
        return Ok(0);
    }
    let mut work = Work::begin(db, call).await?;
    // Two processes come one after the other from here on.
    work.next("honours").await?;
    let mut there = store::lock_of_sources(work.tx(), source, &ids).await?;
    let (mut new, mut done) = (Vec::new(), 0);
    for one in given {
        if !is_due(&there, &one) {
            continue;
        }
        done += 1;
        match there.remove(&one.source_id) {
            None => {
                let row = row(source, one, new_id(call.at), call.at);
                told(&mut work, row.id, "incentive.honour.give");
                new.push(row);
            }
            Some(before) => {
                let row = honour::Model {
                    revoked_on: None,
                    revoke_reason: None,
                    revoked_by_name: None,
                    ..before
                };
                told(&mut work, row.id, "incentive.honour.give_back");
                store::save(work.tx(), row, call.at).await?;
            }
        }
    }
    store::insert_honours(work.tx(), &new).await?;
    work.commit().await?;
    Ok(done)
}

/// Revokes those of these honours whose source no longer holds.
async fn take_back(
    db: &Db,
    call: &Call,
    source: HonourSource,
    zone: Tz,
    held: &[honour::Model],
) -> Result<usize> {
    let ids: Vec<Uuid> = held.iter().filter_map(|row| row.source_id).collect();
    let given = origins::among(db.reader(), source, zone, &ids).await?;
    let standing: BTreeSet<Uuid> = given.into_iter().map(|one| one.source_id).collect();
    if ids.iter().all(|id| standing.contains(id)) {
        return Ok(0);
    }
    let mut work = Work::begin(db, call).await?;
    work.next("honours").await?;
    let there = store::lock_of_sources(work.tx(), source, &ids).await?;
    let mut gone: Vec<honour::Model> = there
        .into_values()
        .filter(|row| row.revoked_on.is_none())
        .filter(|row| row.source_id.is_some_and(|id| !standing.contains(&id)))
        .collect();
    gone.sort_by_key(|row| row.id);
    let done = gone.len();
    for row in gone {
        let id = row.id;
        let row = honour::Model {
            revoked_on: Some(day_of(call.at, zone)),
            revoke_reason: Some(GONE.to_owned()),
            revoked_by_name: Some(call.viewer.actor.name.clone()),
            ..row
        };
        store::save(work.tx(), row, call.at).await?;
        told(&mut work, id, "incentive.honour.take_back");
    }
    work.commit().await?;
    Ok(done)
}

/// An honour from elsewhere, as it is stored.
fn row(source: HonourSource, given: Given, id: Uuid, at: DateTime<Utc>) -> honour::Model {
    honour::Model {
        id,
        kind: given.kind,
        member_id: given.member_id,
        title: given.title.0,
        title_zh: given.title.1,
        citation: given.citation.0,
        citation_zh: given.citation.1,
        given_on: given.given_on,
        until: None,
        source,
        source_id: Some(given.source_id),
        given_by: given.given_by,
        given_by_name: given.given_by_name,
        revoked_on: None,
        revoke_reason: None,
        revoked_by: None,
        revoked_by_name: None,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

/// On which day something happened, in the company's time zone.
fn day_of(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    zone.from_utc_datetime(&at.naive_utc()).date_naive()
}

/// Gives the honours of approved awards within the transaction that books them, with the words of their versions. The booking
/// takes every award once, and so does this; the ids follow from the awards.
///
/// # Errors
/// When the database fails.
pub async fn of_awards(
    work: &mut Work<'_>,
    run: &incentive_run::Model,
    zone: Tz,
    awards: &[incentive_award::Model],
) -> Result<()> {
    let honours =
        |award: &&incentive_award::Model| award.kind == IncentiveKind::Honour && award.amount > 0;
    let awards: Vec<&incentive_award::Model> = awards.iter().filter(honours).collect();
    if awards.is_empty() {
        return Ok(());
    }
    let versions: BTreeSet<Uuid> = awards.iter().map(|award| award.version_id).collect();
    let versions: Vec<Uuid> = versions.into_iter().collect();
    let contents = contents_of(work.tx(), &versions).await?;
    let at = work.call().at;
    let approved = day_of(run.decided_at.unwrap_or(at), zone);
    let mut rows = Vec::new();
    for award in awards {
        let Some(content) = contents.get(&award.version_id) else {
            continue;
        };
        let words = content.citation.clone();
        let (title, citation) = match words {
            Some(words) => ((words.title, words.title_zh), (words.text, words.text_zh)),
            None => (
                (content.name.clone(), content.name_zh.clone()),
                (content.purpose.clone(), content.purpose_zh.clone()),
            ),
        };
        let given = Given {
            source_id: award.id,
            member_id: award.member_id,
            kind: HonourKind::Title,
            title,
            citation,
            given_on: approved,
            given_by: run.decided_by,
            given_by_name: run.decided_by_name.clone(),
        };
        let id = keys::transaction(award.id, &["honour"]);
        rows.push(row(HonourSource::IncentiveAward, given, id, at));
    }
    store::insert_honours(work.tx(), &rows).await?;
    for row in &rows {
        told(work, row.id, "incentive.honour.give");
    }
    Ok(())
}
