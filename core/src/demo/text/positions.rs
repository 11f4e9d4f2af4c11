//! Positions with their duties, goals and performance standards (岗位职责/工作目标/绩效标准).

use entity::enums::JobFamily;

/// A position as the company wrote it down.
#[derive(Clone, Copy, Debug)]
pub struct PositionText {
    /// Its code.
    pub code: &'static str,
    /// English name.
    pub name: &'static str,
    /// Chinese name.
    pub name_zh: &'static str,
    /// Its family.
    pub family: JobFamily,
    /// Duties.
    pub duties: &'static str,
    /// Goals.
    pub goals: &'static str,
    /// Standards.
    pub standards: &'static str,
}

/// Every position.
#[rustfmt::skip]
pub const POSITIONS: [PositionText; 16] = [
    PositionText { code: "DIR", name: "Service Director", name_zh: "服务总监", family: JobFamily::Management,
        duties: "统筹售后服务体系建设；制定年度服务目标与预算；协调各部门和区域小组的资源。",
        goals: "客户满意度达到 90%；48 小时解决率达到 95%。",
        standards: "按季度考核：目标完成率、服务成本、团队稳定性。" },
    PositionText { code: "CSM", name: "Customer Service Manager", name_zh: "客户服务经理", family: JobFamily::Management,
        duties: "管理客户服务部日常运营；督导首问责任制；处理重大投诉。",
        goals: "首次响应 1 小时内达成率 95%；投诉处理满意率 90%。",
        standards: "按月考核：响应及时率、投诉闭环率、员工培训时数。" },
    PositionText { code: "CSL", name: "Service Team Leader", name_zh: "客服组长", family: JobFamily::Management,
        duties: "分配本组工单；复核回复质量；带教新员工；组织班前会和案例分享。",
        goals: "本组工单当日受理率 100%；新员工三个月内独立上岗。",
        standards: "按月考核：工单质量抽检、及时率、带教完成情况。" },
    PositionText { code: "CSR", name: "Customer Service Representative", name_zh: "客服专员", family: JobFamily::ServiceDesk,
        duties: "通过电话、网页、微信等渠道受理咨询与报修；登记工单并跟进到底；完成结果回访。",
        goals: "首次响应不超过 1 小时；一次解决率达到 70%。",
        standards: "按月考核：工作量、客户满意度、团队协作。" },
    PositionText { code: "CSC", name: "Complaint Handler", name_zh: "投诉处理专员", family: JobFamily::ServiceDesk,
        duties: "受理并调查投诉；提出补救方案；把原因反馈给责任部门；安抚客户情绪。",
        goals: "24 小时内给出初步方案；投诉重复率低于 5%。",
        standards: "按月考核：闭环率、客户满意度、升级次数。" },
    PositionText { code: "RCS", name: "Regional Customer Specialist", name_zh: "区域客户专员", family: JobFamily::ServiceDesk,
        duties: "维护所辖省份的客户关系；定期回访；督促和指导客户使用产品；收集改进建议。",
        goals: "重点客户季度回访率 100%；区域满意度 90%。",
        standards: "按月考核：回访完成率、区域满意度、结案数。" },
    PositionText { code: "TSM", name: "Technical Support Manager", name_zh: "技术支持经理", family: JobFamily::Management,
        duties: "制定技术支持计划；评审疑难故障方案；管理工程师技能与证书。",
        goals: "技术支持成功率 95%；重复故障率逐季下降。",
        standards: "按月考核：工作计划完成情况、疑难工单解决率。" },
    PositionText { code: "TSE", name: "Technical Support Engineer", name_zh: "技术支持工程师", family: JobFamily::TechnicalSupport,
        duties: "远程诊断故障；编写解决方案和知识文章；支援现场工程师。",
        goals: "24 小时内提出方案；远程解决率达到 60%。",
        standards: "绩效合约：月初制定工作计划，次月由直接上级评价；日常工作质量。" },
    PositionText { code: "FSE", name: "Field Service Engineer", name_zh: "现场服务工程师", family: JobFamily::FieldService,
        duties: "按派工上门安装、检修和升级；填写服务报告并取得客户签字；保管备件和工具。",
        goals: "按约到场率 98%；一次修复率 85%。",
        standards: "关键指标：服从派工、故障响应、客户沟通、信息反馈；关键行为扣分。" },
    PositionText { code: "FSS", name: "Senior Field Engineer", name_zh: "高级现场工程师", family: JobFamily::FieldService,
        duties: "承担复杂现场故障；带教现场工程师；核查区域服务质量。",
        goals: "复杂故障 48 小时解决率 90%；每季度完成两次技术分享。",
        standards: "关键指标：疑难修复率、带教效果、安全记录。" },
    PositionText { code: "ACM", name: "After-sales Coordination Manager", name_zh: "售后协调经理", family: JobFamily::Management,
        duties: "管理派工、备件和退换流程；平衡各区域负荷；协调服务商。",
        goals: "派工 30 分钟内完成；备件满足率 95%。",
        standards: "按月考核：派工及时率、备件周转、区域协同评价。" },
    PositionText { code: "ACD", name: "Dispatcher", name_zh: "调度协调员", family: JobFamily::Coordination,
        duties: "按技能、区域和负荷派工；跟踪进度；发现并上报瓶颈。",
        goals: "无超过 2 小时未派工单；负荷均衡。",
        standards: "按月考核：派工及时率、改派率、信息准确性。" },
    PositionText { code: "ACP", name: "Parts and Returns Coordinator", name_zh: "备件与退换专员", family: JobFamily::Coordination,
        duties: "管理备件申领与库存；办理退换货审批、验收和退款。",
        goals: "退换货 7 天内办结；账实相符率 99.5%。",
        standards: "按月考核：办结时效、库存准确率、客户满意度。" },
    PositionText { code: "HRS", name: "HR Specialist", name_zh: "人事专员", family: JobFamily::SupportFunction,
        duties: "办理入转调离；维护岗位与人才梯队资料；组织绩效考核。",
        goals: "编制到位率 95%；考核按期完成率 100%。",
        standards: "按季度考核：数据准确性、服务满意度。" },
    PositionText { code: "TRN", name: "Trainer", name_zh: "培训师", family: JobFamily::SupportFunction,
        duties: "开发课程与题库；组织培训、考试和技能竞赛；评估培训效果。",
        goals: "人均年培训时数不少于 40 小时。",
        standards: "按季度考核：课程评价、考试通过率、时数达成率。" },
    PositionText { code: "ITQ", name: "Systems and Quality Specialist", name_zh: "系统与质量专员", family: JobFamily::SupportFunction,
        duties: "管理系统账号与权限；审计服务记录；分析服务数据并提出改进。",
        goals: "权限变更当日完成；季度质量审计覆盖全部团队。",
        standards: "按季度考核：系统可用率、审计问题关闭率。" },
];
