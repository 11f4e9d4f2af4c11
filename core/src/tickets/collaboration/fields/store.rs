//! Where custom fields and their values are kept.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use entity::enums::{FieldType, Reach};
use entity::{custom_field, ticket_field_value};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait,
    IntoActiveModel, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait, Select, SqlErr,
};
use uuid::Uuid;

use super::rules::Value;
use crate::access::{Permission, Scoped, Standing, Viewer};
use crate::db::filter::TextMatches;
use crate::db::keyset::{self, Listing, Page, Sort};
use crate::db::new_id;
use crate::decimal::Decimal;
use crate::error::Result;
use crate::tickets::scope::ticket_within;

/// For whoever changes fields; reading starts at [`visible_fields`].
impl Scoped for custom_field::Entity {
    const READ: Permission = Permission::TicketNoteRead;
    type Facts = custom_field::Model;

    fn condition(reach: Reach, _: &Standing) -> Option<Condition> {
        (reach != Reach::Organisation).then(Condition::all)
    }

    fn within(_: &custom_field::Model, reach: Reach, _: &Standing) -> bool {
        reach != Reach::Organisation
    }
}

/// The fields that a viewer may know of: public ones with `ticket.read`, all with `ticket.note.read`.
#[must_use]
pub fn visible_fields(viewer: &Viewer) -> Select<custom_field::Entity> {
    let all = custom_field::Entity::find();
    if viewer.may(Permission::TicketNoteRead) {
        all
    } else if viewer.may(Permission::TicketRead) {
        all.filter(custom_field::Column::Public.eq(true))
    } else {
        all.filter(Expr::val(1).eq(0))
    }
}

/// The values that a viewer may read: of public fields under `ticket.read`, of all fields under `ticket.note.read`.
#[must_use]
pub fn visible_values(viewer: &Viewer) -> Condition {
    use ticket_field_value::Column::{FieldId, TicketId};
    let public = custom_field::Entity::find()
        .select_only()
        .column(custom_field::Column::Id)
        .filter(custom_field::Column::Public.eq(true))
        .into_query();
    let public = Condition::all()
        .add(FieldId.in_subquery(public))
        .add(ticket_within(TicketId, viewer, Permission::TicketRead));
    let mut visible = Condition::any().add(public);
    if viewer.may(Permission::TicketNoteRead) {
        visible = visible.add(ticket_within(TicketId, viewer, Permission::TicketNoteRead));
    }
    visible
}

/// The codes of the fields that have a value on a ticket: what a process that requires fields asks.
///
/// # Errors
/// When the database fails.
pub async fn filled(connection: &impl ConnectionTrait, ticket: Uuid) -> Result<BTreeSet<String>> {
    let codes: Vec<String> = ticket_field_value::Entity::find()
        .join(
            JoinType::InnerJoin,
            ticket_field_value::Relation::Field.def(),
        )
        .filter(ticket_field_value::Column::TicketId.eq(ticket))
        .select_only()
        .column(custom_field::Column::Code)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(codes.into_iter().collect())
}

/// Which fields a list is about.
#[derive(Clone, Debug, Default)]
pub struct FieldFilter {
    /// The code.
    pub code: Option<TextMatches>,
    /// What it holds.
    pub value_type: Option<FieldType>,
    /// Whether customers and partners see it.
    pub public: Option<bool>,
    /// Whether it is no longer filled.
    pub retired: Option<bool>,
}

/// In which order fields come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldOrder {
    /// By code.
    #[default]
    CodeAsc,
    /// By code, backwards.
    CodeDesc,
    /// The oldest first.
    CreatedAtAsc,
    /// The newest first.
    CreatedAtDesc,
}

/// A page of the fields that the viewer may know of.
///
/// # Errors
/// `BAD_INPUT` when the cursor isn't one of this list.
pub async fn list(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &FieldFilter,
    order: FieldOrder,
    page: &Page,
    want_total: bool,
) -> Result<Listing<custom_field::Model>> {
    use custom_field::Column;
    let retired = filter.retired.map(|retired| {
        if retired {
            Column::RetiredAt.is_not_null()
        } else {
            Column::RetiredAt.is_null()
        }
    });
    let wanted = Condition::all()
        .add_option(filter.code.as_ref().map(|code| code.on(Column::Code)))
        .add_option(filter.value_type.map(|only| Column::ValueType.eq(only)))
        .add_option(filter.public.map(|public| Column::Public.eq(public)))
        .add_option(retired);
    let (column, descending) = match order {
        FieldOrder::CodeAsc => (Column::Code, false),
        FieldOrder::CodeDesc => (Column::Code, true),
        FieldOrder::CreatedAtAsc => (Column::CreatedAt, false),
        FieldOrder::CreatedAtDesc => (Column::CreatedAt, true),
    };
    let sorts = [column, Column::Id].map(|column| Sort {
        column,
        descending,
        nullable: false,
    });
    keyset::list(
        visible_fields(viewer).filter(wanted),
        &format!("custom_fields:{order:?}"),
        &sorts,
        page,
        want_total,
        connection,
    )
    .await
}

