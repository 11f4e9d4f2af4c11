//! What customers come with, by kind of ticket and line of product, in Chinese and English.

use entity::enums::TicketKind;

use crate::demo::partners::Line;

/// A matter: in a few words, and told in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Matter {
    /// A few Chinese words that follow the product's name.
    pub short_zh: &'static str,
    /// A Chinese sentence.
    pub told_zh: &'static str,
    /// A few English words that follow the product's name.
    pub short: &'static str,
    /// An English sentence.
    pub told: &'static str,
}

const fn matter(
    short_zh: &'static str,
    told_zh: &'static str,
    short: &'static str,
    told: &'static str,
) -> Matter {
    Matter {
        short_zh,
        told_zh,
        short,
        told,
    }
}

/// The matters of a kind of ticket about a line of product.
#[must_use]
pub fn matters(kind: TicketKind, line: Line) -> &'static [Matter] {
    match kind {
        TicketKind::Consultation => questions(line),
        TicketKind::Complaint => &COMPLAINTS,
        TicketKind::TechnicalSupport => guidance(line),
        TicketKind::FaultRepair => faults(line),
        TicketKind::ReturnExchange => &RETURNS,
        TicketKind::OnSiteService => &VISITS,
        TicketKind::UpgradeCampaign => &UPGRADES,
    }
}

fn faults(line: Line) -> &'static [Matter] {
    match line {
        Line::Climate => &CLIMATE_FAULTS,
        Line::Water => &WATER_FAULTS,
        Line::Charging => &CHARGING_FAULTS,
        Line::Solar => &SOLAR_FAULTS,
    }
}

fn questions(line: Line) -> &'static [Matter] {
    match line {
        Line::Climate => &CLIMATE_QUESTIONS,
        Line::Water => &WATER_QUESTIONS,
        Line::Charging => &CHARGING_QUESTIONS,
        Line::Solar => &SOLAR_QUESTIONS,
    }
}

fn guidance(line: Line) -> &'static [Matter] {
    match line {
        Line::Climate | Line::Water => &HOME_GUIDANCE,
        Line::Charging | Line::Solar => &POWER_GUIDANCE,
    }
}

