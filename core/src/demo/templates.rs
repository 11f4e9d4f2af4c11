//! The demo company's reply templates (沟通模板): what a service desk writes every day, in both languages.

use chrono::{DateTime, TimeDelta, Utc};
use entity::enums::TicketKind;
use entity::reply_template;
use serde_json::{Value, json};

use super::random::Chance;

/// A template: code, names, for which kinds, texts.
struct Prepared {
    code: &'static str,
    name: &'static str,
    name_zh: &'static str,
    kinds: &'static [TicketKind],
    en: &'static str,
    zh: &'static str,
}

use TicketKind::{
    Complaint, Consultation, FaultRepair, OnSiteService, ReturnExchange, TechnicalSupport,
    UpgradeCampaign,
};

const PREPARED: [Prepared; 12] = [
    Prepared {
        code: "first_reply",
        name: "First reply",
        name_zh: "首次回复",
        kinds: &[],
        en: "Dear {{ contact.name or customer.name }},\n\nthank you for your message. Your request \"{{ ticket.subject }}\" has the number {{ ticket.number }}, and {{ owner.name or me.name }} looks after it until it is done.\n{% if ticket.dueAt %}\nWe will have it resolved by {{ ticket.dueAt }}.\n{% endif %}\n\nKind regards\n{{ me.name }}, Anxin After-sales",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n您好！您反映的“{{ ticket.subject }}”已受理，工单编号 {{ ticket.number }}，由{{ owner.name or me.name }}全程负责。\n{% if ticket.dueAt %}\n我们将于 {{ ticket.dueAt }} 前为您解决。\n{% endif %}\n\n安心售后服务 {{ me.name }}\n{{ today }}",
    },
    Prepared {
        code: "more_information",
        name: "Asking for more information",
        name_zh: "请补充信息",
        kinds: &[Consultation, TechnicalSupport, FaultRepair],
        en: "Dear {{ contact.name or customer.name }},\n\nto find the cause of {{ ticket.number }} we need a little more: since when it happens, what the display shows, and a photograph of the type plate{% if unit.serial %} of {{ unit.serial }}{% endif %}.\n\nAs soon as we have that we go on at once.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n为尽快查明工单 {{ ticket.number }} 的原因，请您补充：故障开始的时间、屏幕或面板上的提示，以及设备{% if unit.serial %}（{{ unit.serial }}）{% endif %}铭牌照片。\n\n收到后我们将立即继续处理，感谢配合。\n\n{{ me.name }}",
    },
    Prepared {
        code: "parts_on_the_way",
        name: "Parts are on the way",
        name_zh: "配件已发出",
        kinds: &[FaultRepair, OnSiteService],
        en: "Dear {{ contact.name or customer.name }},\n\nthe parts for {{ product.name or \"your product\" }} (ticket {{ ticket.number }}) have been sent. {{ assignee.name or owner.name or me.name }} will call you to agree on a time as soon as they arrive.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n{{ product.name or \"您的产品\" }}所需配件已发出（工单 {{ ticket.number }}）。配件到达后，{{ assignee.name or owner.name or me.name }}将与您电话预约时间。\n\n{{ me.name }}",
    },
    Prepared {
        code: "visit_agreed",
        name: "A visit is agreed",
        name_zh: "上门预约确认",
        kinds: &[OnSiteService, FaultRepair],
        en: "Dear {{ contact.name or customer.name }},\n\n{{ assignee.name or \"our engineer\" }} will visit you for ticket {{ ticket.number }} as agreed by telephone. Please have {{ product.name or \"the product\" }} accessible and a colleague at hand who can switch it off.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n{{ assignee.name or \"我们的工程师\" }}将按电话约定的时间上门处理工单 {{ ticket.number }}。请确保{{ product.name or \"设备\" }}便于操作，并安排一位可停机的同事配合。\n\n{{ me.name }}",
    },
    Prepared {
        code: "progress",
        name: "Where it stands",
        name_zh: "进度通报",
        kinds: &[],
        en: "Dear {{ contact.name or customer.name }},\n\nyour ticket {{ ticket.number }} is now in the stage {{ ticket.stage }} ({{ ticket.state }}).\n{% if ticket.dueAt %}\nWe still expect to resolve it by {{ ticket.dueAt }}.\n{% endif %}\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n工单 {{ ticket.number }} 目前处于“{{ ticket.stage }}”阶段（{{ ticket.state }}）。\n{% if ticket.dueAt %}\n预计于 {{ ticket.dueAt }} 前解决。\n{% endif %}\n\n{{ me.name }}",
    },
    Prepared {
        code: "preliminary_solution",
        name: "A preliminary solution",
        name_zh: "初步解决方案",
        kinds: &[TechnicalSupport, FaultRepair, Complaint],
        en: "Dear {{ contact.name or customer.name }},\n\nwe have found what is behind ticket {{ ticket.number }} and propose the following:\n\n1. \n2. \n\nPlease tell us whether you agree; then we begin at once.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n工单 {{ ticket.number }} 的原因已查明，我们建议按以下方案处理：\n\n1. \n2. \n\n请您确认，确认后我们立即开始。\n\n{{ me.name }}",
    },
    Prepared {
        code: "apology",
        name: "An apology",
        name_zh: "致歉",
        kinds: &[Complaint],
        en: "Dear {{ contact.name or customer.name }},\n\nwe are sorry for the trouble that you describe in {{ ticket.number }}. This isn't the service that we want to give. {{ owner.name or me.name }} answers for it personally and will report to you today ({{ today }}).\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n对于您在工单 {{ ticket.number }} 中反映的问题，我们深表歉意。这不是我们应有的服务水平。{{ owner.name or me.name }}将亲自负责，并于今天（{{ today }}）向您反馈。\n\n{{ me.name }}",
    },
    Prepared {
        code: "return_address",
        name: "How to send it back",
        name_zh: "退换货寄送说明",
        kinds: &[ReturnExchange],
        en: "Dear {{ contact.name or customer.name }},\n\nplease send {{ product.name or \"the product\" }}{% if unit.serial %}, serial number {{ unit.serial }},{% endif %} back with all accessories and put a sheet with the number {{ ticket.number }} into the parcel. We inspect it within two working days after it has arrived.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n请将{{ product.name or \"产品\" }}{% if unit.serial %}（序列号 {{ unit.serial }}）{% endif %}连同全部附件寄回，并在包裹内附上工单编号 {{ ticket.number }}。我们将在收货后两个工作日内完成检验。\n\n{{ me.name }}",
    },
    Prepared {
        code: "upgrade_invitation",
        name: "An upgrade is ready",
        name_zh: "升级通知",
        kinds: &[UpgradeCampaign],
        en: "Dear {{ contact.name or customer.name }},\n\nan upgrade is ready for your {{ product.name or \"product\" }}. It is free and takes about an hour. Please tell us when it suits you (ticket {{ ticket.number }}).\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n您的{{ product.name or \"产品\" }}可免费升级，约需一小时。请告知方便的时间（工单 {{ ticket.number }}）。\n\n{{ me.name }}",
    },
    Prepared {
        code: "resolved",
        name: "It is resolved",
        name_zh: "已解决，请确认",
        kinds: &[],
        en: "Dear {{ contact.name or customer.name }},\n\nyour request \"{{ ticket.subject }}\" ({{ ticket.number }}) is resolved. Please try it and tell us if anything is left to do; otherwise we close the ticket.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n您反映的“{{ ticket.subject }}”（工单 {{ ticket.number }}）已解决。请试用并告知是否还有问题；如无问题，我们将关闭工单。\n\n{{ me.name }}",
    },
    Prepared {
        code: "waiting_for_you",
        name: "We are waiting for your answer",
        name_zh: "等待您的回复",
        kinds: &[],
        en: "Dear {{ contact.name or customer.name }},\n\nto go on with {{ ticket.number }} we need your answer. Without it the ticket waits; you lose nothing by that, and we go on as soon as you write.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n继续处理工单 {{ ticket.number }} 需要您的回复。在此期间工单暂停计时，收到您的消息后我们会立即继续。\n\n{{ me.name }}",
    },
    Prepared {
        code: "festival_hours",
        name: "Hours over the holidays",
        name_zh: "节假日服务安排",
        kinds: &[],
        en: "Dear {{ contact.name or customer.name }},\n\nover the holidays our hotline is reachable every day from 8:00 to 20:00; urgent faults are served at once. Your ticket {{ ticket.number }} stays with {{ owner.name or me.name }}.\n\n{{ me.name }}",
        zh: "尊敬的{{ contact.name or customer.name }}：\n\n节假日期间服务热线每天 8:00–20:00 畅通，紧急故障随时处理。您的工单 {{ ticket.number }} 仍由{{ owner.name or me.name }}负责。\n\n{{ me.name }}",
    },
];

/// The templates, written a year before the company is looked at.
#[must_use]
pub fn generate(seed: u64, as_of: DateTime<Utc>) -> Vec<reply_template::Model> {
    let at = as_of - TimeDelta::days(365);
    let mut chance = Chance::of(seed, "reply templates", 0);
    PREPARED
        .iter()
        .map(|prepared| reply_template::Model {
            id: chance.id(at),
            code: prepared.code.to_owned(),
            name: prepared.name.to_owned(),
            name_zh: prepared.name_zh.to_owned(),
            body_en: prepared.en.to_owned(),
            body_zh: prepared.zh.to_owned(),
            kinds: kinds(prepared.kinds),
            active: true,
            version: 1,
            created_at: at,
            updated_at: at,
        })
        .collect()
}

fn kinds(kinds: &[TicketKind]) -> Value {
    json!(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tickets::collaboration::templates::rules::check;

    #[test]
    fn every_template_is_one_that_could_be_written() {
        for prepared in PREPARED {
            for body in [prepared.en, prepared.zh] {
                let flaws = check(body).err();
                assert!(flaws.is_none(), "{}: {flaws:?}", prepared.code);
            }
        }
    }
}
