//! Tables of good and bad expressions, and random ones against a naive reckoning.

use proptest::prelude::*;

use super::*;

fn unit(key: &str) -> Option<Unit> {
    Some(match key {
        "opened" | "complaints" => Unit::Count,
        "held" | "rate" => Unit::Percent,
        "time" => Unit::Seconds,
        "stars" => Unit::Points,
        "x" | "y" | "z" => Unit::Number,
        _ => return None,
    })
}

/// The first mistake: its place, and its text in English.
fn wrong(text: &str) -> (usize, usize, String) {
    let problems = check(text, &unit).expect_err(text);
    for problem in &problems {
        assert!(!problem.text.zh.is_empty() && problem.text.zh != problem.text.en);
    }
    let first = &problems[0];
    (first.offset, first.length, first.text.en.to_string())
}

#[test]
fn good_expressions_name_what_they_stand_on() {
    for (text, inputs) in [
        ("100 - held", &["held"][..]),
        ("complaints / opened * 100", &["complaints", "opened"]),
        (
            "opened > 0 ? complaints / opened * 100 : 0",
            &["complaints", "opened"],
        ),
        ("min(x, y, 3) + max(z, 1.5e2)", &["x", "y", "z"]),
        ("int(double(x) * 2) / 2", &["x"]),
        (
            "x > 1 && !(y < 2) || x == y ? -x : +0.5 - y"
                .replace("+0.5", "0.5")
                .as_str(),
            &["x", "y"],
        ),
        (" \n(x)\t", &["x"]),
        ("time * 2 < time + 60 ? time : time / 2 * 1", &["time"]),
        ("rate * 0.5 + held * 0.5", &["held", "rate"]),
    ] {
        let checked = check(text, &unit).unwrap_or_else(|found| panic!("{text}: {found:?}"));
        assert_eq!(checked.inputs, inputs, "{text}");
        for (key, place) in checked.places {
            assert!(text[place..].starts_with(&key), "{text}: {key} at {place}");
        }
    }
}

#[test]
fn every_mistake_has_its_place() {
    for (text, offset, length, says) in [
        ("", 0, 0, "empty"),
        ("  ", 0, 2, "empty"),
        ("x + nobody", 4, 6, "There is no metric `nobody`"),
        ("x % 2", 2, 1, "no remainder"),
        ("x + 'two'", 4, 1, "no texts"),
        ("x.y", 1, 1, "`.` can't stand"),
        ("[x][0]", 0, 1, "`[` can't stand"),
        ("{1: x}", 0, 1, "`{` can't stand"),
        ("总数 + x", 0, 1, "`总` can't stand"),
        ("has(x)", 0, 3, "`has` can't be called"),
        ("size(x)", 0, 4, "`size` can't be called"),
        ("timestamp (x)", 0, 9, "`timestamp` can't be called"),
        ("x + true", 4, 4, "`true` can't stand"),
        ("x in y", 2, 2, "`in` can't stand"),
        ("x // y", 2, 2, "Comments"),
        ("1x + x", 0, 2, "isn't a number"),
        ("x + 0x1F", 4, 4, "isn't a number"),
        ("x + 1.", 4, 2, "isn't a number"),
        ("x * 1e300", 4, 5, "isn't a number"),
        ("x * 99999999999999999999", 4, 20, "isn't a number"),
        ("x / 0", 2, 1, "divides by nought"),
        ("x / (2 - 2.0)", 2, 1, "divides by nought"),
        ("x > 1", 2, 1, "The result is true or false"),
        ("(x > 1) + 1", 3, 1, "Here a number must stand"),
        ("x ? 1 : 2", 0, 1, "Here a condition must stand"),
        ("1 + 1", 0, 5, "names no metric"),
        ("min(x)", 3, 1, "takes two numbers"),
        ("double(x, y)", 6, 1, "can't be used so"),
        ("held + time", 5, 1, "a percentage together with seconds"),
        (
            "opened > stars ? x : y",
            7,
            1,
            "a number of things together with points",
        ),
        ("x +", 3, 0, "missing at the end"),
        ("(x", 2, 0, "missing at the end"),
        ("x\n+ ) y", 4, 1, "can't go on with `)`"),
        ("x y", 2, 1, "can't go on with `y`"),
        ("x = y", 2, 1, "`=` can't stand"),
        ("x < y < z ? 1 : 2", 2, 1, "Here a number must stand"),
    ] {
        let found = wrong(text);
        assert!(found.2.contains(says), "{text}: {found:?}");
        assert_eq!((found.0, found.1), (offset, length), "{text}: {found:?}");
    }
    let both = check("nobody + nowhere", &unit).expect_err("two of them");
    let places: Vec<usize> = both.iter().map(|problem| problem.offset).collect();
    assert_eq!(places, [0, 9]);
}

