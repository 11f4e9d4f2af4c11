//! From the tree of the parser to what it says, held to types, currencies and what there is.

mod arithmetic;
mod calls;

use std::collections::BTreeSet;

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};

use super::Expression;
use super::guards::Guards;
use super::node::{Function, Node, Operator};
use super::scope::{Known, Scope, Shape};
use crate::error::Text;
use crate::formula::{Problem, Tree};
use crate::incentives::rules::value::Number;

/// A part with its type; none when something is wrong within, which is noted.
type Part = Option<(Node, Shape)>;

/// What the tree says.
///
/// # Errors
/// Everything that is wrong, in the order of the text.
pub fn lower(
    tree: &Tree,
    scope: &Scope<'_>,
    given: Option<&Node>,
) -> Result<Expression, Vec<Problem>> {
    let mut look = Look {
        tree,
        scope,
        guards: Guards::new(scope.parameters),
        facts: BTreeSet::new(),
        problems: Vec::new(),
    };
    if let Some(given) = given {
        look.guards.suppose(given, true);
    }
    match look.part(&tree.root) {
        Some((root, shape)) if look.problems.is_empty() => {
            let range = look.guards.range(&root);
            Ok(Expression {
                least: range.least(),
                most: range.most(),
                root,
                shape,
                facts: look.facts,
            })
        }
        _ => {
            look.problems.sort_by_key(|problem| problem.offset);
            Err(look.problems)
        }
    }
}

