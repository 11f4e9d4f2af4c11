use aftercare::tickets::dispatch::rules::{
    Away, Candidate, Label, Needs, Open, SkillNeed, Weights, judge,
};
use aftercare::tickets::dispatch::store::candidate_row;
use entity::enums::{ActorKind, DispatchMode, TicketKind};
use entity::{dispatch_candidate, dispatch_decision, dispatch_requirement};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Data, Table, hours, key, start, write};

/// Which tickets need which skills, and who got which ticket, and why.
#[derive(Clone, Debug, Default)]
pub struct Dispatch {
    pub requirements: Vec<dispatch_requirement::Model>,
    pub decisions: Vec<dispatch_decision::Model>,
    pub candidates: Vec<dispatch_candidate::Model>,
}

impl Dispatch {
    pub(super) async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.requirements).await;
        write(tx, &self.decisions).await;
        write(tx, &self.candidates).await;
    }
}

impl Data {
    /// Tickets of a kind need a skill, whatever the product.
    pub fn requirement(&mut self, n: usize, kind: TicketKind, skill_id: Uuid, min_level: i32) {
        self.dispatch
            .requirements
            .push(dispatch_requirement::Model {
                id: key(Table::DispatchRequirement, n),
                kind: Some(kind),
                product_id: None,
                skill_id,
                min_level,
                version: 1,
                created_at: start(),
                updated_at: start(),
            });
    }

    /// A ticket was given to a member by hand, though another one was away.
    pub fn decision(&mut self, n: usize, ticket: Uuid, chosen: Uuid, other: Uuid, skill: Uuid) {
        let row = self.tickets.iter().find(|row| row.id == ticket);
        let row = row.expect("the ticket stands before its decisions");
        let needs = Needs {
            kind: row.kind,
            priority: row.priority,
            province: row.province,
            team: row.team_id,
            product: row.product_id,
            skills: vec![SkillNeed {
                skill,
                name: Label {
                    en: "Arrays".to_owned(),
                    zh: "阵列".to_owned(),
                },
                level: 1,
            }],
        };
        let somebody = |member: Uuid, leave| Candidate {
            member,
            number: member.to_string(),
            teams: row.team_id.into_iter().collect(),
            everywhere: true,
            provinces: [].into(),
            skills: [(skill, 2)].into(),
            lapsed: [].into(),
            on_shift: true,
            leave,
            capacity: 10,
            open: Open::default(),
            resolved_alike: 0,
            received: 0,
            last_assigned: None,
        };
        let away = Away {
            from: hours(-48),
            until: hours(-24),
        };
        let weights = Weights {
            load: 40,
            fit: 40,
            fairness: 20,
        };
        let all = vec![somebody(chosen, None), somebody(other, Some(away))];
        let id = key(Table::DispatchDecision, n);
        self.dispatch.decisions.push(dispatch_decision::Model {
            id,
            ticket_id: ticket,
            at: hours(-30),
            mode: DispatchMode::Manual,
            chosen_member_id: Some(chosen),
            actor_kind: ActorKind::System,
            actor_id: None,
            actor_name: "aftercare".to_owned(),
            reason: Some("knows the customer".to_owned()),
            requirements: serde_json::to_value(&needs).expect("plain data"),
            weights: serde_json::to_value(weights).expect("plain data"),
            waited_seconds: 60,
        });
        for judged in judge(&needs, all, weights) {
            let place = self.dispatch.candidates.len();
            let id_of = key(Table::DispatchCandidate, place);
            let row = candidate_row(id_of, id, &judged).expect("plain data");
            self.dispatch.candidates.push(row);
        }
    }
}
