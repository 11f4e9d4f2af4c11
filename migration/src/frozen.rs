//! Lists of values that several migrations share. They are as frozen as the migrations: a list that grows gets a new
//! constant here and a new migration that widens the checks.

/// The provinces, as of November 2026.
pub const PROVINCES: [&str; 34] = [
    "beijing",
    "tianjin",
    "hebei",
    "shanxi",
    "inner_mongolia",
    "liaoning",
    "jilin",
    "heilongjiang",
    "shanghai",
    "jiangsu",
    "zhejiang",
    "anhui",
    "fujian",
    "jiangxi",
    "shandong",
    "henan",
    "hubei",
    "hunan",
    "guangdong",
    "guangxi",
    "hainan",
    "chongqing",
    "sichuan",
    "guizhou",
    "yunnan",
    "tibet",
    "shaanxi",
    "gansu",
    "qinghai",
    "ningxia",
    "xinjiang",
    "hong_kong",
    "macao",
    "taiwan",
];

/// On whose side a user stands, as of November 2026.
pub const USER_KINDS: [&str; 3] = ["staff", "partner", "customer"];

/// Whether a principal may sign in, as of November 2026.
pub const USER_STATUSES: [&str; 2] = ["active", "disabled"];

/// Who did something, as of November 2026.
pub const ACTOR_KINDS: [&str; 3] = ["user", "api_client", "system"];

/// How far the work on a ticket has come, as of November 2026.
pub const TICKET_STAGES: [&str; 5] = ["intake", "analysis", "solution", "execution", "feedback"];

/// What a ticket is about, as of November 2026.
pub const TICKET_KINDS: [&str; 7] = [
    "consultation",
    "complaint",
    "technical_support",
    "fault_repair",
    "return_exchange",
    "on_site_service",
    "upgrade_campaign",
];
