use aftercare::clock::day;
use aftercare::organisation::workforce::actions::certificate_warn;
use aftercare::organisation::workforce::profiles;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{member_certificate, outbox};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::{cell, choices, content, exam, hand_in, label, question, save, start_exam};
use crate::support::app::TestApp;
use crate::support::company;
use crate::support::data::{Table, key, start};
use crate::support::database::both_databases;

/// How well dispatch thinks that a member can do what needs a certificate, at a moment.
async fn voltage(app: &TestApp, member: usize, at: DateTime<Utc>) -> Option<u8> {
    let id = key(Table::Member, member);
    let today = day(at, app.config.time_zone());
    let found = profiles(app.db.reader(), &[id], at, today)
        .await
        .expect("profiles");
    found[&id].skills.get(&key(Table::Skill, 2)).copied()
}

both_databases! {
    /// Passing grants what dispatch reads; its end takes the skill away within the minute.
    async fn passing_grants_and_the_end_takes_away(app: TestApp) {
        let trainer = app.as_("trainer").await;
        question(&trainer, "SINGLE", "voltage", choices()).await;
        let mut wanted = content(json!([cell("voltage", 1, "10")]));
        wanted["certificateId"] = company::id(Table::Certificate, 1).into();
        let id = exam(&trainer, wanted, &[]).await;
        // The colleague's certificate ran out 70 days ago.
        assert_eq!(voltage(&app, 3, start()).await, None);
        let colleague = app.as_("colleague").await;
        let paper = start_exam(&colleague, &id).await.fine();
        let item = paper.data("examAttemptStart.attempt.paper.0").clone();
        save(&colleague, &item, 1, json!({ "choices": [label(&item, "right")] })).await.fine();
        let reply = hand_in(&colleague, paper.text("examAttemptStart.attempt.id")).await.fine();
        assert_eq!(reply.data("examAttemptHandIn.attempt.result.passed"), true);
        assert_eq!(voltage(&app, 3, start()).await, Some(4));
        let rows = member_certificate::Entity::find().filter(member_certificate::Column::MemberId.eq(key(Table::Member, 3))).all(app.db.reader()).await.expect("rows");
        let granted = rows.iter().find(|row| row.number.as_deref() == Some("safety/1")).expect("the certificate");
        let ends = granted.expires_on.expect("an end");
        // Midnight of that day in Shanghai is four in the afternoon of the day before.
        let midnight = ends.and_hms_opt(0, 0, 0).expect("midnight").and_utc() - TimeDelta::hours(8);
        assert_eq!(voltage(&app, 3, midnight - TimeDelta::minutes(1)).await, Some(4));
        assert_eq!(voltage(&app, 3, midnight).await, None);
        // Revoked with a reason, it counts no longer at once.
        let lead = app.as_("service_manager").await;
        let revoke = json!({ "id": aftercare::graphql::ids::encode("membercert", granted.id), "expectedVersion": 1, "reason": "It was copied." });
        lead.change("memberCertificateRevoke", "memberCertificate { revokedOn }", revoke).await.fine();
        assert_eq!(voltage(&app, 3, start()).await, None);
    }

    /// The engineer's certificate runs out in 20 days: it is told once, with an event.
    async fn it_is_told_before(app: TestApp) {
        let today = day(start(), app.config.time_zone());
        assert_eq!(certificate_warn(&app.db, today - TimeDelta::days(60), start()).await.expect("a round"), 0, "not yet");
        assert_eq!(certificate_warn(&app.db, today, start()).await.expect("a round"), 1);
        assert_eq!(certificate_warn(&app.db, today, start()).await.expect("a round"), 0, "once");
        let events = outbox::Entity::find().filter(outbox::Column::Kind.eq("member.certificate.expiring")).count(app.db.reader()).await;
        assert_eq!(events.expect("a count"), 1);
        let lead = app.as_("hr").await;
        let reply = lead.send("query($id: ID!) { member(id: $id) { certificates { warnedAt expiresOn } } }", json!({ "id": company::id(Table::Member, 4) })).await.fine();
        assert!(!reply.data("member.certificates.0.warnedAt").is_null(), "{reply}");
    }
}
