//! The variables that a template can have: a closed list.

use crate::error::Text;

/// A variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// As it stands between the braces, such as `ticket.number`.
    pub name: &'static str,
    /// What it stands for, in English.
    pub en: &'static str,
    /// 含义.
    pub zh: &'static str,
    /// An example.
    pub example: &'static str,
}

impl Variable {
    /// What it stands for, in both languages.
    #[must_use]
    pub fn description(&self) -> Text {
        Text::new(self.en, self.zh)
    }
}

const fn line(
    name: &'static str,
    en: &'static str,
    zh: &'static str,
    example: &'static str,
) -> Variable {
    Variable {
        name,
        en,
        zh,
        example,
    }
}

/// Every variable there is.
pub const CATALOGUE: &[Variable] = &[
    line(
        "ticket.number",
        "The ticket's number for people",
        "工单编号",
        "100001",
    ),
    line(
        "ticket.subject",
        "The matter in one line",
        "工单主题",
        "The array beeps",
    ),
    line(
        "ticket.kind",
        "What kind of request it is, in the text's language",
        "工单类型",
        "Fault repair",
    ),
    line(
        "ticket.stage",
        "How far it has come, in the text's language",
        "当前阶段",
        "Analysis",
    ),
    line(
        "ticket.state",
        "Being worked on, waiting or ended, in the text's language",
        "工单状态",
        "Waiting for parts",
    ),
    line(
        "ticket.priority",
        "How urgent it is, in the text's language",
        "优先级",
        "High",
    ),
    line(
        "ticket.createdAt",
        "When it was opened, in the organisation's time zone",
        "创建时间（按组织所在时区）",
        "2 March 2026, 10:00",
    ),
    line(
        "ticket.dueAt",
        "By when it is to be resolved; missing when no clock runs or you may not see due times",
        "承诺完成时间；没有时限或无权查看时为空",
        "4 March 2026, 10:00",
    ),
    line(
        "customer.name",
        "The customer",
        "客户名称",
        "北京华信科技有限公司",
    ),
    line(
        "contact.name",
        "The person to talk to; every look is logged",
        "联系人姓名（每次查看均有记录）",
        "王芳",
    ),
    line(
        "partner.name",
        "The partner who takes part in it",
        "合作伙伴名称",
        "华东服务站",
    ),
    line(
        "product.name",
        "The product it is about, in the text's language",
        "产品名称",
        "Storage array 100",
    ),
    line(
        "unit.serial",
        "The serial number of the unit it is about",
        "设备序列号",
        "SN-000123",
    ),
    line(
        "team.name",
        "The team that has it, in the text's language",
        "处理团队",
        "Service desk north",
    ),
    line(
        "owner.name",
        "The member who answers for it to the end",
        "首问责任人",
        "Li Na",
    ),
    line(
        "assignee.name",
        "The member who works on it",
        "处理人",
        "Chen Jie",
    ),
    line("me.name", "Yourself", "当前登录者姓名", "Li Na"),
    line(
        "today",
        "The day in the organisation's time zone",
        "当天日期（按组织所在时区）",
        "2 March 2026",
    ),
];

/// The variable of that name.
#[must_use]
pub fn variable(name: &str) -> Option<&'static Variable> {
    CATALOGUE.iter().find(|variable| variable.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_at_most_two_deep() {
        for (place, one) in CATALOGUE.iter().enumerate() {
            assert!(one.name.split('.').count() <= 2, "{}", one.name);
            let again = CATALOGUE
                .iter()
                .skip(place + 1)
                .any(|other| other.name == one.name);
            assert!(!again, "{} stands twice", one.name);
            // A variable isn't also the beginning of others.
            let prefix = format!("{}.", one.name);
            assert!(
                !CATALOGUE
                    .iter()
                    .any(|other| other.name.starts_with(&prefix))
            );
        }
    }
}
