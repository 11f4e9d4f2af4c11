//! What of a rater's answers is seen by whom, in words for the rater (评价可见范围说明).

use entity::enums::AppraisalFeedbackSource as Source;

use crate::error::Text;

/// Somebody, and what they see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Who.
    pub who: Text,
    /// What they see.
    pub what: Text,
}

fn seen(who: (&'static str, &'static str), what: Text) -> Seen {
    Seen {
        who: Text::new(who.0, who.1),
        what,
    }
}

/// What of the answers of a side is seen by whom, when something is told from `least` answers on.
#[must_use]
pub fn visibility(source: Source, least: u32) -> Vec<Seen> {
    vec![
        seen(("The member", "被考核人"), to_the_member(source, least)),
        seen(
            (
                "The reviewer and whoever runs the cycle",
                "评价人和考核组织者",
            ),
            Text::new(
                "The same as the member, and no earlier. The mean of a side of which enough was said is part of the score, which they see once it is computed.",
                "与被考核人相同，且不早于被考核人。人数达到要求的来源，其平均分计入得分；得分算出后他们可以看到。",
            ),
        ),
        seen(
            (
                "Everybody else, administrators included",
                "其他人，包括系统管理员",
            ),
            Text::new(
                "Nothing: no list, export, event or log entry has your answers.",
                "不可见：任何列表、导出、事件和日志中均无您的评价内容。",
            ),
        ),
        seen(
            ("That you answered", "您是否已评价"),
            Text::new(
                "You alone know. To others you are asked, before and after. That you declined is seen by those who see who is asked; your reason isn't seen by the member.",
                "仅您本人知道。其他人始终只看到您受到邀请。若您谢绝，可查看评价人名单的人能看到；谢绝原因不向被考核人显示。",
            ),
        ),
        seen(
            ("You yourself, later", "您本人事后"),
            Text::new(
                "Nothing either: your answers are kept without your name and without a time, so that nobody can find, change or take them back.",
                "同样不可见：评价内容不记录姓名和时间，任何人均无法查找、修改或撤回。",
            ),
        ),
    ]
}

fn to_the_member(source: Source, least: u32) -> Text {
    match source {
        Source::Own => Text::new(
            "It is your own view; it is shown to you and the reviewer once results are out.",
            "这是您的自我评价，结果公布后显示给您本人和评价人。",
        ),
        Source::Superior if least <= 1 => Text::new(
            "Once results are out: the mean ratings of the superiors and their words. Of one superior alone they are told too, so the member may know that they are yours.",
            "结果公布后：上级评价的平均分和评语。只有一位上级时也会显示，因此被考核人可能知道是您的评价。",
        ),
        _ => Text::new(
            format!(
                "Before results are out nothing. After that, when at least {least} people of your side answered: how many, the mean of each question, and what was written in words, in the order of the letters, when at least {least} people wrote something. Of fewer nothing, not even how many. Words are shown as they are: write so that they don't tell who you are."
            ),
            format!(
                "结果公布前不可见。公布后，同一来源至少 {least} 人评价时显示：人数、各题平均分；至少 {least} 人填写评语时按字母顺序显示评语。不足时不显示任何内容，包括人数。评语原样显示，请勿写明身份。"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_is_named_where_there_is_one() {
        let peers = visibility(Source::Peer, 4);
        assert!(peers[0].what.en.contains("at least 4 people"));
        assert!(peers[0].what.zh.contains("至少 4 人"));
        let superiors = visibility(Source::Superior, 1);
        assert!(superiors[0].what.en.contains("may know"));
        assert!(
            !visibility(Source::Superior, 2)[0]
                .what
                .en
                .contains("may know")
        );
        assert!(
            visibility(Source::Own, 1)[0]
                .what
                .en
                .contains("your own view")
        );
    }
}
