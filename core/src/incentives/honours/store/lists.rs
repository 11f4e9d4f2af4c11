//! Lists of honours and recognitions.

use chrono::NaiveDate;
use entity::enums::{HonourKind, RecognitionValue};
use entity::{honour, member, recognition};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, RangeMatches};
use crate::db::keyset::Sort;
use crate::incentives::honours::scope::is_shown;
use crate::organisation::at_home_on;

/// Which honours. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct HonourFilter {
    /// What they are.
    pub kind: Option<Matches<HonourKind>>,
    /// Who holds them.
    pub member: Option<IdMatches>,
    /// Whoever holds them has the home in this team today.
    pub team: Option<Uuid>,
    /// When they were given.
    pub given_on: Option<RangeMatches<NaiveDate>>,
    /// Those that lapsed or were revoked, too.
    pub include_lapsed: bool,
    /// Only of members who are shown on the wall, or only of those who aren't.
    pub shown: Option<bool>,
    /// One's own.
    pub mine: bool,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HonourOrder {
    /// The latest ones first.
    #[default]
    GivenOnDesc,
    /// The earliest ones first.
    GivenOnAsc,
}

impl Listed for honour::Entity {
    type Filter = HonourFilter;
    type Order = HonourOrder;

    fn matching(filter: &HonourFilter, viewer: &Viewer) -> Condition {
        use honour::Column::{GivenOn, Kind, MemberId, RevokedOn, Until};
        let day = viewer.standing.day.unwrap_or_default();
        let held = || {
            Condition::all()
                .add(RevokedOn.is_null())
                .add(Condition::any().add(Until.is_null()).add(Until.gt(day)))
        };
        let member = |is: &IdMatches| compare_reference::<member::Entity>(is, MemberId, viewer);
        let me = viewer.standing.member_id.unwrap_or_default();
        Condition::all()
            .add_option(filter.kind.as_ref().map(|is| is.on(Kind)))
            .add_option(filter.member.as_ref().map(member))
            .add_option(
                filter
                    .team
                    .map(|team| MemberId.in_subquery(at_home_on(team, day))),
            )
            .add_option(filter.given_on.as_ref().map(|is| is.on(GivenOn)))
            .add_option((!filter.include_lapsed).then(held))
            .add_option(filter.shown.map(|shown| {
                let these = is_shown(MemberId, day).add(RevokedOn.is_null());
                if shown { these } else { these.not() }
            }))
            .add_option(filter.mine.then(|| MemberId.eq(me)))
    }

    fn sorts(order: HonourOrder) -> Vec<Sort<honour::Column>> {
        use honour::Column::{GivenOn, Id};
        match order {
            HonourOrder::GivenOnDesc => vec![Sort::descending(GivenOn), Sort::descending(Id)],
            HonourOrder::GivenOnAsc => vec![Sort::ascending(GivenOn), Sort::ascending(Id)],
        }
    }
}

/// Which recognitions. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct RecognitionFilter {
    /// Who gave them.
    pub giver: Option<IdMatches>,
    /// Who got them.
    pub receiver: Option<IdMatches>,
    /// Whoever got them has the home in this team today.
    pub team: Option<Uuid>,
    /// For what.
    pub value: Option<Matches<RecognitionValue>>,
    /// When they were given.
    pub day: Option<RangeMatches<NaiveDate>>,
    /// Those that were taken back, too.
    pub include_withdrawn: bool,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecognitionOrder {
    /// The latest ones first.
    #[default]
    DayDesc,
    /// The earliest ones first.
    DayAsc,
}

impl Listed for recognition::Entity {
    type Filter = RecognitionFilter;
    type Order = RecognitionOrder;

    fn matching(filter: &RecognitionFilter, viewer: &Viewer) -> Condition {
        use recognition::Column::{Day, GiverId, ReceiverId, Value, WithdrawnAt};
        let day = viewer.standing.day.unwrap_or_default();
        let giver = |is: &IdMatches| compare_reference::<member::Entity>(is, GiverId, viewer);
        let receiver = |is: &IdMatches| compare_reference::<member::Entity>(is, ReceiverId, viewer);
        Condition::all()
            .add_option(filter.giver.as_ref().map(giver))
            .add_option(filter.receiver.as_ref().map(receiver))
            .add_option(
                filter
                    .team
                    .map(|team| ReceiverId.in_subquery(at_home_on(team, day))),
            )
            .add_option(filter.value.as_ref().map(|is| is.on(Value)))
            .add_option(filter.day.as_ref().map(|is| is.on(Day)))
            .add_option((!filter.include_withdrawn).then(|| WithdrawnAt.is_null()))
    }

    fn sorts(order: RecognitionOrder) -> Vec<Sort<recognition::Column>> {
        use recognition::Column::{Day, Id};
        match order {
            RecognitionOrder::DayDesc => vec![Sort::descending(Day), Sort::descending(Id)],
            RecognitionOrder::DayAsc => vec![Sort::ascending(Day), Sort::ascending(Id)],
        }
    }
}
