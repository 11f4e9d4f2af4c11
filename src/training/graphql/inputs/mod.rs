//! What the mutations are told.

pub mod catalogue;
pub mod hours;
pub mod session;

use async_graphql::InputObject;

use crate::graphql::Id;
use crate::training::actions;

fn ids<E>(ids: Vec<Id<E>>) -> Vec<uuid::Uuid> {
    ids.into_iter().map(|id| id.uuid).collect()
}

/// Something to read: a title with a link, a text or both. 学习资料
#[derive(Clone, InputObject)]
pub struct TrainingMaterialInput {
    /// What it is called, 1 to 200 characters. 标题
    title: String,
    /// Where it is. 链接
    link: Option<String>,
    /// What it says, at most 4,000 characters. 文字
    text: Option<String>,
}

impl From<TrainingMaterialInput> for actions::Material {
    fn from(input: TrainingMaterialInput) -> Self {
        Self {
            title: input.title,
            link: input.link,
            text: input.text,
        }
    }
}

fn materials(list: Vec<TrainingMaterialInput>) -> Vec<actions::Material> {
    list.into_iter().map(Into::into).collect()
}
