//! Sums that somebody has changed behind the server's back.

use aftercare::metrics::counting::{self, Finding};
use entity::enums::{Dimension, Grain};
use entity::metric_cell;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::support::app::TestApp;
use crate::support::database::both_databases;

/// The grains of the sums that don't fit their facts.
async fn wrong(app: &TestApp) -> Vec<Grain> {
    let findings = counting::verify(&app.db, &app.counter).await;
    let findings = findings.expect("a verification").into_iter();
    findings
        .filter_map(|finding| match finding {
            Finding::Cells { grain, .. } => Some(grain),
            Finding::Facts { .. } | Finding::Frozen { .. } => None,
        })
        .collect()
}

both_databases! {
    async fn a_rebuild_mends_days_and_months(app: TestApp) {
        let rebuild = async || counting::rebuild(&app.db, &app.counter, app.clock.now()).await.expect("it counts");
        rebuild().await;
        assert_eq!(wrong(&app).await, []);
        for grain in [Grain::Month, Grain::Day] {
            use metric_cell::Column;
            let cell = metric_cell::Entity::find()
                .filter(Column::Grain.eq(grain))
                .filter(Column::Dimension.eq(Dimension::Team))
                .order_by_asc(Column::Start)
                .one(app.db.reader()).await.expect("a read").expect("a sum");
            metric_cell::Entity::update_many()
                .col_expr(Column::Weight, Expr::col(Column::Weight).add(1))
                .filter(Column::VersionId.eq(cell.version_id))
                .filter(Column::Dimension.eq(cell.dimension))
                .filter(Column::Grain.eq(cell.grain))
                .filter(Column::Start.eq(cell.start))
                .filter(Column::Key.eq(cell.key))
                .exec(app.db.reader()).await.expect("somebody tampers");
            assert!(wrong(&app).await.contains(&grain), "{grain:?}");
            rebuild().await;
            assert_eq!(wrong(&app).await, [], "{grain:?}");
        }
    }
}
