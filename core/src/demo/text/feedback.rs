//! What customers say when they are asked, and what colleagues say when they hand over.

/// Why an owner hands a ticket over.
pub const HANDOVER_REASONS: [&str; 5] = [
    "下周休假，请接手跟进",
    "客户在您负责的区域，沟通更方便",
    "本人手头工单较多，申请移交",
    "客户此前由您服务，情况更熟悉",
    "轮岗至其他小组，移交在办工单",
];

/// Taken on.
pub const HANDOVER_TAKEN: [&str; 3] =
    ["收到，已接手", "好的，我来跟进到底", "已了解情况，接手处理"];

/// Not taken on.
pub const HANDOVER_DECLINED: [&str; 3] = [
    "本周已满负荷，建议移交他人",
    "明天起外出现场，无法跟进",
    "客户诉求仍需原责任人确认",
];

const GOOD: [&str; 8] = [
    "服务很及时，工程师很专业",
    "态度很好，问题解决得很彻底",
    "非常满意，感谢！",
    "回复快，讲解清楚",
    "Quick and friendly, thank you.",
    "上门准时，处理干净利落",
    "比预期快，点赞",
    "一次就修好了",
];
const FAIR: [&str; 5] = [
    "问题解决了，但等的时间有点长",
    "总体还可以，希望进度通知更主动",
    "备件到货慢了一些",
    "It works again, but I had to ask twice.",
    "沟通过程中换了两个人，重复说明了情况",
];
const BAD: [&str; 6] = [
    "等了好几天没人联系我",
    "修了两次还是有问题",
    "答复含糊，始终没有说明原因",
    "态度生硬，不愿意听完问题",
    "Nobody called back for three days.",
    "承诺的时间没有兑现",
];

/// What goes with a rating.
#[must_use]
pub fn comments(rating: i32) -> &'static [&'static str] {
    match rating {
        4.. => &GOOD,
        3 => &FAIR,
        _ => &BAD,
    }
}

/// What came of calling back.
pub const FOLLOWED_UP: [&str; 5] = [
    "已电话致歉并说明原因，客户表示理解",
    "安排工程师二次上门，问题已解决",
    "补发备件并跟踪到货，客户满意",
    "已升级处理并指定专人跟进，客户认可",
    "客户反映沟通问题，已在班组会上复盘改进",
];
