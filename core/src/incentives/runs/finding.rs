//! What verifying finds, and how it is said.

use std::fmt;

use entity::{incentive_award, incentive_payout, incentive_run, incentive_transaction};
use uuid::Uuid;

use crate::ids::{Node, encode};

/// Where an award or an entry differs from what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Its trace can't be read, its version isn't one of the run, or a rule of the run can't be computed any more.
    Unreadable,
    /// It doesn't follow from its trace.
    Trace,
    /// The row says something else than its trace.
    Row,
    /// The records give something else.
    Records,
    /// The records give nothing.
    Surplus,
    /// The records give it, and it isn't there.
    Lacking,
    /// What all awards come to together is something else.
    Settlement,
    /// The ledger has something else, or an entry that doesn't make nought.
    Ledger,
    /// A run says another number of awards than it has.
    Count,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A run.
    Run(Uuid),
    /// An award.
    Award {
        /// Of which run.
        run: Uuid,
        /// Which one.
        award: Uuid,
    },
    /// An entry of the ledger.
    Entry(Uuid),
    /// A payout.
    Payout(Uuid),
}

/// A finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub about: About,
    /// What differs.
    pub difference: Difference,
}

impl Finding {
    /// The award that it is about; none when it isn't about one.
    #[must_use]
    pub const fn award(&self) -> Option<Uuid> {
        match self.about {
            About::Award { award, .. } => Some(award),
            _ => None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run = |id| encode(incentive_run::Entity::PREFIX, id);
        match self.about {
            About::Run(id) => write!(formatter, "{}", run(id))?,
            About::Award { run: of, award } => {
                let award = encode(incentive_award::Entity::PREFIX, award);
                write!(formatter, "{} {award}", run(of))?;
            }
            About::Entry(id) => {
                let entry = encode(incentive_transaction::Entity::PREFIX, id);
                write!(formatter, "{entry}")?;
            }
            About::Payout(id) => {
                let payout = encode(incentive_payout::Entity::PREFIX, id);
                write!(formatter, "{payout}")?;
            }
        }
        let what = match self.difference {
            Difference::Unreadable => "it can't be read or computed any more",
            Difference::Trace => "it doesn't follow from its trace",
            Difference::Row => "the row says something else than its trace",
            Difference::Records => "the records give something else",
            Difference::Surplus => "the records give nothing",
            Difference::Lacking => "the records give it, and it isn't there",
            Difference::Settlement => "caps, groups and budgets leave something else",
            Difference::Ledger => "the ledger has something else",
            Difference::Count => "it says another number of awards than it has",
        };
        write!(formatter, ": {what}")
    }
}
