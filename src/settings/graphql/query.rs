//! Reading settings.

use async_graphql::{Context, Object, Result};

use super::types::Setting;
use crate::graphql::Ask;
use crate::graphql::errors::OnField;
use crate::settings::catalogue::CATALOGUE;
use crate::settings::store::shown;

/// The settings' root field.
#[derive(Default)]
pub struct SettingQuery;

/// The settings' root field.
#[Object]
impl SettingQuery {
    /// The organisation's figures, sorted by subject. 业务参数列表
    async fn settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those whose key begins so, such as `dispatch.`. 键的前缀")]
        prefix: Option<String>,
    ) -> Result<Option<Vec<Setting>>> {
        let call = ctx.call();
        let rows = shown(ctx.app().db.reader(), &call.viewer).await;
        let mut rows = rows.on_field(call)?;
        let prefix = prefix.unwrap_or_default();
        let wanted = CATALOGUE
            .iter()
            .filter(|definition| definition.key.starts_with(&prefix));
        Ok(Some(
            wanted
                .map(|definition| Setting::new(definition, rows.remove(definition.key)))
                .collect(),
        ))
    }
}
