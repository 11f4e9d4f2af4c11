//! The templates that ship with the server.

use entity::enums::JobFamily;
use serde::Deserialize;

use crate::appraisals::rules::content::Content;

/// A template that ships with the server.
#[derive(Clone, Debug, Deserialize)]
pub struct Shipped {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// 中文名称.
    pub name_zh: String,
    /// For positions of which family.
    pub family: JobFamily,
    /// What it says.
    pub content: Content,
}

#[derive(Deserialize)]
struct File {
    template: Vec<Shipped>,
}

/// The templates that ship with the server.
///
/// # Errors
/// When the file that is built in can't be read, which a test rules out.
pub fn shipped() -> Result<Vec<Shipped>, toml::de::Error> {
    let file: File = toml::from_str(include_str!("shipped.toml"))?;
    Ok(file.template)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::appraisals::rules::content::faults;

    #[test]
    fn what_ships_can_be_published() {
        let shipped = shipped().expect("a readable file");
        assert_eq!(shipped.len(), 3);
        for one in shipped {
            assert_eq!(faults(&one.content), [], "{}", one.code);
            // No full marks by default.
            assert!(one.content.cap.0 < i64::from(one.content.full) * crate::decimal::SCALE);
        }
    }
}
