//! The question bank of the demo company: sixty questions of after-sales service, in both languages.

/// What is right of a question. Of options the first so many are right.
#[derive(Clone, Copy, Debug)]
pub enum Right {
    /// Options, of which the first is right.
    One(&'static [(&'static str, &'static str)]),
    /// Options, of which the first so many are right.
    Many(usize, &'static [(&'static str, &'static str)]),
    /// True or false.
    Truth(bool),
    /// A number and how far off it may be.
    Number(i64, i64),
    /// Groups of key words; people mark it without any.
    Words(&'static [&'static [&'static str]]),
    /// Criteria with their points.
    Criteria(&'static [(&'static str, &'static str, i64)]),
}

use Right::{Criteria, Many, Number, One, Truth, Words};

/// A topic, how hard, the question in both languages, what is right.
pub type Line = (&'static str, i32, &'static str, &'static str, Right);

/// The bank.
#[rustfmt::skip]
pub const BANK: &[Line] = &[
    // Charging stations.
    ("charging.safety", 1, "What comes first before the housing of a charging station is opened?", "打开充电桩外壳前首先应做什么？", One(&[("Switch off and lock the supply", "切断电源并上锁"), ("Call the customer", "联系客户"), ("Remove the charging gun", "拆下充电枪"), ("Take a photo", "拍照")])),
    ("charging.safety", 2, "How many minutes do you wait at least after switching off a DC station before you measure?", "直流充电桩断电后至少等待多少分钟再测量？", Number(5, 0)),
    ("charging.safety", 2, "Which of these belong to locking out a station?", "以下哪些属于停电挂牌上锁的步骤？", Many(3, &[("Hang up the warning sign", "悬挂警示牌"), ("Lock the switch", "锁定开关"), ("Verify that there is no voltage", "验电"), ("Bridge the fuse", "短接熔断器")])),
    ("charging.safety", 1, "A residual current device may be bridged for a short test under load.", "带载测试时可以短时短接漏电保护器。", Truth(false)),
    ("charging.safety", 3, "The insulation monitor reports a fault while a vehicle is charging. What do you do?", "充电过程中绝缘监测报警，应如何处理？", One(&[("Stop charging and measure the insulation of gun and cable", "停止充电并测量枪线绝缘"), ("Reset the alarm and go on", "复位报警继续充电"), ("Lower the current", "降低充电电流"), ("Ask for another vehicle", "换一辆车试充")])),
    ("charging.safety", 4, "Describe how you verify that a DC busbar is free of voltage.", "请说明如何确认直流母线无电压。", Words(&[])),
    ("charging.safety", 2, "Gloves for work on live parts are tested at regular intervals.", "带电作业用绝缘手套须定期检验。", Truth(true)),
    ("charging.safety", 3, "Which measurement shows a worn contact of a charging gun?", "哪项测量可以发现充电枪触头磨损？", One(&[("Contact temperature under load", "带载触头温升"), ("Mains frequency", "电网频率"), ("Communication delay", "通信延时"), ("Ambient humidity", "环境湿度")])),
    ("charging.safety", 3, "What is the greatest resistance of the protective conductor, in tenths of an ohm?", "保护接地电阻最大值为多少（以 0.1 欧为单位）？", Number(40, 0)),
    ("charging.safety", 4, "Exchange of a charging module, shown at the training stand.", "实操：在实训台更换充电模块。", Criteria(&[("Locks out and verifies", "停电验电", 4), ("Exchanges by the manual", "按手册更换", 3), ("Tests and records", "测试并记录", 3)])),
    // Air conditioning.
    ("climate.repair", 1, "The first check when an air conditioner doesn't cool is", "空调不制冷时首先检查", One(&[("filter and settings", "滤网和设定"), ("compressor", "压缩机"), ("refrigerant", "制冷剂"), ("main board", "主板")])),
    ("climate.repair", 2, "Overfilling refrigerant raises the pressure on the high side.", "制冷剂加注过多会使高压侧压力升高。", Truth(true)),
    ("climate.repair", 3, "Which signs point to too little refrigerant?", "以下哪些现象说明制冷剂不足？", Many(2, &[("Frost on the expansion valve", "膨胀阀结霜"), ("Low suction pressure", "吸气压力偏低"), ("High outdoor temperature", "室外温度高"), ("Loud remote control", "遥控器声音大")])),
    ("climate.repair", 2, "For how many minutes is a line set evacuated at least?", "管路抽真空至少多少分钟？", Number(20, 5)),
    ("climate.repair", 2, "Refrigerant may be let out into the air when the bottle is full.", "回收瓶已满时可以将制冷剂排入大气。", Truth(false)),
    ("climate.repair", 3, "Error E4 comes back right after the reset. What next?", "复位后立即再报 E4，下一步应？", One(&[("Measure the temperature sensor", "测量温度传感器"), ("Exchange the indoor unit", "更换室内机"), ("Reset ten times", "反复复位十次"), ("Close the ticket", "关闭工单")])),
    ("climate.repair", 4, "Explain to a colleague how you tell a blocked capillary from a lack of refrigerant.", "请说明如何区分毛细管堵塞与制冷剂不足。", Words(&[])),
    ("climate.repair", 1, "A leak is looked for with", "检漏应使用", One(&[("a detector or soap water", "检漏仪或肥皂水"), ("an open flame", "明火"), ("the hand", "手感"), ("a lamp", "灯光")])),
    ("climate.repair", 3, "Name two reasons why a compressor trips its overload.", "请写出压缩机过载保护的两个原因。", Words(&[&["脏堵", "散热", "dirty", "condenser"], &["电压", "voltage"]])),
    ("climate.repair", 4, "Brazing of a joint with nitrogen, shown in the workshop.", "实操：充氮焊接接头。", Criteria(&[("Nitrogen flows", "充氮保护", 3), ("Joint is tight", "焊口严密", 4), ("Fire protection", "防火措施", 3)])),
    // Water purification.
    ("water.service", 1, "How often is the sediment filter exchanged as a rule, in months?", "前置滤芯通常多少个月更换一次？", Number(6, 0)),
    ("water.service", 1, "After every exchange of a filter the machine is flushed.", "每次更换滤芯后须冲洗机器。", Truth(true)),
    ("water.service", 2, "The waste water runs all the time. The most likely reason is", "废水常流，最可能的原因是", One(&[("a worn shut-off valve", "废水阀关闭不严"), ("a new filter", "滤芯太新"), ("hard water", "水质偏硬"), ("a full tank", "储水桶已满")])),
    ("water.service", 2, "Which values are measured at every service?", "每次保养应测量哪些数值？", Many(2, &[("TDS before and after", "进出水 TDS"), ("Water pressure", "水压"), ("Mains frequency", "电网频率"), ("Room height", "层高")])),
    ("water.service", 2, "Without a pressure of 0.1 MPa a reverse osmosis machine needs a booster pump.", "水压低于 0.1 MPa 时反渗透净水机需要增压泵。", Truth(true)),
    ("water.service", 3, "The pump runs and no water comes. What is checked first?", "泵运转但不出水，首先检查？", One(&[("Inlet valve and supply", "进水阀和供水"), ("Display", "显示屏"), ("Carbon filter brand", "活性炭品牌"), ("Warranty card", "保修卡")])),
    ("water.service", 3, "Write what you tell a customer whose water tastes of chlorine.", "客户反映水有氯味，请写出您的答复要点。", Words(&[&["活性炭", "carbon"], &["更换", "exchange", "replace"]])),
    ("water.service", 2, "A leak inside the machine: the water is shut off before the power.", "机内漏水时应先关水再断电。", Truth(false)),
    ("water.service", 3, "The membrane should keep back how many percent of the salts?", "反渗透膜的脱盐率应不低于百分之多少？", Number(90, 5)),
    ("water.service", 4, "Descaling of a heating tank, shown at the stand.", "实操：加热水箱除垢。", Criteria(&[("Drains and protects", "排空与防护", 3), ("Descales fully", "除垢彻底", 4), ("Flushes and tests", "冲洗并测试", 3)])),
    // Solar power and storage.
    ("solar.storage", 2, "Solar modules give voltage as long as", "只要满足什么条件，光伏组件就有电压？", One(&[("light falls on them", "有光照"), ("the inverter runs", "逆变器运行"), ("the grid is on", "电网有电"), ("the battery is full", "电池充满")])),
    ("solar.storage", 2, "Connectors of a string are never pulled under load.", "严禁带载拔插组串连接器。", Truth(true)),
    ("solar.storage", 3, "Which protect against an arc on the DC side?", "以下哪些可防止直流侧拉弧？", Many(2, &[("Switching off the DC switch first", "先断开直流开关"), ("Connectors of the same make", "使用同品牌连接器"), ("Longer cables", "加长电缆"), ("A higher fuse", "更大熔断器")])),
    ("solar.storage", 3, "The open voltage of 10 modules of 42 V in series is how many volts?", "10 块开路电压 42 V 的组件串联，开路电压为多少伏？", Number(420, 0)),
    ("solar.storage", 2, "A battery that is swollen is charged slowly to save it.", "鼓包的电池可以小电流充电修复。", Truth(false)),
    ("solar.storage", 4, "Describe what you do when a battery cabinet shows a rising temperature.", "储能柜温度持续升高时应如何处置？请说明。", Words(&[])),
    ("solar.storage", 3, "One string gives half the current of the others. What is looked for first?", "某组串电流只有其他组串一半，首先排查？", One(&[("Shade and dirt", "遮挡和脏污"), ("Inverter software", "逆变器软件"), ("Grid code", "并网参数"), ("Meter", "电表")])),
    ("solar.storage", 1, "Work on a roof needs protection against falling.", "屋顶作业须采取防坠落措施。", Truth(true)),
    ("solar.storage", 3, "Which document lets a storage system be put on the grid?", "储能系统并网须具备哪项文件？", One(&[("The acceptance by the grid operator", "电网公司验收意见"), ("The delivery note", "送货单"), ("The invoice", "发票"), ("The manual", "说明书")])),
    ("solar.storage", 4, "Measuring a string and judging the result, shown at the stand.", "实操：测量组串并判断结果。", Criteria(&[("Safe order", "安全顺序", 4), ("Right measurement", "测量正确", 3), ("Right judgement", "判断正确", 3)])),
    // Talking with customers.
    ("service.talk", 1, "Who takes the first contact owns the case to its end.", "首问责任人负责问题直至办结。", Truth(true)),
    ("service.talk", 1, "A customer shouts at you on the telephone. What comes first?", "客户在电话中发火，首先应？", One(&[("Let them speak and name what you heard", "耐心倾听并复述"), ("Hang up", "挂断电话"), ("Explain the rules", "解释规定"), ("Hand the call over", "转给他人")])),
    ("service.talk", 2, "Within how many hours is the first response due?", "首次响应时限为多少小时？", Number(1, 0)),
    ("service.talk", 2, "What belongs into every public reply?", "每次公开回复应包含哪些内容？", Many(3, &[("What was found", "排查结果"), ("What comes next", "下一步安排"), ("By when", "完成时间"), ("Names of other customers", "其他客户姓名")])),
    ("service.talk", 2, "Internal notes may be read to the customer.", "内部备注可以读给客户听。", Truth(false)),
    ("service.talk", 3, "Write two sentences that tell a customer of a late part and what you do about it.", "配件延期，请写两句话告知客户并说明措施。", Words(&[])),
    ("service.talk", 2, "You don't know the answer. You say", "遇到不清楚的问题，应回答", One(&[("when you will call back with it", "何时回复结果"), ("what is likely", "可能的原因"), ("nothing", "不作答"), ("that it isn't your job", "不归我负责")])),
    ("service.talk", 3, "Which questions help to understand a problem?", "哪些提问有助于弄清问题？", Many(2, &[("Since when does it happen?", "从什么时候开始？"), ("What did you see?", "看到了什么现象？"), ("Why are you so late?", "为什么现在才报修？"), ("Who broke it?", "是谁弄坏的？")])),
    ("service.talk", 2, "A preliminary solution is promised within how many hours?", "初步方案时限为多少小时？", Number(24, 0)),
    ("service.talk", 4, "A call with an angry customer, played with the trainer.", "实操：模拟处理愤怒客户来电。", Criteria(&[("Listens and calms", "倾听与安抚", 4), ("Finds the matter", "找到问题", 3), ("Agrees on next step", "约定下一步", 3)])),
    // Complaints and the company's rules.
    ("company.rules", 1, "Contact data of customers is for those who need it for the case.", "客户联系方式仅供处理该事项的人员使用。", Truth(true)),
    ("company.rules", 2, "The goal for resolution within 48 hours is how many percent?", "48 小时解决率目标为百分之多少？", Number(95, 0)),
    ("company.rules", 2, "A complaint about a colleague is handled by", "对同事的投诉由谁处理？", One(&[("the lead, not the colleague", "主管，而非本人"), ("the colleague", "本人"), ("nobody", "无需处理"), ("the customer", "客户自己")])),
    ("company.rules", 2, "When does the service clock stop?", "服务计时在什么情况下暂停？", Many(1, &[("While it waits for the customer", "等待客户时"), ("At lunch", "午休时"), ("When it is busy", "工作繁忙时"), ("When the agent changes", "更换经办人时")])),
    ("company.rules", 1, "A gift of a customer is reported to the lead.", "收到客户礼品应向主管报告。", Truth(true)),
    ("company.rules", 3, "Write the steps of a complaint from intake to closing.", "请写出投诉从受理到关闭的步骤。", Words(&[&["受理", "intake"], &["分析", "analysis"], &["方案", "solution"], &["反馈", "回访", "feedback"]])),
    ("company.rules", 2, "A warranty claim needs", "保修申请需要", One(&[("serial number and date of sale", "序列号和销售日期"), ("the colour", "颜色"), ("the price", "价格"), ("the box", "包装箱")])),
    ("company.rules", 2, "A bad rating is followed up within how many hours?", "差评须在多少小时内回访？", Number(48, 0)),
    ("company.rules", 3, "Which may be given to another customer as a reference?", "以下哪些可以向其他客户作为案例介绍？", Many(2, &[("A case without names", "隐去姓名的案例"), ("A published story", "已公开的案例"), ("A telephone number", "电话号码"), ("A contract", "合同")])),
    ("company.rules", 2, "At least how many hours of training does a member have a year?", "每人每年培训不少于多少小时？", Number(40, 0)),
];
