//! What commands print. A reader that goes away early (`| head`) is no failure.

use std::io::Write;

/// Prints a line to the standard output.
pub(super) fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints a text as it is to the standard output.
pub(super) fn print(text: &str) {
    let _ = write!(std::io::stdout().lock(), "{text}");
}

/// Prints a line about a failure to the standard error.
pub(super) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "aftercare: {text}");
}

/// Prints a line about what is going on to the standard error.
pub(super) fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
