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
    GOAL_IN_TIME_PERCENT: i64 = whole("goal.in_time_percent", 95, (1, 100), Unit::Percent;
        "Goals: target for first responses, preliminary solutions and resolutions in time, unless the goal has one of its own", "目标：首次响应、初步方案和解决及时率的默认目标值（目标另有设定的除外）");
    GOAL_SATISFIED_PERCENT: i64 = whole("goal.satisfied_percent", 90, (1, 100), Unit::Percent;
        "Goals: target for satisfied customers, unless the goal has one of its own", "目标：客户满意率的默认目标值（目标另有设定的除外）");
    GOAL_RESOLUTION_HOURS: i64 = whole("goal.resolution_hours", 24, (1, 8_760), Unit::Hours;
        "Goals: target for the mean time until tickets are resolved, unless the goal has one of its own", "目标：平均解决时长的默认目标值（目标另有设定的除外）");
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
    MENTORING_WINDOW_DAYS: i64 = whole("mentoring.window_days", 30, (7, 92), Unit::Days;
        "Mentoring: length of the windows in which a newcomer's figure is held against the team's", "带教：新人指标与团队比较的窗口天数");
    MENTORING_STEP_DAYS: i64 = whole("mentoring.step_days", 7, (1, 92), Unit::Days;
        "Mentoring: so many days after a window the next one begins", "带教：相邻窗口的间隔天数");
    MENTORING_LEAST_CASES: i64 = whole("mentoring.least_cases", 5, (1, 1000), Unit::Plain;
        "Mentoring: a figure of fewer cases in a window isn't looked at, the newcomer's or a colleague's", "带教：窗口内少于此数的案例不参与比较");
    MENTORING_FACTOR_PERCENT: i64 = whole("mentoring.factor_percent", 100, (10, 200), Unit::Percent;
        "Mentoring: so much of the team's figure is the standard", "带教：达标线占团队水平的比例");
    MENTORING_AGAINST_MEAN: bool = flag("mentoring.against_mean", false;
        "Mentoring: the team's figure is the mean of its members' and not the median", "带教：团队水平取平均值而非中位数");
    MENTORING_EXPECTED_DAYS: i64 = whole("mentoring.expected_days", 90, (1, 1000), Unit::Days;
        "Mentoring: days within which a newcomer is expected to reach the standard, on average", "带教：新人达标的预期平均天数");
    NEEDS_WINDOW_DAYS: i64 = whole("needs.window_days", 90, (7, 366), Unit::Days;
        "Training needs: how far back exams, ratings and tickets are looked at", "培训需求：统计回溯天数");
    NEEDS_LEAST_CASES: i64 = whole("needs.least_cases", 5, (1, 1000), Unit::Plain;
        "Training needs: of fewer cases nothing is said", "培训需求：少于此数的样本不作判断");
    NEEDS_TOPIC_PERCENT: i64 = whole("needs.topic_percent", 60, (1, 100), Unit::Percent;
        "Training needs: answers to questions of a topic that reach less on average", "培训需求：知识点平均得分率低于此值");
    NEEDS_RATING_HUNDREDTHS: i64 = whole("needs.rating_hundredths", 350, (100, 500), Unit::Plain;
        "Training needs: mean ratings below so many hundredths of a point", "培训需求：平均评分低于此值（百分之一分）");
    NEEDS_REOPEN_PERCENT: i64 = whole("needs.reopen_percent", 10, (0, 100), Unit::Percent;
        "Training needs: more than so many of a hundred resolved tickets come back", "培训需求：工单重开率高于此值");
    NEEDS_APPRAISAL_POINTS: i64 = whole("needs.appraisal_points", 70, (1, 100), Unit::Plain;
        "Training needs: appraisals that reach less on average, of a hundred points", "培训需求：考核平均得分低于此值（百分制）");
    NEEDS_EFFECT_DAYS: i64 = whole("needs.effect_days", 60, (7, 366), Unit::Days;
        "Training effect: so many days before a session are held against as many after it", "培训效果：培训前后对比天数");
    NEEDS_EFFECT_LEAST_PEOPLE: i64 = whole("needs.effect_least_people", 5, (2, 200), Unit::Plain;
        "Training effect: of fewer people on either side nothing is said", "培训效果：任一组少于此人数时不作判断");
    PROBATION_MONTHS: i64 = whole("probation.months", 3, (1, 12), Unit::Plain;
        "Probation: months that one takes unless an end is given", "试用期：默认月数");
    PROBATION_LONGEST_MONTHS: i64 = whole("probation.longest_months", 6, (1, 24), Unit::Plain;
        "Probation: months that one takes at most, with all extensions", "试用期：含延长在内的最长月数");
    PROBATION_NOTICE_DAYS: i64 = whole("probation.notice_days", 14, (0, 92), Unit::Days;
        "Probation: how long before its planned end one is due for a decision", "试用期：到期前多少天列入待评审");
    APPRAISAL_PEERS: i64 = whole("appraisal.peers", 5, (3, 20), Unit::Plain;
        "Appraisals: so many colleagues are asked for feedback about a member", "考核：每位成员邀请的同事评价人数");
    APPRAISAL_MOST_REQUESTS: i64 = whole("appraisal.most_requests", 8, (1, 50), Unit::Plain;
        "Appraisals: nobody is asked for feedback more often in a cycle", "考核：每人每周期最多收到的评价邀请数");
    APPRAISAL_REMINDER_DAYS: i64 = whole("appraisal.reminder_days", 5, (1, 30), Unit::Days;
        "Appraisals: what is due within so many days is in the list of tasks", "考核：距截止多少天内列入待办");
    INCENTIVE_AUTHOR_NEVER_ACTIVATES: bool = flag("incentive.author_never_activates", false;
        "Incentives: who wrote a version of a rule doesn't put it into force; that they don't approve it holds always", "激励：编写规则版本的人不得启用该版本（不得自行批准始终有效）");
    RECOGNITION_PER_MONTH: i64 = whole("recognition.per_month", 5, (0, 100), Unit::Plain;
        "Recognition: the most that a member gives in a calendar month", "同事认可：每人每月最多认可次数");
    RECOGNITION_PER_PAIR_QUARTER: i64 = whole("recognition.per_pair_quarter", 2, (0, 50), Unit::Plain;
        "Recognition: the most that a member gives to the same colleague in a calendar quarter", "同事认可：每季度对同一同事最多认可次数");
    RECOGNITION_RETURN_DAYS: i64 = whole("recognition.return_days", 7, (0, 92), Unit::Days;
        "Recognition: so many days nobody recognises a colleague who has just recognised them", "同事认可：被认可后多少天内不能回认对方");
    STAFF_SURVEY_MINIMUM_GROUP: i64 = whole("staff_survey.minimum_group", 5, (3, 100), Unit::Plain;
        "Staff survey: answers of fewer people are never shown; a round keeps the figure of the day on which it opened", "员工调查：人数少于此值不予显示（以开放当日的数值为准）");
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
    COMPANY_CURRENCY: String = text("company.currency", "CNY", 3;
        "Money: the currency that metrics of money count (ISO 4217); money in others isn't in them. After a change count anew: aftercare metrics rebuild", "金额：统计指标所用币种（ISO 4217），其他币种不计入；修改后须执行 aftercare metrics rebuild 重新统计");
    RENEWAL_NOTICE_DAYS: i64 = whole("renewal.notice_days", 60, (1, 366), Unit::Days;
        "Renewals: so many days before a contract ends its renewal comes into the worklist", "续约：合同到期前多少天进入续约待办");
    RENEWAL_RISK_DAYS: i64 = whole("renewal.risk_days", 30, (1, 366), Unit::Days;
        "Renewals: a customer who wasn't contacted so many days before the contract ends is at risk", "续约：合同到期前多少天仍未联系视为有流失风险");
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
