//! Writing the rows of a room's tables, and of no other: `rows!` makes the functions in the room itself, bound to its tables.

/// Makes `Row`, `insert` and `save` for the tables that are named: those whose rows count their changes, and those that are
/// written once or without a version.
#[macro_export]
macro_rules! rows {
    (versioned: $($versioned:ident),*; written: $($written:ident),*) => {
        /// A row of these tables.
        pub trait Row {
            /// It changes at this time.
            fn raise(&mut self, _at: chrono::DateTime<chrono::Utc>) {}
        }

        $(impl Row for entity::$versioned::Model {
            fn raise(&mut self, at: chrono::DateTime<chrono::Utc>) {
                self.version += 1;
                self.updated_at = at;
            }
        })*
        $(impl Row for entity::$written::Model {})*

        /// Writes a new row.
        ///
        /// # Errors
        /// When the database fails.
        pub async fn insert<M, A>(tx: &impl sea_orm::ConnectionTrait, row: M) -> $crate::error::Result<()>
        where
            M: Row + sea_orm::IntoActiveModel<A>,
            A: sea_orm::ActiveModelTrait,
        {
            use sea_orm::EntityTrait;
            A::Entity::insert(row.into_active_model().reset_all())
                .exec_without_returning(tx)
                .await?;
            Ok(())
        }

        /// Writes a changed row, which the action holds locked, as its next version.
        ///
        /// # Errors
        /// When the database fails.
        pub async fn save<M, A>(
            tx: &impl sea_orm::ConnectionTrait,
            mut row: M,
            at: chrono::DateTime<chrono::Utc>,
        ) -> $crate::error::Result<M>
        where
            M: Row + sea_orm::IntoActiveModel<A>,
            A: sea_orm::ActiveModelTrait + sea_orm::ActiveModelBehavior + Send,
            A::Entity: sea_orm::EntityTrait<Model = M>,
        {
            row.raise(at);
            Ok(row.into_active_model().reset_all().update(tx).await?)
        }
    };
}
