use chrono::TimeDelta;
use entity::enums::{HonourKind, HonourSource, RecognitionValue};
use entity::{honour, honour_opt_out, recognition};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Table, days_ago, key, start, write};

/// Honours, who isn't shown with theirs, recognitions.
#[derive(Clone, Debug, Default)]
pub struct Honours {
    pub honours: Vec<honour::Model>,
    pub opt_outs: Vec<honour_opt_out::Model>,
    pub recognitions: Vec<recognition::Model>,
}

fn member(n: usize) -> Uuid {
    key(Table::Member, n)
}

impl Honours {
    /// Writes everything; members and tickets must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.honours).await;
        write(tx, &self.opt_outs).await;
        write(tx, &self.recognitions).await;
    }

    /// HR conferred titles on the agent (1), the mover (3), who has opted out of the wall, and the leaver (5), and commendations on
    /// the colleague (2), which has lapsed, and the engineer (4), which was revoked.
    ///
    /// The agent recognised the colleague (1), about ticket 1, and the mover the agent (2). What the agent gave the lead (3) was taken
    /// back. The engineer and the coordinator recognised each other twice (4 to 7).
    pub fn small() -> Self {
        let mut rows = Self::default();
        for (n, of, kind) in [
            (1, 2, HonourKind::Title),
            (2, 3, HonourKind::Commendation),
            (3, 5, HonourKind::Title),
            (4, 4, HonourKind::Commendation),
            (5, 6, HonourKind::Title),
        ] {
            rows.honour(n, of, kind);
        }
        rows.honours[1].until = Some(days_ago(5));
        let revoked = &mut rows.honours[3];
        revoked.revoked_on = Some(days_ago(2));
        revoked.revoke_reason = Some("It was somebody else. 实为他人".to_owned());
        revoked.revoked_by = Some(key(Table::User, 7));
        revoked.revoked_by_name = Some("The hr".to_owned());
        rows.opt_outs.push(honour_opt_out::Model {
            member_id: member(5),
            created_at: start(),
        });
        for (n, from, to, ago) in [
            (1, 2, 3, 10),
            (2, 5, 2, 4),
            (3, 2, 1, 3),
            (4, 4, 8, 25),
            (5, 8, 4, 17),
            (6, 4, 8, 16),
            (7, 8, 4, 8),
        ] {
            rows.recognition(n, (from, to), ago);
        }
        rows.recognitions[0].ticket_id = Some(key(Table::Ticket, 1));
        rows.recognitions[2].withdrawn_at = Some(start() - TimeDelta::days(3));
        rows
    }

    fn honour(&mut self, n: usize, of: usize, kind: HonourKind) {
        self.honours.push(honour::Model {
            id: key(Table::Honour, n),
            kind,
            member_id: member(of),
            title: format!("Honour {n}"),
            title_zh: format!("荣誉{n}"),
            citation: "Always there for customers.".to_owned(),
            citation_zh: "始终心系客户。".to_owned(),
            given_on: days_ago(20),
            until: None,
            source: HonourSource::Conferred,
            source_id: None,
            given_by: Some(key(Table::User, 7)),
            given_by_name: Some("The hr".to_owned()),
            revoked_on: None,
            revoke_reason: None,
            revoked_by: None,
            revoked_by_name: None,
            version: 1,
            created_at: start() - TimeDelta::days(20),
            updated_at: start() - TimeDelta::days(20),
        });
    }

    fn recognition(&mut self, n: usize, (from, to): (usize, usize), ago: i64) {
        let at = start() - TimeDelta::days(ago);
        self.recognitions.push(recognition::Model {
            id: key(Table::Recognition, n),
            giver_id: member(from),
            receiver_id: member(to),
            day: days_ago(ago),
            value: RecognitionValue::Teamwork,
            message: "Thank you for your help. 感谢协助".to_owned(),
            ticket_id: None,
            withdrawn_at: None,
            version: 1,
            created_at: at,
            updated_at: at,
        });
    }
}
