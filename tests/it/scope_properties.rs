//! Property tests of the scopes: random organisations, random grants, random questions.
//!
//! - Whatever comes back is inside the viewer's scope, and nothing inside is missing, by the second implementation in
//!   [`oracle`](crate::support::oracle).
//! - Rows outside never change an answer: it is the same, byte by byte, after they were altered and deleted.
//!
//! `PROPTEST_CASES` raises the number of cases.

mod outside;
mod plan;
mod questions;

use std::collections::BTreeSet;
use std::sync::Arc;

use aftercare::access::{Permission, Scoped, Standing, Viewer, visible};
use aftercare::events::Event;
use aftercare::identity;
use aftercare::tickets::collaboration::watching::lends;
use aftercare::tickets::store;
use entity::enums::Reach;
use entity::ticket;
use proptest::test_runner::{Config, TestCaseError, TestRng, TestRunner};
use serde_json::json;

use crate::scopes::{hold_equal_with, keys};
use crate::support::app::{Actor, Reply, TestApp};
use crate::support::data::{Data, start};
use crate::support::database::{Arrange, Backend, both_databases};
use crate::support::oracle::Oracle;
use plan::Plan;
use questions::Question;
use uuid::Uuid;

/// Cases a backend, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 24;

/// The kind of database on which cases run; each makes its own.
struct On(Backend);

impl Arrange for On {
    async fn arrange(backend: Backend) -> Option<Self> {
        // Says when there is no such database here.
        crate::support::database::fresh(backend)
            .await
            .map(|_| Self(backend))
    }
}

/// Runs `check` on random plans; the same ones every time, so that what fails here fails everywhere.
async fn each_case<C>(backend: Backend, check: C)
where
    C: AsyncFn(Case) -> Result<(), TestCaseError>,
{
    let mut config = Config {
        failure_persistence: None,
        max_shrink_iters: 60,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = CASES;
    }
    let rng = TestRng::deterministic_rng(config.rng_algorithm);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let result = tokio::task::block_in_place(|| {
        runner.run(&plan::plans(), |plan| {
            tokio::runtime::Handle::current().block_on(async {
                let data = plan.data();
                let app = TestApp::with(backend, &data)
                    .await
                    .expect("the database was there before");
                check(Case { plan, data, app }).await
            })
        })
    });
    if let Err(failure) = result {
        panic!("{failure}");
    }
}

struct Case {
    plan: Plan,
    data: Data,
    app: TestApp,
}

impl Case {
    /// The tickets that watching lends, by the plain predicate.
    fn lent(&self, permission: Permission, standing: &Standing) -> BTreeSet<Uuid> {
        let watchers = |ticket: Uuid| -> Vec<Uuid> {
            let of = self.data.watchers.iter();
            of.filter(|row| row.ticket_id == ticket)
                .map(|row| row.member_id)
                .collect()
        };
        let tickets = self.data.tickets.iter().map(|row| row.id);
        tickets
            .filter(|id| lends(&watchers(*id), permission, standing))
            .collect()
    }

    /// Of every permission on tickets, reach `OWN` finds what is one's own and what watching lends; other reaches are lent
    /// nothing.
    async fn hold_lent(&self, standing: &Standing) {
        let permissions = Permission::ALL.iter().copied();
        for permission in permissions.filter(|permission| permission.key().starts_with("ticket.")) {
            for reach in [Reach::Own, Reach::Team, Reach::Region] {
                let viewer = Viewer {
                    grants: Arc::new([(permission, reach)].into_iter().collect()),
                    standing: Arc::new(standing.clone()),
                    ..Viewer::anonymous()
                };
                let select = visible::<ticket::Entity>(&viewer, permission);
                let found = keys(select.all(self.app.db.reader()).await);
                let within = |row: &&ticket::Model| ticket::Entity::within(row, reach, standing);
                let mut expected: BTreeSet<Uuid> = self
                    .data
                    .tickets
                    .iter()
                    .filter(within)
                    .map(|row| row.id)
                    .collect();
                if reach == Reach::Own {
                    expected.extend(self.lent(permission, standing));
                }
                assert_eq!(found, expected, "{permission:?} {reach:?} {standing:?}");
            }
        }
    }

    /// What a subscriber is shown of an event's ticket is what it would find there.
    async fn hold_sights(&self, viewer: &Viewer) {
        let db = &self.app.db;
        for row in &self.data.tickets {
            let event = Event::new(start(), Event::TICKET_CHANGED, row.id, json!({}));
            for permission in [Permission::TicketRead, Permission::TicketNoteRead] {
                let shown = self.app.sights.visible(db, viewer, permission, &event);
                let found = store::by_id_under(db.reader(), viewer, permission, row.id);
                let (shown, found) = (shown.await.expect("a read"), found.await.expect("a read"));
                assert_eq!(shown, found, "{permission:?} {viewer:?}");
            }
        }
    }

