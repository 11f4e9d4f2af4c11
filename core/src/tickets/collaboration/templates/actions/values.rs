//! What each variable stands for, read through the reader's own reach; only what a template has is looked up.

use std::collections::{BTreeMap, BTreeSet};

use entity::enums::Locale;
use entity::{customer, member, partner, product, team, ticket, unit};
use uuid::Uuid;

use crate::access::{Call, Permission, Scoped, find};
use crate::app::App;
use crate::customers::read_contact;
use crate::error::{Error, Result};
use crate::organisation::today;
use crate::tickets::collaboration::templates::rules::words;
use crate::tickets::store;

/// Where the values for one ticket come from.
pub struct Values<'c> {
    app: &'c App,
    call: &'c Call,
    ticket: &'c ticket::Model,
    locale: Locale,
}

impl<'c> Values<'c> {
    /// The values for a ticket that was read already.
    pub const fn of(
        app: &'c App,
        call: &'c Call,
        ticket: &'c ticket::Model,
        locale: Locale,
    ) -> Self {
        Self {
            app,
            call,
            ticket,
            locale,
        }
    }

    /// The values of these variables; those that have none here, or none for this reader, are `None`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(
        &self,
        wanted: &BTreeSet<&'static str>,
    ) -> Result<BTreeMap<&'static str, Option<String>>> {
        let mut values = BTreeMap::new();
        for name in wanted {
            values.insert(*name, self.value(name).await?);
        }
        Ok(values)
    }

    async fn value(&self, name: &str) -> Result<Option<String>> {
        let (ticket, locale) = (self.ticket, self.locale);
        Ok(match name {
            "ticket.number" => Some(ticket.number.to_string()),
            "ticket.subject" => Some(ticket.subject.clone()),
            "ticket.kind" => Some(words::kind(ticket.kind, locale).to_owned()),
            "ticket.stage" => Some(words::stage(ticket.stage, locale).to_owned()),
            "ticket.state" => Some(words::state(ticket.state, locale).to_owned()),
            "ticket.priority" => Some(words::priority(ticket.priority, locale).to_owned()),
            "ticket.createdAt" => Some(self.moment(ticket.created_at)),
            "ticket.dueAt" => self.due_at().await?,
            "customer.name" => {
                let row = self
                    .row::<customer::Entity>(Some(ticket.customer_id))
                    .await?;
                row.map(|row| row.name)
            }
            "contact.name" => self.contact().await?,
            "partner.name" => {
                let row = self.row::<partner::Entity>(ticket.partner_id).await?;
                row.map(|row| self.either(row.name, row.name_zh))
            }
            "product.name" => {
                let row = self.row::<product::Entity>(ticket.product_id).await?;
                row.map(|row| self.either(row.name, Some(row.name_zh)))
            }
            "unit.serial" => {
                let row = self.row::<unit::Entity>(ticket.unit_id).await?;
                row.map(|row| row.serial)
            }
            "team.name" => {
                let row = self.row::<team::Entity>(ticket.team_id).await?;
                row.map(|row| self.either(row.name, Some(row.name_zh)))
            }
            "owner.name" => self.member(ticket.owner_id).await?,
            "assignee.name" => self.member(ticket.assignee_id).await?,
            "me.name" => {
                let me = self.member(self.call.viewer.standing.member_id).await?;
                Some(me.unwrap_or_else(|| self.call.viewer.actor.name.clone()))
            }
            "today" => Some(words::day(today(self.call), locale)),
            other => {
                return Err(Error::internal(format!(
                    "the variable {other} has no meaning"
                )));
            }
        })
    }

    /// A row under its table's own read permission.
    async fn row<E: Scoped>(&self, id: Option<Uuid>) -> Result<Option<E::Model>> {
        match id {
            Some(id) if self.call.viewer.may(E::READ) => {
                find::<E>(self.app.db.reader(), &self.call.viewer, E::READ, id).await
            }
            _ => Ok(None),
        }
    }

    /// A member's name as the language has it.
    async fn member(&self, id: Option<Uuid>) -> Result<Option<String>> {
        let row = self.row::<member::Entity>(id).await?;
        Ok(row.map(|row| match self.locale {
            Locale::En => row.name_en.unwrap_or(row.name),
            Locale::Zh => row.name,
        }))
    }

    /// The contact's name; the look is logged.
    async fn contact(&self) -> Result<Option<String>> {
        match self.ticket.contact_id {
            Some(id) if self.call.viewer.may(Permission::CustomerContactRead) => {
                let row = read_contact(&self.app.db, self.call, id).await?;
                Ok(row.map(|row| row.name))
            }
            _ => Ok(None),
        }
    }

    /// The due time, for those who may see due times.
    async fn due_at(&self) -> Result<Option<String>> {
        let viewer = &self.call.viewer;
        let Some(due) = self.ticket.due_at else {
            return Ok(None);
        };
        if !viewer.may(Permission::TicketSlaRead) {
            return Ok(None);
        }
        let db = self.app.db.reader();
        let permission = Permission::TicketSlaRead;
        let reached = store::by_id_under(db, viewer, permission, self.ticket.id).await?;
        Ok(reached.map(|_| self.moment(due)))
    }

    fn moment(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        words::moment(at, self.app.config.time_zone(), self.locale)
    }

    fn either(&self, en: String, zh: Option<String>) -> String {
        match self.locale {
            Locale::En => en,
            Locale::Zh => zh.unwrap_or(en),
        }
    }
}
