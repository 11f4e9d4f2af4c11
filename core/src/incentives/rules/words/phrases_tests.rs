use super::*;

/// What is known where the expressions below are told.
struct Known;

impl Names for Known {
    fn named(&self, key: &str) -> Option<(Text, Text)> {
        let known = [
            ("goal.progress", "Progress", "完成率", "120", "120"),
            ("goal.target", "Target", "目标值", "50", "50"),
            ("exam.score", "Best score", "最好成绩", "not known", "未知"),
            (
                "payment.amount",
                "Payment",
                "回款金额",
                "9,000.00 CNY",
                "9,000.00 CNY",
            ),
            ("payment.kind", "Kind", "合同类型", "renewal", "续约"),
            (
                "payment.day",
                "Day of it",
                "回款日期",
                "2026-10-15",
                "2026-10-15",
            ),
            (
                "payment.new_customer",
                "New customer",
                "新客户",
                "yes",
                "是",
            ),
            (
                "appraisal.band",
                "Band",
                "考核等级",
                "excellent",
                "excellent",
            ),
            ("rate", "Rate", "比例", "0.05", "0.05"),
            ("tiers", "what the tiers bring", "阶梯所得", "255", "255"),
        ];
        let (_, en, zh, value, value_zh) = *known.iter().find(|one| one.0 == key)?;
        Some((Text::new(en, zh), Text::new(value, value_zh)))
    }

    fn number(&self, number: &str) -> String {
        number.to_owned()
    }

    fn money(&self, number: &str, currency: Option<&str>) -> Option<String> {
        Some(format!("{number} {}", currency.unwrap_or("CNY")))
    }

    fn word(&self, beside: Option<&str>, word: &str) -> Text {
        match (beside, word) {
            (Some("payment.kind"), "renewal") => Text::new("renewal", "续约"),
            _ => Text::new(format!("\"{word}\""), format!("“{word}”")),
        }
    }
}

#[test]
fn expressions_are_told_in_words() {
    let table = [
        (
            "goal.progress >= 100",
            "Progress (120) is at least 100",
            "完成率（120）不低于 100",
        ),
        (
            "exam.score > 60",
            "Best score (not known) is more than 60",
            "最好成绩（未知）大于 60",
        ),
        (
            "payment.kind == \"renewal\"",
            "Kind (renewal) is renewal",
            "合同类型（续约）为续约",
        ),
        (
            "appraisal.band != \"weak\"",
            "Band (excellent) isn't \"weak\"",
            "考核等级（excellent）不为“weak”",
        ),
        (
            "appraisal.band in [\"good\", \"excellent\"]",
            "Band (excellent) is one of: \"good\", \"excellent\"",
            "考核等级（excellent）属于：“good”、“excellent”",
        ),
        (
            "payment.day >= day(\"2026-10-01\") && payment.day < day(\"2026-11-01\")",
            "Day of it (2026-10-15) is 2026-10-01 or after and Day of it (2026-10-15) is before 2026-11-01",
            "回款日期（2026-10-15）不早于2026-10-01，并且回款日期（2026-10-15）早于2026-11-01",
        ),
        (
            "payment.amount > money(0)",
            "Payment (9,000.00 CNY) is more than 0 CNY",
            "回款金额（9,000.00 CNY）大于 0 CNY",
        ),
        (
            "payment.amount > money(10, \"USD\")",
            "Payment (9,000.00 CNY) is more than 10 USD",
            "回款金额（9,000.00 CNY）大于 10 USD",
        ),
        ("has(exam.score)", "Best score is known", "最好成绩已知"),
        (
            "!has(exam.score) && payment.new_customer",
            "Best score isn't known and New customer (yes)",
            "最好成绩未知，并且新客户（是）",
        ),
        (
            "goal.progress >= 100 && (exam.score > 60 || payment.new_customer) && rate < 1",
            "Progress (120) is at least 100 and (Best score (not known) is more than 60 or New customer (yes)) and Rate (0.05) is less than 1",
            "完成率（120）不低于 100，并且（最好成绩（未知）大于 60，或者新客户（是）），并且比例（0.05）小于 1",
        ),
        (
            "!(goal.progress < 100)",
            "it isn't so that Progress (120) is less than 100",
            "并非（完成率（120）小于 100）",
        ),
        (
            "payment.amount * rate",
            "Payment (9,000.00 CNY) times Rate (0.05)",
            "回款金额（9,000.00 CNY）乘以 比例（0.05）",
        ),
        (
            "money((goal.progress - goal.target) * 2)",
            "(Progress (120) minus Target (50)) times 2",
            "（完成率（120）减 目标值（50））乘以 2",
        ),
        (
            "goal.target > 0 ? goal.progress / goal.target : 0",
            "Progress (120) divided by Target (50) if Target (50) is more than 0, otherwise 0",
            "若目标值（50）大于 0，则为 完成率（120）除以 目标值（50），否则为 0",
        ),
        (
            "coalesce(exam.score, 0) >= 60",
            "(Best score (not known) or, where that isn't known, 0) is at least 60",
            "（最好成绩（未知）（未知时按0））不低于 60",
        ),
        (
            "min(goal.progress, 150)",
            "the least of: Progress (120), 150",
            "完成率（120）、150中的最小者",
        ),
        (
            "int(goal.progress)",
            "Progress (120) without decimals",
            "完成率（120）取整数部分",
        ),
        (
            "days(payment.day, day(\"2026-11-01\"))",
            "the days from Day of it (2026-10-15) to 2026-11-01",
            "回款日期（2026-10-15）至2026-11-01的天数",
        ),
        ("-goal.progress", "-Progress (120)", "-完成率（120）"),
        // What it is follows anyway.
        ("tiers", "what the tiers bring", "阶梯所得"),
        (
            "tiers + money(5)",
            "what the tiers bring (255) plus 5 CNY",
            "阶梯所得（255）加 5 CNY",
        ),
    ];
    for (expression, en, zh) in table {
        let told = phrase(expression, &Known).unwrap_or_else(|| panic!("{expression}"));
        assert_eq!((&*told.en, &*told.zh), (en, zh), "{expression}");
    }
}

#[test]
fn what_cant_be_told_is_left_as_it_is() {
    let long = vec!["goal.progress >= 100"; 40].join(" && ");
    for expression in [
        "nobody.knows > 1",
        "has(nobody.knows)",
        "goal.progress >=",
        "goal.progress 5",
        "[1, 2]",
        "\"open",
        "",
        &long,
        &"(".repeat(500),
        &"!".repeat(900),
    ] {
        assert_eq!(phrase(expression, &Known), None, "{expression}");
    }
}
