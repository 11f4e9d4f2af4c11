use chrono::{NaiveDate, TimeZone, Utc};

use super::*;

fn sheet() -> Sheet {
    let column = |heading: &str, kind| Column {
        heading: heading.to_owned(),
        kind,
    };
    let at = Utc.with_ymd_and_hms(2026, 11, 28, 16, 30, 0).unwrap();
    Sheet {
        columns: vec![
            column("团队", ColumnKind::Text),
            column("value", ColumnKind::Number),
            column("withheld", ColumnKind::Flag),
            column("from", ColumnKind::Day),
            column("at", ColumnKind::Moment),
        ],
        rows: vec![
            vec![
                Cell::Text("华东, \"一组\"".to_owned()),
                Cell::Number("-12.5".to_owned()),
                Cell::Flag(false),
                Cell::Day(NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day")),
                Cell::Moment(at),
            ],
            vec![
                Cell::Text("=HYPERLINK(\"http://evil\")".to_owned()),
                Cell::Number("922337203685477.5807".to_owned()),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ],
        ],
    }
}

#[test]
fn csv_quotes_marks_and_disarms() {
    let bytes = csv(&sheet()).expect("a file");
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert_eq!(
        text,
        "\u{feff}团队,value,withheld,from,at\r\n\
         \"华东, \"\"一组\"\"\",-12.5,false,2026-11-01,2026-11-28T16:30:00Z\r\n\
         \"'=HYPERLINK(\"\"http://evil\"\")\",922337203685477.5807,,,\r\n"
    );
}

#[test]
fn a_spreadsheet_is_a_zip_that_says_the_same_each_time() {
    let at = Utc.with_ymd_and_hms(2026, 11, 28, 0, 0, 0).unwrap();
    let make = || xlsx(&sheet(), chrono_tz::Asia::Shanghai, at).expect("a file");
    let first = make();
    assert_eq!(&first[..2], b"PK");
    assert_eq!(first, make());
}
