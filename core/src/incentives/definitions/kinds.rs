//! What rows choose from, in the words of the rules, and the other way round.

use entity::enums::{IncentiveKind, IncentiveMethod, IncentivePeriod, IncentiveRuleState};

use crate::incentives::rules::content::{Kind, Method, Period};
use crate::incentives::rules::life::State;

macro_rules! same {
    ($(#[$doc:meta])* $name:ident: $from:ident => $to:ident { $($variant:ident),* }) => {
        $(#[$doc])*
        #[must_use]
        pub const fn $name(value: $from) -> $to {
            match value {
                $($from::$variant => $to::$variant,)*
            }
        }
    };
}

same!(
    /// The kind of a rule as rows have it.
    kind_of: Kind => IncentiveKind { Bonus, Commission, PayAdjustment, Benefit, Honour, Promotion, TrainingPlace, Deduction }
);
same!(
    /// The method of a rule as rows have it.
    method_of: Method => IncentiveMethod { Goal, Honour, Contest, PositiveReinforcement, NegativeReinforcement, Feedback, Renewal }
);
same!(
    /// The period of a rule as rows have it.
    period_of: Period => IncentivePeriod { Month, Quarter, Year }
);
same!(
    /// The period of a row as rules have it.
    plain_period: IncentivePeriod => Period { Month, Quarter, Year }
);
same!(
    /// The state of a version as the rules about its life have it.
    state_of: IncentiveRuleState => State { Draft, Simulated, Approved, Active, Retired }
);
same!(
    /// The state of a version as rows have it.
    stored_state: State => IncentiveRuleState { Draft, Simulated, Approved, Active, Retired }
);
same!(
    /// The kind of a row as rules have it.
    plain_kind: IncentiveKind => Kind { Bonus, Commission, PayAdjustment, Benefit, Honour, Promotion, TrainingPlace, Deduction }
);
same!(
    /// The method of a row as rules have it.
    plain_method: IncentiveMethod => Method { Goal, Honour, Contest, PositiveReinforcement, NegativeReinforcement, Feedback, Renewal }
);
