use async_graphql::parser::parse_query;
use proptest::prelude::*;

use super::*;

fn refused(document: &str, limits: &Limits) -> Vec<(Limit, u64)> {
    let refusals = bounds(&parse_query(document).unwrap(), limits)
        .err()
        .unwrap_or_default();
    refusals
        .into_iter()
        .map(|refusal| match refusal {
            Refusal::Exceeded { limit, value, .. } => (limit, value),
            other => panic!("{other:?}"),
        })
        .collect()
}

/// `a { a { ... } }`, so many levels.
fn deep(levels: usize) -> String {
    format!(
        "{{ {}a{} }}",
        "a { ".repeat(levels - 1),
        " }".repeat(levels - 1)
    )
}

/// Fragments that spread the next one twice each.
fn doubling(levels: usize) -> String {
    let mut text = "{ ...F0 }".to_owned();
    for level in 0..levels {
        text += &format!(" fragment F{level} on Q {{ ...F{0} ...F{0} }}", level + 1);
    }
    text + &format!(" fragment F{levels} on Q {{ a }}")
}

#[test]
fn each_limit_holds_at_the_limit_and_refuses_one_over() {
    let fields = |count: usize| format!("{{ x {{ {} }} }}", "a ".repeat(count - 1));
    let aliases = |count: usize| {
        format!(
            "{{ x {{ {} }} }}",
            (0..count)
                .map(|at| format!("a{at}: a "))
                .collect::<String>()
        )
    };
    let roots = |operation: &'static str| {
        move |count: usize| format!("{operation} {{ {} }}", "a ".repeat(count))
    };
    let fragments = |count: usize| {
        format!(
            "{{ a }} {}",
            (0..count)
                .map(|at| format!("fragment F{at} on Q {{ a }} "))
                .collect::<String>()
        )
    };
    let directives =
        |place: &'static str| move |count: usize| place.replace('@', &"@d ".repeat(count));
    let schema = |count: usize| format!("{{ __schema {{ {} }} }}", "a ".repeat(count - 1));
    let schema_deep = |levels: usize| format!("{{ __schema {} }}", deep(levels - 1));
    type Make = Box<dyn Fn(usize) -> String>;
    let cases: Vec<(Limit, usize, Make)> = vec![
        (Limit::Selections, 1_000, Box::new(fields)),
        (Limit::Depth, 12, Box::new(deep)),
        (
            Limit::Depth,
            12,
            Box::new(|levels| format!("{{ a }} fragment Unused on Q {}", deep(levels))),
        ),
        (Limit::Aliases, 30, Box::new(aliases)),
        (Limit::RootFields, 20, Box::new(roots("query"))),
        (Limit::Mutations, 5, Box::new(roots("mutation"))),
        (Limit::Subscriptions, 1, Box::new(roots("subscription"))),
        (Limit::Fragments, 30, Box::new(fragments)),
        (Limit::Directives, 5, Box::new(directives("{ a @ }"))),
        (Limit::Directives, 5, Box::new(directives("query @ { a }"))),
        (
            Limit::Directives,
            5,
            Box::new(directives("query ($x: Int @) { a }")),
        ),
        (
            Limit::Directives,
            5,
            Box::new(directives("{ ... @ { a } }")),
        ),
        (
            Limit::Directives,
            5,
            Box::new(directives("{ ...F @ } fragment F on Q { a }")),
        ),
        (
            Limit::Directives,
            5,
            Box::new(directives("{ a } fragment F on Q @ { a }")),
        ),
        (Limit::IntrospectionSelections, 500, Box::new(schema)),
        (Limit::IntrospectionDepth, 20, Box::new(schema_deep)),
    ];
    for (limit, maximum, document) in cases {
        assert_eq!(
            refused(&document(maximum), &Limits::default()),
            [],
            "{limit:?} at the limit"
        );
        assert_eq!(
            refused(&document(maximum + 1), &Limits::default()),
            [(limit, maximum as u64 + 1)],
            "{limit:?} one over"
        );
    }
}

#[test]
fn everything_is_counted_after_expansion_and_over_all_operations() {
    let limits = Limits::default();
    // Nine levels: 2^10 - 1 spreads and 2^9 fields after the first.
    let found = refused(&doubling(9), &limits);
    assert_eq!(
        found,
        [(Limit::RootFields, 512), (Limit::Selections, 1_535)]
    );
    let aliases = "{ x { ...F } y { ...F } } fragment F on Q { a: b c: d }";
    assert_eq!(
        refused(
            aliases,
            &Limits {
                aliases: 3,
                ..limits.clone()
            }
        ),
        [(Limit::Aliases, 4)]
    );
    let operations = "query A { x { a b } } query B { x { a b } }";
    assert_eq!(
        refused(
            operations,
            &Limits {
                selections: 5,
                ..limits
            }
        ),
        [(Limit::Selections, 6)]
    );
}

#[test]
fn thirty_doublings_overflow_nothing() {
    let found = refused(&doubling(200), &Limits::default());
    assert!(
        found.contains(&(Limit::Selections, u64::MAX)) && found.contains(&(Limit::Fragments, 201)),
        "{found:?}"
    );
}

