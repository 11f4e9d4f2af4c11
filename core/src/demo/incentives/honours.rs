//! Honours of the demo company: some conferred by HR, prizes and stars that come by themselves, colleagues who recognise each
//! other, and one who doesn't want to be shown.

use chrono::NaiveDate;
use entity::enums::{HonourKind, HonourSource, RecognitionValue};
use entity::{honour, honour_opt_out, recognition};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use super::definitions::call_of;
use crate::access::Call;
use crate::app::App;
use crate::db::new_id;
use crate::demo::calendar::{at_hour, day_of, days_ago};
use crate::error::Result;
use crate::incentives::honours::work::round;
use crate::organisation::{employed_among, teams_with_homes};

/// Kind, title and citation, in English and Chinese, and how many days ago it was conferred.
type Words = (HonourKind, [&'static str; 2], [&'static str; 2], u64);

const CONFERRED: [Words; 4] = [
    (
        HonourKind::Title,
        ["Voice of the customer", "客户之声"],
        [
            "Whoever calls feels heard, and comes back.",
            "让每一位来电者都被倾听，客户愿意再来。",
        ],
        75,
    ),
    (
        HonourKind::Commendation,
        ["Through the storm", "风雨无阻"],
        [
            "Kept the service running through the typhoon week.",
            "台风周坚守岗位，保障服务不中断。",
        ],
        48,
    ),
    (
        HonourKind::Title,
        ["Golden mentor", "金牌导师"],
        [
            "Three newcomers reached the standard within three months.",
            "所带三名新人均在三个月内达标。",
        ],
        33,
    ),
    (
        HonourKind::Commendation,
        ["Eye for detail", "火眼金睛"],
        [
            "Found the fault in the firmware that nobody else had seen.",
            "发现他人未察觉的固件缺陷。",
        ],
        12,
    ),
];

const THANKS: [(RecognitionValue, &str); 5] = [
    (RecognitionValue::Teamwork, "感谢在我休假期间帮忙跟进客户。"),
    (
        RecognitionValue::CustomerFirst,
        "晚上十点还在电话里陪客户排查，值得学习。",
    ),
    (
        RecognitionValue::Craft,
        "这份故障分析写得非常清楚，省了大家很多时间。",
    ),
    (
        RecognitionValue::Initiative,
        "主动整理了常见问题，新人上手快多了。",
    ),
    (RecognitionValue::Learning, "分享会讲得很好，收获很大。"),
];

/// Makes all of it.
///
/// # Errors
/// When the database fails.
pub async fn honour(app: &App) -> Result<()> {
    let now = app.clock.now();
    let today = day_of(now);
    let call = call_of(app, "hr.demo").await?;
    let people = people(app, today).await?;
    for (words, member) in CONFERRED.iter().zip(people.iter().step_by(2)) {
        let row = conferred(&call, words, *member, today).into_active_model();
        honour::Entity::insert(row.reset_all())
            .exec_without_returning(app.db.reader())
            .await?;
    }
    let mut thanks: Vec<(Uuid, Uuid, u64)> = Vec::new();
    for (place, ago) in (5..).step_by(6).take(people.len()).enumerate() {
        let next = (place + 3) % people.len();
        if let (Some(giver), Some(receiver)) = (people.get(place), people.get(next)) {
            thanks.push((*giver, *receiver, ago));
        }
    }
    // Two who thank each other a little too often.
    if let [one, other, ..] = people.as_slice() {
        thanks.extend(
            [(60, true), (50, false), (40, true), (30, false)].map(|(ago, there)| {
                if there {
                    (*one, *other, ago)
                } else {
                    (*other, *one, ago)
                }
            }),
        );
    }
    for ((giver, receiver, ago), words) in thanks.into_iter().zip(THANKS.iter().cycle()) {
        if giver != receiver {
            let row = recognised((giver, receiver), *words, days_ago(today, ago));
            recognition::Entity::insert(row.into_active_model().reset_all())
                .exec_without_returning(app.db.reader())
                .await?;
        }
    }
    if let Some(member) = people.get(4) {
        let row = honour_opt_out::Model {
            member_id: *member,
            created_at: now,
        };
        honour_opt_out::Entity::insert(row.into_active_model())
            .exec_without_returning(app.db.reader())
            .await?;
    }
    round(&app.db, app.config.time_zone(), now).await?;
    Ok(())
}

/// Some who have been with a team for a while, the same ones every time.
async fn people(app: &App, today: NaiveDate) -> Result<Vec<Uuid>> {
    let since = days_ago(today, 80);
    let homes = teams_with_homes(app.db.reader(), since).await?;
    let mut members: Vec<Uuid> = homes.into_iter().map(|(_, member)| member).collect();
    members.sort_unstable();
    members.dedup();
    let next = today.succ_opt().unwrap_or(today);
    let here = employed_among(app.db.reader(), (today, next), &members).await?;
    Ok(here.into_iter().map(|one| one.member).take(12).collect())
}

fn conferred(call: &Call, words: &Words, member: Uuid, today: NaiveDate) -> honour::Model {
    let (kind, [title, title_zh], [citation, citation_zh], ago) = *words;
    let day = days_ago(today, ago);
    let at = at_hour(day, 17);
    honour::Model {
        id: new_id(at),
        kind,
        member_id: member,
        title: title.to_owned(),
        title_zh: title_zh.to_owned(),
        citation: citation.to_owned(),
        citation_zh: citation_zh.to_owned(),
        given_on: day,
        until: None,
        source: HonourSource::Conferred,
        source_id: None,
        given_by: call.viewer.actor.id,
        given_by_name: Some(call.viewer.actor.name.clone()),
        revoked_on: None,
        revoke_reason: None,
        revoked_by: None,
        revoked_by_name: None,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

fn recognised(
    (giver, receiver): (Uuid, Uuid),
    (value, message): (RecognitionValue, &str),
    day: NaiveDate,
) -> recognition::Model {
    let at = at_hour(day, 11);
    recognition::Model {
        id: new_id(at),
        giver_id: giver,
        receiver_id: receiver,
        day,
        value,
        message: message.to_owned(),
        ticket_id: None,
        withdrawn_at: None,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}
