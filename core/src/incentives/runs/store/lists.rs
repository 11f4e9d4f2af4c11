//! Lists of runs, awards and the ledger, and what hangs on an award.

use chrono::NaiveDate;
use entity::enums::{
    IncentiveCorrectionState, IncentiveKind, IncentivePeriod, IncentiveReason, IncentiveRunState,
};
use entity::{
    incentive_award, incentive_correction, incentive_lock, incentive_payout, incentive_question,
    incentive_run, incentive_transaction, member,
};
use sea_orm::Condition;

use crate::access::children::{Column, Link};
use crate::access::{Listed, Viewer, compare_reference};
use crate::db::filter::{IdMatches, Matches, RangeMatches, TextMatches};
use crate::db::keyset::Sort;

/// Which runs. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct RunFilter {
    /// Of a month, a quarter or a year.
    pub period: Option<Matches<IncentivePeriod>>,
    /// How far.
    pub state: Option<Matches<IncentiveRunState>>,
    /// The first day.
    pub from_day: Option<RangeMatches<NaiveDate>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunOrder {
    /// Those of the latest days first.
    #[default]
    FromDayDesc,
    /// Those of the earliest days first.
    FromDayAsc,
}

impl Listed for incentive_run::Entity {
    type Filter = RunFilter;
    type Order = RunOrder;

    fn matching(filter: &RunFilter, _: &Viewer) -> Condition {
        use incentive_run::Column::{FromDay, Period, State};
        Condition::all()
            .add_option(filter.period.as_ref().map(|is| is.on(Period)))
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
            .add_option(filter.from_day.as_ref().map(|is| is.on(FromDay)))
    }

    fn sorts(order: RunOrder) -> Vec<Sort<incentive_run::Column>> {
        use incentive_run::Column::{FromDay, Id};
        match order {
            RunOrder::FromDayDesc => vec![Sort::descending(FromDay), Sort::descending(Id)],
            RunOrder::FromDayAsc => vec![Sort::ascending(FromDay), Sort::ascending(Id)],
        }
    }
}

/// Which awards. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct AwardFilter {
    /// Of which run.
    pub run: Option<IdMatches>,
    /// Whose.
    pub member: Option<IdMatches>,
    /// By which rule.
    pub rule: Option<IdMatches>,
    /// What the rule gives.
    pub kind: Option<Matches<IncentiveKind>>,
    /// The day of the record, or the first day of the period.
    pub day: Option<RangeMatches<NaiveDate>>,
    /// In which currency.
    pub currency: Option<TextMatches>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AwardOrder {
    /// The latest ones first.
    #[default]
    DayDesc,
    /// The earliest ones first.
    DayAsc,
}

impl Listed for incentive_award::Entity {
    type Filter = AwardFilter;
    type Order = AwardOrder;

    fn matching(filter: &AwardFilter, viewer: &Viewer) -> Condition {
        use incentive_award::Column::{Currency, Day, Kind, MemberId, RuleId, RunId};
        let member = |is: &IdMatches| compare_reference::<member::Entity>(is, MemberId, viewer);
        Condition::all()
            .add_option(filter.run.as_ref().map(|is| is.on(RunId)))
            .add_option(filter.member.as_ref().map(member))
            .add_option(filter.rule.as_ref().map(|is| is.on(RuleId)))
            .add_option(filter.kind.as_ref().map(|is| is.on(Kind)))
            .add_option(filter.day.as_ref().map(|is| is.on(Day)))
            .add_option(filter.currency.as_ref().map(|is| is.on(Currency)))
    }

    fn sorts(order: AwardOrder) -> Vec<Sort<incentive_award::Column>> {
        use incentive_award::Column::{Day, Id};
        match order {
            AwardOrder::DayDesc => vec![Sort::descending(Day), Sort::descending(Id)],
            AwardOrder::DayAsc => vec![Sort::ascending(Day), Sort::ascending(Id)],
        }
    }
}

/// Which entries of the ledger. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct TransactionFilter {
    /// Whose.
    pub member: Option<IdMatches>,
    /// What.
    pub reason: Option<Matches<IncentiveReason>>,
    /// On which day.
    pub day: Option<RangeMatches<NaiveDate>>,
    /// In which currency.
    pub currency: Option<TextMatches>,
    /// Of which payout.
    pub payout: Option<IdMatches>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransactionOrder {
    /// The latest ones first.
    #[default]
    DayDesc,
    /// The earliest ones first.
    DayAsc,
    /// By the number of the line within its payout; what isn't one comes last.
    LineAsc,
}

impl Listed for incentive_transaction::Entity {
    type Filter = TransactionFilter;
    type Order = TransactionOrder;

    fn matching(filter: &TransactionFilter, viewer: &Viewer) -> Condition {
        use incentive_transaction::Column::{Currency, Day, MemberId, PayoutId, Reason};
        let member = |is: &IdMatches| compare_reference::<member::Entity>(is, MemberId, viewer);
        let payout =
            |is: &IdMatches| compare_reference::<incentive_payout::Entity>(is, PayoutId, viewer);
        Condition::all()
            .add_option(filter.member.as_ref().map(member))
            .add_option(filter.reason.as_ref().map(|is| is.on(Reason)))
            .add_option(filter.day.as_ref().map(|is| is.on(Day)))
            .add_option(filter.currency.as_ref().map(|is| is.on(Currency)))
            .add_option(filter.payout.as_ref().map(payout))
    }

