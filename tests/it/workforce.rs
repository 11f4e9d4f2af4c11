//! Skills, certificates, shifts, leave and capacity as the people of the company live with them.

/// Leave: asked for, decided by somebody else, taken back; why stays confidential.
mod leave;
/// What dispatch weighs, and that lists cost the same however long they are.
mod profiles;
/// Levels, certificates, capacities and rotas: set from a day on, never rewriting what was.
mod records;
