//! What the reaches mean for meetings: one sees those that one organises or is invited to; with a wider reach those of the
//! teams within it. Action items are seen with their meeting, by their owner, and by who leads the owner.

use std::collections::BTreeSet;

use entity::enums::Reach;
use entity::{
    action_item, meeting, meeting_agenda_item, meeting_decision, meeting_invitee, meeting_minute,
    meeting_series, meeting_series_member,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{MemberFacts, of_member};

/// A meeting with what decides who may see it.
#[derive(Clone, Debug)]
pub struct MeetingFacts {
    /// The meeting.
    pub meeting: meeting::Model,
    /// Who is invited.
    pub invited: BTreeSet<Uuid>,
}

/// A series with what decides who may see it.
#[derive(Clone, Debug)]
pub struct SeriesFacts {
    /// The series.
    pub series: meeting_series::Model,
    /// Who is invited.
    pub invited: BTreeSet<Uuid>,
}

/// An action item with what decides who may see it.
#[derive(Clone, Debug)]
pub struct ActionItemFacts {
    /// Its owner with all assignments.
    pub owner: MemberFacts,
    /// Its meeting.
    pub meeting: MeetingFacts,
}

fn teams(reach: Reach, standing: &Standing) -> Option<&BTreeSet<Uuid>> {
    match reach {
        Reach::Team => Some(&standing.teams),
        Reach::TeamTree => Some(&standing.team_tree),
        Reach::Department => Some(&standing.department_teams),
        Reach::Region => Some(&standing.region_teams),
        Reach::Own | Reach::All | Reach::Organisation => None,
    }
}

/// Rows by who organises them and whose team's they are.
fn condition<C: ColumnTrait>(
    (organiser, team): (C, C),
    reach: Reach,
    standing: &Standing,
) -> Option<Condition> {
    match reach {
        Reach::All => Some(Condition::all()),
        Reach::Own => standing
            .member_id
            .map(|me| Condition::all().add(organiser.eq(me))),
        _ => {
            teams(reach, standing).map(|set| Condition::all().add(team.is_in(set.iter().copied())))
        }
    }
}

fn is_within(organiser: Uuid, team: Option<Uuid>, reach: Reach, standing: &Standing) -> bool {
    match reach {
        Reach::All => true,
        Reach::Own => standing.member_id == Some(organiser),
        _ => team.is_some_and(|id| teams(reach, standing).is_some_and(|set| set.contains(&id))),
    }
}

/// The meetings that a member is invited to, by their keys.
fn invitations(member: Uuid) -> SelectStatement {
    meeting_invitee::Entity::find()
        .select_only()
        .column(meeting_invitee::Column::MeetingId)
        .filter(meeting_invitee::Column::MemberId.eq(member))
        .into_query()
}

/// Meetings that meet a condition, by their keys.
fn keys(condition: Condition) -> SelectStatement {
    meeting::Entity::find()
        .select_only()
        .column(meeting::Column::Id)
        .filter(condition)
        .into_query()
}

fn whose(reach: Reach, standing: &Standing) -> Option<Condition> {
    use meeting::Column::{OrganiserId, TeamId};
    condition((OrganiserId, TeamId), reach, standing)
}

impl MeetingFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        let row = &self.meeting;
        is_within(row.organiser_id, row.team_id, reach, standing)
    }

    /// Is it lent to whoever may read with reach `OWN`?
    #[must_use]
    pub fn lends(&self, standing: &Standing) -> bool {
        standing
            .member_id
            .is_some_and(|me| self.invited.contains(&me))
    }
}

impl Scoped for meeting::Entity {
    const READ: Permission = Permission::MeetingRead;
    type Facts = MeetingFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        whose(reach, standing)
    }

    fn within(facts: &MeetingFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let me = standing.member_id.filter(|_| permission == Self::READ)?;
        Some(Condition::all().add(meeting::Column::Id.in_subquery(invitations(me))))
    }
}

/// What hangs on a meeting follows it.
macro_rules! of_meetings {
    ($($table:ident),*) => {
        $(impl Scoped for $table::Entity {
            const READ: Permission = Permission::MeetingRead;
            type Facts = MeetingFacts;

            fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
                let meetings = keys(whose(reach, standing)?);
                Some(Condition::all().add($table::Column::MeetingId.in_subquery(meetings)))
            }

            fn within(facts: &MeetingFacts, reach: Reach, standing: &Standing) -> bool {
                facts.within(reach, standing)
            }

            fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
                let me = standing.member_id.filter(|_| permission == Self::READ)?;
                Some(Condition::all().add($table::Column::MeetingId.in_subquery(invitations(me))))
            }
        })*
    };
}

of_meetings!(
    meeting_agenda_item,
    meeting_decision,
    meeting_invitee,
    meeting_minute
);

/// The series that a member is invited to, by their keys.
fn series_of(member: Uuid) -> SelectStatement {
    meeting_series_member::Entity::find()
        .select_only()
        .column(meeting_series_member::Column::SeriesId)
        .filter(meeting_series_member::Column::MemberId.eq(member))
        .into_query()
}

impl SeriesFacts {
    fn within(&self, reach: Reach, standing: &Standing) -> bool {
        let row = &self.series;
        is_within(row.organiser_id, row.team_id, reach, standing)
    }

    /// Is it lent to whoever may read with reach `OWN`?
    #[must_use]
    pub fn lends(&self, standing: &Standing) -> bool {
        standing
            .member_id
            .is_some_and(|me| self.invited.contains(&me))
    }
}

impl Scoped for meeting_series::Entity {
    const READ: Permission = Permission::MeetingRead;
    type Facts = SeriesFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use meeting_series::Column::{OrganiserId, TeamId};
        condition((OrganiserId, TeamId), reach, standing)
    }

    fn within(facts: &SeriesFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let me = standing.member_id.filter(|_| permission == Self::READ)?;
        Some(Condition::all().add(meeting_series::Column::Id.in_subquery(series_of(me))))
    }
}

/// Who is invited to a series follows it.
impl Scoped for meeting_series_member::Entity {
    const READ: Permission = Permission::MeetingRead;
    type Facts = SeriesFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        let series = meeting_series::Entity::find()
            .select_only()
            .column(meeting_series::Column::Id)
            .filter(meeting_series::Entity::condition(reach, standing)?)
            .into_query();
        Some(Condition::all().add(meeting_series_member::Column::SeriesId.in_subquery(series)))
    }

    fn within(facts: &SeriesFacts, reach: Reach, standing: &Standing) -> bool {
        facts.within(reach, standing)
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let me = standing.member_id.filter(|_| permission == Self::READ)?;
        let series = meeting_series_member::Column::SeriesId.in_subquery(series_of(me));
        Some(Condition::all().add(series))
    }
}

impl Scoped for action_item::Entity {
    const READ: Permission = Permission::MeetingRead;
    type Facts = ActionItemFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        if reach == Reach::All {
            return Some(Condition::all());
        }
        use action_item::Column::{MeetingId, OwnerId};
        let meetings = whose(reach, standing).map(|them| MeetingId.in_subquery(keys(them)));
        let any = Condition::any()
            .add_option(of_member(OwnerId, reach, standing))
            .add_option(meetings);
        (!any.is_empty()).then_some(any)
    }

    fn within(facts: &ActionItemFacts, reach: Reach, standing: &Standing) -> bool {
        facts.owner.within(reach, standing) || facts.meeting.within(reach, standing)
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        let me = standing.member_id.filter(|_| permission == Self::READ)?;
        Some(Condition::all().add(action_item::Column::MeetingId.in_subquery(invitations(me))))
    }
}
