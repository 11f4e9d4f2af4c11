//! A table in the words of this schema: recurring columns, and names for every constraint and index, so that both
//! databases name the same thing in an error. Landed migrations stand on these functions: add to them, never change what they make.

use sea_orm_migration::prelude::*;

/// A table in the making, with the indexes that follow it.
pub struct NewTable {
    name: &'static str,
    statement: TableCreateStatement,
    indexes: Vec<IndexCreateStatement>,
}

/// Columns.
impl NewTable {
    /// A table without columns so far.
    pub fn named(name: &'static str) -> Self {
        Self {
            name,
            statement: Table::create().table(name).take(),
            indexes: Vec::new(),
        }
    }

    /// Primary key `id`, a UUID that the server makes.
    pub fn id(self) -> Self {
        self.column(ColumnDef::new("id").uuid().not_null().primary_key())
    }

    /// `version`, `created_at` and `updated_at`, for rows that people change.
    pub fn versioned(self) -> Self {
        self.column(ColumnDef::new("version").integer().not_null().default(1))
            .time("created_at")
            .time("updated_at")
    }

    /// `valid_from` and `valid_to` (exclusive), for rows that hold for a time.
    pub fn dated(self) -> Self {
        let to = Expr::col("valid_to");
        self.date("valid_from").date_null("valid_to").check(
            "validity",
            to.clone().is_null().or(to.gt(Expr::col("valid_from"))),
        )
    }

    /// A text that must be there.
    pub fn text(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).text().not_null())
    }

    /// A text that may be absent.
    pub fn text_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).text().null())
    }

    /// A text that is one of the values.
    pub fn one_of(self, name: &'static str, values: &[&'static str]) -> Self {
        self.text(name)
            .check(name, Expr::col(name).is_in(values.iter().copied()))
    }

    /// A text that is one of the values or absent.
    pub fn one_of_null(self, name: &'static str, values: &[&'static str]) -> Self {
        self.text_null(name)
            .check(name, Expr::col(name).is_in(values.iter().copied()))
    }

    /// A point in time.
    pub fn time(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).timestamp_with_time_zone().not_null())
    }

    /// A point in time that may be absent.
    pub fn time_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).timestamp_with_time_zone().null())
    }

    /// A day.
    pub fn date(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).date().not_null())
    }

    /// A day that may be absent.
    pub fn date_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).date().null())
    }

    /// A flag.
    pub fn flag(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).boolean().not_null())
    }

    /// A UUID without a foreign key.
    pub fn uuid(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).uuid().not_null())
    }

    /// A UUID without a foreign key, which may be absent.
    pub fn uuid_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).uuid().null())
    }

    /// A JSON value: binary on PostgreSQL, whose plain `json` can't be compared.
    pub fn json(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).json_binary().not_null())
    }

    /// A JSON value that may be absent.
    pub fn json_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).json_binary().null())
    }

    /// Any other column.
    pub fn column(mut self, column: &mut ColumnDef) -> Self {
        self.statement.col(column);
        self
    }
}

/// Constraints and indexes.
impl NewTable {
    /// A UUID that points to a row of `target`, which can't go while it is pointed to.
    pub fn reference(self, name: &'static str, target: &'static str) -> Self {
        self.uuid(name)
            .foreign_key(name, target, ForeignKeyAction::Restrict)
    }

    /// Like [`reference`](Self::reference), but may be absent.
    pub fn reference_null(self, name: &'static str, target: &'static str) -> Self {
        self.uuid_null(name)
            .foreign_key(name, target, ForeignKeyAction::Restrict)
    }

    /// A UUID that points to the row of `target` that this row is a part of and goes with.
    pub fn part_of(self, name: &'static str, target: &'static str) -> Self {
        self.uuid(name)
            .foreign_key(name, target, ForeignKeyAction::Cascade)
    }

    fn foreign_key(
        mut self,
        column: &'static str,
        target: &'static str,
        on_delete: ForeignKeyAction,
    ) -> Self {
        self.statement.foreign_key(
            ForeignKey::create()
                .name(format!("fk_{}_{column}", self.name))
                .from(self.name, column)
                .to(target, "id")
                .on_delete(on_delete),
        );
        self
    }

