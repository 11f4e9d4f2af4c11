use entity::audit_log;
use entity::enums::ActorKind;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::support::app::{Actor, Reply, TestApp};
use crate::support::company;
use crate::support::data::Table;
use crate::support::database::both_databases;

const TEMPLATE: &str = "replyTemplate { id code version active kinds bodyEn }";
const RENDER: &str = "query($id: ID!, $ticket: ID!, $locale: Locale) { replyTemplateRender(id: $id, ticketId: $ticket, locale: $locale) { text locale missing } }";

fn template(code: &str, body: &str) -> Value {
    json!({ "code": code, "name": "A name", "nameZh": "名称", "bodyEn": body, "bodyZh": body })
}

async fn write(actor: &Actor, code: &str, body: &str) -> String {
    let reply = actor
        .change("replyTemplateCreate", TEMPLATE, template(code, body))
        .await
        .fine();
    reply
        .text("replyTemplateCreate.replyTemplate.id")
        .to_owned()
}

async fn render(actor: &Actor, id: &str, ticket: usize, locale: &str) -> Reply {
    let variables = json!({ "id": id, "ticket": company::ticket(ticket), "locale": locale });
    actor.send(RENDER, variables).await.fine()
}

async fn looks(app: &TestApp) -> u64 {
    let found = audit_log::Entity::find()
        .filter(audit_log::Column::Action.eq("customer.contact.read"))
        .filter(audit_log::Column::ActorKind.eq(ActorKind::User));
    found.count(app.db.reader()).await.expect("a count")
}

