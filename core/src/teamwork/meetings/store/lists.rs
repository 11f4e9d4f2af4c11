//! Filters and orderings of meetings, series and action items, and what hangs from what.

use entity::enums::{ActionItemState, MeetingKind, MeetingState};
use entity::{
    action_item, meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute,
    meeting_series, meeting_series_member, member, team,
};
use sea_orm::{ColumnTrait, Condition};

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, RangeMatches, TextMatches, TimeMatches, unless};
use crate::db::keyset::Sort;

/// Which meetings.
#[derive(Clone, Debug, Default)]
pub struct MeetingFilter {
    /// What has become of them.
    pub state: Option<Matches<MeetingState>>,
    /// What they are for.
    pub kind: Option<Matches<MeetingKind>>,
    /// Of which series.
    pub series_id: Option<IdMatches>,
    /// Of which team.
    pub team_id: Option<IdMatches>,
    /// From when.
    pub starts_at: Option<TimeMatches>,
    /// One organises them, or somebody else does.
    pub mine: Option<bool>,
}

/// How meetings are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeetingOrder {
    /// The latest first.
    #[default]
    StartsAtDesc,
    /// The earliest first.
    StartsAtAsc,
}

impl Listed for meeting::Entity {
    type Filter = MeetingFilter;
    type Order = MeetingOrder;

    fn matching(filter: &MeetingFilter, viewer: &Viewer) -> Condition {
        use meeting::Column::{Kind, OrganiserId, SeriesId, StartsAt, State, TeamId};
        let me = viewer.standing.member_id.unwrap_or_default();
        Condition::all()
            .add_option(filter.state.as_ref().map(|it| it.on(State)))
            .add_option(filter.kind.as_ref().map(|it| it.on(Kind)))
            .add_option(
                filter
                    .series_id
                    .as_ref()
                    .map(|it| compare_reference::<meeting_series::Entity>(it, SeriesId, viewer)),
            )
            .add_option(
                filter
                    .team_id
                    .as_ref()
                    .map(|it| compare_reference::<team::Entity>(it, TeamId, viewer)),
            )
            .add_option(filter.starts_at.as_ref().map(|it| it.on(StartsAt)))
            .add_option(filter.mine.map(|mine| {
                if mine {
                    OrganiserId.eq(me)
                } else {
                    OrganiserId.ne(me)
                }
            }))
    }

    fn sorts(order: MeetingOrder) -> Vec<Sort<meeting::Column>> {
        use meeting::Column::{Id, StartsAt};
        match order {
            MeetingOrder::StartsAtDesc => vec![Sort::descending(StartsAt), Sort::descending(Id)],
            MeetingOrder::StartsAtAsc => vec![Sort::ascending(StartsAt), Sort::ascending(Id)],
        }
    }
}

/// Which series.
#[derive(Clone, Debug, Default)]
pub struct SeriesFilter {
    /// What they are called.
    pub title: Option<TextMatches>,
    /// What they are for.
    pub kind: Option<Matches<MeetingKind>>,
    /// Of which team.
    pub team_id: Option<IdMatches>,
    /// Ended, or going on.
    pub ended: Option<bool>,
}

/// How series are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeriesOrder {
    /// By title.
    #[default]
    TitleAsc,
    /// By title, backwards.
    TitleDesc,
}

impl Listed for meeting_series::Entity {
    type Filter = SeriesFilter;
    type Order = SeriesOrder;

    fn matching(filter: &SeriesFilter, viewer: &Viewer) -> Condition {
        use meeting_series::Column::{EndedAt, Kind, TeamId, Title};
        Condition::all()
            .add_option(filter.title.as_ref().map(|it| it.on(Title)))
            .add_option(filter.kind.as_ref().map(|it| it.on(Kind)))
            .add_option(
                filter
                    .team_id
                    .as_ref()
                    .map(|it| compare_reference::<team::Entity>(it, TeamId, viewer)),
            )
            .add_option(filter.ended.map(|ended| {
                if ended {
                    EndedAt.is_not_null()
                } else {
                    EndedAt.is_null()
                }
            }))
    }