/// The fields of these codes that the viewer may know of.
///
/// # Errors
/// When the database fails.
pub async fn by_codes(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    codes: &BTreeSet<&str>,
) -> Result<HashMap<String, custom_field::Model>> {
    let rows = visible_fields(viewer)
        .filter(custom_field::Column::Code.is_in(codes.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.code.clone(), row))
        .collect())
}

/// A value with the field that it is of.
pub type Held = (ticket_field_value::Model, custom_field::Model);

/// The values of many tickets that the viewer may read, by code.
///
/// # Errors
/// When the database fails.
pub async fn of_tickets(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    tickets: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Held>>> {
    let rows = ticket_field_value::Entity::find()
        .find_also_related(custom_field::Entity)
        .filter(ticket_field_value::Column::TicketId.is_in(tickets.iter().copied()))
        .filter(visible_values(viewer))
        .order_by_asc(custom_field::Column::Code)
        .all(connection)
        .await?;
    let mut of: HashMap<Uuid, Vec<Held>> = HashMap::new();
    for (value, field) in rows {
        if let Some(field) = field {
            of.entry(value.ticket_id).or_default().push((value, field));
        }
    }
    Ok(of)
}

/// The values that a ticket has for these fields.
///
/// # Errors
/// When the database fails.
pub async fn held(
    connection: &impl ConnectionTrait,
    ticket: Uuid,
    fields: &[Uuid],
) -> Result<HashMap<Uuid, Value>> {
    let rows = ticket_field_value::Entity::find()
        .filter(ticket_field_value::Column::TicketId.eq(ticket))
        .filter(ticket_field_value::Column::FieldId.is_in(fields.iter().copied()))
        .all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.field_id, value_of(&row)?)))
        .collect())
}

/// The value that a row holds.
#[must_use]
pub fn value_of(row: &ticket_field_value::Model) -> Option<Value> {
    let text = || row.text_value.clone().map(Value::Text);
    let number = || row.number_value.map(Decimal).map(Value::Number);
    let date = || row.date_value.map(Value::Date);
    text()
        .or_else(number)
        .or_else(date)
        .or_else(|| row.flag_value.map(Value::Flag))
}

/// Writes the value of a field on a ticket, or takes it away.
///
/// # Errors
/// When the database fails.
pub async fn write(
    tx: &impl ConnectionTrait,
    ticket: Uuid,
    field: Uuid,
    value: Option<&Value>,
    at: DateTime<Utc>,
) -> Result<()> {
    use ticket_field_value::Column;
    let Some(value) = value else {
        ticket_field_value::Entity::delete_many()
            .filter(Column::TicketId.eq(ticket))
            .filter(Column::FieldId.eq(field))
            .exec(tx)
            .await?;
        return Ok(());
    };
    let mut row = ticket_field_value::Model {
        id: new_id(at),
        ticket_id: ticket,
        field_id: field,
        text_value: None,
        number_value: None,
        date_value: None,
        flag_value: None,
        updated_at: at,
    };
    match value {
        Value::Text(text) => row.text_value = Some(text.clone()),
        Value::Number(number) => row.number_value = Some(number.0),
        Value::Date(day) => row.date_value = Some(*day),
        Value::Flag(flag) => row.flag_value = Some(*flag),
    }
    ticket_field_value::Entity::insert(row.into_active_model())
        .on_conflict(
            OnConflict::columns([Column::TicketId, Column::FieldId])
                .update_columns([
                    Column::TextValue,
                    Column::NumberValue,
                    Column::DateValue,
                    Column::FlagValue,
                    Column::UpdatedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Which of these choices of a field tickets hold.
///
/// # Errors
/// When the database fails.
pub async fn choices_in_use(
    connection: &impl ConnectionTrait,
    field: Uuid,
    codes: &[String],
) -> Result<Vec<String>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    Ok(ticket_field_value::Entity::find()
        .select_only()
        .distinct()
        .column(ticket_field_value::Column::TextValue)
        .filter(ticket_field_value::Column::FieldId.eq(field))
        .filter(ticket_field_value::Column::TextValue.is_in(codes.iter().cloned()))
        .into_tuple()
        .all(connection)
        .await?)
}

/// How many fields there are.
///
/// # Errors
/// When the database fails.
pub async fn count(connection: &impl ConnectionTrait) -> Result<u64> {
    Ok(custom_field::Entity::find().count(connection).await?)
}

/// The field as it stands after it was written.
///
/// # Errors
/// When the database fails.
pub async fn by_id(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<custom_field::Model>> {
    Ok(custom_field::Entity::find_by_id(id).one(connection).await?)
}

/// Writes a new field; false when its code is taken. Then the transaction is good for nothing more.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &impl ConnectionTrait, row: custom_field::Model) -> Result<bool> {
    let written = custom_field::Entity::insert(row.into_active_model())
        .exec_without_returning(tx)
        .await;
    match written {
        Ok(_) => Ok(true),
        Err(error) => match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Ok(false),
            _ => Err(error.into()),
        },
    }
}

/// Writes a changed field.
///
/// # Errors
/// When the database fails.
pub async fn save(
    tx: &impl ConnectionTrait,
    row: custom_field::Model,
) -> Result<custom_field::Model> {
    Ok(row.into_active_model().reset_all().update(tx).await?)
}
