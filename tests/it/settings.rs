//! The organisation's figures: read with their defaults, changed by those who may, by one at a time.

use aftercare::settings;
use entity::audit_log;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, TestApp};
use crate::support::database::both_databases;

async fn change(
    actor: &Actor,
    key: &str,
    value: &str,
    expected_version: i32,
) -> crate::support::app::Reply {
    let input = json!({ "key": key, "value": value, "expectedVersion": expected_version });
    actor
        .change(
            "settingChange",
            "setting { key value version updatedAt }",
            input,
        )
        .await
}

both_databases! {
    async fn figures_have_defaults_until_they_are_changed(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let query = "{ settings(prefix: \"dispatch.weight.l\") { key label type value default least most range unit version updatedAt } }";
        let reply = manager.ask(query).await;
        assert_eq!(reply.data("settings"), &json!([{
            "key": "dispatch.weight.load", "label": "Dispatch: weight of how little a member has to do", "type": "WHOLE",
            "value": "40", "default": "40", "least": 0, "most": 100, "range": "a whole number from 0 to 100", "unit": null,
            "version": 0, "updatedAt": null,
        }]));
        assert_eq!(settings::read(app.db.reader(), &settings::DISPATCH_WEIGHT_LOAD).await.expect("a figure"), 40);

        let reply = change(&manager, "dispatch.weight.load", " 55 ", 0).await;
        assert_eq!(reply.data("settingChange.setting.value"), "55");
        assert_eq!(reply.data("settingChange.setting.version"), 1);
        let reply = change(&manager, "dispatch.automatic", "true", 0).await;
        assert_eq!(reply.data("settingChange.userErrors"), &json!([]));
        assert_eq!(settings::read(app.db.reader(), &settings::DISPATCH_WEIGHT_LOAD).await.expect("a figure"), 55);
        let all = settings::read_all(app.db.reader()).await.expect("figures");
        assert_eq!(all.get(&settings::DISPATCH_WEIGHT_LOAD).expect("a figure"), 55);
        assert!(all.get(&settings::DISPATCH_AUTOMATIC).expect("a figure"));
        assert_eq!(all.get(&settings::CAPACITY_DEFAULT).expect("a figure"), 20);

        let entries = audit_log::Entity::find()
            .filter(audit_log::Column::Action.eq("setting.change"))
            .all(app.db.reader()).await.expect("entries");
        let details: Vec<Value> = entries.into_iter().map(|entry| entry.detail).collect();
        assert_eq!(details, [
            json!({ "key": "dispatch.weight.load", "from": 40, "to": 55 }),
            json!({ "key": "dispatch.automatic", "from": false, "to": true }),
        ]);
    }

    async fn wrong_values_are_told_and_stale_ones_refused(app: TestApp) {
        let manager = app.as_("service_manager").await;
        for (key, value, field, message) in [
            ("dispatch.weight.load", "101", "value", "dispatch.weight.load is a whole number from 0 to 100."),
            ("dispatch.weight.load", "many", "value", "dispatch.weight.load is a whole number from 0 to 100."),
            ("dispatch.automatic", "1", "value", "dispatch.automatic is true or false."),
            ("dispatch.weight.luck", "1", "key", "There is no such setting; `settings` lists them all."),
        ] {
            let reply = change(&manager, key, value, 0).await;
            assert_eq!(reply.data("settingChange.setting"), &Value::Null, "{key} {value}");
            assert_eq!(reply.data("settingChange.userErrors.0.field"), &json!(["input", field]), "{reply}");
            assert_eq!(reply.text("settingChange.userErrors.0.message"), message);
        }
        change(&manager, "survey.days_open", "7", 0).await.data("settingChange.setting.version");
        // Whoever still saw the default, or a version that never was, is refused.
        for stale in [0, 2] {
            let reply = change(&manager, "survey.days_open", "8", stale).await;
            assert_eq!(reply.error_codes(), ["CONFLICT"], "{reply}");
        }
        // The value that it has already isn't a change.
        let reply = change(&manager, "survey.days_open", "7", 1).await;
        assert_eq!(reply.data("settingChange.setting.version"), 1);
        let reply = change(&manager, "survey.days_open", "8", 1).await;
        assert_eq!(reply.data("settingChange.setting.version"), 2);
    }

    async fn two_first_changes_at_once_are_one(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let admin = app.as_("admin").await;
        let (one, other) = tokio::join!(
            change(&manager, "capacity.default", "10", 0),
            change(&admin, "capacity.default", "12", 0),
        );
        let refused = [&one, &other].iter().filter(|reply| reply.error_codes() == ["CONFLICT"]).count();
        assert_eq!(refused, 1, "{one} {other}");
    }

    async fn figures_are_for_those_who_may(app: TestApp) {
        let agent = app.as_("agent").await;
        assert_eq!(agent.ask("{ settings { key } }").await.error_codes(), ["FORBIDDEN"]);
        assert_eq!(change(&agent, "capacity.default", "1", 0).await.error_codes(), ["FORBIDDEN"]);
    }
}
