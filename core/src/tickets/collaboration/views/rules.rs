//! What a view may be called and how much of it there may be.

use crate::check::Checks;
use crate::error::{Text, UserErrorCode};

/// The longest name, in characters.
const NAME_MAX: usize = 100;
/// The most columns.
const COLUMNS_MAX: usize = 50;
/// The longest name of a column, in characters.
const COLUMN_MAX: usize = 60;
/// The most views of one user.
pub const MOST: u64 = 200;

/// A name without blanks around it.
pub fn check_name(checks: &mut Checks, name: &str) -> String {
    checks.text("input.name", name, NAME_MAX)
}

/// What a portal shows of a ticket, in its own words: kept as given.
pub fn check_columns(checks: &mut Checks, columns: &[String]) {
    checks.ensure(
        columns.len() <= COLUMNS_MAX,
        UserErrorCode::TooLong,
        "input.columns",
        || {
            Text::new(
                format!("A view has at most {COLUMNS_MAX} columns; leave some out."),
                format!("视图最多 {COLUMNS_MAX} 列，请减少。"),
            )
        },
    );
    for (place, column) in columns.iter().take(COLUMNS_MAX).enumerate() {
        checks.text(&format!("input.columns.{place}"), column, COLUMN_MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_few_and_short() {
        let fine = |columns: &[String]| {
            let mut checks = Checks::default();
            check_columns(&mut checks, columns);
            checks.done().is_ok()
        };
        assert!(fine(&[]));
        assert!(fine(&["number".to_owned(), "客户".to_owned()]));
        assert!(!fine(&[String::new()]));
        assert!(!fine(&["x".repeat(61)]));
        assert!(!fine(&vec!["x".to_owned(); 51]));
    }
}
