//! The figure of an expression.

use std::collections::{BTreeMap, BTreeSet};

use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};
use cel::common::types::{CelBool, CelDouble};
use cel::{Context, ExecutionError, Value};

use super::{LANGUAGE, tree};
use crate::decimal::{Decimal, SCALE};
use crate::formula;
use crate::metrics::rules::definition::Unit;

/// Where the division and the functions of ours stand among those of CEL; no expression can name them.
const DIVIDE: &str = "@divide";
const WHOLE: &str = "@whole";
const LEAST: &str = "@least";
const GREATEST: &str = "@greatest";

/// An expression that is read once to be reckoned often.
#[derive(Clone, Debug)]
pub struct Formula {
    tree: IdedExpr,
    inputs: BTreeSet<String>,
}

impl Formula {
    /// Reads an expression; none when it isn't one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let tree = formula::read(text, &LANGUAGE).ok()?;
        let checked = tree::check(&tree, &|_| Some(Unit::Number)).ok()?;
        Some(Self {
            tree: plain(tree.root),
            inputs: checked.inputs.into_iter().collect(),
        })
    }

    /// The metrics that it stands on.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().map(String::as_str)
    }

    /// The figure, half rounded away from nought to four decimals; none when one of its figures isn't known, when
    /// something is divided by nought, or when it is too large.
    #[must_use]
    pub fn figure(&self, values: &BTreeMap<String, Option<Decimal>>) -> Option<Decimal> {
        let mut context = context()?;
        for key in &self.inputs {
            let value = values.get(key).copied().flatten()?;
            context.add_variable_from_value(key.as_str(), double(value));
        }
        rounded(reckon(&self.tree, &context)?)
    }
}

/// What a part without metrics comes to; none when it names a metric or comes to nothing.
pub fn constant(part: &IdedExpr) -> Option<f64> {
    reckon(&plain(part.clone()), &context()?)
}

fn reckon(tree: &IdedExpr, context: &Context<'_, '_>) -> Option<f64> {
    match value(tree, context)? {
        Value::Float(number) if number.is_finite() => Some(number),
        _ => None,
    }
}

/// What a part comes to. Each operator is left to CEL, but the way down isn't: its steps are too large for a deep tree.
fn value(part: &IdedExpr, context: &Context<'_, '_>) -> Option<Value> {
    let Expr::Call(call) = &part.expr else {
        return Value::resolve(part, context).ok();
    };
    let truth = |arg: &IdedExpr| match value(arg, context)? {
        Value::Bool(truth) => Some(truth),
        _ => None,
    };
    match (call.func_name.as_str(), &call.args[..]) {
        (operators::CONDITIONAL, [condition, one, other]) => {
            value(if truth(condition)? { one } else { other }, context)
        }
        // As CEL has it, what decides alone decides even when the other side comes to nothing.
        (name @ (operators::LOGICAL_AND | operators::LOGICAL_OR), [one, other]) => {
            let decides = name == operators::LOGICAL_OR;
            let decided = match (truth(one), truth(other)) {
                (Some(truth), _) | (_, Some(truth)) if truth == decides => decides,
                (Some(_), Some(truth)) => truth,
                _ => return None,
            };
            Some(Value::Bool(decided))
        }
        (name, args) => {
            let args: Option<Vec<IdedExpr>> = args
                .iter()
                .map(|arg| {
                    let literal = match value(arg, context)? {
                        Value::Float(number) => LiteralValue::Double(CelDouble::from(number)),
                        Value::Bool(truth) => LiteralValue::Boolean(CelBool::from(truth)),
                        _ => return None,
                    };
                    let expr = Expr::Literal(literal);
                    Some(IdedExpr { id: arg.id, expr })
                })
                .collect();
            let step = CallExpr {
                func_name: name.to_owned(),
                target: None,
                args: args?,
            };
            let step = IdedExpr {
                id: part.id,
                expr: Expr::Call(step),
            };
            Value::resolve(&step, context).ok()
        }
    }
}

/// The functions that expressions are made of, and nothing else of CEL.
fn context() -> Option<Context<'static, 'static>> {
    let mut context = Context::empty();
    context
        .add_function(DIVIDE, |over: f64, under: f64| {
            // What isn't finite would vanish below a fraction line.
            if under == 0.0 || !over.is_finite() || !under.is_finite() {
                Err(ExecutionError::DivisionByZero(Value::Float(over)))
            } else {
                Ok(over / under)
            }
        })
        .ok()?;
    context.add_function(WHOLE, f64::trunc).ok()?;
    context.add_function(LEAST, f64::min).ok()?;
    context.add_function(GREATEST, f64::max).ok()?;
    Some(context)
}

/// The same expression in doubles only, with a division that refuses nought.
fn plain(part: IdedExpr) -> IdedExpr {
    let IdedExpr { id, expr } = part;
    let expr = match expr {
        Expr::Literal(LiteralValue::Int(number)) => literal(*number.inner() as f64),
        Expr::Literal(LiteralValue::UInt(number)) => literal(*number.inner() as f64),
        Expr::Call(mut call) => {
            let mut args = call.args.into_iter().map(plain);
            match call.func_name.as_str() {
                "double" => return args.next().unwrap_or_default(),
                "min" => return folded(LEAST, id, args),
                "max" => return folded(GREATEST, id, args),
                "int" => WHOLE.clone_into(&mut call.func_name),
                operators::DIVIDE => DIVIDE.clone_into(&mut call.func_name),
                _ => {}
            }
            call.args = args.collect();
            Expr::Call(call)
        }
        other => other,
    };
    IdedExpr { id, expr }
}

/// A function of two applied to many.
fn folded(name: &str, id: u64, args: impl Iterator<Item = IdedExpr>) -> IdedExpr {
    let call = |one, other| IdedExpr {
        id,
        expr: Expr::Call(CallExpr {
            func_name: name.to_owned(),
            target: None,
            args: vec![one, other],
        }),
    };
    args.reduce(call).unwrap_or_default()
}

fn literal(number: f64) -> Expr {
    Expr::Literal(LiteralValue::Double(CelDouble::from(number)))
}

fn double(value: Decimal) -> f64 {
    value.0 as f64 / SCALE as f64
}

fn rounded(number: f64) -> Option<Decimal> {
    let parts = (number * SCALE as f64).round();
    (parts.abs() < i64::MAX as f64).then_some(Decimal(parts as i64))
}
