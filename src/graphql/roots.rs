//! Roots put together of the domains' parts.
//!
//! The library merges objects two by two: it asks one part after the other whether it has a field, through a future for each, and every
//! one of them is as large as the largest wait in any field of a root. Here it is known which part has a field, and only that
//! part's future is made.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::registry::{MetaField, MetaType, Registry};
use async_graphql::{ContainerType, Context, ServerResult, Value};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// How a field of a root is resolved by the part that has it.
pub type Resolve = for<'a, 'c> fn(&'a Context<'c>) -> BoxFuture<'a, ServerResult<Option<Value>>>;

/// The fields of a root, as they are gathered part by part.
#[derive(Default)]
pub struct Gathered {
    /// As the schema describes them.
    pub fields: IndexMap<String, MetaField>,
    /// As they are resolved.
    pub resolvers: HashMap<String, Resolve>,
}

impl Gathered {
    /// Takes in the fields of a part.
    pub fn add<P: ContainerType + Default + 'static>(&mut self, registry: &mut Registry) {
        let MetaType::Object { fields, .. } = registry.create_fake_output_type::<P>() else {
            return;
        };
        let names = fields.keys().cloned();
        self.resolvers
            .extend(names.map(|name| (name, resolve::<P> as Resolve)));
        self.fields.extend(fields);
    }
}

fn resolve<'a, P: ContainerType + Default>(
    ctx: &'a Context<'_>,
) -> BoxFuture<'a, ServerResult<Option<Value>>> {
    async move { P::default().resolve_field(ctx).await }.boxed()
}

/// A root with its description and parts: `root!(Query "What can be asked.": TicketQuery, TeamQuery)`.
#[macro_export]
macro_rules! root {
    ($(#[$attribute:meta])* $name:ident $text:literal: $($part:ty),* $(,)?) => {
        #[doc = $text]
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, Default)]
        pub struct $name;

        const _: () = {
            use std::borrow::Cow;
            use std::collections::HashMap;
            use std::sync::OnceLock;

            use async_graphql::parser::types::Field;
            use async_graphql::registry::{MetaType, MetaTypeId, Registry};
            use async_graphql::resolver_utils::resolve_container;
            use async_graphql::{
                ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned,
                ServerResult, Value,
            };
            use $crate::graphql::roots::{Gathered, Resolve};

            /// Known once the schema is built.
            static RESOLVERS: OnceLock<HashMap<String, Resolve>> = OnceLock::new();

            impl ContainerType for $name {
                async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
                    let name = ctx.item.node.name.node.as_str();
                    match RESOLVERS.get().and_then(|resolvers| resolvers.get(name)) {
                        Some(resolve) => resolve(ctx).await,
                        None => Ok(None),
                    }
                }
            }

            impl OutputType for $name {
                fn type_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn create_type_info(registry: &mut Registry) -> String {
                    registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
                        let mut gathered = Gathered::default();
                        $(gathered.add::<$part>(registry);)*
                        // The same whenever it is built.
                        RESOLVERS.get_or_init(|| gathered.resolvers);
                        MetaType::Object {
                            name: stringify!($name).to_owned(),
                            description: Some($text.to_owned()),
                            fields: gathered.fields,
                            cache_control: Default::default(),
                            extends: false,
                            shareable: false,
                            resolvable: true,
                            inaccessible: false,
                            interface_object: false,
                            tags: Vec::new(),
                            keys: None,
                            visible: None,
                            is_subscription: false,
                            rust_typename: Some(std::any::type_name::<Self>()),
                            directive_invocations: Vec::new(),
                            requires_scopes: Vec::new(),
                        }
                    })
                }

                async fn resolve(
                    &self,
                    ctx: &ContextSelectionSet<'_>,
                    _field: &Positioned<Field>,
                ) -> ServerResult<Value> {
                    resolve_container(ctx, self).await
                }
            }

            impl ObjectType for $name {}
        };
    };
}
