//! Every setting of the product, one line each: name, type, key, default, range, unit, meaning in both languages.

use super::figure::{Definition, Setting, Unit};

macro_rules! settings {
    ($($name:ident: $type:ty = $make:ident($key:literal, $($rest:expr),* ; $en:literal, $zh:literal);)*) => {
        $(
            #[doc = concat!("`", $key, "`: ", $en, " · ", $zh)]
            pub const $name: Setting<$type> = Setting::<$type>::$make($key, $($rest,)* $en, $zh);
        )*

        /// All settings, sorted by subject as in the source.
        pub const CATALOGUE: &[Definition] = &[$($name.definition,)*];
    };
}

settings! {
    DISPATCH_WEIGHT_LOAD: i64 = whole("dispatch.weight.load", 40, (0, 100), Unit::Plain;
        "Dispatch: weight of how little a member has to do", "派单：工作负荷权重");
    DISPATCH_WEIGHT_FIT: i64 = whole("dispatch.weight.fit", 40, (0, 100), Unit::Plain;
        "Dispatch: weight of how well skills and region fit", "派单：技能与区域匹配权重");
    DISPATCH_WEIGHT_FAIRNESS: i64 = whole("dispatch.weight.fairness", 20, (0, 100), Unit::Plain;
        "Dispatch: weight of how little a member was given lately", "派单：公平性权重");
    DISPATCH_FAIRNESS_DAYS: i64 = whole("dispatch.fairness_days", 14, (1, 92), Unit::Days;
        "Dispatch: how far back the sharing of work is looked at", "派单：公平性统计天数");
    DISPATCH_AUTOMATIC: bool = flag("dispatch.automatic", false;
        "Dispatch: give out waiting tickets without anybody asking", "派单：自动分派等待中的工单");
    CAPACITY_DEFAULT: i64 = whole("capacity.default", 20, (0, 1000), Unit::Tickets;
        "Open tickets that a member can have unless something else is set", "成员默认工作容量（未结工单数）");
    CREDIT_OWNER_PERCENT: i64 = whole("credit.owner_percent", 60, (0, 100), Unit::Percent;
        "Share of a ticket's credit that goes to its owner; contributors share the rest", "工单计分中首问责任人的份额，其余由协作人分享");
    STAFFING_DEDICATED_FROM: i64 = whole("staffing.dedicated_from", 40, (1, 100_000), Unit::Plain;
        "Staffing: customers from which on a dedicated member looks after them", "人员配置：设专人的客户数");
    STAFFING_RELIEVED_FROM: i64 = whole("staffing.relieved_from", 60, (1, 100_000), Unit::Plain;
        "Staffing: customers from which on that member is freed of basic information work", "人员配置：专人免除基础信息工作的客户数");
    STAFFING_PER_MEMBER: i64 = whole("staffing.per_member", 200, (1, 100_000), Unit::Plain;
        "Staffing: about so many customers a member", "人员配置：每人约管理的客户数");
    STAFFING_PAIR_FROM: i64 = whole("staffing.pair_from", 300, (1, 100_000), Unit::Plain;
        "Staffing: customers from which on there are two members at least", "人员配置：设两人的客户数");
    STAFFING_LARGE_FROM: i64 = whole("staffing.large_from", 1_000, (1, 1_000_000), Unit::Plain;
        "Staffing: customers from which on there are four members at least, and a manager", "人员配置：设四至五人及主管的客户数");
    STAFFING_MANAGER_FROM: i64 = whole("staffing.manager_from", 4, (1, 1_000), Unit::Plain;
        "Staffing: members from which on there is a manager", "人员配置：设主管的人数");
    SURVEY_DAYS_OPEN: i64 = whole("survey.days_open", 14, (1, 30), Unit::Days;
        "How long a survey can be answered", "满意度调查的有效天数");
    SURVEY_LOW_RATING: i64 = whole("survey.low_rating", 2, (1, 5), Unit::Points;
        "A rating of so much or less is followed up", "评分不高于此值时进行差评回访");
    SURVEY_FOLLOW_UP_HOURS: i64 = whole("survey.follow_up_hours", 48, (1, 720), Unit::Hours;
        "Within how long a bad rating is followed up", "差评回访时限");
    METRICS_MINIMUM_GROUP: i64 = whole("metrics.minimum_group", 3, (2, 50), Unit::Plain;
        "Figures with fewer members behind them are withheld from those who may not see figures of single members", "少于此人数的统计值对无个人指标权限者不予显示");
    CERTIFICATE_WARNING_DAYS: i64 = whole("certificate.warning_days", 60, (1, 365), Unit::Days;
        "How long before a certificate runs out its holder is warned", "证书到期前多少天提醒");
    EXAM_APPEAL_DAYS: i64 = whole("exam.appeal_days", 14, (1, 92), Unit::Days;
        "For how long after its publication a result can be appealed against", "成绩发布后可申诉的天数");
    TRAINING_HOURS_A_YEAR: i64 = whole("training.hours_a_year", 40, (0, 1000), Unit::Hours;
        "Training: hours that a member learns in a year, unless the position has a target of its own", "培训：成员年度学时目标（岗位另有目标的除外）");
    TRAINING_FEEDBACK_DAYS: i64 = whole("training.feedback_days", 14, (1, 60), Unit::Days;
        "Training: how long those who attended can say how a session was; only then it is shown", "培训：反馈收集天数，结束后方可查看汇总");
    TRAINING_MINIMUM_GROUP: i64 = whole("training.minimum_group", 3, (2, 50), Unit::Plain;
        "Training: feedback of fewer people is never shown", "培训：反馈人数少于此值时不予显示");
    RULE_QUORUM_PERCENT: i64 = whole("rule.quorum_percent", 50, (1, 100), Unit::Percent;
        "Rules: so many of those who may vote must, unless the proposal says otherwise", "管理规则：表决的最低参与比例（提案另有规定的除外）");
    RULE_MAJORITY_PERCENT: i64 = whole("rule.majority_percent", 50, (1, 99), Unit::Percent;
        "Rules: more than so many of the yes and no must be yes, unless the proposal says otherwise", "管理规则：赞成票须超过赞成与反对票总数的比例（提案另有规定的除外）");
    RULE_VOTE_DAYS: i64 = whole("rule.vote_days", 7, (1, 60), Unit::Days;
        "Rules: how long a vote lasts, unless something else is said when it begins", "管理规则：表决天数（发起时另行指定的除外）");
    RULE_ACKNOWLEDGE_DAYS: i64 = whole("rule.acknowledge_days", 7, (0, 92), Unit::Days;
        "Rules: within how many days a new text is taken note of", "管理规则：新版本须在多少天内确认已阅");
    RULE_SECRET_MINIMUM: i64 = whole("rule.secret_minimum", 3, (2, 50), Unit::Plain;
        "Rules: a secret vote has so many voters at least, and with fewer ballots its figures are withheld", "管理规则：无记名表决的最低人数，选票少于此数时不显示票数");
    SLA_CATCH_UP_MINUTES: i64 = whole("sla.catch_up_minutes", 15, (0, 1440), Unit::Minutes;
        "Service levels: warnings older than this after a standstill are told in one summary", "服务级别：停机后早于此时间的提醒合并为一条汇总");
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_unique_and_defaults_allowed() {
        let keys: BTreeSet<&str> = CATALOGUE.iter().map(|setting| setting.key).collect();
        assert_eq!(keys.len(), CATALOGUE.len());
        for setting in CATALOGUE {
            assert!(
                setting.shape.allows(&setting.shape.default()),
                "{}",
                setting.key
            );
        }
    }
}
