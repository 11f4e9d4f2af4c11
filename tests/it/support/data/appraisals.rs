//! Appraisals of the company: one cycle, in its review.
