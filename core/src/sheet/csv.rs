//! A table as CSV (RFC 4180), in UTF-8 with the mark by which spreadsheets know it.

use csv::{Terminator, WriterBuilder};

use super::{Cell, Sheet};
use crate::error::{Error, Result};

/// By this Excel knows that the file is UTF-8; without it Chinese turns into noise.
const MARK: &str = "\u{feff}";

/// The bytes of the file. Points in time are RFC 3339 in UTC.
///
/// # Errors
/// When memory for it can't be had.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(MARK.as_bytes().to_vec());
    let headings = sheet.columns.iter().map(|column| safe(&column.heading));
    writer.write_record(headings).map_err(Error::internal)?;
    for row in &sheet.rows {
        writer
            .write_record(row.iter().map(written))
            .map_err(Error::internal)?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::internal(error.to_string()))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => safe(text),
        Cell::Number(number) => number.clone(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(at) => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    }
}

/// Spreadsheets take a text that begins like this for a formula and run it; an apostrophe keeps it a text.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