#[rustfmt::skip]
const CLIMATE_FAULTS: [Matter; 6] = [
    matter("不制冷", "开机半小时后出风仍是常温，外机风扇在转", "does not cool", "After half an hour the air is still warm although the outdoor fan is running"),
    matter("外机异响", "外机启动后有明显的金属摩擦声，夜间影响休息", "outdoor unit rattles", "The outdoor unit makes a grinding noise after start-up that is disturbing at night"),
    matter("显示故障码E4", "面板显示E4后自动停机，断电重启后仍会出现", "shows error E4", "The panel shows E4 and the unit stops; switching it off and on does not help"),
    matter("内机漏水", "运行约一小时后内机右侧滴水，墙面已受潮", "indoor unit leaks", "Water drips from the right side of the indoor unit after about an hour and the wall is damp"),
    matter("频繁跳闸", "压缩机启动瞬间漏电保护器跳闸，一天三四次", "trips the breaker", "The breaker trips whenever the compressor starts, three or four times a day"),
    matter("制热效果差", "设定26度，运行两小时室温只有17度", "heats poorly", "Set to 26 degrees, the room reaches only 17 after two hours"),
];
#[rustfmt::skip]
const WATER_FAULTS: [Matter; 5] = [
    matter("出水量小", "更换滤芯后出水仍很慢，接一杯水要两分钟", "low flow", "Even with a new filter it takes two minutes to fill a glass"),
    matter("机身漏水", "接口处持续渗水，已关闭进水阀", "leaks at the fitting", "Water seeps from the fitting; the inlet valve has been closed"),
    matter("水质指示灯变红", "滤芯使用不到三个月，水质灯一直为红色", "water quality light is red", "The filter is less than three months old but the light stays red"),
    matter("不停排废水", "待机时也一直排废水，水表一直在走", "keeps draining", "It drains waste water all the time, even in standby"),
    matter("不加热", "通电后指示灯正常，但水温不上升", "does not heat", "The lights are normal but the water stays cold"),
];
#[rustfmt::skip]
const CHARGING_FAULTS: [Matter; 6] = [
    matter("无法启动充电", "插枪后提示连接超时，换车也一样", "will not start charging", "After plugging in it reports a connection timeout, with any car"),
    matter("充电中断", "充到百分之六十左右自动停止，需要重新插枪", "stops while charging", "Charging stops at around sixty per cent and the plug must be reinserted"),
    matter("屏幕黑屏", "桩体通电但屏幕无显示，扫码无反应", "screen stays black", "The charger has power but the screen is black and scanning does nothing"),
    matter("枪头过热", "充电二十分钟后枪头烫手，系统已降功率", "connector overheats", "After twenty minutes the connector is hot and the power is reduced"),
    matter("离线", "平台显示该桩离线超过两天，现场网络正常", "is offline", "The platform shows it offline for two days while the network on site is fine"),
    matter("计费异常", "同样电量本周计费比上周高出一倍", "bills wrongly", "The same energy was billed at twice last week's amount"),
];
#[rustfmt::skip]
const SOLAR_FAULTS: [Matter; 5] = [
    matter("报绝缘阻抗低", "早晨启动时报绝缘阻抗低，中午恢复正常", "reports low insulation", "It reports low insulation in the morning and recovers at noon"),
    matter("发电量下降", "同样天气下日发电量比上月少三成", "yields less", "In the same weather it yields a third less than last month"),
    matter("通讯中断", "采集器灯常亮红色，手机端三天没有数据", "lost communication", "The data logger shows red and the app has had no data for three days"),
    matter("风扇报警", "运行中提示风扇故障，机身温度偏高", "fan alarm", "A fan fault is shown and the case is hot"),
    matter("无法并网", "市电正常，但设备一直停在等待并网状态", "does not connect to the grid", "The grid is fine but the unit keeps waiting to connect"),
];
#[rustfmt::skip]
const CLIMATE_QUESTIONS: [Matter; 4] = [
    matter("使用咨询：如何清洗滤网", "想了解滤网清洗的周期和步骤", "how to clean the filter", "We would like to know how often and how to clean the filter"),
    matter("保修期咨询", "想确认整机和压缩机的保修期限", "warranty question", "Please confirm the warranty of the unit and of the compressor"),
    matter("移机费用咨询", "办公室搬迁，想了解拆装和移机的收费标准", "cost of relocation", "We are moving offices and would like to know what relocation costs"),
    matter("节能模式咨询", "想了解夜间节能模式怎么设置", "energy saving mode", "How is the energy saving mode set for the night?"),
];
#[rustfmt::skip]
const WATER_QUESTIONS: [Matter; 4] = [
    matter("滤芯更换周期咨询", "想了解各级滤芯多久更换一次以及价格", "filter replacement", "How often are the filters replaced, and what do they cost?"),
    matter("安装条件咨询", "想确认厨房水压和插座是否符合安装要求", "installation requirements", "Do our water pressure and socket meet the requirements?"),
    matter("废水比咨询", "想了解净水与废水的比例", "waste water ratio", "What is the ratio of pure to waste water?"),
    matter("发票咨询", "购买后未收到电子发票，请协助补开", "invoice question", "We have not received the electronic invoice yet"),
];
#[rustfmt::skip]
const CHARGING_QUESTIONS: [Matter; 4] = [
    matter("安装申请流程咨询", "小区车位安装充电桩需要准备哪些材料", "how to apply for installation", "Which documents are needed for installation in a residential parking space?"),
    matter("峰谷计费设置咨询", "想按峰谷时段设置不同电价", "time-of-use tariff", "How do we set different prices for peak and off-peak hours?"),
    matter("平台账号咨询", "新同事需要开通运营平台账号", "platform account", "A new colleague needs an account on the operator platform"),
    matter("功率分配咨询", "想了解双枪同时充电时的功率分配", "power sharing", "How is the power shared when both connectors are used?"),
];
#[rustfmt::skip]
const SOLAR_QUESTIONS: [Matter; 3] = [
    matter("扩容咨询", "想在现有系统上增加组件和储能", "extending the system", "We would like to add panels and storage to our system"),
    matter("发电收益咨询", "想了解如何导出年度发电报表", "yield report", "How do we export the report of the year's yield?"),
    matter("保修延长咨询", "想了解延保服务的内容和价格", "extended warranty", "What does the extended warranty include and cost?"),
];
#[rustfmt::skip]
const COMPLAINTS: [Matter; 6] = [
    matter("上门超时投诉", "约定上午上门，工程师下午四点才到且没有提前通知", "engineer came late", "The engineer came at four instead of in the morning, without notice"),
    matter("重复维修投诉", "同一故障三个月内修了三次仍未解决", "same fault for the third time", "The same fault was repaired three times in three months and is still there"),
    matter("收费争议", "保修期内被收取检测费，要求退还", "charged under warranty", "An inspection fee was charged under warranty; we ask for a refund"),
    matter("服务态度投诉", "客服通话中语气不耐烦，问题没有得到答复", "unfriendly service", "The representative was impatient and did not answer the question"),
    matter("备件等待过久", "等待备件超过三周，没有明确的到货时间", "waiting too long for parts", "We have been waiting for parts for over three weeks without a date"),
    matter("安装不规范投诉", "安装后墙面破损，管线未做保护", "poor installation", "The wall was damaged and the pipes were left unprotected"),
];
#[rustfmt::skip]
const HOME_GUIDANCE: [Matter; 4] = [
    matter("无法连接Wi-Fi", "更换路由器后设备一直配网失败", "cannot join Wi-Fi", "Since the router was replaced the device cannot join the network"),
    matter("App无法绑定", "扫码后提示设备已被其他账号绑定", "cannot be bound in the app", "The app says that the device is bound to another account"),
    matter("集控系统对接", "需要Modbus点表，用于接入楼宇控制系统", "building control integration", "We need the Modbus register list to connect it to building control"),
    matter("参数恢复", "误操作后需要恢复出厂参数并重新设定", "restore settings", "Settings were changed by mistake and must be restored"),
];
#[rustfmt::skip]
const POWER_GUIDANCE: [Matter; 4] = [
    matter("固件升级指导", "升级到百分之八十后提示校验失败", "firmware update fails", "The update fails verification at eighty per cent"),
    matter("OCPP平台对接", "接入第三方平台后心跳正常但无法远程启动", "OCPP integration", "Heartbeats reach the third-party platform but remote start does not work"),
    matter("通讯参数配置", "需要配置4G物联网卡的接入点", "communication settings", "The access point of the 4G card must be configured"),
    matter("日志导出", "需要导出最近一周的运行日志用于分析", "export of logs", "We need the logs of the past week for analysis"),
];
#[rustfmt::skip]
const RETURNS: [Matter; 5] = [
    matter("到货外观破损要求换货", "开箱发现外壳凹陷，包装完好，已拍照", "arrived damaged, exchange", "The case was dented when unpacked; photos were taken"),
    matter("型号不符要求换货", "收到的型号与订单不一致，尚未安装", "wrong model, exchange", "The model delivered is not the one ordered; it is not installed"),
    matter("七天无理由退货", "未拆封，申请退货退款", "return within seven days", "It is unopened and we would like a refund"),
    matter("多次维修后要求换新", "保修期内两次维修后故障依旧，要求换新", "replacement after repairs", "The fault remains after two repairs under warranty; we ask for a new one"),
    matter("配件缺失补发", "开箱缺少安装支架和说明书", "missing parts", "The bracket and the manual were missing"),
];
#[rustfmt::skip]
const VISITS: [Matter; 5] = [
    matter("上门安装", "设备已到货，预约本周安装", "installation", "The equipment has arrived; please install it this week"),
    matter("年度保养", "合同内年度保养，共两台设备", "yearly maintenance", "Yearly maintenance of two units under contract"),
    matter("上门检测", "运行噪声偏大，希望上门检测", "inspection on site", "It runs louder than before; please inspect it on site"),
    matter("移机安装", "门店搬迁，需要拆机并在新址安装", "relocation", "The shop is moving; please dismantle and reinstall"),
    matter("现场培训", "新上岗的操作人员需要现场培训", "training on site", "New operators need training on site"),
];
#[rustfmt::skip]
const UPGRADES: [Matter; 4] = [
    matter("固件批量升级", "按升级通知安排控制板固件升级", "firmware campaign", "Controller firmware to be updated as announced"),
    matter("连接器更换活动", "按质量改进通知免费更换连接器", "connector replacement", "Connector to be replaced free of charge as announced"),
    matter("通讯模块升级", "原通讯模块停止服务，需更换为新模块", "communication module upgrade", "The old module is no longer served and must be replaced"),
    matter("安全软件升级", "按安全公告升级联网组件", "security update", "Network component to be updated as announced"),
];
