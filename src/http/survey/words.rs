//! What the page says, in both languages.

use entity::enums::Locale;

/// The words of the page.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The language, as HTML names it.
    pub lang: &'static str,
    /// The title of the window.
    pub title: &'static str,
    /// The question above the form.
    pub question: &'static str,
    /// Before the ticket's number.
    pub ticket: &'static str,
    /// The whole.
    pub rating: &'static str,
    /// How quick it was.
    pub response: &'static str,
    /// How friendly it was.
    pub attitude: &'static str,
    /// How good the solution was.
    pub solution: &'static str,
    /// In one's own words.
    pub comment: &'static str,
    /// The button.
    pub send: &'static str,
    /// After the answer.
    pub thanks: &'static str,
    /// When the link isn't good.
    pub bad_link: &'static str,
}

const EN: Words = Words {
    lang: "en",
    title: "How was our service?",
    question: "How satisfied are you with our service?",
    ticket: "No.",
    rating: "All in all, 1 (bad) to 5 (good)",
    response: "How quick we were",
    attitude: "How friendly we were",
    solution: "How good the solution is",
    comment: "In your own words",
    send: "Send",
    thanks: "Thank you for your rating!",
    bad_link: "This link isn't good; use the latest one that you were sent.",
};

const ZH: Words = Words {
    lang: "zh",
    title: "服务满意度调查",
    question: "您对本次服务是否满意？",
    ticket: "工单",
    rating: "总体评价，1（差）至 5（好）",
    response: "响应速度",
    attitude: "服务态度",
    solution: "解决效果",
    comment: "您的意见与建议",
    send: "提交",
    thanks: "感谢您的评价！",
    bad_link: "链接无效，请使用最近收到的链接。",
};

/// The words of a language.
#[must_use]
pub const fn of(locale: Locale) -> &'static Words {
    match locale {
        Locale::En => &EN,
        Locale::Zh => &ZH,
    }
}