#[test]
fn circles_are_named() {
    for (document, way) in [
        ("{ ...A } fragment A on Q { ...A }", "A -> A"),
        (
            "{ a } fragment A on Q { ...B } fragment B on Q { x { ...C } } fragment C on Q { ... { ...B } }",
            "B -> C -> B",
        ),
    ] {
        let refusals = bounds(&parse_query(document).unwrap(), &Limits::default()).unwrap_err();
        assert!(
            matches!(&refusals[..], [Refusal::Malformed { text, .. }] if text.en.contains(way) && text.zh.contains(way)),
            "{refusals:?}"
        );
    }
}

#[test]
fn unknown_fragments_are_left_to_validation() {
    assert_eq!(refused("{ ...Nowhere }", &Limits::default()), []);
}

/// A fragment's items: a field, a field with a spread inside, or a spread, of a later fragment.
fn dag() -> impl Strategy<Value = Vec<Vec<(u8, usize)>>> {
    proptest::collection::vec(proptest::collection::vec((0_u8..4, 0_usize..8), 1..4), 1..8)
}

fn item(kind: u8, target: usize, own: usize, count: usize) -> String {
    let target = own + 1 + target;
    if kind == 0 || target >= count {
        return "a ".to_owned();
    }
    match kind {
        1 => format!("b: x {{ ...F{target} }} "),
        2 => format!("... {{ ...F{target} }} "),
        _ => format!("...F{target} "),
    }
}

/// Expands fragments wherever they are spread, the slow way.
fn naive(document: &ExecutableDocument, set: &SelectionSet) -> Measure {
    let mut sum = Measure::default();
    for selection in &set.items {
        let (inside, own_depth, aliased, top) = match &selection.node {
            Selection::Field(field) => (
                naive(document, &field.node.selection_set.node),
                1,
                field.node.alias.is_some(),
                Some(1),
            ),
            Selection::InlineFragment(inline) => (
                naive(document, &inline.node.selection_set.node),
                0,
                false,
                None,
            ),
            Selection::FragmentSpread(spread) => (
                naive(
                    document,
                    &document.fragments[&spread.node.fragment_name.node]
                        .node
                        .selection_set
                        .node,
                ),
                0,
                false,
                None,
            ),
        };
        sum.selections += 1 + inside.selections;
        sum.depth = sum.depth.max(own_depth + inside.depth);
        sum.aliases += u64::from(aliased) + inside.aliases;
        sum.top += top.unwrap_or(inside.top);
    }
    sum
}

proptest! {
    #[test]
    fn measuring_equals_expanding(dag in dag()) {
        let count = dag.len();
        let mut text = "{ ...F0 }".to_owned();
        for (own, items) in dag.iter().enumerate() {
            let items: String = items.iter().map(|(kind, target)| item(*kind, *target, own, count)).collect();
            text += &format!(" fragment F{own} on Q {{ {items} }}");
        }
        let document = parse_query(&text).unwrap();
        let fragments: BTreeMap<&str, &FragmentDefinition> = document.fragments.iter().map(|(name, fragment)| (name.as_str(), &fragment.node)).collect();
        let mut found = Found::default();
        for name in in_order(&fragments).unwrap() {
            let measure = found.measure(&fragments[name].selection_set.node);
            found.fragments.insert(name, measure);
        }
        for (_, operation) in document.operations.iter() {
            let set = &operation.node.selection_set.node;
            prop_assert_eq!(found.measure(set), naive(&document, set));
        }
    }
}

#[test]
fn introspection_that_multiplies_is_refused_and_what_tools_ask_is_not() {
    let limits = Limits::default();
    let circling = |times: usize| {
        let (open, close) = (
            "possibleTypes{interfaces{".repeat(times),
            "}}".repeat(times),
        );
        format!("{{ __type(name: \"Node\") {{ {open}name{close} }} }}")
    };
    assert_eq!(refused(&circling(2), &limits), []);
    let found = refused(&circling(3), &limits);
    assert!(
        matches!(found[..], [(Limit::IntrospectionItems, 50_001..)]),
        "{found:?}"
    );
    let repeated = format!(
        "{{ __schema {{ types {{ {} }} }} }}",
        "fields { type { fields { name } } } ".repeat(10)
    );
    let found = refused(&repeated, &limits);
    assert!(
        matches!(found[..], [(Limit::IntrospectionItems, _)]),
        "{found:?}"
    );
    let usual = "{ __schema { types { ...T } directives { name args { ...I } } } }
        fragment T on __Type { kind name description fields(includeDeprecated: true) { name description
            args { ...I } type { ...R } isDeprecated deprecationReason } inputFields { ...I } interfaces { ...R }
            enumValues { name description isDeprecated } possibleTypes { ...R } }
        fragment I on __InputValue { name description type { ...R } defaultValue }
        fragment R on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
            ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";
    assert_eq!(refused(usual, &limits), []);
}
