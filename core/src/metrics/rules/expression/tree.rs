//! What an expression says, held to numbers and to metrics that there are.

use std::collections::BTreeMap;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};

use super::{Checked, Problem, figure};
use crate::formula::Tree;
use crate::metrics::rules::definition::Unit;

/// What a part of an expression is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A number, with its unit where that is known.
    Number(Option<Unit>),
    /// True or false.
    Truth,
}

/// Holds an expression to numbers and known metrics.
///
/// # Errors
/// Everything that is wrong, in the order of the text.
pub fn check(tree: &Tree, known: &dyn Fn(&str) -> Option<Unit>) -> Result<Checked, Vec<Problem>> {
    let mut look = Look {
        tree,
        known,
        places: BTreeMap::new(),
        problems: Vec::new(),
    };
    if look.shape(&tree.root) == Some(Shape::Truth) {
        let place = look.place(&tree.root);
        look.note(
            place,
            "The result is true or false and must be a number: write `condition ? 1 : 0`.",
            "结果是真或假，必须是数字：请写成“条件 ? 1 : 0”。",
        );
    }
    if look.places.is_empty() && look.problems.is_empty() {
        look.note(
            (0, tree.text().len()),
            "The expression names no metric; `metricDefinitions` lists them.",
            "表达式没有引用任何指标；可通过 metricDefinitions 查询指标。",
        );
    }
    if look.problems.is_empty() {
        return Ok(Checked {
            inputs: look.places.keys().cloned().collect(),
            places: look.places,
        });
    }
    look.problems.sort_by_key(|problem| problem.offset);
    Err(look.problems)
}

struct Look<'l> {
    tree: &'l Tree,
    known: &'l dyn Fn(&str) -> Option<Unit>,
    places: BTreeMap<String, usize>,
    problems: Vec<Problem>,
}

