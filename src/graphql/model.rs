//! The schema as data.

/// The schema as data.
#[derive(Clone, Debug, Default)]
pub struct SchemaModel;

impl SchemaModel {
    /// Every output field of every object type, as (type, field).
    pub fn object_fields(&self) -> impl Iterator<Item = (&str, &str)> {
        std::iter::empty()
    }

    /// Does a type, input object or enum have that field or value?
    #[must_use]
    pub fn has_member(&self, _type_name: &str, _member: &str) -> bool {
        true
    }
}
