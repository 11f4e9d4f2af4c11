//! Simulations (激励模拟): what versions of rules would have given in past periods, against the rules of today.
//!
//! Words
//! - The [`plan`] of a simulation says which versions are tried (**candidates**), against which, over which periods, and for which
//!   values of one parameter.
//! - A **variant** is a set of rules that is run: today's, the candidates', and the candidates' with each value of the parameter.
//! - The worker evaluates a page of members, teams or records at a time ([`batch`]); once all pages of a period are there it holds
//!   the awards of each variant together ([`period`]), and at the end adds the periods up ([`tally`]) and compares them ([`result`]).
//!
//! Invariants
//! - A simulation can be cut off anywhere and goes on where it was: each page is a transaction that moves the cursor. What it
//!   writes is worked out before it begins, so that nobody waits for it.
//! - Nothing of it is paid. What single members would get is shown to those only who may see pay; others see what enough people
//!   are behind ([`shown`]).
//! - Figures are read as they were frozen for the approved run of a period, where there is one, or else as they stand now.

pub mod actions;
pub mod batch;
pub mod conduct;
pub mod period;
pub mod plan;
pub mod result;
pub mod shown;
pub mod tally;
pub mod work;