impl Look<'_> {
    fn place(&self, part: &IdedExpr) -> (usize, usize) {
        self.tree.place(part)
    }

    fn note(&mut self, place: (usize, usize), en: impl Into<String>, zh: impl Into<String>) {
        self.problems
            .push(Problem::new(place, en.into(), zh.into()));
    }

    /// What a part is; none when something is wrong within, which is noted.
    fn shape(&mut self, part: &IdedExpr) -> Option<Shape> {
        match &part.expr {
            Expr::Literal(
                LiteralValue::Int(_) | LiteralValue::Double(_) | LiteralValue::UInt(_),
            ) => Some(Shape::Number(None)),
            Expr::Ident(key) => self.metric(part, key),
            Expr::Call(call) if call.target.is_none() => self.call(part, call),
            _ => {
                let place = self.place(part);
                self.note(
                    place,
                    "This can't stand in an expression; it takes numbers and keys of metrics.",
                    "此处内容不受支持，只能使用数字和指标的键。",
                );
                None
            }
        }
    }

    fn metric(&mut self, part: &IdedExpr, key: &str) -> Option<Shape> {
        let (offset, _) = self.place(part);
        let Some(unit) = (self.known)(key) else {
            self.note(
                (offset, key.len()),
                format!("There is no metric `{key}` in use; `metricDefinitions` lists them."),
                format!("没有在用的指标 `{key}`；可通过 metricDefinitions 查询指标。"),
            );
            return None;
        };
        let first = self.places.entry(key.to_owned()).or_insert(offset);
        *first = offset.min(*first);
        Some(Shape::Number((unit != Unit::Number).then_some(unit)))
    }

    fn call(&mut self, part: &IdedExpr, call: &CallExpr) -> Option<Shape> {
        let args = &call.args;
        match (call.func_name.as_str(), args.len()) {
            (operators::CONDITIONAL, 3) => {
                self.truth(&args[0]);
                self.alike(part, &args[1..])
            }
            (operators::LOGICAL_AND | operators::LOGICAL_OR | operators::LOGICAL_NOT, _) => {
                for arg in args {
                    self.truth(arg);
                }
                Some(Shape::Truth)
            }
            (
                operators::EQUALS
                | operators::NOT_EQUALS
                | operators::LESS
                | operators::LESS_EQUALS
                | operators::GREATER
                | operators::GREATER_EQUALS,
                2,
            ) => self.alike(part, args).map(|_| Shape::Truth),
            (operators::ADD | operators::SUBSTRACT, 2) | ("min" | "max", 2..) => {
                self.alike(part, args)
            }
            (operators::NEGATE | "double" | "int", 1) => self.alike(part, args),
            (operators::MULTIPLY, 2) => {
                let both = self.numbers(args)?;
                // A rate of something, or a percentage of it, is still counted in what it was.
                Some(Shape::Number(match both[..] {
                    [unit, None] | [None, unit] => unit.filter(|unit| *unit != Unit::Count),
                    _ => None,
                }))
            }
            (operators::DIVIDE, 2) => {
                let whole = self.numbers(args);
                if figure::constant(&args[1]) == Some(0.0) {
                    let place = self.place(part);
                    self.note(
                        place,
                        "This divides by nought; divide by something else.",
                        "除数为零，请更换除数。",
                    );
                    return None;
                }
                whole.map(|_| Shape::Number(None))
            }
            ("min" | "max", _) => {
                let place = self.place(part);
                self.note(
                    place,
                    format!("`{}` takes two numbers or more.", call.func_name),
                    format!("`{}` 至少需要两个数字。", call.func_name),
                );
                None
            }
            (name, _) => {
                let place = self.place(part);
                self.note(
                    place,
                    format!("`{name}` can't be used so; double and int take one number."),
                    format!("`{name}` 的用法不正确；double 和 int 只接受一个数字。"),
                );
                None
            }
        }
    }

    /// Numbers that are compared or added, so that they must be counted in the same unit.
    fn alike(&mut self, part: &IdedExpr, args: &[IdedExpr]) -> Option<Shape> {
        let units = self.numbers(args)?;
        let mut known = units.into_iter().flatten();
        let first = known.next();
        if let Some(other) = known.find(|unit| Some(*unit) != first) {
            let place = self.place(part);
            let (one, other) = (name(first.unwrap_or(other)), name(other));
            self.note(
                place,
                format!(
                    "This puts {} together with {}; bring them to one unit by multiplying or dividing.",
                    one.0, other.0
                ),
                format!("{}与{}不能直接比较或相加减，请先通过乘除换算为同一单位。", one.1, other.1),
            );
            return None;
        }
        Some(Shape::Number(first))
    }

    /// The units of parts that must be numbers.
    fn numbers(&mut self, args: &[IdedExpr]) -> Option<Vec<Option<Unit>>> {
        let shapes: Vec<Option<Shape>> = args.iter().map(|arg| self.shape(arg)).collect();
        let mut units = Vec::new();
        for (arg, shape) in args.iter().zip(shapes) {
            match shape {
                Some(Shape::Number(unit)) => units.push(unit),
                Some(Shape::Truth) => {
                    let place = self.place(arg);
                    self.note(
                        place,
                        "Here a number must stand; comparisons can only be the condition of `?:`.",
                        "此处必须是数字；比较只能作为 ?: 的条件。",
                    );
                }
                None => {}
            }
        }
        (units.len() == args.len()).then_some(units)
    }

    fn truth(&mut self, arg: &IdedExpr) {
        if matches!(self.shape(arg), Some(Shape::Number(_))) {
            let place = self.place(arg);
            self.note(
                place,
                "Here a condition must stand, such as tickets_opened > 0.",
                "此处必须是条件，例如 tickets_opened > 0。",
            );
        }
    }
}

/// What a unit is called in a sentence.
const fn name(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Count => ("a number of things", "数量"),
        Unit::Percent => ("a percentage", "百分比"),
        Unit::Seconds => ("seconds", "秒数"),
        Unit::Points => ("points", "评分"),
        Unit::Money => ("money", "金额"),
        Unit::Number => ("a plain number", "数值"),
    }
}
