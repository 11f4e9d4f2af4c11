//! A table as a spreadsheet (Office Open XML).

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, ColumnKind, Sheet};
use crate::error::{Error, Result};

/// The most characters that a cell takes.
const LONGEST: usize = 32_767;
/// Spreadsheets keep so many digits of a number; one with more is written as a text.
const DIGITS: usize = 15;

/// The bytes of the file, with one sheet. Points in time are shown in the time zone of the organisation, whose name stands
/// in the heading, as spreadsheets know no zones.
///
/// # Errors
/// When the table has more rows or columns than a spreadsheet.
pub fn xlsx(sheet: &Sheet, zone: Tz, made_at: DateTime<Utc>) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    if let Ok(at) = ExcelDateTime::from_timestamp(made_at.timestamp()) {
        book.set_properties(&DocProperties::new().set_creation_datetime(&at));
    }
    fill(book.add_worksheet(), sheet, zone).map_err(Error::internal)?;
    book.save_to_buffer().map_err(Error::internal)
}

fn fill(page: &mut Worksheet, sheet: &Sheet, zone: Tz) -> std::result::Result<(), XlsxError> {
    let heading = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let moment = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (place, column) in (0..).zip(&sheet.columns) {
        let text = match column.kind {
            ColumnKind::Moment => format!("{} ({zone})", column.heading),
            _ => column.heading.clone(),
        };
        page.write_string_with_format(0, place, cut(&text), &heading)?;
        page.set_column_width(place, width(column.kind, &text))?;
    }
    for (line, row) in (1..).zip(&sheet.rows) {
        for (place, cell) in (0..).zip(row) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => page.write_string(line, place, cut(text))?,
                Cell::Number(number) => match exact(number) {
                    Some(value) => page.write_number(line, place, value)?,
                    None => page.write_string(line, place, number)?,
                },
                Cell::Flag(flag) => page.write_boolean(line, place, *flag)?,
                Cell::Day(value) => page.write_datetime_with_format(line, place, *value, &day)?,
                Cell::Moment(at) => {
                    let local = at.with_timezone(&zone).naive_local();
                    page.write_datetime_with_format(line, place, local, &moment)?
                }
            };
        }
    }
    page.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The number, unless digits would be lost on the way.
fn exact(number: &str) -> Option<f64> {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (digits <= DIGITS).then(|| number.parse().ok()).flatten()
}

/// What a cell can hold of a text.
fn cut(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .take_while(|one| {
            units += one.len_utf16();
            units <= LONGEST
        })
        .collect()
}

/// Wide enough to read the heading and what usually stands below it.
fn width(kind: ColumnKind, heading: &str) -> f64 {
    let least: u32 = match kind {
        ColumnKind::Text => 16,
        ColumnKind::Moment => 20,
        ColumnKind::Number | ColumnKind::Flag | ColumnKind::Day => 12,
    };
    let wide = heading
        .chars()
        .map(|one| if one.is_ascii() { 1 } else { 2 });
    f64::from(wide.sum::<u32>().clamp(least, 60))
}
