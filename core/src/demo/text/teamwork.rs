//! What the demo company agrees on, talks about and suggests.

use entity::enums::{
    RuleBallotKind, RuleProposalState, SuggestionArea as Area, SuggestionState as State,
    SuggestionStepKind as Step,
};

use crate::demo::teamwork::Idea;

/// A proposal of the demo.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    /// What the rule is called.
    pub title: &'static str,
    /// Its text.
    pub body: &'static str,
    /// Why.
    pub reason: &'static str,
    /// What somebody says of it.
    pub comment: &'static str,
    /// The login of its proposer.
    pub by: &'static str,
    /// For the company, or for the lead's team.
    pub company: bool,
    /// How it is voted on.
    pub ballot: RuleBallotKind,
    /// How far it is.
    pub state: RuleProposalState,
    /// How long ago it was opened.
    pub days_ago: u64,
}

/// The proposals, the oldest first.
pub const PROPOSALS: [Proposal; 4] = [
    Proposal {
        title: "首问责任不推诿 Whoever answers first keeps the case",
        body: "接到客户诉求的第一人负责到底，转交须经双方确认。Whoever takes a customer's first contact keeps the case; a handover needs both sides' word.",
        reason: "上季度 6% 的投诉源于相互推诿。6 % of last quarter's complaints came from being passed on.",
        comment: "夜班转交也适用吗？Also for handovers at night?",
        by: "manager.demo",
        company: true,
        ballot: RuleBallotKind::Secret,
        state: RuleProposalState::Adopted,
        days_ago: 90,
    },
    Proposal {
        title: "工单不过夜 No case waits over night",
        body: "18:00 前受理的工单当日给出答复或下一步。What comes in until six is answered the same day, or told the next step.",
        reason: "客户最在意的是当天有回音。Customers want to hear on the same day.",
        comment: "周末由值班同事负责。On weekends those on duty do it.",
        by: "lead.demo",
        company: false,
        ballot: RuleBallotKind::Open,
        state: RuleProposalState::Adopted,
        days_ago: 60,
    },
    Proposal {
        title: "周五下午不安排例会 No meetings on Friday afternoons",
        body: "周五 14:00 后不安排例会，留作回访与整理。Friday after two is for calling customers back and for tidying up.",
        reason: "周五下午回访接通率最高。Customers are reached best then.",
        comment: "支持，回访更从容。Yes, calmer calls.",
        by: "manager.demo",
        company: true,
        ballot: RuleBallotKind::Secret,
        state: RuleProposalState::Voting,
        days_ago: 8,
    },
    Proposal {
        title: "交接班口头确认 Handover by word at shift change",
        body: "交接班时对未结工单逐一口头确认。Open cases are gone through by word at each shift change.",
        reason: "减少漏单。Nothing is missed.",
        comment: "建议限时十分钟。Ten minutes at most, please.",
        by: "agent.demo",
        company: false,
        ballot: RuleBallotKind::Open,
        state: RuleProposalState::Commenting,
        days_ago: 4,
    },
];

/// What a meeting talks about, and what comes of it.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// What.
    pub title: &'static str,
    /// What was said.
    pub minutes: &'static str,
    /// What was decided.
    pub decision: &'static str,
    /// What is to be done.
    pub item: &'static str,
}

/// The topics, week by week.
pub const TOPICS: [Topic; 4] = [
    Topic {
        title: "首次响应时间 First answers",
        minutes: "上周首次响应达成率 93%，缺口在午间。93 % in time last week; the gap is at noon.",
        decision: "午间增加一名值守。One more person at noon.",
        item: "调整午间排班 Change the shifts at noon",
    },
    Topic {
        title: "重复来电的原因 Why customers call again",
        minutes: "重复来电多因未告知进展。Most call again because they hear nothing.",
        decision: "每个阶段主动告知客户。Customers are told at each stage.",
        item: "整理进展告知话术 Write down what to say at each stage",
    },
    Topic {
        title: "典型差评复盘 A bad rating taken apart",
        minutes: "一单两次改约未致歉。Two appointments were moved without an apology.",
        decision: "改约须当面或电话致歉。Whoever moves an appointment apologises in person.",
        item: "回访三位改约客户 Call the three customers back",
    },
    Topic {
        title: "知识更新 What is new",
        minutes: "新固件影响旧型号的告警。The new firmware changes the old models' alarms.",
        decision: "旧型号告警单独标注。Alarms of old models are marked.",
        item: "编写旧型号告警说明 Explain the old models' alarms",
    },
];

/// The suggestions.
pub const SUGGESTIONS: [Idea; 5] = [
    Idea {
        title: "常见问题短信模板 Texts for frequent questions",
        body: "前二十个高频问题配短信模板，减少打字。Templates for the twenty most frequent questions.",
        area: Area::Process,
        anonymous: false,
        days_ago: 40,
        supporters: 9,
        state: State::Done,
        steps: &[
            (Step::Submitted, ""),
            (Step::Received, ""),
            (
                Step::Answered,
                "先做前十个试用两周。We try the first ten for two weeks.",
            ),
            (
                Step::Accepted,
                "试用后处理时间下降 12%。Handling took 12 % less.",
            ),
            (Step::Started, ""),
            (Step::Done, "二十个模板已上线。Twenty templates are in use."),
        ],
    },
    Idea {
        title: "外勤车辆备品清单 A list of parts for each car",
        body: "每车固定备件清单，出车前核对。A fixed list for each car, checked before it leaves.",
        area: Area::Tools,
        anonymous: false,
        days_ago: 25,
        supporters: 6,
        state: State::Realising,
        steps: &[
            (Step::Submitted, ""),
            (Step::Received, ""),
            (Step::Accepted, "可减少二次上门。Fewer second visits."),
            (Step::Started, "东区先行。The eastern region begins."),
        ],
    },
    Idea {
        title: "客服区降噪 Less noise at the service desk",
        body: "高峰时段通话互相干扰，建议加隔板。Calls disturb each other at peak times; screens would help.",
        area: Area::Workplace,
        anonymous: true,
        days_ago: 12,
        supporters: 11,
        state: State::Received,
        steps: &[
            (Step::Submitted, ""),
            (Step::Received, "正在询价。We ask for prices."),
        ],
    },
    Idea {
        title: "取消周报 No weekly reports",
        body: "周报内容系统里都有。All of it stands in the system.",
        area: Area::Process,
        anonymous: true,
        days_ago: 30,
        supporters: 4,
        state: State::Declined,
        steps: &[
            (Step::Submitted, ""),
            (Step::Received, ""),
            (
                Step::Declined,
                "周报含下周计划，系统中没有；改为半页。The plan for the next week isn't in the system; half a page is enough from now on.",
            ),
        ],
    },
    Idea {
        title: "老客户回访问候 A call for customers of many years",
        body: "合作五年以上客户每年电话问候一次。Customers of five years and more are called once a year.",
        area: Area::CustomerService,
        anonymous: false,
        days_ago: 3,
        supporters: 2,
        state: State::Submitted,
        steps: &[(Step::Submitted, "")],
    },
];
