//! What is called, and lists.

use cel::common::ast::{Expr, IdedExpr, LiteralValue};
use chrono::NaiveDate;

use super::{Look, Part};
use crate::error::Text;
use crate::incentives::rules::expression::{Function, Node, Shape};
use crate::incentives::rules::value::is_currency;

impl Look<'_, '_> {
    pub(super) fn among(&mut self, part: &IdedExpr, one: &IdedExpr, others: &IdedExpr) -> Part {
        let one = self.part(one);
        let Expr::List(list) = &others.expr else {
            return self.refuse(
                part,
                "After `in` a list must stand, such as [\"excellent\", \"good\"].",
                "`in` 之后必须是列表，例如 [\"excellent\", \"good\"]。",
            );
        };
        let mut nodes = Vec::with_capacity(list.elements.len());
        for element in &list.elements {
            let (node, shape) = self.part(element)?;
            let (_, wanted) = one.as_ref()?;
            self.same(element, wanted, &shape)?;
            if !matches!(node, Node::Number(_) | Node::Text(_) | Node::Day(_)) {
                return self.refuse(
                    element,
                    "A list has numbers, texts and days as they are written.",
                    "列表中只能使用数字、文本或日期常量。",
                );
            }
            self.can_be(element, &one.as_ref()?.0, &node)?;
            nodes.push(node);
        }
        Some((Node::Among(Box::new(one?.0), nodes), Shape::Truth))
    }

    pub(super) fn money(
        &mut self,
        part: &IdedExpr,
        of: &IdedExpr,
        currency: Option<&IdedExpr>,
    ) -> Part {
        let of = self.part(of);
        let written = match currency.map(|currency| &currency.expr) {
            None => None,
            Some(Expr::Literal(LiteralValue::String(text))) if is_currency(text.inner()) => {
                Some(text.inner().to_owned())
            }
            Some(Expr::Literal(LiteralValue::String(text))) if is_code(text.inner()) => {
                let code = text.inner();
                return self.refuse(
                    part,
                    format!(
                        "`{code}` isn't a currency that is known here, by its code of ISO 4217."
                    ),
                    format!("`{code}` 不是已知的 ISO 4217 币种代码。"),
                );
            }
            Some(_) => {
                return self.refuse(
                    part,
                    "The currency is written by its code, such as money(100, \"CNY\").",
                    "币种须写成代码，例如 money(100, \"CNY\")。",
                );
            }
        };
        let (of, Shape::Number) = of? else {
            return self.refuse(
                part,
                "`money` makes money of a number of major units, such as money(500).",
                "`money` 将数值（主币单位）转换为金额，例如 money(500)。",
            );
        };
        let known = self.scope.money(written.as_deref(), "money");
        match known {
            Ok(currency) => Some((Node::Money(Box::new(of), written), Shape::Money(currency))),
            Err(Text { en, zh }) => self.refuse(part, en, zh),
        }
    }

    pub(super) fn day(&mut self, part: &IdedExpr, text: &IdedExpr) -> Part {
        let day = match &text.expr {
            Expr::Literal(LiteralValue::String(text)) => {
                NaiveDate::parse_from_str(text.inner(), "%Y-%m-%d").ok()
            }
            _ => None,
        };
        match day {
            Some(day) => Some((Node::Day(day), Shape::Day)),
            None => self.refuse(
                part,
                "A day is written as day(\"2026-10-01\").",
                "日期须写成 day(\"2026-10-01\")。",
            ),
        }
    }

    pub(super) fn several(
        &mut self,
        part: &IdedExpr,
        function: Function,
        args: &[IdedExpr],
    ) -> Part {
        let parts: Vec<Part> = args.iter().map(|arg| self.part(arg)).collect();
        let parts: Vec<(Node, Shape)> = parts.into_iter().collect::<Option<_>>()?;
        let shape = parts.first()?.1.clone();
        for (_, other) in &parts {
            self.same(part, &shape, other)?;
        }
        if function != Function::Coalesce && !shape.is_ordered() {
            return self.misused(part, function.name());
        }
        let nodes = parts.into_iter().map(|(node, _)| node).collect();
        Some((Node::Call(function, nodes), shape))
    }
}

/// Has it the form of a currency's code?
fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}