    /// Primary key over several columns.
    pub fn primary_key(mut self, columns: &[&'static str]) -> Self {
        let name = format!("pk_{}", self.name);
        self.statement
            .primary_key(&mut over(Index::create().name(name), columns));
        self
    }

    /// A condition that every row meets, named after the column or the rule.
    pub fn check(mut self, rule: &str, condition: Expr) -> Self {
        let name = Alias::new(format!("ck_{}_{rule}", self.name));
        self.statement.check((name, condition));
        self
    }

    /// An index.
    pub fn index(mut self, columns: &[&'static str]) -> Self {
        let name = format!("ix_{}_{}", self.name, columns.join("_"));
        self.indexes
            .push(over(Index::create().name(name).table(self.name), columns));
        self
    }

    /// Columns that together differ from row to row.
    pub fn unique(mut self, columns: &[&'static str]) -> Self {
        let name = format!("uq_{}_{}", self.name, columns.join("_"));
        self.indexes.push(over(
            Index::create().name(name).table(self.name).unique(),
            columns,
        ));
        self
    }

    /// Makes the table, then its indexes.
    pub async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.create_table(self.statement).await?;
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Columns and indexes that a table gets later. Old rows have no value there, or the one that is named.
pub struct MoreColumns {
    name: &'static str,
    columns: Vec<ColumnDef>,
    indexes: Vec<IndexCreateStatement>,
}

impl MoreColumns {
    /// More columns for that table.
    pub fn of(name: &'static str) -> Self {
        Self {
            name,
            columns: Vec::new(),
            indexes: Vec::new(),
        }
    }

    /// A document that may be absent.
    pub fn json_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).json_binary().null())
    }

    /// A point in time that may be absent.
    pub fn time_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).timestamp_with_time_zone().null())
    }

    /// A day that may be absent.
    pub fn date_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).date().null())
    }

    /// A text that may be absent.
    pub fn text_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).text().null())
    }

    /// A whole number that may be absent.
    pub fn whole_null(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).integer().null())
    }

    /// A flag that old rows don't have set.
    pub fn flag_unset(self, name: &'static str) -> Self {
        self.column(ColumnDef::new(name).boolean().not_null().default(false))
    }

    /// A text that is one of the values or absent.
    pub fn one_of_null(self, name: &'static str, values: &[&'static str]) -> Self {
        let constraint = format!(
            "CONSTRAINT \"ck_{}_{name}\" CHECK (\"{name}\" IN ('{}'))",
            self.name,
            values.join("', '")
        );
        self.column(ColumnDef::new(name).text().null().extra(constraint))
    }

    /// A UUID that points to a row of `target`, or is absent.
    pub fn reference_null(self, name: &'static str, target: &'static str) -> Self {
        // SQLite takes a foreign key of a new column only within the column itself.
        let constraint = format!(
            "CONSTRAINT \"fk_{}_{name}\" REFERENCES \"{target}\" (\"id\") ON DELETE RESTRICT",
            self.name
        );
        self.column(ColumnDef::new(name).uuid().null().extra(constraint))
    }

    fn column(mut self, column: &mut ColumnDef) -> Self {
        self.columns.push(column.take());
        self
    }

    /// An index.
    pub fn index(mut self, columns: &[&'static str]) -> Self {
        let name = format!("ix_{}_{}", self.name, columns.join("_"));
        self.indexes
            .push(over(Index::create().name(name).table(self.name), columns));
        self
    }

    /// Adds the columns one by one, as SQLite wants it, then the indexes.
    pub async fn add(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        for mut column in self.columns {
            let change = Table::alter()
                .table(self.name)
                .add_column(&mut column)
                .take();
            manager.alter_table(change).await?;
        }
        for index in self.indexes {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn over(index: &mut IndexCreateStatement, columns: &[&'static str]) -> IndexCreateStatement {
    for column in columns {
        index.col(*column);
    }
    index.take()
}

/// Holds where exactly one of the two columns has a value.
pub fn exactly_one(first: &'static str, second: &'static str) -> Expr {
    let (a, b) = (Expr::col(first), Expr::col(second));
    a.clone()
        .is_not_null()
        .and(b.clone().is_null())
        .or(a.is_null().and(b.is_not_null()))
}
