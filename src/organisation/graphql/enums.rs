//! Enums of the organisation as the schema shows them.

use async_graphql::Enum;

use crate::enum_filter;

/// In which line of the matrix a member is placed. 任职类型
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::AssignmentKind")]
pub enum AssignmentKind {
    /// The department the member belongs to. 职能归属
    Home,
    /// A project team the member works in. 项目
    Project,
    /// A region the member serves. 区域
    Regional,
}

/// Family of positions that share duties and measures. 岗位族
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::JobFamily")]
pub enum JobFamily {
    /// Takes enquiries and complaints and follows them up. 客服
    ServiceDesk,
    /// Finds causes and solutions from afar. 技术支持
    TechnicalSupport,
    /// Works at the customer's site. 现场服务
    FieldService,
    /// Plans people, parts and visits. 协调调度
    Coordination,
    /// Leads a team or a department. 管理
    Management,
    /// Serves the service teams: training, HR, quality. 支持职能
    SupportFunction,
}

/// A province-level division of China. 省级行政区
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::enums::Province")]
pub enum Province {
    /// Beijing. 北京
    Beijing,
    /// Tianjin. 天津
    Tianjin,
    /// Hebei. 河北
    Hebei,
    /// Shanxi. 山西
    Shanxi,
    /// Inner Mongolia. 内蒙古
    InnerMongolia,
    /// Liaoning. 辽宁
    Liaoning,
    /// Jilin. 吉林
    Jilin,
    /// Heilongjiang. 黑龙江
    Heilongjiang,
    /// Shanghai. 上海
    Shanghai,
    /// Jiangsu. 江苏
    Jiangsu,
    /// Zhejiang. 浙江
    Zhejiang,
    /// Anhui. 安徽
    Anhui,
    /// Fujian. 福建
    Fujian,
    /// Jiangxi. 江西
    Jiangxi,
    /// Shandong. 山东
    Shandong,
    /// Henan. 河南
    Henan,
    /// Hubei. 湖北
    Hubei,
    /// Hunan. 湖南
    Hunan,
    /// Guangdong. 广东
    Guangdong,
    /// Guangxi. 广西
    Guangxi,
    /// Hainan. 海南
    Hainan,
    /// Chongqing. 重庆
    Chongqing,
    /// Sichuan. 四川
    Sichuan,
    /// Guizhou. 贵州
    Guizhou,
    /// Yunnan. 云南
    Yunnan,
    /// Tibet. 西藏
    Tibet,
    /// Shaanxi. 陕西
    Shaanxi,
    /// Gansu. 甘肃
    Gansu,
    /// Qinghai. 青海
    Qinghai,
    /// Ningxia. 宁夏
    Ningxia,
    /// Xinjiang. 新疆
    Xinjiang,
    /// Hong Kong. 香港
    HongKong,
    /// Macao. 澳门
    Macao,
    /// Taiwan. 台湾
    Taiwan,
}

enum_filter!(
    ProvinceFilter,
    Province,
    entity::enums::Province,
    "Compares a province. All given comparisons must hold. 省份条件"
);
enum_filter!(
    JobFamilyFilter,
    JobFamily,
    entity::enums::JobFamily,
    "Compares a family of positions. All given comparisons must hold. 岗位族条件"
);

crate::leaf_enums!(JobFamily, Province);
