//! The grammar of CEL over words that were looked at before.

use std::cell::Cell;
use std::thread;

use cel::common::ast::{Expr, IdedExpr, SourceInfo};
use cel::parser::Parser;

use super::{Language, Problem, words};

/// The stack of the parser: it takes much for each bracket, more than a server's threads have to spare.
const STACK: usize = 16 << 20;

thread_local! {
    /// Does this thread have the stack of the parser?
    static DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Does something that reads many expressions on one thread with the stack of the parser, instead of one for each of them; none
/// when there is no such thread to be had.
pub fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    if DEEP.get() {
        return Some(work());
    }
    let work = || {
        DEEP.set(true);
        work()
    };
    thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK);
        reader.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// An expression with the places of its parts.
#[derive(Debug)]
pub struct Tree {
    /// The whole of it.
    pub root: IdedExpr,
    source: SourceInfo,
}

impl Tree {
    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source.source
    }

    /// Where a part stands: its first character, and how many there are. Of what has an operator it is the operator.
    #[must_use]
    pub fn place(&self, part: &IdedExpr) -> (usize, usize) {
        let (from, to) = self.source.offset_for(part.id).unwrap_or((0, 0));
        let (from, to) = (from as usize, to as usize);
        (from, (to + 1).saturating_sub(from))
    }

    /// The part of the text at a place.
    #[must_use]
    pub fn written(&self, (offset, length): (usize, usize)) -> &str {
        self.text().get(offset..offset + length).unwrap_or_default()
    }
}

/// Reads an expression.
///
/// # Errors
/// What is wrong with its words, or where its grammar breaks.
pub fn read(text: &str, language: &Language) -> Result<Tree, Vec<Problem>> {
    words::check(text, language)?;
    let parsed = deep(|| Parser::new().parse_with_source_info(text));
    let place = match parsed {
        Some(Ok((root, source))) if root.expr != Expr::Unspecified => {
            return Ok(Tree { root, source });
        }
        Some(Err(wrong)) => wrong.errors.first().map_or((0, 0), |error| error.pos),
        _ => (0, 0),
    };
    let offset = offset_of(text, place);
    let found: String = text.chars().skip(offset).take(1).collect();
    let problem = if found.is_empty() {
        Problem::new(
            (offset, 0),
            "Something is missing at the end of the expression.",
            "表达式末尾不完整。",
        )
    } else {
        Problem::new(
            (offset, 1),
            format!("The expression can't go on with `{found}` here."),
            format!("表达式在 `{found}` 处有语法错误。"),
        )
    };
    Err(vec![problem])
}

/// Where a line and column, both counted from 1, are in the text; its words are ASCII, a character a byte.
fn offset_of(text: &str, (line, column): (isize, isize)) -> usize {
    let before = usize::try_from(line - 1).unwrap_or(0);
    let lines = text.split_inclusive('\n').take(before);
    let column = usize::try_from(column - 1).unwrap_or(0);
    (lines.map(str::len).sum::<usize>() + column).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_together_takes_one_thread() {
        let here = || thread::current().id();
        let (outer, inner) = deep(|| (here(), [deep(here), deep(here)])).expect("a thread");
        assert_ne!(outer, here());
        assert_eq!(inner, [Some(outer), Some(outer)]);
        assert_ne!(deep(here), Some(here()));
    }
}
