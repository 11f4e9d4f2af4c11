//! What the reaches mean for honours and recognitions. `OWN` is one's own; with the permission to read comes the wall: what is of
//! members who are shown. A wider reach has those within it, shown or not.

use chrono::NaiveDate;
use entity::enums::Reach;
use entity::{honour, honour_opt_out, recognition};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QuerySelect, QueryTrait};

use crate::access::{Permission, Scoped, Standing};
use crate::organisation::{MemberFacts, holds_on, of_member, placed_in, working_on};

/// The rows whose member (by that column) is shown on a day: works here and didn't opt out.
pub(super) fn is_shown<C: ColumnTrait>(member: C, day: NaiveDate) -> Condition {
    let out = honour_opt_out::Entity::find()
        .select_only()
        .column(honour_opt_out::Column::MemberId)
        .into_query();
    Condition::all()
        .add(member.in_subquery(working_on(day)))
        .add(member.not_in_subquery(out))
}

/// The same for one member.
fn shows(facts: &MemberFacts, opted_out: bool, day: NaiveDate) -> bool {
    !opted_out && holds_on(facts.member.joined_on, facts.member.left_on, day)
}

/// An honour with what decides who may see it.
#[derive(Clone, Debug)]
pub struct HonourFacts {
    /// The honour.
    pub honour: honour::Model,
    /// Who holds it.
    pub member: MemberFacts,
    /// Did they opt out of the wall?
    pub opted_out: bool,
}

impl HonourFacts {
    /// Does it come to everybody on the staff on a day? The plain side of what is lent.
    #[must_use]
    pub fn is_lent(&self, day: NaiveDate) -> bool {
        self.honour.revoked_on.is_none() && shows(&self.member, self.opted_out, day)
    }
}

impl Scoped for honour::Entity {
    const READ: Permission = Permission::HonourRead;
    type Facts = HonourFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        of_member(honour::Column::MemberId, reach, standing)
    }

    fn within(facts: &HonourFacts, reach: Reach, standing: &Standing) -> bool {
        facts.member.within(reach, standing)
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        use honour::Column::{MemberId, RevokedOn};
        let day = standing.day.filter(|_| permission == Self::READ)?;
        Some(is_shown(MemberId, day).add(RevokedOn.is_null()))
    }
}

/// A recognition with what decides who may see it.
#[derive(Clone, Debug)]
pub struct RecognitionFacts {
    /// The recognition.
    pub recognition: recognition::Model,
    /// Who gave it, and whether they opted out of the wall.
    pub giver: (MemberFacts, bool),
    /// Who got it, likewise.
    pub receiver: (MemberFacts, bool),
}

impl RecognitionFacts {
    /// Does it come to everybody on the staff on a day? The plain side of what is lent.
    #[must_use]
    pub fn is_lent(&self, day: NaiveDate) -> bool {
        let (giver, receiver) = (&self.giver, &self.receiver);
        self.recognition.withdrawn_at.is_none()
            && shows(&giver.0, giver.1, day)
            && shows(&receiver.0, receiver.1, day)
    }
}

/// A recognition is within a reach of others when both are: otherwise it would show one who isn't.
impl Scoped for recognition::Entity {
    const READ: Permission = Permission::HonourRead;
    type Facts = RecognitionFacts;

    fn condition(reach: Reach, standing: &Standing) -> Option<Condition> {
        use recognition::Column::{GiverId, ReceiverId, WithdrawnAt};
        match reach {
            Reach::All => Some(Condition::all()),
            Reach::Organisation => None,
            Reach::Own => standing.member_id.map(|me| {
                let got = Condition::all()
                    .add(ReceiverId.eq(me))
                    .add(WithdrawnAt.is_null());
                Condition::any().add(GiverId.eq(me)).add(got)
            }),
            _ => placed_in(reach, standing).map(|members| {
                Condition::all()
                    .add(GiverId.in_subquery(members.clone()))
                    .add(ReceiverId.in_subquery(members))
            }),
        }
    }

    fn within(facts: &RecognitionFacts, reach: Reach, standing: &Standing) -> bool {
        let row = &facts.recognition;
        match reach {
            Reach::All => true,
            Reach::Organisation => false,
            Reach::Own => standing.member_id.is_some_and(|me| {
                row.giver_id == me || (row.receiver_id == me && row.withdrawn_at.is_none())
            }),
            _ => facts.giver.0.within(reach, standing) && facts.receiver.0.within(reach, standing),
        }
    }

    fn lent(permission: Permission, standing: &Standing) -> Option<Condition> {
        use recognition::Column::{GiverId, ReceiverId, WithdrawnAt};
        let day = standing.day.filter(|_| permission == Self::READ)?;
        let shown = is_shown(GiverId, day).add(is_shown(ReceiverId, day));
        Some(shown.add(WithdrawnAt.is_null()))
    }
}
