//! What clients hand in about honours and recognitions.

use async_graphql::InputObject;
use entity::{honour, member, recognition, team, ticket};

use super::enums::{HonourKind, HonourKindFilter, RecognitionValue, RecognitionValueFilter};
use crate::customers::graphql::DateFilter;
use crate::db::filter::IdMatches;
use crate::error::Result;
use crate::graphql::filters::IdFilter;
use crate::graphql::{Date, Id, Node};
use crate::incentives::honours::actions::{Confer, Give, Revoke, Step};
use crate::incentives::honours::store;

fn keys<E: Node>(ids: Option<IdFilter>, field: &str) -> Result<Option<IdMatches>> {
    ids.map(|ids| ids.of::<E>(field)).transpose()
}

/// Which honours. Everything given must hold. 荣誉筛选
#[derive(Clone, Default, InputObject)]
pub struct HonourFilter {
    /// What they are. 荣誉类型
    kind: Option<HonourKindFilter>,
    /// Who holds them; only members that you see. 成员
    member_id: Option<IdFilter>,
    /// Whoever holds them has the home in this team today. 所属团队
    team_id: Option<Id<team::Entity>>,
    /// When they were given. 授予日期
    given_on: Option<DateFilter>,
    /// Those that lapsed too, and where they are within your reach those that were revoked. 含已到期
    #[graphql(default)]
    include_lapsed: bool,
    /// Only of members who are shown to all the staff (true), as a portal wants them whatever the reach of its account, or only of
    /// those who aren't (false). 是否在墙上公开
    shown: Option<bool>,
}

impl HonourFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::HonourFilter> {
        Ok(store::HonourFilter {
            kind: self.kind.map(Into::into),
            member: keys::<member::Entity>(self.member_id, "filter.memberId")?,
            team: self.team_id.map(|id| id.uuid),
            given_on: self.given_on.map(Into::into),
            include_lapsed: self.include_lapsed,
            shown: self.shown,
            mine: false,
        })
    }
}

/// Which recognitions. Everything given must hold. 认可筛选
#[derive(Clone, Default, InputObject)]
pub struct RecognitionFilter {
    /// Who gave them; only members that you see. 认可人
    giver_id: Option<IdFilter>,
    /// Who got them; only members that you see. 被认可人
    receiver_id: Option<IdFilter>,
    /// Whoever got them has the home in this team today. 被认可人所属团队
    team_id: Option<Id<team::Entity>>,
    /// For what. 价值观
    value: Option<RecognitionValueFilter>,
    /// When they were given. 日期
    day: Option<DateFilter>,
    /// Those that were taken back too: your own, and where they are within your reach. 含已撤回
    #[graphql(default)]
    include_withdrawn: bool,
}

impl RecognitionFilter {
    /// The plain filter.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the field whose id is of another type.
    pub fn plain(self) -> Result<store::RecognitionFilter> {
        Ok(store::RecognitionFilter {
            giver: keys::<member::Entity>(self.giver_id, "filter.giverId")?,
            receiver: keys::<member::Entity>(self.receiver_id, "filter.receiverId")?,
            team: self.team_id.map(|id| id.uuid),
            value: self.value.map(Into::into),
            day: self.day.map(Into::into),
            include_withdrawn: self.include_withdrawn,
        })
    }
}

/// An honour to confer. 授予荣誉
#[derive(Clone, InputObject)]
pub struct HonourConferInput {
    /// On whom; not on yourself. 成员
    member_id: Id<member::Entity>,
    /// `TITLE` or `COMMENDATION`. 荣誉类型（称号或嘉奖）
    kind: HonourKind,
    /// What it is called, in English; up to 100 characters. 英文称号
    title: String,
    /// The same in Chinese. 中文称号
    title_zh: String,
    /// What it is given for, in English; up to 1000 characters. 英文颁奖词
    citation: String,
    /// The same in Chinese. 中文颁奖词
    citation_zh: String,
    /// The first day on which it is no longer held; it lasts when none is given. 截止日期（不含）
    until: Option<Date>,
    /// Makes repetitions within 24 hours return the first result. 幂等键
    pub idempotency_key: Option<String>,
}

impl HonourConferInput {
    /// The plain input.
    pub fn plain(self) -> Confer {
        Confer {
            member_id: self.member_id.uuid,
            kind: self.kind.into(),
            title: self.title,
            title_zh: self.title_zh,
            citation: self.citation,
            citation_zh: self.citation_zh,
            until: self.until.map(|day| day.0),
        }
    }
}

/// An honour to take back. 撤销荣誉
#[derive(Clone, InputObject)]
pub struct HonourRevokeInput {
    /// Which one. 荣誉
    id: Id<honour::Entity>,
    /// The version that you have seen. 版本号
    expected_version: i32,
    /// Why; up to 1000 characters. The member sees it. 原因
    reason: String,
}

impl HonourRevokeInput {
    /// The plain input.
    pub fn plain(self) -> Revoke {
        Revoke {
            step: Step {
                id: self.id.uuid,
                expected_version: self.expected_version,
            },
            reason: self.reason,
        }
    }
}

/// Whether you want to stand on the honour wall. 荣誉墙公开设置
#[derive(Clone, InputObject)]
pub struct HonourWallPreferenceSetInput {
    /// Show your honours, and what you and colleagues recognise in each other, to all the staff. 是否公开
    pub shown: bool,
}

/// A colleague to recognise. 认可同事
#[derive(Clone, InputObject)]
pub struct RecognitionGiveInput {
    /// Who; one that you see, who belongs to a team. 同事
    receiver_id: Id<member::Entity>,
    /// For what. 价值观
    value: RecognitionValue,
    /// In your words; up to 1000 characters. 留言
    message: String,
    /// A ticket that it is about; shown only to who may see the ticket. 相关工单
    ticket_id: Option<Id<ticket::Entity>>,
    /// Makes repetitions within 24 hours return the first result. 幂等键
    pub idempotency_key: Option<String>,
}

impl RecognitionGiveInput {
    /// The plain input.
    pub fn plain(self) -> Give {
        Give {
            receiver_id: self.receiver_id.uuid,
            value: self.value.into(),
            message: self.message,
            ticket_id: self.ticket_id.map(|id| id.uuid),
        }
    }
}

/// A recognition to take back. 撤回认可
#[derive(Clone, InputObject)]
pub struct RecognitionWithdrawInput {
    /// Which one: yours, of today; any for those who review recognitions. 认可
    id: Id<recognition::Entity>,
    /// The version that you have seen. 版本号
    expected_version: i32,
}

impl RecognitionWithdrawInput {
    /// The plain input.
    pub fn plain(self) -> Step {
        Step {
            id: self.id.uuid,
            expected_version: self.expected_version,
        }
    }
}
