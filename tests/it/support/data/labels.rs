use entity::enums::{FieldType, LinkKind};
use entity::{custom_field, saved_view, tag, ticket_field_value, ticket_link, ticket_tag};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Data, Table, key, start, write};

/// What hangs on tickets besides their own columns: tags, custom fields, links; and views of them.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    pub tags: Vec<tag::Model>,
    pub ticket_tags: Vec<ticket_tag::Model>,
    pub fields: Vec<custom_field::Model>,
    pub values: Vec<ticket_field_value::Model>,
    pub links: Vec<ticket_link::Model>,
    pub views: Vec<saved_view::Model>,
}

impl Labels {
    /// Writes everything; the tickets must be there already.
    pub async fn insert(&self, tx: &impl ConnectionTrait) {
        write(tx, &self.tags).await;
        write(tx, &self.ticket_tags).await;
        write(tx, &self.fields).await;
        write(tx, &self.values).await;
        write(tx, &self.links).await;
        write(tx, &self.views).await;
    }
}

/// A value of a field, by type.
pub enum Held<'a> {
    /// A text, or the code of a choice.
    Text(&'a str),
    /// A number in ten-thousandths.
    Number(i64),
}

impl Data {
    /// A tag.
    pub fn tag(&mut self, n: usize, name: &str) -> Uuid {
        let id = key(Table::Tag, n);
        self.labels.tags.push(tag::Model {
            id,
            name: name.to_owned(),
            name_zh: None,
            folded: name.to_lowercase(),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// Puts a tag on a ticket.
    pub fn tagged(&mut self, ticket_id: Uuid, tag_id: Uuid) {
        let n = self.labels.ticket_tags.len();
        self.labels.ticket_tags.push(ticket_tag::Model {
            id: key(Table::TicketTag, n),
            ticket_id,
            tag_id,
            at: start(),
        });
    }

    /// A custom field; `choices` are its codes, if it is a choice.
    pub fn field(
        &mut self,
        n: usize,
        code: &str,
        value_type: FieldType,
        public: bool,
        choices: &[&str],
    ) -> Uuid {
        let id = key(Table::Field, n);
        let choices: Vec<Value> = choices
            .iter()
            .map(|code| json!({ "code": code, "name": code, "name_zh": code }))
            .collect();
        self.labels.fields.push(custom_field::Model {
            id,
            code: code.to_owned(),
            kinds: json!([]),
            value_type,
            name: code.to_owned(),
            name_zh: code.to_owned(),
            help: None,
            choices: choices.into(),
            min_value: None,
            max_value: None,
            public,
            retired_at: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// The value of a field on a ticket.
    pub fn filled(&mut self, ticket_id: Uuid, field_id: Uuid, held: Held<'_>) {
        let n = self.labels.values.len();
        let mut row = ticket_field_value::Model {
            id: key(Table::FieldValue, n),
            ticket_id,
            field_id,
            text_value: None,
            number_value: None,
            date_value: None,
            flag_value: None,
            updated_at: start(),
        };
        match held {
            Held::Text(text) => row.text_value = Some(text.to_owned()),
            Held::Number(number) => row.number_value = Some(number),
        }
        self.labels.values.push(row);
    }

    /// A link from one ticket to another.
    pub fn link(&mut self, n: usize, from_id: Uuid, kind: LinkKind, to_id: Uuid) {
        self.labels.links.push(ticket_link::Model {
            id: key(Table::Link, n),
            from_id,
            to_id,
            kind,
            created_by: None,
            created_at: start(),
        });
    }

    /// A view of a user, perhaps shared with a team.
    pub fn view(&mut self, n: usize, user: usize, name: &str, filter: Value, team: Option<usize>) {
        self.labels.views.push(saved_view::Model {
            id: key(Table::View, n),
            user_id: key(Table::User, user),
            name: name.to_owned(),
            filter,
            ordering: None,
            columns: json!([]),
            team_id: team.map(|team| key(Table::Team, team)),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
    }
}
