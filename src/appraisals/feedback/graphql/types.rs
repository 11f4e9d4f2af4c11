//! Raters, and what is told of what they said.

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::{appraisal_rater, member};
use uuid::Uuid;

use super::enums::AppraisalRaterState;
use crate::access::Call;
use crate::appraisals::feedback::actions::{Look, Side, Suggested};
use crate::appraisals::feedback::rules::visibility::Seen;
use crate::appraisals::rules::content::Criterion;
use crate::appraisals::templates::graphql::AppraisalFeedbackSource;
use crate::graphql::children::shared;
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Decimal, Id};
use crate::organisation::graphql::{KnownMember, Member};

/// Somebody who is proposed or asked for feedback about a member. Whether they answered is told to nobody. 评价人
pub struct AppraisalRater {
    /// The row.
    pub row: appraisal_rater::Model,
    /// Who is appraised.
    pub about: Uuid,
}

/// Somebody who is proposed or asked for feedback about a member. Whether they answered is told to nobody. 评价人
#[Object]
impl AppraisalRater {
    /// Its id, `rater_...`. 标识
    async fn id(&self) -> Id<appraisal_rater::Entity> {
        Id::new(self.row.id)
    }

    /// Who; null when the member is out of your reach. 评价人
    async fn member(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        let row = ctx.row::<member::Entity>(self.row.member_id).await;
        Ok(row.on_field(ctx.call())?.map(Member))
    }

    /// What the member is called: whoever sees that somebody is asked may know who. 姓名
    async fn name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let known = ctx.loads().load_one(KnownMember(self.row.member_id)).await;
        let known = known.map_err(shared).on_field(ctx.call())?;
        Ok(known.map(|member| member.name))
    }

    /// As what. 来源
    async fn source(&self) -> AppraisalFeedbackSource {
        self.row.source.into()
    }

    /// How far it is. It stays `ASKED` when the rater answers. 状态
    async fn state(&self) -> AppraisalRaterState {
        self.row.state.into()
    }

    /// Why it was declined; null to the member that it is about. 谢绝或未通过原因
    async fn reason(&self, ctx: &Context<'_>) -> Option<&str> {
        let me = ctx.call().viewer.standing.member_id;
        let reason = self.row.reason.as_deref();
        reason.filter(|_| me != Some(self.about))
    }
}

/// What may be told of a side. 评价来源汇总
#[derive(SimpleObject)]
pub struct AppraisalVoices {
    /// Which side. 来源
    source: AppraisalFeedbackSource,
    /// Of fewer answers nothing is told. 最少人数
    least: u32,
    /// Is nothing told? 是否不予显示
    withheld: bool,
    /// Why nothing is told; it doesn't say how many answered. 不予显示的原因
    reason: Option<String>,
    /// How many answered; null when it is withheld. 评价人数
    answers: Option<u32>,
    /// The mean rating of each question; empty when it is withheld. Customers rate as a whole: every question has their mean. 各题平均分
    means: Vec<AppraisalVoicesMean>,
    /// What was said in words, in the order of the letters; empty unless enough people wrote something. 评语
    comments: Vec<String>,
}

/// The mean rating of a question. 题目平均分
#[derive(SimpleObject)]
pub struct AppraisalVoicesMean {
    /// The question's key. 题目
    question: String,
    /// What was asked, in English. 题目（英文）
    name: String,
    /// What was asked, in Chinese. 题目（中文）
    name_zh: String,
    /// The mean, 1 to 5. 平均分
    mean: Decimal,
}

/// All sides of a look.
pub fn voices(call: &Call, look: Look) -> Vec<AppraisalVoices> {
    let questions = look.questions;
    let side = |side: Side| voices_of(call, side, &questions);
    look.sides.into_iter().map(side).collect()
}

fn voices_of(call: &Call, side: Side, questions: &[Criterion]) -> AppraisalVoices {
    let least = side.least;
    let text = crate::error::Text::new(
        format!("fewer than {least} answers"),
        format!("评价人数少于 {least}"),
    );
    let withheld = side.told.is_none();
    let (answers, means, comments) = match side.told {
        Some(told) => (Some(told.answers), told.means, told.comments),
        None => Default::default(),
    };
    let means = questions.iter().filter_map(|one| {
        Some(AppraisalVoicesMean {
            question: one.key.clone(),
            name: one.name.clone(),
            name_zh: one.name_zh.clone(),
            mean: Decimal(*means.get(&one.key)?),
        })
    });
    AppraisalVoices {
        source: side.source.into(),
        least,
        withheld,
        reason: withheld.then(|| text.in_locale(call.locale).to_owned()),
        answers,
        means: means.collect(),
        comments,
    }
}

/// What came of looking for raters for a cycle. 评价人推荐结果
#[derive(SimpleObject)]
pub struct AppraisalRaterSuggestion {
    /// How many raters are new. 新增评价人数
    raters: i32,
    /// How many appraisals still have fewer colleagues than something could be told of: name some by hand, or raise
    /// `appraisal.most_requests`. 同事人数仍不足的考核数
    short: i32,
}

impl From<Suggested> for AppraisalRaterSuggestion {
    fn from(done: Suggested) -> Self {
        let count = |count| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            raters: count(done.raters),
            short: count(done.short),
        }
    }
}

/// Somebody, and what they see of feedback. 评价可见范围
#[derive(SimpleObject)]
pub struct FeedbackVisibility {
    /// Who, or what it is about. 对象
    who: String,
    /// What they see. 可见内容
    sees: String,
}

/// The lines in the language of the request.
pub fn lines(call: &Call, seen: &[Seen]) -> Vec<FeedbackVisibility> {
    seen.iter()
        .map(|one| FeedbackVisibility {
            who: one.who.in_locale(call.locale).to_owned(),
            sees: one.what.in_locale(call.locale).to_owned(),
        })
        .collect()
}
