//! Courses of the demo company and the learning paths that are made of them.

use entity::enums::{TrainingAudience, TrainingKind, TrainingSubject};

use TrainingAudience::{Customers, Staff};
use TrainingKind::{CaseStudy, Course, Drill, Sharing};

/// A course as the company wrote it down.
#[derive(Clone, Copy, Debug)]
pub struct CourseText {
    /// Its code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// What it is about.
    pub subject: TrainingSubject,
    /// How it is held.
    pub kind: TrainingKind,
    /// For whom.
    pub audience: TrainingAudience,
    /// How long it takes.
    pub minutes: i32,
    /// What is learnt.
    pub about: &'static str,
    /// The same in Chinese.
    pub about_zh: &'static str,
    /// What there is to read, in a few words.
    pub reading: &'static str,
}

/// A path: code, names, position whose holders must do it, within how many days, its courses.
pub type PathLine = (
    &'static str,
    [&'static str; 2],
    Option<(&'static str, i32)>,
    &'static [&'static str],
);

/// Every course.
#[rustfmt::skip]
pub const COURSES: [CourseText; 13] = [
    CourseText { code: "policy-1", name: "Company policies and confidentiality", name_zh: "公司制度与客户信息保密", subject: TrainingSubject::CompanyPolicy, kind: Course, audience: Staff, minutes: 180,
        about: "First-responder responsibility, handling of customers' data, rules of conduct.", about_zh: "首问责任制、客户信息的使用与保密、行为规范。", reading: "客户信息只用于本次服务；查看联系方式会留下记录。" },
    CourseText { code: "service-1", name: "Basics of service", name_zh: "服务基础", subject: TrainingSubject::ServiceSkill, kind: Course, audience: Staff, minutes: 360,
        about: "The five stages of a ticket, service levels, records that others can go on with.", about_zh: "工单五个阶段、服务级别、便于他人接手的记录。", reading: "受理、分析、方案、执行、反馈：每一步都要让客户知道。" },
    CourseText { code: "product-chg", name: "Charging stations", name_zh: "充电桩产品知识", subject: TrainingSubject::ProductKnowledge, kind: Course, audience: Staff, minutes: 240,
        about: "Types, construction, error codes and the most frequent faults of AC and DC charging stations.", about_zh: "交流与直流充电桩的型号、结构、故障码与常见故障。", reading: "常见故障码速查表。" },
    CourseText { code: "product-inv", name: "Inverters and storage", name_zh: "逆变器与储能产品知识", subject: TrainingSubject::ProductKnowledge, kind: Course, audience: Staff, minutes: 240,
        about: "How inverters and storage work, how they are put into operation, and what alarms mean.", about_zh: "逆变器与储能系统的原理、调试与告警含义。", reading: "告警含义与处理建议。" },
    CourseText { code: "safety-el", name: "Electrical safety on site", name_zh: "现场电气安全", subject: TrainingSubject::TechnicalSkill, kind: Course, audience: Staff, minutes: 300,
        about: "Switching off, locking, measuring, working in pairs; what to do after an accident.", about_zh: "断电、上锁、验电、双人作业；事故应急处置。", reading: "断电、上锁挂牌、等待、验电，顺序不可颠倒。" },
    CourseText { code: "diag-remote", name: "Remote diagnosis", name_zh: "远程诊断", subject: TrainingSubject::TechnicalSkill, kind: Drill, audience: Staff, minutes: 180,
        about: "Reading logs, narrowing faults down with the customer on the phone, when to send somebody.", about_zh: "读取日志、与客户配合缩小故障范围、判断何时派工。", reading: "先复现，再定位，最后给方案。" },
    CourseText { code: "comm-1", name: "Communication with customers", name_zh: "客户沟通技巧", subject: TrainingSubject::Communication, kind: Course, audience: Staff, minutes: 180,
        about: "Listening, asking, explaining without jargon; good news and bad news.", about_zh: "倾听、提问、不说行话；如何告知好消息与坏消息。", reading: "听完，复述，确认，再解释。" },
    CourseText { code: "complaint", name: "Complaints: cases", name_zh: "投诉处理案例分析", subject: TrainingSubject::ServiceSkill, kind: CaseStudy, audience: Staff, minutes: 120,
        about: "Three complaints of the last quarter, read together: what happened, what would have helped.", about_zh: "共同复盘上季度三起投诉：经过、转折点与改进。", reading: "案例材料已隐去客户信息。" },
    CourseText { code: "emotion", name: "Keeping calm", name_zh: "情绪管理", subject: TrainingSubject::EmotionManagement, kind: Drill, audience: Staff, minutes: 120,
        about: "Role plays of difficult calls; how to wind down after one.", about_zh: "高压来电情景演练；通话后的自我调节。", reading: "先处理情绪，再处理问题。" },
    CourseText { code: "team-1", name: "Working across teams", name_zh: "跨组协作", subject: TrainingSubject::Teamwork, kind: Course, audience: Staff, minutes: 120,
        about: "Handovers, matrix teams, who answers for what.", about_zh: "工单移交、矩阵式小组、责任划分。", reading: "移交时写清：做了什么、还缺什么、客户在等什么。" },
    CourseText { code: "share-ts", name: "Technicians share", name_zh: "技术分享会", subject: TrainingSubject::TechnicalSkill, kind: Sharing, audience: Staff, minutes: 90,
        about: "An engineer shows the most instructive repair of the month.", about_zh: "工程师讲解当月最有价值的一次维修。", reading: "往期分享的要点。" },
    CourseText { code: "dispatch-1", name: "Coordination and dispatch", name_zh: "协调与派工", subject: TrainingSubject::ServiceSkill, kind: Course, audience: Staff, minutes: 180,
        about: "Skills, certificates, load and distance: who goes where, and why.", about_zh: "技能、证书、负荷与距离：派谁去，为什么。", reading: "派工依据与常见误区。" },
    CourseText { code: "cust-use", name: "Using the charging station", name_zh: "充电桩使用培训（客户）", subject: TrainingSubject::ProductKnowledge, kind: Course, audience: Customers, minutes: 60,
        about: "For customers: daily use, the app, what to check before calling.", about_zh: "面向客户：日常使用、手机应用、报修前自查。", reading: "报修前请先查看指示灯与应用提示。" },
];

/// Every learning path.
pub const PATHS: [PathLine; 4] = [
    (
        "onboard-cs",
        ["Onboarding: customer service", "客服新人入职培训"],
        Some(("CSR", 60)),
        &["policy-1", "service-1", "comm-1"],
    ),
    (
        "onboard-ts",
        ["Onboarding: technical support", "技术支持新人入职培训"],
        Some(("TSE", 90)),
        &["policy-1", "service-1", "product-chg", "diag-remote"],
    ),
    (
        "onboard-fs",
        ["Onboarding: field service", "现场工程师入职培训"],
        Some(("FSE", 90)),
        &["policy-1", "safety-el", "product-chg"],
    ),
    (
        "CALM",
        ["Calm on the phone", "从容应对来电"],
        None,
        &["emotion", "complaint"],
    ),
];

/// Which courses members of a position are sent to over the year.
#[must_use]
pub fn for_position(position: &str) -> &'static [&'static str] {
    match position {
        "CSR" | "CSC" | "RCS" | "CSL" => &[
            "policy-1",
            "service-1",
            "comm-1",
            "complaint",
            "emotion",
            "product-chg",
            "team-1",
        ],
        "TSE" => &[
            "policy-1",
            "service-1",
            "product-chg",
            "product-inv",
            "diag-remote",
            "share-ts",
            "comm-1",
        ],
        "FSE" | "FSS" => &[
            "policy-1",
            "safety-el",
            "product-chg",
            "product-inv",
            "share-ts",
            "comm-1",
        ],
        "ACD" | "ACP" => &["policy-1", "dispatch-1", "service-1", "team-1", "comm-1"],
        _ => &["policy-1", "team-1", "comm-1"],
    }
}

/// Studies elsewhere: title, where, minutes, proof.
#[rustfmt::skip]
pub const STUDIES: [(&str, &str, i32, &str); 5] = [
    ("低压电工作业实操", "市安全生产培训中心", 960, "结业证号"),
    ("光伏系统运维", "省电力行业协会", 720, "结业证号"),
    ("服务质量管理", "开放大学", 600, "课程成绩单"),
    ("Excel 数据分析", "网络课程", 480, "电子证书"),
    ("心理学与沟通", "网络课程", 360, "电子证书"),
];

/// What is said of sessions, with the ratings that it goes with.
pub const SAID: [(&str, i32, i32); 8] = [
    ("内容实用，案例贴近工作。", 4, 5),
    ("讲师经验丰富，答疑耐心。", 4, 5),
    ("希望增加实操时间。", 3, 4),
    ("节奏偏快，材料最好提前发。", 3, 4),
    ("与工作关系不大。", 2, 3),
    ("现场演练很有帮助。", 5, 5),
    ("时间安排在忙季，比较吃力。", 2, 4),
    ("建议按产品分组讲解。", 3, 5),
];
