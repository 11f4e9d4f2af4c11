//! Calibration as clients see it. [`ACCESS`] says who may have which field.

mod access;
mod enums;
mod inputs;
mod loaders;
mod mutation;
mod query;
mod spread;
mod types;

pub use access::ACCESS;
pub use mutation::CalibrationMutation;
pub use query::CalibrationQuery;
pub use spread::AppraisalBandShare;
pub use types::AppraisalCalibration;
