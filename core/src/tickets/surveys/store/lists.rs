//! Filters and orderings of the lists of surveys and follow-ups.

use chrono::{DateTime, Utc};
use entity::enums::{FollowUpState, SurveyState};
use entity::{member, survey, survey_answer, survey_follow_up, team, ticket};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, RangeMatches, TimeMatches};
use crate::db::keyset::Sort;

/// Which surveys a list is about. Everything given must hold.
#[derive(Clone, Debug)]
pub struct SurveyFilter {
    /// Now: an open survey expires by the clock.
    pub now: DateTime<Utc>,
    /// What has become of it.
    pub state: Option<Matches<SurveyState>>,
    /// How it was rated.
    pub rating: Option<RangeMatches<i64>>,
    /// The team that has the ticket.
    pub team_id: Option<IdMatches>,
    /// When it was sent.
    pub sent_at: Option<TimeMatches>,
}

/// In which order surveys come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyOrder {
    /// When it was sent.
    SentAt {
        /// Newest first?
        newest_first: bool,
    },
}

impl Listed for survey::Entity {
    type Filter = SurveyFilter;
    type Order = SurveyOrder;

    fn matching(filter: &SurveyFilter, viewer: &Viewer) -> Condition {
        use survey::Column;
        let rated = filter.rating.as_ref().map(|compare| {
            let answers = survey_answer::Entity::find()
                .select_only()
                .column(survey_answer::Column::SurveyId)
                .filter(compare.on(survey_answer::Column::Rating));
            Column::Id.in_subquery(answers.into_query())
        });
        let of_team = filter.team_id.as_ref().map(|compare| {
            let tickets = ticket::Entity::find()
                .select_only()
                .column(ticket::Column::Id)
                .filter(compare_reference::<team::Entity>(
                    compare,
                    ticket::Column::TeamId,
                    viewer,
                ));
            Column::TicketId.in_subquery(tickets.into_query())
        });
        Condition::all()
            .add_option(
                filter
                    .state
                    .as_ref()
                    .map(|compare| in_state(compare, filter.now)),
            )
            .add_option(rated)
            .add_option(of_team)
            .add_option(
                filter
                    .sent_at
                    .as_ref()
                    .map(|compare| compare.on(Column::SentAt)),
            )
    }

    fn sorts(SurveyOrder::SentAt { newest_first }: SurveyOrder) -> Vec<Sort<survey::Column>> {
        by(survey::Column::SentAt, survey::Column::Id, newest_first)
    }
}

/// The states as [`crate::tickets::surveys::rules::state`] tells them.
fn in_state(compare: &Matches<SurveyState>, now: DateTime<Utc>) -> Condition {
    use survey::Column::{ExpiresAt, State};
    let wanted = |state: SurveyState| {
        compare.eq.is_none_or(|only| only == state)
            && compare
                .one_of
                .as_ref()
                .is_none_or(|some| some.contains(&state))
    };
    // Nothing wanted is nothing found: an empty `any` would vanish.
    let mut any = Condition::any().add(
        State.is_in(
            [
                SurveyState::Answered,
                SurveyState::Withdrawn,
                SurveyState::Expired,
            ]
            .into_iter()
            .filter(|state| wanted(*state)),
        ),
    );
    let open = || Condition::all().add(State.eq(SurveyState::Open));
    if wanted(SurveyState::Open) {
        any = any.add(open().add(ExpiresAt.gt(now)));
    }
    if wanted(SurveyState::Expired) {
        any = any.add(open().add(ExpiresAt.lte(now)));
    }
    any
}

/// Which follow-ups a list is about. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct FollowUpFilter {
    /// Whether it is done.
    pub state: Option<Matches<FollowUpState>>,
    /// Who does it.
    pub member_id: Option<IdMatches>,
    /// Until when.
    pub due_at: Option<TimeMatches>,
}

/// In which order follow-ups come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUpOrder {
    /// Until when it is to be done.
    DueAt {
        /// Latest first?
        latest_first: bool,
    },
}

impl Listed for survey_follow_up::Entity {
    type Filter = FollowUpFilter;
    type Order = FollowUpOrder;

    fn matching(filter: &FollowUpFilter, viewer: &Viewer) -> Condition {
        use survey_follow_up::Column;
        Condition::all()
            .add_option(
                filter
                    .state
                    .as_ref()
                    .map(|compare| compare.on(Column::State)),
            )
            .add_option(filter.member_id.as_ref().map(|compare| {
                compare_reference::<member::Entity>(compare, Column::MemberId, viewer)
            }))
            .add_option(
                filter
                    .due_at
                    .as_ref()
                    .map(|compare| compare.on(Column::DueAt)),
            )
    }

    fn sorts(
        FollowUpOrder::DueAt { latest_first }: FollowUpOrder,
    ) -> Vec<Sort<survey_follow_up::Column>> {
        use survey_follow_up::Column;
        by(Column::DueAt, Column::Id, latest_first)
    }
}

fn by<C: ColumnTrait>(column: C, key: C, descending: bool) -> Vec<Sort<C>> {
    [column, key]
        .into_iter()
        .map(|column| Sort {
            column,
            descending,
            nullable: false,
        })
        .collect()
}
