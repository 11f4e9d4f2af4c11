//! Appraisals as members, reviewers, raters and those who run them live with them.
