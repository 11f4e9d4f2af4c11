//! Drawing a paper from frozen questions by blueprint and seed (组卷): the same three always give the same paper.
//!
//! A question may fit several cells of the blueprint (one of a topic, and one of that topic at a difficulty). So the cells are
//! filled as a matching (Kuhn's augmenting paths): if the questions can fill the blueprint in any way, it is filled.

use std::collections::BTreeSet;

use entity::enums::QuestionKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::seed::Stream;

/// The most questions on a paper.
pub const MOST: usize = 200;

/// So many questions of one sort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The topic.
    pub topic: String,
    /// How hard; any when nothing is said.
    pub difficulty: Option<i32>,
    /// How they are answered; in any way when nothing is said.
    pub kind: Option<QuestionKind>,
    /// How many.
    pub count: u32,
    /// For how many points each, in ten-thousandths.
    pub points: i64,
}

impl Cell {
    fn takes(&self, entry: &Entry) -> bool {
        self.topic == entry.topic
            && self
                .difficulty
                .is_none_or(|wanted| wanted == entry.difficulty)
            && self.kind.is_none_or(|wanted| wanted == entry.kind)
    }
}

/// A question that can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its version.
    pub version: Uuid,
    /// Its topic.
    pub topic: String,
    /// How hard it is.
    pub difficulty: i32,
    /// How it is answered.
    pub kind: QuestionKind,
    /// How many options it has.
    pub options: usize,
    /// Do people mark it?
    pub by_hand: bool,
}

/// A cell that can't be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// Which cell, from 0.
    pub cell: usize,
    /// How many questions could be found for it, beside what the cells before it need.
    pub found: usize,
}

/// A question on a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its place among the questions it was drawn from.
    pub entry: usize,
    /// Which cell it fills.
    pub cell: usize,
    /// In which order its options come: their places with the author.
    pub options: Vec<usize>,
}

/// How a paper is shuffled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shuffle {
    /// Do questions come in another order each time? Otherwise in the order of the blueprint.
    pub questions: bool,
    /// Do options?
    pub options: bool,
}

/// Draws a paper.
///
/// # Errors
/// The first cell that can't be filled; never another one for another seed.
pub fn draw(
    blueprint: &[Cell],
    pool: &[Entry],
    seed: i64,
    shuffle: Shuffle,
) -> Result<Vec<Drawn>, Lack> {
    let mut order: Vec<usize> = (0..pool.len()).collect();
    Stream::of(seed, 1).shuffle(&mut order);
    let filled = fill(blueprint, pool, &order)?;
    let mut options = Stream::of(seed, 2);
    let mut paper: Vec<Drawn> = Vec::with_capacity(filled.len());
    for (cell, entry) in filled {
        let mut places: Vec<usize> = (0..pool[entry].options).collect();
        if shuffle.options {
            options.shuffle(&mut places);
        }
        paper.push(Drawn {
            entry,
            cell,
            options: places,
        });
    }
    if shuffle.questions {
        Stream::of(seed, 3).shuffle(&mut paper);
    }
    Ok(paper)
}

/// Every slot of the blueprint with its question, in the order of the cells.
fn fill(blueprint: &[Cell], pool: &[Entry], order: &[usize]) -> Result<Vec<(usize, usize)>, Lack> {
    let slots: Vec<usize> = blueprint
        .iter()
        .enumerate()
        .flat_map(|(cell, wanted)| {
            std::iter::repeat_n(cell, usize::try_from(wanted.count).unwrap_or(0))
        })
        .collect();
    // Which slot has which question.
    let mut taken: Vec<Option<usize>> = vec![None; pool.len()];
    for (slot, cell) in slots.iter().enumerate() {
        let mut seen = BTreeSet::new();
        let mut matching = Matching {
            blueprint,
            pool,
            order,
            slots: &slots,
            taken: &mut taken,
        };
        if !matching.place(slot, &mut seen) {
            let found = slots[..slot].iter().filter(|other| *other == cell).count();
            return Err(Lack { cell: *cell, found });
        }
    }
    let mut filled: Vec<(usize, usize)> = Vec::with_capacity(slots.len());
    for entry in order {
        if let Some(slot) = taken[*entry] {
            filled.push((slots[slot], *entry));
        }
    }
    filled.sort_by_key(|(cell, _)| *cell);
    Ok(filled)
}

struct Matching<'m> {
    blueprint: &'m [Cell],
    pool: &'m [Entry],
    order: &'m [usize],
    slots: &'m [usize],
    taken: &'m mut Vec<Option<usize>>,
}

impl Matching<'_> {
    /// Finds a question for a slot, moving other slots to other questions where that helps.
    fn place(&mut self, slot: usize, seen: &mut BTreeSet<usize>) -> bool {
        let cell = &self.blueprint[self.slots[slot]];
        // What is free first: so hardly anything has to move.
        for free in [true, false] {
            for entry in self.order.iter().copied() {
                if self.taken[entry].is_none() != free
                    || !cell.takes(&self.pool[entry])
                    || !seen.insert(entry)
                {
                    continue;
                }
                let moved = match self.taken[entry] {
                    None => true,
                    Some(other) => self.place(other, seen),
                };
                if moved {
                    self.taken[entry] = Some(slot);
                    return true;
                }
            }
        }
        false
    }
}

/// Does the pool fill the blueprint? If so it does for every seed.
///
/// # Errors
/// The first cell that can't be filled.
pub fn fits(blueprint: &[Cell], pool: &[Entry]) -> Result<(), Lack> {
    let order: Vec<usize> = (0..pool.len()).collect();
    fill(blueprint, pool, &order).map(drop)
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;
