use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::{Table, days_ago};
use crate::support::database::both_databases;

fn member(n: usize) -> String {
    company::id(Table::Member, n)
}

fn skill(n: usize) -> String {
    company::id(Table::Skill, n)
}

fn calendar(n: usize) -> String {
    company::id(Table::Calendar, n)
}

/// What a member can do: code, level and what has lapsed.
async fn abilities(actor: &Actor, n: usize, on: Option<&str>) -> Vec<(String, i64, Option<i64>)> {
    let ask = "query($id: ID!, $on: Date) { member(id: $id) { skills(on: $on) { skill { code } level lapsedLevel } } }";
    let reply = actor
        .send(ask, json!({ "id": member(n), "on": on }))
        .await
        .fine();
    let one = |row: &Value| {
        let code = row["skill"]["code"].as_str().unwrap_or_default().to_owned();
        (
            code,
            row["level"].as_i64().unwrap_or(-1),
            row["lapsedLevel"].as_i64(),
        )
    };
    reply.list("member.skills").iter().map(one).collect()
}

/// The shifts of a member: calendar by its key's order, first day, end.
async fn shifts(actor: &Actor, n: usize) -> Vec<(String, Value)> {
    let ask = "query($id: ID!) { member(id: $id) { shifts { validFrom validTo } } }";
    let reply = actor.send(ask, json!({ "id": member(n) })).await.fine();
    let one = |row: &Value| {
        (
            row["validFrom"].as_str().unwrap_or_default().to_owned(),
            row["validTo"].clone(),
        )
    };
    reply.list("member.shifts").iter().map(one).collect()
}

async fn set_skill(actor: &Actor, of: usize, n: usize, level: i32, from: i64) -> Reply {
    let input = json!({ "memberId": member(of), "skillId": skill(n), "level": level, "validFrom": days_ago(from) });
    actor
        .change(
            "memberSkillSet",
            "memberSkill { id level validFrom validTo version }",
            input,
        )
        .await
}

