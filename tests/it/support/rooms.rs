//! The organisation's and the customers' rooms with nothing around them: a server on a random world, principals that hold
//! what a test gives them, and a schema of just these two rooms.

use std::sync::Arc;
use std::time::Duration;

use aftercare::access::{Actor, Call, Permission, Viewer};
use aftercare::app::App;
use aftercare::clock::Clock;
use aftercare::config::{Config, DatabaseUrl};
use aftercare::customers::graphql::{CustomerMutation, CustomerQuery};
use aftercare::graphql::Loads;
use aftercare::graphql::batches::Batches;
use aftercare::organisation;
use aftercare::organisation::graphql::{OrganisationMutation, OrganisationQuery};
use aftercare::organisation::structure::graphql::StructureMutation;
use async_graphql::{EmptySubscription, MergedObject, Request, Schema};
use entity::audit_log;
use entity::enums::{ActorKind, Locale, Reach, UserKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use uuid::Uuid;

use super::database::{self, Arrange, Backend, TestDatabase};
use super::world::{World, noon};

/// A server on a random world.
pub struct Rooms {
    /// The server.
    pub app: Arc<App>,
    /// What is in its database.
    pub world: World,
    schema: Schema<Query, Mutation, EmptySubscription>,
    _database: TestDatabase,
}

#[derive(MergedObject, Default)]
struct Query(OrganisationQuery, CustomerQuery);

#[derive(MergedObject, Default)]
struct Mutation(OrganisationMutation, StructureMutation, CustomerMutation);

impl Arrange for Rooms {
    async fn arrange(backend: Backend) -> Option<Self> {
        let database = database::fresh(backend).await?;
        let mut config = Config::default();
        config.database.url = Some(DatabaseUrl::new(database.url.clone()));
        config.database.statement_timeout = Duration::from_secs(20);
        let app = App::open(config, Clock::manual(noon()))
            .await
            .expect("the server opens");
        let world = World::random(11);
        world.write(app.db.reader()).await;
        Some(Self {
            app,
            world,
            schema: Schema::new(Query::default(), Mutation::default(), EmptySubscription),
            _database: database,
        })
    }
}

impl Rooms {
    /// A call of a member with these grants.
    pub async fn call(&self, member: Uuid, grants: &[(Permission, Reach)]) -> Call {
        let day = noon().date_naive();
        let mut standing = organisation::standing(self.app.db.reader(), member, day)
            .await
            .expect("a standing");
        standing.principal_id = Some(member);
        Call {
            viewer: Viewer {
                actor: Actor {
                    kind: ActorKind::User,
                    id: Some(member),
                    name: "王芳".to_owned(),
                },
                kind: Some(UserKind::Staff),
                grants: Arc::new(grants.iter().copied().collect()),
                standing: Arc::new(standing),
                ..Viewer::anonymous()
            },
            at: noon(),
            request_id: "request".to_owned(),
            locale: Locale::En,
            address: None,
            part: None,
        }
    }

    /// A call of somebody who may do everything.
    pub async fn admin(&self) -> Call {
        let all: Vec<_> = Permission::ALL
            .iter()
            .map(|permission| (*permission, Reach::All))
            .collect();
        self.call(self.world.members[0].id, &all).await
    }

    /// The answer of the schema.
    pub async fn answer(&self, call: &Call, document: &str) -> Value {
        let call = Arc::new(call.clone());
        let batches = Batches::default();
        let loads = Loads::for_call(
            &self.app,
            Arc::clone(&call),
            &batches,
            document.starts_with("mutation"),
        );
        let request = Request::new(document)
            .data(Arc::clone(&self.app))
            .data(call)
            .data(loads);
        let response = batches.drive(self.schema.execute(request)).await;
        serde_json::to_value(response).expect("an answer is JSON")
    }

    /// What the audit log says that somebody did; the server's own entries don't count.
    pub async fn audit(&self) -> Vec<audit_log::Model> {
        audit_log::Entity::find()
            .filter(audit_log::Column::ActorKind.eq(ActorKind::User))
            .order_by_asc(audit_log::Column::Seq)
            .all(self.app.db.reader())
            .await
            .expect("the log can be read")
    }
}
