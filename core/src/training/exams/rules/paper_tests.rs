use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

fn entry(n: usize, topic: &str, difficulty: i32) -> Entry {
    Entry {
        version: Uuid::from_u128(n as u128),
        topic: topic.to_owned(),
        difficulty,
        kind: QuestionKind::Single,
        options: 4,
        by_hand: false,
    }
}

fn cell(topic: &str, difficulty: Option<i32>, count: u32) -> Cell {
    Cell {
        topic: topic.to_owned(),
        difficulty,
        kind: None,
        count,
        points: 10_000,
    }
}

const ALL: Shuffle = Shuffle {
    questions: true,
    options: true,
};

#[test]
fn cells_that_want_the_same_questions_are_filled_if_they_can_be() {
    // Two questions of a topic, one of them hard: the hard one has to go to the cell that wants it hard.
    let pool = [entry(0, "a", 1), entry(1, "a", 3)];
    for blueprint in [
        [cell("a", None, 1), cell("a", Some(3), 1)],
        [cell("a", Some(3), 1), cell("a", None, 1)],
    ] {
        for seed in 0..50 {
            let paper = draw(&blueprint, &pool, seed, ALL).expect("it can be filled");
            assert_eq!(paper.len(), 2, "{seed}");
        }
    }
}

#[test]
fn the_cell_that_lacks_questions_is_named() {
    let pool = [entry(0, "a", 1), entry(1, "a", 3), entry(2, "b", 1)];
    for (blueprint, expected) in [
        (vec![cell("a", None, 3)], Lack { cell: 0, found: 2 }),
        (
            vec![cell("a", None, 2), cell("b", Some(2), 1)],
            Lack { cell: 1, found: 0 },
        ),
        (
            vec![cell("a", None, 2), cell("a", Some(3), 1)],
            Lack { cell: 1, found: 0 },
        ),
        (
            vec![cell("a", Some(3), 1), cell("a", None, 2)],
            Lack { cell: 1, found: 1 },
        ),
        (vec![cell("c", None, 1)], Lack { cell: 0, found: 0 }),
    ] {
        assert_eq!(
            fits(&blueprint, &pool),
            Err(expected.clone()),
            "{blueprint:?}"
        );
        for seed in 0..20 {
            assert_eq!(draw(&blueprint, &pool, seed, ALL), Err(expected.clone()));
        }
    }
}

#[test]
fn without_shuffling_the_order_is_the_blueprints_and_the_authors() {
    let pool: Vec<Entry> = (0..20)
        .map(|n| entry(n, if n % 2 == 0 { "a" } else { "b" }, 1))
        .collect();
    let still = Shuffle {
        questions: false,
        options: false,
    };
    let paper = draw(&[cell("b", None, 3), cell("a", None, 3)], &pool, 5, still).expect("a paper");
    assert_eq!(
        paper.iter().map(|one| one.cell).collect::<Vec<_>>(),
        [0, 0, 0, 1, 1, 1]
    );
    assert!(paper.iter().all(|one| one.options == [0, 1, 2, 3]));
}

prop_compose! {
    fn pools()(parts in vec((0_usize..3, 1_i32..4), 0..40)) -> Vec<Entry> {
        parts.into_iter().enumerate().map(|(n, (topic, difficulty))| entry(n, ["a", "b", "c"][topic], difficulty)).collect()
    }
}

prop_compose! {
    fn blueprints()(parts in vec((0_usize..3, proptest::option::of(1_i32..4), 1_u32..6), 1..5)) -> Vec<Cell> {
        parts.into_iter().map(|(topic, difficulty, count)| cell(["a", "b", "c"][topic], difficulty, count)).collect()
    }
}

/// Can every set of cells be filled together (Hall)? Another way to the same answer.
fn can_be_filled(blueprint: &[Cell], pool: &[Entry]) -> bool {
    (0_u32..1 << blueprint.len()).all(|set| {
        let some: Vec<&Cell> = (0..blueprint.len())
            .filter(|place| set & (1 << place) != 0)
            .map(|place| &blueprint[place])
            .collect();
        let wanted: u32 = some.iter().map(|cell| cell.count).sum();
        let there = pool
            .iter()
            .filter(|entry| some.iter().any(|cell| cell.takes(entry)))
            .count();
        there >= wanted as usize
    })
}

proptest! {
    /// The same seed gives the same paper; it fulfils the blueprint, no question comes twice, and options are only reordered.
    #[test]
    fn a_paper_fulfils_its_blueprint(pool in pools(), blueprint in blueprints(), seed: i64, questions: bool, options: bool) {
        let shuffle = Shuffle { questions, options };
        let drawn = draw(&blueprint, &pool, seed, shuffle);
        prop_assert_eq!(&drawn, &draw(&blueprint, &pool, seed, shuffle));
        prop_assert_eq!(drawn.is_ok(), can_be_filled(&blueprint, &pool));
        prop_assert_eq!(drawn.is_ok(), fits(&blueprint, &pool).is_ok());
        if let Ok(paper) = drawn {
            for (place, cell) in blueprint.iter().enumerate() {
                let of: Vec<&Drawn> = paper.iter().filter(|one| one.cell == place).collect();
                prop_assert_eq!(of.len(), cell.count as usize);
                prop_assert!(of.iter().all(|one| cell.takes(&pool[one.entry])));
            }
            let mut entries: Vec<usize> = paper.iter().map(|one| one.entry).collect();
            entries.sort_unstable();
            entries.dedup();
            prop_assert_eq!(entries.len(), paper.len());
            for one in &paper {
                let mut places = one.options.clone();
                places.sort_unstable();
                prop_assert_eq!(places, vec![0, 1, 2, 3]);
            }
        }
    }
}

#[test]
fn seeds_give_different_papers() {
    let pool: Vec<Entry> = (0..30).map(|n| entry(n, "a", 1)).collect();
    let papers: BTreeSet<Vec<usize>> = (0..100)
        .map(|seed| {
            draw(&[cell("a", None, 10)], &pool, seed, ALL)
                .expect("a paper")
                .iter()
                .map(|one| one.entry)
                .collect()
        })
        .collect();
    assert!(papers.len() > 95, "{}", papers.len());
}
