//! What of warnings is shown to whom.

use super::*;

#[test]
fn of_warnings_about_others_only_how_many_they_are_is_told() {
    let split = |number: u128| Counts {
        member: id(number),
        tickets: 100,
        repeats: 50,
        ..Counts::default()
    };
    let told = |of: u128, seen: &[u128]| {
        let conduct = Conduct {
            counts: (1..=of).map(split).collect(),
            regards: BTreeMap::from([(id(11), counting_tickets())]),
        };
        let rule = version(11, "true", "money(7)", "");
        let tried = Tried::of(vec![], vec![rule], crew(&[9; 10]));
        let all = tried.come_with(&conduct).0;
        assert_eq!(all.warnings.len(), usize::try_from(of).expect("some"));
        let sight = Sight::Of(seen.iter().map(|one| id(*one)).collect());
        let told = shown(all, &sight, 3).warnings;
        assert!(told.iter().all(|one| one.version == Some(id(11))));
        told.iter()
            .map(|one| (one.member, one.members))
            .collect::<Vec<_>>()
    };
    assert_eq!(told(2, &[]), []);
    assert_eq!(told(4, &[]), [(None, 4)]);
    assert_eq!(told(4, &[2]), [(Some(id(2)), 1), (None, 3)]);
    assert_eq!(told(4, &[1, 2]), [(Some(id(1)), 1), (Some(id(2)), 1)]);
}

fn counting_tickets() -> Regard {
    Regard {
        all: Looks {
            tickets: true,
            ratings: false,
        },
        of: BTreeMap::new(),
    }
}

/// Members 1 to 10 split cases. Of four candidates one gives to everybody, one to two, one looks at no tickets, one gives nobody
/// anything.
#[test]
fn a_warning_names_the_version_and_is_about_those_to_whom_it_gives_something() {
    let counts = |number: u128| Counts {
        member: id(number),
        tickets: 100,
        repeats: 50,
        ..Counts::default()
    };
    let by_goals = Regard {
        all: Looks::default(),
        of: BTreeMap::from([(id(3), counting_tickets().all)]),
    };
    let conduct = Conduct {
        counts: (1..=10).map(counts).collect(),
        regards: BTreeMap::from([
            (id(11), counting_tickets()),
            (id(21), counting_tickets()),
            (id(41), counting_tickets()),
            (id(51), by_goals),
        ]),
    };
    let candidates = vec![
        version(11, "true", "money(7)", ""),
        version(21, "tenure.months >= 9", "money(7)", ""),
        version(31, "true", "money(7)", ""),
        version(41, "false", "money(7)", ""),
        version(51, "true", "money(7)", ""),
    ];
    let (come, _, _) = Tried::of(vec![], candidates, crew(&[9; 10])).come_with(&conduct);
    let told: Vec<(Option<Uuid>, Option<Uuid>)> = come
        .warnings
        .iter()
        .map(|one| (one.version, one.member))
        .collect();
    let of = |version: u128, member: u128| (Some(id(version)), Some(id(member)));
    let expected: Vec<_> = (1..=10)
        .map(|member| of(11, member))
        .chain([of(21, 9), of(21, 10), of(51, 3)])
        .collect();
    assert_eq!(told, expected);
    // Others are told how many they are, not which of the rules gives to two of them.
    let shown = shown(come, &nobody(), 3);
    let told: Vec<_> = shown
        .warnings
        .iter()
        .map(|one| (one.version, one.member, one.members))
        .collect();
    assert_eq!(told, [(None, None, 10)]);
}

/// A rule that gives to few is withheld, and with it that there is something to ask about some of them.
#[test]
fn of_a_rule_that_is_withheld_no_warning_is_told_either() {
    let counts = |number: u128| Counts {
        member: id(number),
        tickets: 100,
        repeats: 50,
        ..Counts::default()
    };
    let conduct = Conduct {
        counts: (1..=10).map(counts).collect(),
        regards: BTreeMap::from([(id(11), counting_tickets())]),
    };
    let amount = "tenure.months == 4 ? money(900) : money(0.01)";
    let tried = Tried::of(
        vec![],
        vec![version(11, "true", amount, "")],
        crew(&[9; 10]),
    );
    let (come, _, _) = tried.come_with(&conduct);
    let told = come.warnings.iter().filter(|one| one.member.is_some());
    assert_eq!(told.count(), 10);
    assert_eq!(shown(come, &nobody(), 3).warnings, []);
}

/// One loses and others gain, though each rule changes for many: the value that the parameter has brings what is withheld.
#[test]
fn a_candidate_that_brings_all_is_told_once_to_be_concentrated() {
    let most = |rule| {
        let amount = "tenure.months == 10 ? money(900) : money(7)";
        version(rule, "true", amount, "")
    };
    let instead = |today: Vec<Rule>, mode| Tried {
        mode,
        ..Tried::of(today, vec![most(21)], crew(&[9; 10]))
    };
    let today = || vec![version(11, "true", "money(9)", "")];
    let told = |tried: Tried| -> Vec<Option<Uuid>> {
        let come = tried.come().0;
        let of = come.warnings.iter();
        of.filter(|one| one.risk == Risk::Concentration)
            .map(|one| one.version)
            .collect()
    };
    assert_eq!(told(instead(today(), Mode::Instead)), [Some(id(21))]);
    assert_eq!(told(instead(today(), Mode::Beside)), [None, Some(id(21))]);
}
