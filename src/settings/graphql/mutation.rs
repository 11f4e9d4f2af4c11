//! Changing settings.

use async_graphql::{Context, InputObject, Object, Result};

use super::types::Setting;
use crate::graphql::{Ask, Outcome};
use crate::mutation_payload;
use crate::settings::actions::{self, setting_change};
use crate::settings::store::shown;

/// A setting with its new value. 修改参数
#[derive(InputObject)]
pub struct SettingChangeInput {
    /// Which one, such as `dispatch.weight.load`. 键
    key: String,
    /// The new value: `40`, `true` or a text. 新值
    value: String,
    /// Its version as you saw it; 0 while nobody has changed it. 期望版本
    expected_version: i32,
}

mutation_payload!(
    SettingChangePayload,
    setting: Setting,
    "The setting as it is now; null when nothing was changed. 参数"
);

/// The settings' mutation.
#[derive(Default)]
pub struct SettingMutation;

/// The settings' mutation.
#[Object]
impl SettingMutation {
    /// Changes one of the organisation's figures. 修改业务参数
    async fn setting_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one and its new value. 参数及新值")] input: SettingChangeInput,
    ) -> Result<Option<SettingChangePayload>> {
        let (app, call) = (ctx.app(), ctx.call());
        let order = actions::SettingChange {
            key: input.key,
            value: input.value,
            expected_version: input.expected_version,
        };
        let result = match setting_change(app, call, &order).await {
            Ok(definition) => shown(app.db.reader(), &call.viewer)
                .await
                .map(|mut rows| Setting::new(definition, rows.remove(definition.key))),
            Err(error) => Err(error),
        };
        Ok(Some(Outcome::from_result(call, result)?.into()))
    }
}
