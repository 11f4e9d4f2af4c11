//! What is done with meetings, series and action items.

mod common;
mod item;
mod keep;
mod meeting;
mod series;

pub use item::{ItemAdvance, ItemCreate, ItemUpdate, item_advance, item_create, item_update};
pub use keep::{
    AgendaItem, AgendaSet, AttendanceRecord, DecisionAdd, MinutesWrite, agenda_set,
    attendance_record, decision_add, minutes_write,
};
pub use meeting::{
    MeetingCancel, MeetingCreate, MeetingUpdate, meeting_cancel, meeting_create, meeting_finish,
    meeting_update,
};
pub use series::{
    SeriesCreate, SeriesPlan, SeriesUpdate, series_create, series_end, series_plan, series_update,
};
