//! Finding tickets by the values of their custom fields.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::enums::FieldType;
use entity::{custom_field, ticket, ticket_field_value};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};

use super::rules::argument_of;
use super::store;
use crate::access::Viewer;
use crate::db::filter::{Matches, RangeMatches, TextMatches, unless};
use crate::error::{ApiError, Result};

/// Compares the value of one field.
#[derive(Clone, Debug, Default)]
pub struct FieldMatches {
    /// The field's code.
    pub code: String,
    /// A text.
    pub text: Option<TextMatches>,
    /// A number, in ten-thousandths.
    pub number: Option<RangeMatches<i64>>,
    /// A day.
    pub date: Option<RangeMatches<NaiveDate>>,
    /// Yes or no.
    pub flag: Option<bool>,
    /// The code of a choice.
    pub choice: Option<Matches<String>>,
    /// Has no value (true) or some (false).
    pub is_null: Option<bool>,
}

impl FieldMatches {
    /// The tickets whose value is such, as far as the viewer may read it: what is hidden seems to be empty.
    #[must_use]
    pub fn condition(&self, viewer: &Viewer) -> Condition {
        use ticket_field_value::Column;
        let compared = Condition::all()
            .add_option(self.text.as_ref().map(|text| text.on(Column::TextValue)))
            .add_option(
                self.number
                    .as_ref()
                    .map(|number| number.on(Column::NumberValue)),
            )
            .add_option(self.date.as_ref().map(|date| date.on(Column::DateValue)))
            .add_option(self.flag.map(|flag| Column::FlagValue.eq(flag)))
            .add_option(
                self.choice
                    .as_ref()
                    .map(|choice| choice.on(Column::TextValue)),
            );
        let with = |values: Condition| {
            let rows = ticket_field_value::Entity::find()
                .select_only()
                .column(Column::TicketId)
                .filter(Column::FieldId.in_subquery(self.field()))
                .filter(store::visible_values(viewer))
                .filter(values)
                .into_query();
            Condition::all().add(ticket::Column::Id.in_subquery(rows))
        };
        let mut all = Condition::all();
        if !compared.is_empty() {
            all = all.add(with(compared));
        }
        all.add_option(self.is_null.map(|none| {
            let some = with(Condition::all());
            if none { unless(some) } else { some }
        }))
    }

    fn field(&self) -> sea_orm::sea_query::SelectStatement {
        custom_field::Entity::find()
            .select_only()
            .column(custom_field::Column::Id)
            .filter(custom_field::Column::Code.eq(self.code.as_str()))
            .into_query()
    }

    /// The part of the filter that doesn't go with a field of that type.
    fn stranger(&self, value_type: FieldType) -> Option<&'static str> {
        let given = [
            ("text", self.text.is_some()),
            ("number", self.number.is_some()),
            ("date", self.date.is_some()),
            ("flag", self.flag.is_some()),
            ("choice", self.choice.is_some()),
        ];
        let fits = argument_of(value_type);
        given
            .into_iter()
            .find_map(|(part, there)| (there && part != fits).then_some(part))
    }
}

/// Are there such fields for the viewer, and do the comparisons go with their types? One statement, if there is anything
/// to look at.
///
/// # Errors
/// `BAD_INPUT` naming the field; one that the viewer may not know of reads like one that isn't there.
pub async fn check(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    compared: &[&FieldMatches],
) -> Result<()> {
    if compared.is_empty() {
        return Ok(());
    }
    let codes: BTreeSet<&str> = compared.iter().map(|one| one.code.as_str()).collect();
    let known = store::by_codes(connection, viewer, &codes).await?;
    for one in compared {
        let code = &one.code;
        let Some(field) = known.get(code) else {
            return Err(ApiError::bad_input(
                "filter.fields",
                format!("there is no field `{code}`; see customFields"),
                format!("字段 {code} 不存在，请查看 customFields"),
            )
            .into());
        };
        if let Some(part) = one.stranger(field.value_type) {
            let fits = argument_of(field.value_type);
            return Err(ApiError::bad_input(
                "filter.fields",
                format!("`{code}` is compared by `{fits}` or `isNull`, not by `{part}`"),
                format!("字段 {code} 应使用 {fits} 或 isNull 比较，而不是 {part}"),
            )
            .into());
        }
    }
    Ok(())
}