struct Look<'l, 's> {
    tree: &'l Tree,
    scope: &'l Scope<'s>,
    guards: Guards<'l>,
    facts: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Look<'_, '_> {
    fn note(&mut self, place: (usize, usize), text: Text) {
        let Text { en, zh } = text;
        self.problems.push(Problem::new(place, en, zh));
    }

    /// Where a part stands: of a name with points all of it.
    fn place(&self, part: &IdedExpr) -> (usize, usize) {
        match self.dotted(part) {
            Some((offset, name)) => (offset, name.len()),
            None => self.tree.place(part),
        }
    }

    fn refuse<T>(
        &mut self,
        part: &IdedExpr,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> Option<T> {
        let place = self.place(part);
        self.note(place, Text::new(en.into(), zh.into()));
        None
    }

    fn part(&mut self, part: &IdedExpr) -> Part {
        match &part.expr {
            Expr::Literal(literal) => self.literal(part, literal),
            Expr::Ident(name) => {
                let (offset, _) = self.tree.place(part);
                self.name((offset, name.len()), name.clone())
            }
            Expr::Select(select) => {
                let Some((offset, mut name)) = self.dotted(&select.operand) else {
                    return self.stranger(part);
                };
                name.push('.');
                name.push_str(&select.field);
                let place = (offset, name.len());
                if !select.test {
                    return self.name(place, name);
                }
                // Only a fact can be missing.
                self.name(place, name.clone())?;
                Some((Node::Has(name), Shape::Truth))
            }
            Expr::Call(call) if call.target.is_none() => self.call(part, call),
            _ => self.stranger(part),
        }
    }

    fn stranger(&mut self, part: &IdedExpr) -> Part {
        self.refuse(
            part,
            "This can't stand in an expression; it takes numbers, texts, facts and parameters.",
            "此处内容不受支持，只能使用数字、文本、事实和参数。",
        )
    }

    /// A name of several words, and where it begins.
    fn dotted(&self, part: &IdedExpr) -> Option<(usize, String)> {
        match &part.expr {
            Expr::Ident(name) => Some((self.tree.place(part).0, name.clone())),
            Expr::Select(select) if !select.test => {
                let (offset, name) = self.dotted(&select.operand)?;
                Some((offset, format!("{name}.{}", select.field)))
            }
            _ => None,
        }
    }

    fn literal(&mut self, part: &IdedExpr, literal: &LiteralValue) -> Part {
        match literal {
            LiteralValue::Int(_) | LiteralValue::UInt(_) | LiteralValue::Double(_) => {
                // As it is written, not as the parser has read it: that has made a binary fraction of it. The sign stands
                // before the place.
                let written = self.tree.written(self.tree.place(part));
                let below = match literal {
                    LiteralValue::Int(number) => *number.inner() < 0,
                    LiteralValue::Double(number) => number.inner().is_sign_negative(),
                    _ => false,
                };
                let read = written.trim_start_matches('-').parse::<Number>();
                let signed = |number: Number| if below { number.negated() } else { number };
                match read.map(signed) {
                    Ok(number) => Some((Node::Number(number), Shape::Number)),
                    Err(()) => {
                        let (en, zh) = (
                            format!(
                                "`{written}` isn't a number such as 100 or 0.25, with at most 15 digits before the point."
                            ),
                            format!(
                                "`{written}` 不是有效的数字，例如 100 或 0.25，整数部分最多 15 位。"
                            ),
                        );
                        self.refuse(part, en, zh)
                    }
                }
            }
            LiteralValue::Boolean(truth) => Some((Node::Truth(*truth.inner()), Shape::Truth)),
            LiteralValue::String(text) => Some((Node::Text(text.inner().to_owned()), Shape::Text)),
            LiteralValue::Bytes(_) | LiteralValue::Null => self.stranger(part),
        }
    }

    fn name(&mut self, place: (usize, usize), name: String) -> Part {
        match self.scope.find(&name) {
            Ok(Known::Fact(shape)) => {
                self.facts.insert(name.clone());
                Some((Node::Fact(name, shape.clone()), shape))
            }
            Ok(Known::Parameter) => Some((Node::Parameter(name), Shape::Number)),
            Ok(Known::Tiers(shape)) => Some((Node::Tiers, shape)),
            Err(text) => {
                self.note(place, text);
                None
            }
        }
    }

    fn call(&mut self, part: &IdedExpr, call: &CallExpr) -> Part {
        let args = &call.args[..];
        match (call.func_name.as_str(), args) {
            (operators::CONDITIONAL, [condition, one, other]) => {
                self.choice(part, condition, one, other)
            }
            (operators::LOGICAL_AND, [one, other]) => self.both(Operator::And, one, other),
            (operators::LOGICAL_OR, [one, other]) => self.both(Operator::Or, one, other),
            (operators::LOGICAL_NOT, [of]) => {
                let of = self.truth(of)?;
                Some((Node::Not(Box::new(of)), Shape::Truth))
            }
            (operators::NEGATE, [of]) => {
                let (of, shape) = self.counted(of)?;
                Some((Node::Negated(Box::new(of)), shape))
            }
            (operators::IN, [one, others]) => self.among(part, one, others),
            ("money", [of]) => self.money(part, of, None),
            ("money", [of, currency]) => self.money(part, of, Some(currency)),
            ("day", [text]) => self.day(part, text),
            ("days", [from, to]) => {
                let (from, to) = (self.part(from), self.part(to));
                let ((from, one), (to, other)) = (from?, to?);
                if (&one, &other) != (&Shape::Day, &Shape::Day) {
                    return self.refuse(
                        part,
                        "`days` counts the days from one day to another; give it two days.",
                        "`days` 计算两个日期之间的天数，请提供两个日期。",
                    );
                }
                Some((Node::Call(Function::Days, vec![from, to]), Shape::Number))
            }
            ("int", [of]) => {
                let (of, shape) = self.counted(of)?;
                Some((Node::Call(Function::Int, vec![of]), shape))
            }
            ("min", [_, _, ..]) => self.several(part, Function::Min, args),
            ("max", [_, _, ..]) => self.several(part, Function::Max, args),
            ("coalesce", [_, _, ..]) => self.several(part, Function::Coalesce, args),
            (name, [one, other]) => match arithmetic::operator(name) {
                Some(operator) => self.two(part, operator, one, other),
                None => self.misused(part, name),
            },
            (name, _) => self.misused(part, name),
        }
    }

    fn misused(&mut self, part: &IdedExpr, name: &str) -> Part {
        self.refuse(
            part,
            format!("`{name}` can't be used so; the documentation says what each function takes."),
            format!("`{name}` 的用法不正确，请参阅文档中的函数说明。"),
        )
    }

    fn truth(&mut self, part: &IdedExpr) -> Option<Node> {
        match self.part(part)? {
            (node, Shape::Truth) => Some(node),
            _ => self.refuse(
                part,
                "Here a condition must stand, such as tenure.months >= 6.",
                "此处必须是条件，例如 tenure.months >= 6。",
            ),
        }
    }

    fn counted(&mut self, part: &IdedExpr) -> Part {
        match self.part(part)? {
            (node, shape) if shape.is_counted() => Some((node, shape)),
            (_, shape) => {
                let name = shape.name();
                self.refuse(
                    part,
                    format!(
                        "Here a number or money must stand, and this is {}.",
                        name.en
                    ),
                    format!("此处必须是数值或金额，而这里是{}。", name.zh),
                )
            }
        }
    }

    fn choice(
        &mut self,
        part: &IdedExpr,
        condition: &IdedExpr,
        one: &IdedExpr,
        other: &IdedExpr,
    ) -> Part {
        let condition = self.truth(condition);
        let one = self.supposing(condition.as_ref(), true, one);
        let other = self.supposing(condition.as_ref(), false, other);
        let (condition, (one, shape), (other, second)) = (condition?, one?, other?);
        self.same(part, &shape, &second)?;
        Some((Node::Choice(Box::new([condition, one, other])), shape))
    }

    fn both(&mut self, operator: Operator, one: &IdedExpr, other: &IdedExpr) -> Part {
        let one = self.truth(one);
        let depth = self.guards.depth();
        if let Some(one) = &one {
            self.guards.suppose(one, operator == Operator::And);
        }
        let other = self.truth(other);
        self.guards.forget(depth);
        Some((
            Node::Two(operator, Box::new(one?), Box::new(other?)),
            Shape::Truth,
        ))
    }

    fn supposing(&mut self, condition: Option<&Node>, holds: bool, part: &IdedExpr) -> Part {
        let depth = self.guards.depth();
        if let Some(condition) = condition {
            self.guards.suppose(condition, holds);
        }
        let found = self.part(part);
        self.guards.forget(depth);
        found
    }

    fn same(&mut self, part: &IdedExpr, first: &Shape, second: &Shape) -> Option<()> {
        if first == second {
            return Some(());
        }
        self.mixed(part, first, second).map(|_| ())
    }

    /// A fact that is one of a few words is only held against those; `part` is where the word stands.
    fn can_be(&mut self, part: &IdedExpr, fact: &Node, word: &Node) -> Option<()> {
        let (Node::Fact(key, _), Node::Text(word)) = (fact, word) else {
            return Some(());
        };
        match self.scope.catalogue.get(key).map(|fact| fact.can_be(word)) {
            Some(Err(text)) => {
                let place = self.place(part);
                self.note(place, text);
                None
            }
            _ => Some(()),
        }
    }

    fn mixed(&mut self, part: &IdedExpr, first: &Shape, second: &Shape) -> Part {
        use Shape::{Money, Number};
        let (hint, hint_zh) = match (first, second) {
            (Number, Money(_)) | (Money(_), Number) => (
                "; `money(500)` makes money of a number",
                "；money(500) 可将数值转换为金额",
            ),
            (Shape::Text, Shape::Text) => (
                "; texts are held against each other by `==`, `!=` and `in`",
                "；文本只能用 ==、!= 和 in 比较",
            ),
            _ => ("", ""),
        };
        let (first, second) = (first.name(), second.name());
        self.refuse(
            part,
            format!(
                "This puts {} together with {}, which doesn't go{hint}.",
                first.en, second.en
            ),
            format!("{}与{}不能这样运算{hint_zh}。", first.zh, second.zh),
        )
    }
}
