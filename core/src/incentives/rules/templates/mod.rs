//! Rules to begin with: for each method, and for commission on renewals and new contracts (规则模板).
//!
//! A template is a rule like any other; who takes one changes its names, numbers and population. To add one: a file beside
//! this one, and a line in [`FILES`].

#[cfg(test)]
mod tests;

use super::content::RuleContent;

/// A rule to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its key, such as `renewal_commission`.
    pub key: &'static str,
    /// What it says.
    pub content: RuleContent,
}

const FILES: [(&str, &str); 11] = [
    ("goal_bonus", include_str!("goal_bonus.toml")),
    ("team_goal_bonus", include_str!("team_goal_bonus.toml")),
    (
        "star_of_the_quarter",
        include_str!("star_of_the_quarter.toml"),
    ),
    ("contest_prize", include_str!("contest_prize.toml")),
    (
        "satisfaction_bonus",
        include_str!("satisfaction_bonus.toml"),
    ),
    ("workload_bonus", include_str!("workload_bonus.toml")),
    ("suggestion_bonus", include_str!("suggestion_bonus.toml")),
    ("conduct_deduction", include_str!("conduct_deduction.toml")),
    ("feedback_talk", include_str!("feedback_talk.toml")),
    (
        "renewal_commission",
        include_str!("renewal_commission.toml"),
    ),
    (
        "new_customer_commission",
        include_str!("new_customer_commission.toml"),
    ),
];

/// All templates, with money in the company's currency.
#[must_use]
pub fn all(currency: &str) -> Vec<Template> {
    FILES
        .iter()
        .filter_map(|(key, text)| {
            // A test reads every one of them.
            let mut content: RuleContent = toml::from_str(text).ok()?;
            if content.currency.is_some() {
                content.currency = Some(currency.to_owned());
            }
            Some(Template { key, content })
        })
        .collect()
}
