//! Noting who looked at confidential data.

use super::Entry;
use crate::access::Call;
use crate::db::Db;
use crate::error::Result;
use crate::work::Work;

/// Notes that confidential data was read, in a transaction of its own. Call it before the data is handed out: when it
/// fails, nothing may be shown.
///
/// # Errors
/// When the database fails.
pub async fn note_read(db: &Db, call: &Call, entry: Entry) -> Result<()> {
    note_reads(db, call, [entry]).await
}

/// The same for several objects at once, such as the rows of a page: an entry for each, so that whoever asks the log who looked at one of
/// them finds every look. They are one transaction.
///
/// # Errors
/// When the database fails.
pub async fn note_reads(
    db: &Db,
    call: &Call,
    entries: impl IntoIterator<Item = Entry>,
) -> Result<()> {
    let mut entries = entries.into_iter().peekable();
    if entries.peek().is_none() {
        return Ok(());
    }
    let mut work = Work::begin(db, call).await?;
    entries.for_each(|entry| work.audit(entry));
    work.commit().await
}