    fn sorts(order: TransactionOrder) -> Vec<Sort<incentive_transaction::Column>> {
        use incentive_transaction::Column::{CreatedAt, Day, Id, Line};
        match order {
            TransactionOrder::LineAsc => vec![
                Sort {
                    nullable: true,
                    ..Sort::ascending(Line)
                },
                Sort::ascending(Day),
                // A line that was taken back, before what takes it back.
                Sort::ascending(CreatedAt),
                Sort::ascending(Id),
            ],
            TransactionOrder::DayDesc => vec![Sort::descending(Day), Sort::descending(Id)],
            TransactionOrder::DayAsc => vec![Sort::ascending(Day), Sort::ascending(Id)],
        }
    }
}

/// In which order payouts and locked months come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayoutOrder {
    /// The latest ones first.
    #[default]
    LatestFirst,
    /// The earliest ones first.
    EarliestFirst,
}

impl Listed for incentive_payout::Entity {
    type Filter = ();
    type Order = PayoutOrder;

    fn matching((): &(), _: &Viewer) -> Condition {
        Condition::all()
    }

    fn sorts(order: PayoutOrder) -> Vec<Sort<incentive_payout::Column>> {
        use incentive_payout::Column::Id;
        match order {
            PayoutOrder::LatestFirst => vec![Sort::descending(Id)],
            PayoutOrder::EarliestFirst => vec![Sort::ascending(Id)],
        }
    }
}

impl Listed for incentive_lock::Entity {
    type Filter = ();
    type Order = PayoutOrder;

    fn matching((): &(), _: &Viewer) -> Condition {
        Condition::all()
    }

    fn sorts(order: PayoutOrder) -> Vec<Sort<incentive_lock::Column>> {
        use incentive_lock::Column::Id;
        match order {
            PayoutOrder::LatestFirst => vec![Sort::descending(Id)],
            PayoutOrder::EarliestFirst => vec![Sort::ascending(Id)],
        }
    }
}

/// Which corrections. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct CorrectionFilter {
    /// Whose.
    pub member: Option<IdMatches>,
    /// What has become of them.
    pub state: Option<Matches<IncentiveCorrectionState>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CorrectionOrder {
    /// The latest ones first.
    #[default]
    LatestFirst,
}

impl Listed for incentive_correction::Entity {
    type Filter = CorrectionFilter;
    type Order = CorrectionOrder;

    fn matching(filter: &CorrectionFilter, viewer: &Viewer) -> Condition {
        use incentive_correction::Column::{MemberId, State};
        let member = |is: &IdMatches| compare_reference::<member::Entity>(is, MemberId, viewer);
        Condition::all()
            .add_option(filter.member.as_ref().map(member))
            .add_option(filter.state.as_ref().map(|is| is.on(State)))
    }

    fn sorts(
        CorrectionOrder::LatestFirst: CorrectionOrder,
    ) -> Vec<Sort<incentive_correction::Column>> {
        vec![Sort::descending(incentive_correction::Column::Id)]
    }
}

/// Which questions. Everything given must hold.
#[derive(Clone, Debug, Default)]
pub struct QuestionFilter {
    /// Who asks.
    pub member: Option<IdMatches>,
    /// When it was answered; `isNull` finds those that weren't.
    pub answered_at: Option<RangeMatches<chrono::DateTime<chrono::Utc>>>,
    /// When the asker withdrew it; `isNull` finds those that stand.
    pub withdrawn_at: Option<RangeMatches<chrono::DateTime<chrono::Utc>>>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuestionOrder {
    /// The earliest ones first.
    #[default]
    EarliestFirst,
    /// The latest ones first.
    LatestFirst,
}

impl Listed for incentive_question::Entity {
    type Filter = QuestionFilter;
    type Order = QuestionOrder;

    fn matching(filter: &QuestionFilter, viewer: &Viewer) -> Condition {
        use incentive_question::Column::{AnsweredAt, MemberId, WithdrawnAt};
        let member = |is: &IdMatches| compare_reference::<member::Entity>(is, MemberId, viewer);
        Condition::all()
            .add_option(filter.member.as_ref().map(member))
            .add_option(filter.answered_at.as_ref().map(|is| is.on(AnsweredAt)))
            .add_option(filter.withdrawn_at.as_ref().map(|is| is.on(WithdrawnAt)))
    }

    fn sorts(order: QuestionOrder) -> Vec<Sort<incentive_question::Column>> {
        use incentive_question::Column::Id;
        match order {
            QuestionOrder::EarliestFirst => vec![Sort::ascending(Id)],
            QuestionOrder::LatestFirst => vec![Sort::descending(Id)],
        }
    }
}

/// What hangs on an award, the first one first.
macro_rules! of_awards {
    ($($(#[$doc:meta])* $link:ident: $table:ident by $($column:ident),+;)*) => {
        $($(#[$doc])*
        pub struct $link;

        impl Link for $link {
            type Child = $table::Entity;

            fn columns() -> (Column<Self>, Column<Self>) {
                use $table::Column::{AwardId, Id};
                (Id, AwardId)
            }

            fn sorts() -> Vec<Sort<Column<Self>>> {
                vec![$(Sort::ascending($table::Column::$column)),+]
            }
        })*
    };
}

of_awards! {
    /// The questions about an award.
    AwardsQuestions: incentive_question by Id;
    /// The corrections of an award.
    AwardsCorrections: incentive_correction by Id;
    /// The entries of the ledger about an award, by day.
    AwardsTransactions: incentive_transaction by Day, CreatedAt, Id;
}