#[test]
fn size_and_depth_are_bounded() {
    let deep = |n: usize| format!("{}x{}", "(".repeat(n), ")".repeat(n));
    assert!(check(&deep(DEEPEST), &unit).is_ok());
    assert_eq!(wrong(&deep(DEEPEST + 1)).0, DEEPEST);
    let long = |n: usize| format!("x{}", "+x".repeat(n));
    assert!(check(&long(OPERATORS), &unit).is_ok());
    assert_eq!(wrong(&long(OPERATORS + 1)).0, 2 * OPERATORS + 1);
    let wide = |n: usize| format!("x{}", " ".repeat(n - 1));
    assert!(check(&wide(LONGEST), &unit).is_ok());
    assert_eq!(wrong(&wide(LONGEST + 1)).0, LONGEST);
    let nested = format!("{}x", "x > 1 ? x : ".repeat(OPERATORS / 3));
    assert!(check(&nested, &unit).is_ok());
    let minus = format!("{}x", "-".repeat(OPERATORS));
    assert!(check(&minus, &unit).is_ok());
}

fn values(of: &[(&str, Option<&str>)]) -> BTreeMap<String, Option<Decimal>> {
    of.iter()
        .map(|(key, value)| {
            let value = value.map(|text| text.parse().expect("a number"));
            ((*key).to_owned(), value)
        })
        .collect()
}

#[test]
fn figures_are_rounded_and_what_is_unknown_stays_unknown() {
    let of = values(&[
        ("x", Some("2")),
        ("y", Some("3")),
        ("z", Some("0")),
        ("big", Some("900000000000000")),
        ("none", None),
    ]);
    for (text, figure) in [
        ("x / y", Some("0.6667")),
        ("-x / y", Some("-0.6667")),
        ("x / 3 * 100", Some("66.6667")),
        ("x * 0.00025", Some("0.0005")),
        ("x * -0.000025", Some("-0.0001")),
        ("7 / x", Some("3.5")),
        ("int(7 / x) + double(x)", Some("5")),
        ("min(x, y, -1.5) + max(y, x)", Some("1.5")),
        ("x / z", None),
        ("1 / (x / z)", None),
        ("z > 0 ? x / z : 0 - 1", Some("-1")),
        ("none + x", None),
        ("x > 0 ? x : none", None),
        ("missing * 2", None),
        ("big * big", None),
        (
            "1 / (big * big * big * big * big * big * big * big * big * big * big * big * big * big * big * big * big * big * big * big * big * big)",
            None,
        ),
        ("x +", None),
        ("x == 2 && y >= 3 ? 1 : 0", Some("1")),
        ("x != 2 || !(y < 3) ? 1 : 0", Some("1")),
        ("100 - x", Some("98")),
        ("- - x", Some("2")),
    ] {
        let figure = figure.map(|text| text.parse::<Decimal>().expect("a number"));
        assert_eq!(evaluate(text, &of), figure, "{text}");
    }
}

#[test]
fn words_of_the_language_are_no_keys() {
    for word in ["min", "double", "true", "in", "has", "size"] {
        assert!(is_reserved(word), "{word}");
    }
    assert!(!is_reserved("tickets_opened"));
}

/// An expression as a tree, to be written and to be reckoned without a parser.
#[derive(Clone, Debug)]
enum Tree {
    Number(i32),
    Metric(usize),
    Negated(Box<Tree>),
    Two(char, Box<Tree>, Box<Tree>),
    Least(Box<Tree>, Box<Tree>),
    Choice(Box<Tree>, Box<Tree>, Box<Tree>),
}

const KEYS: [&str; 3] = ["x", "y", "z"];

