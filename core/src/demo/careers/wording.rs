//! What is wanted, seen and asked.

use entity::enums::{JobFamily, StaffQuestionKind};

/// The levels that positions of a family want: communication, sales, service, product, analysis, patience.
pub const WANTS: [(JobFamily, [i32; 6]); 6] = [
    (JobFamily::ServiceDesk, [4, 2, 4, 3, 2, 4]),
    (JobFamily::TechnicalSupport, [3, 1, 3, 5, 5, 3]),
    (JobFamily::FieldService, [3, 2, 4, 5, 4, 3]),
    (JobFamily::Coordination, [4, 1, 4, 3, 4, 4]),
    (JobFamily::Management, [5, 3, 5, 4, 4, 4]),
    (JobFamily::SupportFunction, [4, 1, 4, 2, 4, 3]),
];

/// What a lead saw, competency by competency.
pub const EVIDENCE: [&str; 6] = [
    "Ten recordings heard: asks before answering. 抽听十段录音：先问清再作答。",
    "Two renewals prepared well. 两次续约准备充分。",
    "Calls back although nobody asks for it. 无人要求也主动回访。",
    "Explained the new firmware to the team. 向全组讲解新固件。",
    "Found the cause of a fault that three others had missed. 找出三人未能发现的故障原因。",
    "Stayed friendly through an hour of complaints. 一小时投诉电话始终友善。",
];

/// A question: how it is answered, in English, in Chinese, its options.
pub type Line = (
    StaffQuestionKind,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

/// What the staff is asked.
pub const QUESTIONS: [Line; 4] = [
    (
        StaffQuestionKind::Rating,
        "I have what I need to help customers.",
        "我具备帮助客户所需的条件。",
        &[],
    ),
    (
        StaffQuestionKind::Rating,
        "My lead listens and answers.",
        "主管愿意倾听并给予回应。",
        &[],
    ),
    (
        StaffQuestionKind::Rating,
        "I would recommend this place to a friend.",
        "我愿意推荐朋友来这里工作。",
        &[],
    ),
    (
        StaffQuestionKind::Choice,
        "What would help you most?",
        "什么对您帮助最大？",
        &[
            ("Better tools", "更好的工具"),
            ("More training", "更多培训"),
            ("A calmer rota", "更合理的排班"),
        ],
    ),
];