    fn sorts(order: SeriesOrder) -> Vec<Sort<meeting_series::Column>> {
        use meeting_series::Column::{Id, Title};
        match order {
            SeriesOrder::TitleAsc => vec![Sort::ascending(Title), Sort::ascending(Id)],
            SeriesOrder::TitleDesc => vec![Sort::descending(Title), Sort::descending(Id)],
        }
    }
}

/// Which action items.
#[derive(Clone, Debug, Default)]
pub struct ActionItemFilter {
    /// How far they are.
    pub state: Option<Matches<ActionItemState>>,
    /// Who does them.
    pub owner_id: Option<IdMatches>,
    /// From which meeting.
    pub meeting_id: Option<IdMatches>,
    /// From which series.
    pub series_id: Option<IdMatches>,
    /// By when.
    pub due_on: Option<RangeMatches<chrono::NaiveDate>>,
    /// They should have been done already, or not.
    pub overdue: Option<bool>,
}

/// How action items are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActionItemOrder {
    /// The soonest first.
    #[default]
    DueOnAsc,
    /// The latest first.
    CreatedAtDesc,
}

impl Listed for action_item::Entity {
    type Filter = ActionItemFilter;
    type Order = ActionItemOrder;

    fn matching(filter: &ActionItemFilter, viewer: &Viewer) -> Condition {
        use action_item::Column::{DueOn, MeetingId, OwnerId, SeriesId, State};
        let late = || {
            let today = viewer.standing.day.unwrap_or_default();
            Condition::all()
                .add(State.is_in([ActionItemState::Open, ActionItemState::InProgress]))
                .add(DueOn.lt(today))
        };
        Condition::all()
            .add_option(filter.state.as_ref().map(|it| it.on(State)))
            .add_option(
                filter
                    .owner_id
                    .as_ref()
                    .map(|it| compare_reference::<member::Entity>(it, OwnerId, viewer)),
            )
            .add_option(
                filter
                    .meeting_id
                    .as_ref()
                    .map(|it| compare_reference::<meeting::Entity>(it, MeetingId, viewer)),
            )
            .add_option(
                filter
                    .series_id
                    .as_ref()
                    .map(|it| compare_reference::<meeting_series::Entity>(it, SeriesId, viewer)),
            )
            .add_option(filter.due_on.as_ref().map(|it| it.on(DueOn)))
            .add_option(
                filter
                    .overdue
                    .map(|overdue| if overdue { late() } else { unless(late()) }),
            )
    }

    fn sorts(order: ActionItemOrder) -> Vec<Sort<action_item::Column>> {
        use action_item::Column::{CreatedAt, DueOn, Id};
        match order {
            ActionItemOrder::DueOnAsc => vec![Sort::ascending(DueOn), Sort::ascending(Id)],
            ActionItemOrder::CreatedAtDesc => {
                vec![Sort::descending(CreatedAt), Sort::descending(Id)]
            }
        }
    }
}

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident: $table:ident by $parent:ident, $order:ident $sort:ident;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl Link for $name {
                type Child = $table::Entity;

                fn columns() -> (Column<Self>, Column<Self>) {
                    ($table::Column::Id, $table::Column::$parent)
                }

                fn sorts() -> Vec<Sort<Column<Self>>> {
                    vec![Sort::$order($table::Column::$sort), Sort::$order($table::Column::Id)]
                }
            }
        )*
    };
}

links! {
    /// Who is invited to a meeting, by name.
    MeetingsInvitees: meeting_invitee by MeetingId, ascending Name;
    /// The agenda of a meeting, in its order.
    MeetingsAgenda: meeting_agenda_item by MeetingId, ascending Place;
    /// The minutes of a meeting, the latest version first.
    MeetingsMinutes: meeting_minute by MeetingId, descending Number;
    /// What a meeting has decided.
    MeetingsDecisions: meeting_decision by MeetingId, ascending Number;
    /// The action items of a meeting, the soonest first.
    MeetingsItems: action_item by MeetingId, ascending DueOn;
    /// Who is invited to a series.
    SeriesMembers: meeting_series_member by SeriesId, ascending MemberId;
}