impl Tree {
    fn write(&self) -> String {
        match self {
            Self::Number(n) => format!("{}.{:02}", n / 100, n % 100),
            Self::Metric(place) => KEYS[*place].to_owned(),
            Self::Negated(of) => format!("-({})", of.write()),
            Self::Two(sign, one, other) => format!("({} {sign} {})", one.write(), other.write()),
            Self::Least(one, other) => format!("min({}, {})", one.write(), other.write()),
            Self::Choice(one, other, than) => {
                let (one, other) = (one.write(), other.write());
                format!("({one} < {other} ? {} : {one})", than.write())
            }
        }
    }

    fn reckon(&self, values: &[f64]) -> Option<f64> {
        Some(match self {
            Self::Number(n) => format!("{}.{:02}", n / 100, n % 100).parse().ok()?,
            Self::Metric(place) => values[*place],
            Self::Negated(of) => -of.reckon(values)?,
            Self::Two(sign, one, other) => {
                let (one, other) = (one.reckon(values)?, other.reckon(values)?);
                match sign {
                    '+' => one + other,
                    '-' => one - other,
                    '*' => one * other,
                    _ if other == 0.0 => return None,
                    _ => one / other,
                }
            }
            Self::Least(one, other) => one.reckon(values)?.min(other.reckon(values)?),
            Self::Choice(one, other, than) => {
                let one = one.reckon(values)?;
                if one < other.reckon(values)? {
                    than.reckon(values)?
                } else {
                    one
                }
            }
        })
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        (0..100_000_i32).prop_map(Tree::Number),
        (0..3_usize).prop_map(Tree::Metric)
    ];
    leaf.prop_recursive(3, 12, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            inner.clone().prop_map(|of| Tree::Negated(Box::new(of))),
            (prop::sample::select(vec!['+', '-', '*', '/']), two.clone())
                .prop_map(|(sign, (one, other))| Tree::Two(sign, Box::new(one), Box::new(other))),
            two.clone()
                .prop_map(|(one, other)| Tree::Least(Box::new(one), Box::new(other))),
            (two, inner).prop_map(|((one, other), than)| Tree::Choice(
                Box::new(one),
                Box::new(other),
                Box::new(than)
            )),
        ]
    })
}

proptest! {
    #[test]
    fn random_texts_are_refused_or_read_but_never_break(text in ".{0,60}") {
        let _ = check(&text, &unit);
        let _ = evaluate(&text, &values(&[("x", Some("1"))]));
    }

    #[test]
    fn random_words_are_refused_or_read_but_never_break(words in prop::collection::vec(
        prop::sample::select(vec!["x", "y", "held", "1", "0", "2.5", "+", "-", "*", "/", "(", ")", "?", ":", "<", ">=", "==",
            "!", "&&", "||", ",", "min", "int", "double(", "max(", "\n"]), 0..24))
    {
        let text = words.join(" ");
        let of = values(&[("x", Some("1.5")), ("y", Some("0")), ("held", Some("50"))]);
        match check(&text, &unit) {
            Ok(_) => drop(evaluate(&text, &of)),
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(problem.offset + problem.length <= text.chars().count(), "{text}: {problem:?}");
                }
            }
        }
    }

    #[test]
    fn arithmetic_comes_to_what_it_says(
        tree in trees(), parts in prop::array::uniform3(-10_000_000_i64..10_000_000))
    {
        let text = format!("{} + x * 0", tree.write());
        let of = KEYS.iter().zip(parts).map(|(key, parts)| ((*key).to_owned(), Some(Decimal(parts)))).collect();
        let doubles = parts.map(|parts| parts as f64 / 10_000.0);
        let naive = tree.reckon(&doubles).map(|number| number + doubles[0] * 0.0)
            .filter(|number| number.is_finite())
            .map(|number| (number * 10_000.0).round())
            .filter(|parts| parts.abs() < i64::MAX as f64)
            .map(|parts| Decimal(parts as i64));
        // Keys that aren't named needn't be known.
        let checked = check(&text, &unit);
        let by_nought = checked.as_ref().is_err_and(|problems| problems.iter().all(|problem| problem.text.en.contains("nought")));
        prop_assert!(checked.is_ok() || by_nought, "{text}: {checked:?}");
        if checked.is_ok() {
            prop_assert_eq!(evaluate(&text, &of), naive, "{}", text);
        }
    }
}
