//! What a step may require of a ticket before it is left, as a closed list.

use std::collections::BTreeSet;
use std::fmt;

use entity::ticket;

use crate::error::{Text, UserError, UserErrorCode};

/// Something that must be filled.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Required {
    /// The matter in one line.
    Subject,
    /// The matter in full.
    Description,
    /// The person to talk to.
    Contact,
    /// The unit it is about.
    Unit,
    /// The product it is about.
    Product,
    /// The team that has it.
    Team,
    /// The member who works on it.
    Assignee,
    /// A reply that gives the customer a solution.
    Solution,
    /// A custom field, by its code.
    Field(String),
}

/// Before the code of a custom field.
const FIELD: &str = "field:";

/// The built-in ones with their names in steps and their names for people.
const BUILT_IN: [(Required, &str, &str, &str); 8] = [
    (Required::Subject, "subject", "subject", "主题"),
    (
        Required::Description,
        "description",
        "description",
        "问题描述",
    ),
    (Required::Contact, "contact", "contact", "联系人"),
    (Required::Unit, "unit", "unit", "设备"),
    (Required::Product, "product", "product", "产品"),
    (Required::Team, "team", "team", "处理团队"),
    (Required::Assignee, "assignee", "assignee", "处理人"),
    (
        Required::Solution,
        "solution",
        "reply with a solution",
        "解决方案回复",
    ),
];

impl Required {
    /// What a name in a step means, such as `assignee` or `field:serial_number`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(code) = name.strip_prefix(FIELD) {
            return (!code.is_empty()).then(|| Self::Field(code.to_owned()));
        }
        BUILT_IN
            .iter()
            .find(|(_, key, ..)| *key == name)
            .map(|(required, ..)| required.clone())
    }

    /// The names that may stand in a step.
    #[must_use]
    pub fn names() -> String {
        let names: Vec<&str> = BUILT_IN.iter().map(|(_, key, ..)| *key).collect();
        format!("{}, field:<code>", names.join(", "))
    }

    fn label(&self) -> (String, String) {
        if let Self::Field(code) = self {
            return (format!("field {code}"), format!("自定义字段 {code}"));
        }
        BUILT_IN
            .iter()
            .find(|(required, ..)| required == self)
            .map_or_else(Default::default, |(_, _, en, zh)| {
                ((*en).to_owned(), (*zh).to_owned())
            })
    }
}

impl fmt::Display for Required {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Field(code) = self {
            return write!(formatter, "{FIELD}{code}");
        }
        let key = BUILT_IN.iter().find(|(required, ..)| required == self);
        formatter.write_str(key.map_or("", |(_, key, ..)| key))
    }
}

/// What is still missing of what a step requires; `filled` are the codes of the custom fields that have a value.
#[must_use]
pub fn missing(
    ticket: &ticket::Model,
    filled: &BTreeSet<String>,
    required: &[Required],
) -> Vec<Required> {
    let there = |required: &Required| match required {
        Required::Subject => !ticket.subject.trim().is_empty(),
        Required::Description => !ticket.description.trim().is_empty(),
        Required::Contact => ticket.contact_id.is_some(),
        Required::Unit => ticket.unit_id.is_some(),
        Required::Product => ticket.product_id.is_some(),
        Required::Team => ticket.team_id.is_some(),
        Required::Assignee => ticket.assignee_id.is_some(),
        Required::Solution => ticket.solution_proposed_at.is_some(),
        Required::Field(code) => filled.contains(code),
    };
    required
        .iter()
        .filter(|required| !there(required))
        .cloned()
        .collect()
}

/// One mistake for each thing that is missing, at `ticket.<field>`.
#[must_use]
pub fn mistakes(step: &str, missing: &[Required]) -> Vec<UserError> {
    missing
        .iter()
        .map(|required| {
            let (en, zh) = required.label();
            let text = Text::new(
                format!(
                    "The step `{step}` needs the {en} before the ticket goes on; fill it first."
                ),
                format!("步骤 {step} 要求先填写“{zh}”，然后才能进入下一步。"),
            );
            let field = match required {
                Required::Field(code) => format!("ticket.fields.{code}"),
                other => format!("ticket.{other}"),
            };
            UserError::new(UserErrorCode::Blank, &field, text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for (required, key, ..) in BUILT_IN {
            assert_eq!(Required::parse(key), Some(required.clone()));
            assert_eq!(required.to_string(), key);
        }
        let field = Required::Field("serial".to_owned());
        assert_eq!(Required::parse("field:serial"), Some(field.clone()));
        assert_eq!(field.to_string(), "field:serial");
        for wrong in ["field:", "Subject", "password", ""] {
            assert_eq!(Required::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn every_mistake_names_its_field() {
        let missing = [Required::Assignee, Required::Field("serial".to_owned())];
        let fields: Vec<String> = mistakes("repair", &missing)
            .into_iter()
            .map(|mistake| mistake.field.join("."))
            .collect();
        assert_eq!(fields, ["ticket.assignee", "ticket.fields.serial"]);
    }
}