    async fn ask(&self, actor: &Actor, question: &Question) -> Result<Reply, TestCaseError> {
        let reply = actor
            .send(&question.document, question.variables.clone())
            .await;
        let refused =
            reply.status != 200 || reply.error_codes().iter().any(|code| *code != "FORBIDDEN");
        if refused {
            return Err(TestCaseError::fail(format!(
                "{} asks {question:?}: {reply}",
                actor.who
            )));
        }
        Ok(reply)
    }
}

both_databases! {
    async fn answers_are_exactly_what_is_within_the_scope(on: On) {
        each_case(on.0, async |case| {
            for login in case.plan.logins() {
                let oracle = Oracle::of(&case.data, &login);
                let actor = case.app.as_(&login).await;
                for question in case.plan.questions(&case.data).iter().filter(|question| question.is_for(&oracle)) {
                    let reply = case.ask(&actor, question).await?;
                    question.check(&case.data, &oracle, &reply).map_err(|why| {
                        TestCaseError::fail(format!("{login} asks {}\n{}\n{why}\n{reply}", question.document, question.variables))
                    })?;
                }
            }
            Ok(())
        })
        .await;
    }

    async fn sql_and_predicate_mean_the_same_tickets(on: On) {
        each_case(on.0, async |case| {
            let rows: Vec<_> = case.data.tickets.iter().map(|row| (row.id, row.clone())).collect();
            for login in case.plan.logins() {
                let actor = case.app.as_(&login).await;
                let viewer = identity::authenticate(&case.app, actor.token(), start()).await.expect("a viewer");
                let lent = case.lent(Permission::TicketRead, &viewer.standing);
                hold_equal_with::<ticket::Entity>(&case.app.db, &rows, &viewer.standing, &lent).await;
                case.hold_lent(&viewer.standing).await;
                case.hold_sights(&viewer).await;
            }
            Ok(())
        })
        .await;
    }

    async fn what_is_outside_never_changes_an_answer(on: On) {
        each_case(on.0, async |case| {
            for login in case.plan.logins() {
                let oracle = Oracle::of(&case.data, &login);
                let actor = case.app.as_(&login).await;
                let mut questions = case.plan.questions(&case.data);
                questions.retain(|question| question.is_for(&oracle));
                let mut before = Vec::new();
                for question in &questions {
                    before.push(case.ask(&actor, question).await?.comparable());
                }
                outside::disturb(&case.app, &case.data, &oracle).await;
                for (question, before) in questions.iter().zip(before) {
                    let after = case.ask(&actor, question).await?.comparable();
                    if before != after {
                        let (document, variables) = (&question.document, &question.variables);
                        return Err(TestCaseError::fail(format!("{login} asks {document}\n{variables}\nbefore {before}\nafter  {after}")));
                    }
                }
            }
            Ok(())
        })
        .await;
    }
}

/// The oracle itself is no yes-man: on the fixed company it says what one can check by hand.
#[test]
fn the_oracle_knows_the_company() {
    use crate::support::company;
    use crate::support::data::{Table, key};
    let data = company::data();
    let numbers = |login: &str| -> Vec<i64> {
        let oracle = Oracle::of(&data, login);
        data.tickets
            .iter()
            .filter(|row| oracle.sees("ticket", row.id))
            .map(|row| row.number - 100_000)
            .collect()
    };
    assert_eq!(numbers("agent"), [1, 2, 11, 12, 14]);
    assert_eq!(numbers("colleague"), [3, 4]);
    assert_eq!(numbers("mover"), [1, 2, 12, 14]);
    assert!(numbers("leaver").is_empty());
    assert_eq!(numbers("team_lead"), [1, 2, 3, 4, 9, 10, 12, 14]);
    assert_eq!(numbers("engineer"), [6, 9]);
    assert_eq!(numbers("partner"), [1, 2, 3, 11, 12, 14]);
    assert_eq!(numbers("partner_b"), [6, 7, 13]);
    assert_eq!(numbers("customer"), [4, 5]);
    assert_eq!(numbers("auditor").len(), 14);
    assert!(numbers("trainer").is_empty() && numbers("hr").is_empty());
    let agent = Oracle::of(&data, "agent");
    let customers: Vec<usize> = (1..=7)
        .filter(|n| agent.sees("customer", key(Table::Customer, *n)))
        .collect();
    // By owner in her team (1, 4), and by province of the north; Hebei left the south, not the north.
    assert_eq!(customers, [1, 2, 4, 5, 7]);
    assert!(agent.may(Permission::TicketNoteRead) && !agent.may(Permission::AuditRead));
}
