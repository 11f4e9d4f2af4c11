//! Operators between two parts, held to types.

use cel::common::ast::{IdedExpr, operators};

use super::{Look, Part};
use crate::incentives::rules::expression::{Node, Operator, Shape};

impl Look<'_, '_> {
    pub(super) fn two(
        &mut self,
        part: &IdedExpr,
        operator: Operator,
        one_part: &IdedExpr,
        other_part: &IdedExpr,
    ) -> Part {
        let (one, other) = (self.part(one_part), self.part(other_part));
        let ((one, first), (other, second)) = (one?, other?);
        let shape = match operator {
            Operator::Equal | Operator::Unequal => {
                self.same(part, &first, &second)?;
                self.can_be(one_part, &other, &one)?;
                self.can_be(other_part, &one, &other)?;
                Shape::Truth
            }
            Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => {
                self.same(part, &first, &second)?;
                if !first.is_ordered() {
                    return self.mixed(part, &first, &second);
                }
                Shape::Truth
            }
            Operator::Plus | Operator::Minus => {
                self.same(part, &first, &second)?;
                if !first.is_counted() {
                    return self.mixed(part, &first, &second);
                }
                first
            }
            Operator::Times => match (first, second) {
                (Shape::Number, shape) | (shape, Shape::Number) if shape.is_counted() => shape,
                (first, second) => return self.mixed(part, &first, &second),
            },
            Operator::Over => {
                self.divisor(part, &other)?;
                match (first, second) {
                    (shape, Shape::Number) if shape.is_counted() => shape,
                    (Shape::Money(one), Shape::Money(other)) if one == other => Shape::Number,
                    (first, second) => return self.mixed(part, &first, &second),
                }
            }
            Operator::And | Operator::Or => return self.misused(part, operator.sign()),
        };
        Some((Node::Two(operator, Box::new(one), Box::new(other)), shape))
    }

    /// What is divided by must never be nought.
    fn divisor(&mut self, part: &IdedExpr, divisor: &Node) -> Option<()> {
        let range = self.guards.range(divisor);
        if range.is_nought() {
            return self.refuse(
                part,
                "This divides by nought; divide by something else.",
                "除数为零，请更换除数。",
            );
        }
        if range.excludes_nought() {
            return Some(());
        }
        self.refuse(
            part,
            format!("`{divisor}` may be nought; write `{divisor} > 0 ? … : …` around the division, or ask for it in the condition."),
            format!("`{divisor}` 可能为零；请用 `{divisor} > 0 ? … : …` 包住除法，或写入条件。"),
        )
    }
}

/// The operator between two parts by its name in CEL.
pub fn operator(name: &str) -> Option<Operator> {
    Some(match name {
        operators::EQUALS => Operator::Equal,
        operators::NOT_EQUALS => Operator::Unequal,
        operators::LESS => Operator::Less,
        operators::LESS_EQUALS => Operator::AtMost,
        operators::GREATER => Operator::More,
        operators::GREATER_EQUALS => Operator::AtLeast,
        operators::ADD => Operator::Plus,
        operators::SUBSTRACT => Operator::Minus,
        operators::MULTIPLY => Operator::Times,
        operators::DIVIDE => Operator::Over,
        _ => return None,
    })
}