both_databases! {
    async fn a_level_is_set_from_a_day_on_and_ends_the_former(app: TestApp) {
        let lead = app.as_("team_lead").await;
        assert_eq!(abilities(&lead, 2, None).await, [("array".to_owned(), 3, None)]);
        let today = set_skill(&lead, 2, 1, 4, 0).await.fine();
        assert_eq!(today.data("memberSkillSet.memberSkill.validTo"), &Value::Null);
        assert_eq!(abilities(&lead, 2, None).await, [("array".to_owned(), 4, None)]);
        assert_eq!(abilities(&lead, 2, Some("2026-03-01")).await, [("array".to_owned(), 3, None)]);
        // On the same day it is corrected, not doubled.
        set_skill(&lead, 2, 1, 5, 0).await.fine();
        let ask = "query($id: ID!) { member(id: $id) { skillRecords { id level validFrom validTo version } } }";
        let records = lead.send(ask, json!({ "id": member(2) })).await.fine();
        assert_eq!(records.list("member.skillRecords").len(), 2);
        assert_eq!(records.data("member.skillRecords.1.level"), 5);
        // It ends.
        let id = records.text("member.skillRecords.1.id").to_owned();
        let end = json!({ "id": id, "expectedVersion": 2, "validTo": days_ago(-3) });
        lead.change("memberSkillEnd", "memberSkill { validTo }", end).await.fine();
        assert_eq!(abilities(&lead, 2, Some("2026-03-04")).await.len(), 1);
        assert_eq!(abilities(&lead, 2, Some("2026-03-05")).await, []);
    }

    async fn mistakes_are_named(app: TestApp) {
        let lead = app.as_("team_lead").await;
        assert_eq!(set_skill(&lead, 2, 1, 6, 0).await.user_errors(), [("INVALID", "input.level".to_owned())]);
        assert_eq!(set_skill(&lead, 2, 9, 3, 0).await.user_errors(), [("NOT_FOUND", "input.skillId".to_owned())]);
        assert_eq!(set_skill(&lead, 2, 1, 3, 1).await.user_errors(), [("RULE_VIOLATED", "input.validFrom".to_owned())]);
        // The engineer is of another department; an agent records nobody.
        assert_eq!(set_skill(&lead, 4, 1, 3, 0).await.error_codes(), ["NOT_FOUND"]);
        assert_eq!(set_skill(&app.as_("agent").await, 2, 1, 3, 0).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn certificates_make_skills_count_until_they_run_out(app: TestApp) {
        let trainer = app.as_("trainer").await;
        let voltage = |level, lapsed| ("high-voltage".to_owned(), level, lapsed);
        // The colleague's ran out long ago; the engineer's holds until the 22nd of March.
        assert_eq!(abilities(&trainer, 3, None).await, [voltage(0, Some(4))]);
        let array = ("array".to_owned(), 5, None);
        assert_eq!(abilities(&trainer, 4, Some("2026-03-21")).await, [array.clone(), voltage(3, None)]);
        assert_eq!(abilities(&trainer, 4, Some("2026-03-22")).await, [array, voltage(0, Some(3))]);
        // A new one lets the colleague's record count, for two years by the catalogue.
        let input = json!({ "memberId": member(3), "certificateId": company::id(Table::Certificate, 1), "issuedOn": "2026-03-01", "number": "HV-77" });
        let select = "memberCertificate { id expiresOn valid version }";
        let earned = trainer.change("memberCertificateRecord", select, input).await.fine();
        assert_eq!(earned.text("memberCertificateRecord.memberCertificate.expiresOn"), "2028-03-01");
        assert_eq!(abilities(&trainer, 3, None).await, [voltage(4, None)]);
        // And taken away it no longer does.
        let id = earned.text("memberCertificateRecord.memberCertificate.id").to_owned();
        let revoke = json!({ "id": id, "expectedVersion": 1, "reason": "The examination was void." });
        let gone = trainer.change("memberCertificateRevoke", "memberCertificate { valid revokedOn }", revoke).await.fine();
        assert_eq!(gone.data("memberCertificateRevoke.memberCertificate.valid"), false);
        assert_eq!(abilities(&trainer, 3, None).await, [voltage(0, Some(4))]);
        let again = json!({ "id": id, "expectedVersion": 2, "reason": "Once more." });
        let over = trainer.change("memberCertificateRevoke", "memberCertificate { valid }", again).await;
        assert_eq!(over.user_errors(), [("WRONG_STATE", "input.id".to_owned())]);
    }

    async fn what_runs_out_is_listed_unless_it_was_renewed(app: TestApp) {
        let hr = app.as_("hr").await;
        let list = "{ certificatesExpiring(by: \"2026-03-31\") { totalCount nodes { expiresOn member { number } certificate { code } } } }";
        let found = hr.ask(list).await.fine();
        assert_eq!(found.data("certificatesExpiring.totalCount"), 1);
        assert_eq!(found.text("certificatesExpiring.nodes.0.member.number"), "M0004");
        let early = hr.ask("{ certificatesExpiring(by: \"2026-03-21\") { totalCount } }").await.fine();
        assert_eq!(early.data("certificatesExpiring.totalCount"), 0);
        // An agent doesn't see the engineer.
        assert_eq!(app.as_("agent").await.ask(list).await.fine().data("certificatesExpiring.totalCount"), 0);
        let renewed = json!({ "memberId": member(4), "certificateId": company::id(Table::Certificate, 1), "issuedOn": "2026-03-02" });
        hr.change("memberCertificateRecord", "memberCertificate { id }", renewed).await.fine();
        assert_eq!(hr.ask(list).await.fine().data("certificatesExpiring.totalCount"), 0);
    }

    async fn holders_of_a_skill_come_best_first_in_pages(app: TestApp) {
        let hr = app.as_("hr").await;
        for n in [1, 3, 7, 8] {
            set_skill(&hr, n, 1, 3, 0).await.fine();
        }
        let ask = "query($first: Int, $after: String, $last: Int, $before: String) { skills(filter: { code: { eq: \"array\" } }) { nodes {
            members(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { level member { number } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
        } } }";
        let numbers = |reply: &Reply| -> Vec<String> {
            reply.list("skills.nodes.0.members.nodes").iter().map(|row| row["member"]["number"].as_str().unwrap_or_default().to_owned()).collect()
        };
        let all = ["M0004", "M0001", "M0002", "M0003", "M0007", "M0008"];
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = hr.send(ask, json!({ "first": 4, "after": after })).await.fine();
            assert_eq!(page.data("skills.nodes.0.members.totalCount"), 6);
            seen.extend(numbers(&page));
            after = page.data("skills.nodes.0.members.pageInfo.endCursor").clone();
            if page.data("skills.nodes.0.members.pageInfo.hasNextPage") == false {
                break;
            }
        }
        assert_eq!(seen, all);
        let end = hr.send(ask, json!({ "last": 2 })).await.fine();
        assert_eq!(numbers(&end), all[4..]);
        let before = end.data("skills.nodes.0.members.pageInfo.startCursor").clone();
        let middle = hr.send(ask, json!({ "last": 3, "before": before })).await.fine();
        assert_eq!(numbers(&middle), all[1..4]);
        assert_eq!(middle.data("skills.nodes.0.members.pageInfo.hasPreviousPage"), true);
        let wrong = hr.send(ask, json!({ "first": 1, "after": "bm90aGluZw" })).await;
        assert_eq!(wrong.error_codes(), ["BAD_INPUT"]);
        // Only those whom one may see.
        let agent = app.as_("agent").await.send(ask, json!({ "first": 10 })).await.fine();
        assert_eq!(numbers(&agent), ["M0002"]);
        let lapsed = hr.ask("{ skills(filter: { needsCertificate: { eq: true } }) { nodes { id } } }").await;
        assert_eq!(lapsed.error_codes(), ["BAD_INPUT"]);
        let lapsed = hr.ask("{ skills(filter: { needsCertificate: true }) { nodes { members(lapsed: true) { nodes { level lapsedLevel member { number } } } } } }").await.fine();
        assert_eq!(lapsed.list("skills.nodes.0.members.nodes"), [json!({ "level": 0, "lapsedLevel": 4, "member": { "number": "M0003" } })]);
    }

    async fn a_rota_is_set_row_by_row(app: TestApp) {
        let coordinator = app.as_("coordinator").await;
        let row = |of: usize, n: usize, from: &str, to: Option<&str>| json!({ "memberId": member(of), "calendarId": calendar(n), "validFrom": from, "validTo": to });
        let rota = json!({ "idempotencyKey": "march", "rows": [
            row(2, 2, "2026-03-09", Some("2026-03-16")),
            row(2, 1, "2026-03-16", None),
            row(99, 1, "2026-03-09", None),
            row(1, 9, "2026-03-01", None),
            row(1, 1, "2026-03-09", None),
            row(2, 2, "2026-03-10", Some("2026-03-20")),
        ] });
        let select = "results { memberId shift { id } userErrors { code field message } }";
        let set = coordinator.change("memberShiftSet", select, rota.clone()).await.fine();
        let fields = |n: usize| -> Vec<String> {
            let errors = set.list(&format!("memberShiftSet.results.{n}.userErrors"));
            errors.iter().map(|error| format!("{} {}", error["code"].as_str().unwrap_or(""), error["field"])).collect()
        };
        assert_eq!(fields(0), Vec::<String>::new());
        assert_eq!(fields(1), Vec::<String>::new());
        assert_eq!(fields(2), [r#"NOT_FOUND ["input","rows","2","memberId"]"#]);
        assert_eq!(fields(3), [r#"NOT_FOUND ["input","rows","3","calendarId"]"#, r#"RULE_VIOLATED ["input","rows","3","validFrom"]"#]);
        assert_eq!(fields(4), Vec::<String>::new());
        // It would run into the early shift that was planned just before.
        assert_eq!(fields(5), [r#"RULE_VIOLATED ["input","rows","5","validTo"]"#]);
        let expected = [("2024-04-01".to_owned(), json!("2026-03-09")), ("2026-03-09".to_owned(), json!("2026-03-16")), ("2026-03-16".to_owned(), Value::Null)];
        assert_eq!(shifts(&coordinator, 2).await, expected);
        let again = coordinator.change("memberShiftSet", select, rota).await.fine();
        assert_eq!(again.body["data"], set.body["data"]);
        assert_eq!(shifts(&coordinator, 2).await.len(), 3);
        let empty = coordinator.change("memberShiftSet", select, json!({ "rows": [] })).await;
        assert_eq!(empty.user_errors(), [("INVALID", "input.rows".to_owned())]);
        let many: Vec<Value> = (0..51).map(|_| row(2, 1, "2026-03-09", None)).collect();
        let many = coordinator.change("memberShiftSet", select, json!({ "rows": many })).await;
        assert_eq!(many.user_errors(), [("INVALID", "input.rows".to_owned())]);
        assert_eq!(app.as_("agent").await.change("memberShiftSet", select, json!({ "rows": [] })).await.error_codes(), ["FORBIDDEN"]);
    }

    async fn a_capacity_holds_from_a_day_on(app: TestApp) {
        let lead = app.as_("team_lead").await;
        let capacity = async |on: &str| {
            let ask = "query($id: ID!, $on: Date) { member(id: $id) { capacity(on: $on) { openTickets } } }";
            let reply = lead.send(ask, json!({ "id": member(2), "on": on })).await.fine();
            reply.data("member.capacity.openTickets").as_i64()
        };
        let input = json!({ "memberId": member(2), "openTickets": 4, "validFrom": "2026-03-10" });
        lead.change("memberCapacitySet", "memberCapacity { id }", input).await.fine();
        assert_eq!((capacity("2026-03-09").await, capacity("2026-03-10").await), (Some(12), Some(4)));
        let wrong = json!({ "memberId": member(2), "openTickets": -1 });
        let refused = lead.change("memberCapacitySet", "memberCapacity { id }", wrong).await;
        assert_eq!(refused.user_errors(), [("INVALID", "input.openTickets".to_owned())]);
    }

    async fn the_catalogue_is_kept_by_whoever_may(app: TestApp) {
        let trainer = app.as_("trainer").await;
        let input = json!({ "code": "pump.repair", "name": "Pump repair", "nameZh": "水泵维修", "category": "product", "idempotencyKey": "pump" });
        let made = trainer.change("skillCreate", "skill { id version }", input.clone()).await.fine();
        let again = trainer.change("skillCreate", "skill { id version }", input).await.fine();
        assert_eq!(again.body["data"], made.body["data"]);
        let pump = made.text("skillCreate.skill.id").to_owned();
        let same = json!({ "code": "pump.repair", "name": "Other", "nameZh": "其他", "category": "product" });
        assert_eq!(trainer.change("skillCreate", "skill { id }", same).await.user_errors(), [("TAKEN", "input.code".to_owned())]);
        let odd = json!({ "code": "Pump Repair", "name": "", "nameZh": "其他", "category": "product" });
        assert_eq!(trainer.change("skillCreate", "skill { id }", odd).await.user_errors(), [("INVALID", "input.code".to_owned()), ("BLANK", "input.name".to_owned())]);
        let renamed = json!({ "id": pump, "expectedVersion": 1, "name": "Repair of pumps", "needsCertificate": true });
        let renamed = trainer.change("skillUpdate", "skill { name nameZh needsCertificate version }", renamed).await.fine();
        assert_eq!(renamed.data("skillUpdate.skill"), &json!({ "name": "Repair of pumps", "nameZh": "水泵维修", "needsCertificate": true, "version": 2 }));
        let certificate = json!({ "code": "pump-1", "name": "Pumps", "nameZh": "水泵", "level": 3 });
        let lonely = trainer.change("certificateCreate", "certificate { id }", certificate).await;
        assert_eq!(lonely.user_errors(), [("BLANK", "input.skillId".to_owned())]);
        let certificate = json!({ "code": "pump-1", "name": "Pumps", "nameZh": "水泵", "skillId": pump, "level": 3, "monthsValid": 12 });
        let made = trainer.change("certificateCreate", "certificate { id skill { code certificates { code } } }", certificate).await.fine();
        assert_eq!(made.text("certificateCreate.certificate.skill.certificates.0.code"), "pump-1");
        let id = made.text("certificateCreate.certificate.id").to_owned();
        let update = json!({ "id": id, "expectedVersion": 1, "skillId": null, "level": null, "monthsValid": null });
        let plain = trainer.change("certificateUpdate", "certificate { skill { code } level monthsValid name }", update).await.fine();
        assert_eq!(plain.data("certificateUpdate.certificate"), &json!({ "skill": null, "level": null, "monthsValid": null, "name": "Pumps" }));
        let lead = app.as_("team_lead").await;
        let refused = lead.change("skillUpdate", "skill { id }", json!({ "id": pump, "expectedVersion": 2 })).await;
        assert_eq!(refused.error_codes(), ["FORBIDDEN"]);
    }
}
