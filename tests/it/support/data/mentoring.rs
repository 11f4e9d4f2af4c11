use entity::enums::{MentoringResult, MentoringState};
use entity::{mentoring, mentoring_check_in, mentoring_goal, mentoring_ticket};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Table, days_ago, key, start, write};

/// Pairs with what hangs on them.
#[derive(Clone, Debug, Default)]
pub struct Mentoring {
    pub pairs: Vec<mentoring::Model>,
    pub goals: Vec<mentoring_goal::Model>,
    pub tickets: Vec<mentoring_ticket::Model>,
    pub check_ins: Vec<mentoring_check_in::Model>,
}

impl Mentoring {
    /// Writes everything; members and tickets must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.pairs).await;
        write(tx, &self.goals).await;
        write(tx, &self.tickets).await;
        write(tx, &self.check_ins).await;
    }

    /// The agent looks after the mover (1), and the lead looked after the colleague (2), who is held against desk south.
    pub fn small() -> Self {
        let mut mentoring = Self::default();
        mentoring.pair(1, (2, 5), None);
        mentoring.pair(2, (1, 3), Some(MentoringResult::Reached));
        mentoring
    }

    fn pair(
        &mut self,
        n: usize,
        (mentor, newcomer): (usize, usize),
        result: Option<MentoringResult>,
    ) {
        let id = key(Table::Mentoring, n);
        self.pairs.push(mentoring::Model {
            id,
            mentor_id: key(Table::Member, mentor),
            newcomer_id: key(Table::Member, newcomer),
            state: if result.is_some() {
                MentoringState::Ended
            } else {
                MentoringState::Active
            },
            metric_key: "tickets_resolved".to_owned(),
            started_on: days_ago(60),
            planned_end: days_ago(-30),
            ended_on: result.map(|_| days_ago(10)),
            result,
            result_note: result.map(|_| "Works alone. 可独立工作".to_owned()),
            created_by: Uuid::nil(),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.goals.push(mentoring_goal::Model {
            id: key(Table::MentoringGoal, n),
            mentoring_id: id,
            goal: "Takes calls alone. 独立接听".to_owned(),
            due_on: days_ago(5),
            reached_on: None,
            note: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.tickets.push(mentoring_ticket::Model {
            id: key(Table::MentoringTicket, n),
            mentoring_id: id,
            ticket_id: key(Table::Ticket, 12),
            note: Some("How to say no. 如何拒绝".to_owned()),
            linked_by: Uuid::nil(),
            linked_at: start(),
        });
        self.check_ins.push(mentoring_check_in::Model {
            id: key(Table::CheckIn, n),
            mentoring_id: id,
            held_on: days_ago(20),
            rating: Some(4),
            note: "Listens well. 善于倾听".to_owned(),
            written_by: Uuid::nil(),
            written_by_name: "The mentor".to_owned(),
            created_at: start(),
        });
    }
}
