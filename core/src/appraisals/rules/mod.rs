//! The decisions about appraisals, as plain functions over plain data.

pub mod calibration;
pub mod content;
pub mod counts;
pub mod inputs;
pub mod population;
pub mod raters;
pub mod review;
pub mod scoring;
pub mod stages;
pub mod voices;
pub mod words;