both_databases! {
    async fn a_reply_in_two_languages(app: TestApp) {
        let agent = app.as_("agent").await;
        let first = company::id(Table::ReplyTemplate, 1);
        let before = looks(&app).await;
        let contact = "query($id: ID!) { ticket(id: $id) { contact { name } } }";
        let reply = render(&agent, &first, 1, "EN").await;
        assert_eq!(looks(&app).await, before + 1, "a look at a contact's name is a look");
        let named = agent.send(contact, json!({ "id": company::ticket(1) })).await.fine();
        let name = named.text("ticket.contact.name");
        assert_eq!(reply.text("replyTemplateRender.text"), format!("Dear {name}, ticket 100001 (Intake) is with Li Na."));
        let reply = render(&agent, &first, 1, "ZH").await;
        assert_eq!(reply.text("replyTemplateRender.text"), format!("尊敬的{name}：工单 100001（受理）由Li Na负责。"));
        assert_eq!(reply.data("replyTemplateRender.locale"), "ZH");
    }

    async fn what_one_may_not_read_is_missing_and_no_look_is_logged(app: TestApp) {
        // The auditor reads no contacts; the engineer neither the customer nor its owner, as both are of the other department.
        let first = company::id(Table::ReplyTemplate, 1);
        let auditor = app.as_("auditor").await;
        let before = looks(&app).await;
        let reply = render(&auditor, &first, 1, "EN").await;
        assert!(reply.text("replyTemplateRender.text").starts_with("Dear Customer 1,"), "the customer instead: {reply}");
        assert_eq!(looks(&app).await, before);
        let engineer = app.as_("engineer").await;
        let reply = render(&engineer, &first, 9, "EN").await;
        assert_eq!((reply.data("replyTemplateRender.text"), reply.data("replyTemplateRender.missing")), (&Value::Null, &json!(["customer.name", "owner.name"])), "{reply}");
    }

    async fn every_variable_has_a_meaning(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let reply = manager.ask("{ replyTemplateVariables { name description descriptionZh example } }").await.fine();
        let names: Vec<&str> = reply.list("replyTemplateVariables").iter().filter_map(|row| row["name"].as_str()).collect();
        assert!(names.len() >= 16, "{names:?}");
        let body: String = names.iter().map(|name| format!("{name}={{{{ {name} or '-' }}}}\n")).collect();
        let id = write(&manager, "everything", &body).await;
        for locale in ["EN", "ZH"] {
            let reply = render(&manager, &id, 2, locale).await;
            let text = reply.text("replyTemplateRender.text");
            for name in names.iter().filter(|name| !["ticket.dueAt"].contains(name)) {
                assert!(!text.contains(&format!("{name}=-")), "{name} has no value: {text}");
            }
            assert!(text.contains(if locale == "EN" { "today=2 March 2026" } else { "today=2026年3月2日" }), "{text}");
        }
    }

    async fn a_text_with_a_mistake_is_refused_naming_line_and_variable(app: TestApp) {
        let manager = app.as_("service_manager").await;
        for (body, words) in [
            ("Hello\n{{ ticket.nubmer }}", ["Line 2", "ticket.nubmer"]),
            ("{{ customer.phone }}", ["Line 1", "customer.phone"]),
            ("{% for x in y %}{% endfor %}", ["Line 1", "`for`"]),
            ("{{ ticket.number", ["Line 1", "no template"]),
        ] {
            let mut input = template("bad", body);
            input["bodyZh"] = "好".into();
            let reply = manager.change("replyTemplateCreate", TEMPLATE, input).await;
            assert_eq!(reply.user_errors(), [("INVALID", "input.bodyEn".to_owned())], "{body}: {reply}");
            let message = reply.data("replyTemplateCreate.userErrors.0.message").as_str().expect("a message");
            assert!(words.iter().all(|word| message.contains(word)), "{body}: {message}");
        }
        for (input, code, field) in [
            (template("Bad Code", "b"), "INVALID", "input.code"),
            (template("first_reply", "b"), "TAKEN", "input.code"),
            (template("x", ""), "BLANK", "input.bodyEn"),
        ] {
            let reply = manager.change("replyTemplateCreate", TEMPLATE, input).await;
            assert_eq!(reply.user_errors()[0], (code, field.to_owned()), "{reply}");
        }
    }

    async fn templates_are_listed_by_kind_and_retired(app: TestApp) {
        let manager = app.as_("service_manager").await;
        let id = write(&manager, "repair", "x").await;
        let update = json!({ "id": id, "expectedVersion": 1, "kinds": ["FAULT_REPAIR", "CONSULTATION", "FAULT_REPAIR"] });
        let reply = manager.change("replyTemplateUpdate", TEMPLATE, update.clone()).await.fine();
        assert_eq!(reply.data("replyTemplateUpdate.replyTemplate.version"), 2);
        assert_eq!(reply.data("replyTemplateUpdate.replyTemplate.kinds"), &json!(["CONSULTATION", "FAULT_REPAIR"]));
        let reply = manager.change("replyTemplateUpdate", TEMPLATE, update).await;
        assert_eq!(reply.error_codes(), ["CONFLICT"], "{reply}");
        let agent = app.as_("agent").await;
        let codes = async |filter: Value| -> Vec<String> {
            let reply = agent.send("query($filter: ReplyTemplateFilter) { replyTemplates(filter: $filter) { totalCount nodes { code } } }", json!({ "filter": filter })).await.fine();
            reply.list("replyTemplates.nodes").iter().filter_map(|row| row["code"].as_str()).map(str::to_owned).collect()
        };
        assert_eq!(codes(json!({ "kind": "FAULT_REPAIR" })).await, ["first_reply", "repair"]);
        assert_eq!(codes(json!({ "kind": "COMPLAINT" })).await, ["first_reply"]);
        let retire = json!({ "id": id, "expectedVersion": 2, "active": false });
        manager.change("replyTemplateUpdate", TEMPLATE, retire).await.fine();
        assert_eq!(codes(json!({ "active": true })).await, ["first_reply"]);
        assert_eq!(codes(json!({ "active": false })).await, ["repair"]);
        assert_eq!(codes(json!({})).await, ["first_reply", "repair"]);
    }

    async fn only_who_manages_templates_writes_them_and_no_outsider_reads_them(app: TestApp) {
        let reply = app.as_("agent").await.change("replyTemplateCreate", TEMPLATE, template("mine", "b")).await;
        assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{reply}");
        for login in ["partner", "customer", "trainer"] {
            let reply = app.as_(login).await.ask("{ replyTemplates { totalCount } }").await;
            assert_eq!(reply.error_codes(), ["FORBIDDEN"], "{login}: {reply}");
        }
    }

    async fn the_same_code_at_once_is_taken_once(app: TestApp) {
        let (one, other) = (app.as_("service_manager").await, app.as_("team_lead").await);
        let (a, b) = tokio::join!(
            one.change("replyTemplateCreate", TEMPLATE, template("twin", "a")),
            other.change("replyTemplateCreate", TEMPLATE, template("twin", "b")),
        );
        let refused: Vec<_> = a.user_errors().into_iter().chain(b.user_errors()).collect();
        assert_eq!(refused, [("TAKEN", "input.code".to_owned())], "{a} {b}");
    }
}
