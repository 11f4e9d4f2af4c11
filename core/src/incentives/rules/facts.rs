//! The facts that every company has, to begin a catalogue with; metrics of the register and sources of records come to them
//! (基本事实).

use super::catalogue::{Fact, FactType, Level};
use crate::error::Text;

fn fact(key: &str, kind: FactType, level: Level, name: &str, name_zh: &str) -> Fact {
    let source = match level {
        Level::Record | Level::Credit => key.split('.').next().map(str::to_owned),
        _ => None,
    };
    Fact {
        key: key.to_owned(),
        kind,
        level,
        source,
        words: Vec::new(),
        name: name.to_owned(),
        name_zh: name_zh.to_owned(),
    }
}

/// A payment for a new contract (新签).
pub const NEW: &str = "new";
/// A payment for a renewal (续约).
pub const RENEWAL: &str = "renewal";
/// Who sold (销售).
pub const SELLER: &str = "seller";
/// Who collects (收款).
pub const COLLECTOR: &str = "collector";
/// Who assisted (协助).
pub const ASSISTANT: &str = "assistant";
/// Who won a prize (获奖者).
pub const WINNER: &str = "winner";

/// What a word is called that facts can be, or a role of a record; itself where nobody gave it a name.
#[must_use]
pub fn word_name(word: &str) -> Text {
    let (en, zh) = match word {
        NEW => ("new contract", "新签"),
        RENEWAL => ("renewal", "续约"),
        SELLER => ("seller", "销售"),
        COLLECTOR => ("collector", "收款负责人"),
        ASSISTANT => ("assistant", "协助"),
        WINNER => ("winner", "获奖者"),
        _ => return Text::new(word.to_owned(), word.to_owned()),
    };
    Text::new(en, zh)
}

fn one_of(words: &[&str], fact: Fact) -> Fact {
    Fact {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        ..fact
    }
}

/// The facts of members, payments and prizes; sums of money of a member are in the company's currency.
#[must_use]
pub fn standard(currency: &str) -> Vec<Fact> {
    use FactType::{Bool, Day, Number, Text};
    use Level::{Credit, Member, Record, Team};
    let money = || FactType::Money {
        currency: Some(currency.to_owned()),
    };
    let own = || FactType::Money { currency: None };
    vec![
        fact(
            "tenure.months",
            Number,
            Member,
            "Whole months with us",
            "司龄（整月）",
        ),
        fact(
            "appraisal.score",
            Number,
            Member,
            "Score of the appraisal",
            "考核得分",
        ),
        fact(
            "appraisal.band",
            Text,
            Member,
            "Band of the appraisal",
            "考核等级",
        ),
        fact(
            "incident.count",
            Number,
            Member,
            "Critical bad behaviours",
            "关键不良行为次数",
        ),
        fact(
            "goal.target",
            Number,
            Member,
            "Target of the goal",
            "目标值",
        ),
        fact(
            "goal.actual",
            Number,
            Member,
            "What was reached of the goal",
            "目标完成值",
        ),
        fact(
            "goal.progress",
            Number,
            Member,
            "Progress of the goal in percent",
            "目标完成率（%）",
        ),
        fact(
            "team.goal_progress",
            Number,
            Team,
            "Progress of the team's goal in percent",
            "团队目标完成率（%）",
        ),
        fact(
            "contest.rank",
            Number,
            Member,
            "Best rank in a contest",
            "竞赛最好名次",
        ),
        fact(
            "exam.score",
            Number,
            Member,
            "Best score in an exam",
            "考试最好成绩",
        ),
        fact("exam.passed", Number, Member, "Exams passed", "通过考试数"),
        fact(
            "recognition.received",
            Number,
            Member,
            "Recognitions by colleagues",
            "同事认可次数",
        ),
        fact(
            "suggestion.adopted",
            Number,
            Member,
            "Suggestions that were adopted",
            "被采纳的建议数",
        ),
        fact(
            "renewal.collected",
            money(),
            Member,
            "Collected from renewals, without refunds",
            "续约净回款",
        ),
        fact(
            "contract.collected",
            money(),
            Member,
            "Collected from new contracts, without refunds",
            "新签净回款",
        ),
        fact(
            "payment.amount",
            own(),
            Record,
            "Amount of the payment",
            "回款金额",
        ),
        one_of(
            &[NEW, RENEWAL],
            fact(
                "payment.kind",
                Text,
                Record,
                "Kind of the contract",
                "合同类型",
            ),
        ),
        fact(
            "payment.new_customer",
            Bool,
            Record,
            "First contract of a new customer",
            "是否新客户首份合同",
        ),
        fact("payment.day", Day, Record, "Day of the payment", "回款日期"),
        one_of(
            &[SELLER, COLLECTOR, ASSISTANT],
            fact(
                "payment.role",
                Text,
                Credit,
                "Role of the credited member",
                "归属人角色",
            ),
        ),
        fact(
            "payment.share",
            Number,
            Credit,
            "Share of the credited member within the role, a part of one",
            "归属人在角色内的份额",
        ),
        fact(
            "contest_award.rank",
            Number,
            Record,
            "Rank of the prize",
            "获奖名次",
        ),
        one_of(
            &[WINNER],
            fact(
                "contest_award.role",
                Text,
                Credit,
                "Role of the credited member",
                "归属人角色",
            ),
        ),
        fact(
            "contest_award.share",
            Number,
            Credit,
            "Share of the credited member, a part of one",
            "归属人份额",
        ),
    ]
}

/// A metric of the register as facts of the member, the team and the region.
#[must_use]
pub fn of_metric(key: &str, name: &str, name_zh: &str) -> [Fact; 3] {
    let of = |before: &str, level, en: &str, zh: &str| {
        let key = format!("{before}.{key}");
        fact(
            &key,
            FactType::Number,
            level,
            &format!("{name}{en}"),
            &format!("{zh}{name_zh}"),
        )
    };
    [
        of("metric", Level::Member, "", ""),
        of("team", Level::Team, " of the team", "团队"),
        of("region", Level::Region, " of the region", "区域"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incentives::rules::catalogue::{Catalogue, is_key};

    #[test]
    fn every_fact_has_a_key_of_its_own_and_both_names() {
        let facts = standard("CNY");
        let catalogue = Catalogue::new(facts.clone());
        assert_eq!(catalogue.facts().count(), facts.len());
        for fact in facts.iter().chain(&of_metric(
            "tickets_resolved",
            "Tickets resolved",
            "解决工单数",
        )) {
            assert!(is_key(&fact.key), "{}", fact.key);
            assert_ne!(fact.name, fact.name_zh);
        }
        assert!(catalogue.has_source("payment") && !catalogue.has_source("tenure"));
    }

    #[test]
    fn every_word_that_a_fact_can_be_has_a_name_in_chinese() {
        let facts = standard("CNY");
        let words: Vec<&String> = facts.iter().flat_map(|fact| &fact.words).collect();
        assert!(words.len() > 5);
        for word in words {
            let name = word_name(word);
            assert!(!name.en.is_empty() && !name.zh.is_ascii(), "{word}");
        }
    }
}
