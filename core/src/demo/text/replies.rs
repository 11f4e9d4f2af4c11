//! What people write on tickets on the way.

use entity::enums::{TicketStage, TicketState};

/// At which point something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Staff confirm that the ticket was taken down.
    Received,
    /// The engineer notes the cause, for colleagues.
    Diagnosed,
    /// Staff tell the customer the plan.
    Planned,
    /// Staff note what is going on, for colleagues.
    Worked,
    /// Staff tell the customer that it is done.
    Done,
    /// The customer or the partner asks or answers.
    Asked,
    /// Staff note what the customer said.
    Called,
}

/// What is written at a moment, Chinese and English.
#[must_use]
pub const fn lines(moment: Moment) -> &'static [(&'static str, &'static str)] {
    match moment {
        Moment::Received => &RECEIVED,
        Moment::Diagnosed => &DIAGNOSED,
        Moment::Planned => &PLANNED,
        Moment::Worked => &WORKED,
        Moment::Done => &DONE,
        Moment::Asked => &ASKED,
        Moment::Called => &CALLED,
    }
}

#[rustfmt::skip]
const RECEIVED: [(&str, &str); 4] = [
    ("您好，您的问题已受理，我们会尽快安排处理，有进展会第一时间告知您。", "Thank you for contacting us. Your request has been registered and we will keep you informed."),
    ("您好，已收到您的反馈，请保持电话畅通，工程师将与您联系。", "We have received your request. An engineer will call you; please keep your phone at hand."),
    ("您好，工单已登记，由我负责全程跟进，请放心。", "Your ticket is registered and I will follow it to the end."),
    ("您好，问题已记录。方便的话请补充设备铭牌照片。", "Your request is recorded. If you can, please add a photo of the nameplate."),
];
#[rustfmt::skip]
const DIAGNOSED: [(&str, &str); 5] = [
    ("远程查看日志，初步判断为传感器漂移，建议带备件上门。", "Logs suggest a drifting sensor; take a spare along."),
    ("与客户核对后确认是安装环境问题，不属于产品缺陷。", "Checked with the customer: caused by the surroundings, not by the product."),
    ("同批次已有三起类似反馈，已抄送质量组。", "Third report for this batch; quality was informed."),
    ("核对保修期有效，可免费处理。", "Warranty is valid; free of charge."),
    ("判断为控制板故障，需申请备件。", "Controller board is faulty; a spare part is needed."),
];
#[rustfmt::skip]
const PLANNED: [(&str, &str); 4] = [
    ("处理方案：更换故障部件并做全面检测，预计两个工作日内完成。", "Plan: we replace the faulty part and test the unit, within two working days."),
    ("处理方案：先远程指导重新设置，如仍未恢复再安排上门。", "Plan: we guide you through a reset remotely, and visit you if that does not help."),
    ("已为您预约上门时间，工程师会提前半小时致电。", "A visit is arranged; the engineer will call half an hour ahead."),
    ("已提交审批，通过后将为您办理。", "Your request has been submitted for approval."),
];
#[rustfmt::skip]
const WORKED: [(&str, &str); 5] = [
    ("客户要求周末上门，已与调度协调。", "Customer wants a visit at the weekend; agreed with dispatch."),
    ("备件已从区域仓发出，预计明天到。", "Part shipped from the regional store, due tomorrow."),
    ("首次电话未接通，下午再联系。", "No answer to the first call; trying again in the afternoon."),
    ("现场更换后试运行四十分钟，参数正常。", "Replaced on site; forty minutes of test run are fine."),
    ("该客户为老客户，注意沟通方式，及时反馈。", "Long-standing customer: keep them informed."),
];
#[rustfmt::skip]
const DONE: [(&str, &str); 4] = [
    ("问题已处理完毕，请您试用。如有其他问题请随时联系我们。", "The work is done. Please try it and contact us with any further question."),
    ("设备已恢复正常运行，稍后会有回访，期待您的评价。", "The unit works again. We will call you to hear whether you are satisfied."),
    ("您的申请已办结，感谢您的耐心等待。", "Your request is completed. Thank you for your patience."),
    ("已按方案完成，后续三个月内同类问题免费处理。", "Done as planned; the same issue is covered free of charge for three months."),
];
#[rustfmt::skip]
const ASKED: [(&str, &str); 5] = [
    ("请问什么时候能安排上门？", "When can somebody come?"),
    ("刚才又出现了一次，照片已发给客服。", "It just happened again; I sent a photo."),
    ("请问备件到货了吗？比较着急用。", "Has the part arrived? We need it urgently."),
    ("好的，收到，谢谢。", "Understood, thank you."),
    ("明天上午现场有人，请提前联系。", "Somebody is on site tomorrow morning; please call ahead."),
];
#[rustfmt::skip]
const CALLED: [(&str, &str); 4] = [
    ("客户来电询问进度，已告知预计时间。", "Customer called about progress and was told the expected date."),
    ("客户来电补充：故障多在早晨出现。", "Customer called to add that it mostly happens in the morning."),
    ("客户表示满意，同意结案。", "Customer is satisfied and agrees to close."),
    ("客户希望由同一位工程师继续跟进。", "Customer would like the same engineer to go on."),
];

/// Why a ticket waits in a state.
#[must_use]
pub const fn waiting(state: TicketState) -> (&'static str, &'static str) {
    match state {
        TicketState::PendingCustomer => {
            ("等待客户补充资料", "Waiting for details from the customer")
        }
        TicketState::PendingParts => (
            "备件缺货，等待到货",
            "Part out of stock, waiting for delivery",
        ),
        _ => ("等待厂家技术通报", "Waiting for a bulletin of the factory"),
    }
}

/// Why a ticket was given up.
#[rustfmt::skip]
pub const CANCELLED: [(&str, &str); 4] = [
    ("客户主动撤销", "Withdrawn by the customer"),
    ("重复工单", "Duplicate"),
    ("客户自行解决", "Solved by the customer"),
    ("多次联系客户未果", "Customer could not be reached"),
];

/// Why a ticket was taken up again.
#[rustfmt::skip]
pub const REOPENED: [(&str, &str); 3] = [
    ("故障再次出现", "The fault came back"),
    ("客户对结果有异议", "The customer disagrees with the result"),
    ("回访时发现问题未完全解决", "The call after closing found it not fully solved"),
];

/// Why a ticket went back to an earlier stage.
#[must_use]
pub const fn back(to: TicketStage) -> (&'static str, &'static str) {
    match to {
        TicketStage::Analysis => (
            "现场情况与判断不符，重新分析",
            "Not as diagnosed; analysed again",
        ),
        _ => (
            "方案未能解决问题，调整方案",
            "The plan did not help; a new one is made",
        ),
    }
}
