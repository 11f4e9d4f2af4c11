//! Figures: what is counted, and that it is counted rightly.

/// Definitions are shipped, made, revised, retired and checked.
mod definitions;
/// The register and the tables say the same.
mod equality;
/// What is asked and answered, by whom, and what is withheld.
mod figures;
/// Goals are set, watched, seen by those concerned, and closed.
mod goals;
/// Random companies over a quarter, and corrections afterwards.
mod history;
/// The same figures worked out a second time, the long way round.
mod naive;
/// Periods are frozen, stay as they are, and say why today's figures differ.
mod snapshots;
/// What tickets hand in is what stands in their rows.
mod sources;
/// Where time went, worked out a second time.
mod spent;
/// Sums are mended by a rebuild.
mod sums;
/// Where time goes: asked, answered, compared, and by whom.
mod times;
