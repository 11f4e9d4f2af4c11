//! People: what they can do, how they begin, where they go next, how they are.

/// Profiles, assessments and gaps.
mod competencies;
/// Surveys of the staff that tell nobody's answers.
mod opinions;
/// Probation and tenure.
mod probation;
/// Regions side by side.
mod regions;
/// Job rotation.
mod rotation;
/// Reaches in SQL and in plain words; how many statements lists take.
mod scopes;
/// Who could take over which position.
mod talent;
