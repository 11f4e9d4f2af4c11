//! Conditions and amounts in words (条件与金额的文字表述): "Progress of the goal in percent (120) is at least 100".

use super::parts::{Part, Sign, read};
use crate::error::Text;

/// What things in an expression are called, and what they are.
pub trait Names {
    /// A fact, a parameter or the tiers by the key: what it is called, and its value as it was; none for an unknown key.
    fn named(&self, key: &str) -> Option<(Text, Text)>;
    /// A number as people read it.
    fn number(&self, number: &str) -> String;
    /// A number that is written, as money of a currency; of the rule's own when none is written.
    fn money(&self, number: &str, currency: Option<&str>) -> Option<String>;
    /// A word that is written; beside a fact it may be one of those that the fact can be.
    fn word(&self, beside: Option<&str>, word: &str) -> Text;
}

/// The longest sentence, in characters; longer ones are harder to follow than the expression itself.
const LONGEST: usize = 800;

/// What an expression says; none where it is too much for a sentence, or has something in it that nobody knows.
pub fn phrase(expression: &str, names: &impl Names) -> Option<Text> {
    let teller = Teller { names };
    let text = match read(expression)? {
        // What it is follows anyway, as what all of it comes to.
        Part::Name(name) => names.named(&name)?.0,
        part => teller.whole(&part)?,
    };
    let short = [&text.en, &text.zh]
        .iter()
        .all(|text| text.chars().count() <= LONGEST);
    short.then_some(text)
}

struct Teller<'n, N> {
    names: &'n N,
}

fn same(text: impl Into<String>) -> Text {
    let text = text.into();
    Text::new(text.clone(), text)
}

fn joined(parts: &[Text], (en, zh): (&str, &str)) -> Text {
    let with = |pick: fn(&Text) -> &str, between: &str| {
        let parts: Vec<&str> = parts.iter().map(pick).collect();
        parts.join(between)
    };
    Text::new(with(|text| &text.en, en), with(|text| &text.zh, zh))
}

fn in_brackets(text: &Text) -> Text {
    Text::new(format!("({})", text.en), format!("（{}）", text.zh))
}

/// A sentence with places for parts.
macro_rules! told {
    ($en:literal, $zh:literal; $($part:ident),*) => {
        Some(Text::new(
            format!($en, $($part = $part.en),*),
            format!($zh, $($part = $part.zh),*),
        ))
    };
}

impl<N: Names> Teller<'_, N> {
    fn whole(&self, part: &Part) -> Option<Text> {
        match part {
            Part::Number(number) => Some(same(self.names.number(number))),
            Part::Text(word) => Some(self.names.word(None, word)),
            Part::Name(name) => self.name(name),
            Part::Call(name, parts) => self.call(name, parts),
            Part::Signed('-', of) => {
                let of = self.closer(of, 7)?;
                told!("-{of}", "-{of}"; of)
            }
            Part::Signed(_, of) => self.not(of),
            Part::Two(sign, one, other) => self.two(*sign, one, other),
            Part::Choice(parts) => {
                let [condition, one, other] = &**parts;
                let (condition, one) = (self.whole(condition)?, self.closer(one, 1)?);
                let other = self.closer(other, 1)?;
                told!("{one} if {condition}, otherwise {other}", "若{condition}，则为 {one}，否则为 {other}"; condition, one, other)
            }
            Part::Among(one, others) => {
                let others: Option<Vec<Text>> = others
                    .iter()
                    .map(|other| self.beside(one, other, 0))
                    .collect();
                let others = joined(&others?, (", ", "、"));
                let one = self.closer(one, 4)?;
                told!("{one} is one of: {others}", "{one}属于：{others}"; one, others)
            }
        }
    }

    fn all(&self, parts: &[Part]) -> Option<Vec<Text>> {
        parts.iter().map(|part| self.whole(part)).collect()
    }

    /// A part within another one: in brackets where it wouldn't be clear what belongs together.
    fn closer(&self, part: &Part, least: u8) -> Option<Text> {
        let text = self.whole(part)?;
        Some(if rank(part) < least {
            in_brackets(&text)
        } else {
            text
        })
    }

    /// A part within another one, that stands beside a fact and may be one of its words.
    fn beside(&self, one: &Part, part: &Part, least: u8) -> Option<Text> {
        match (one, part) {
            (Part::Name(fact), Part::Text(word)) => Some(self.names.word(Some(fact), word)),
            _ => self.closer(part, least),
        }
    }

    fn name(&self, name: &str) -> Option<Text> {
        match name {
            "true" => Some(Text::new("yes", "是")),
            "false" => Some(Text::new("no", "否")),
            _ => {
                let (name, value) = self.names.named(name)?;
                told!("{name} ({value})", "{name}（{value}）"; name, value)
            }
        }
    }

    fn not(&self, of: &Part) -> Option<Text> {
        match of {
            Part::Call(name, parts) if name == "has" => {
                let of = self.bare(parts)?;
                told!("{of} isn't known", "{of}未知"; of)
            }
            _ => {
                let of = self.whole(of)?;
                told!("it isn't so that {of}", "并非（{of}）"; of)
            }
        }
    }

    /// What a fact is called, without its value.
    fn bare(&self, parts: &[Part]) -> Option<Text> {
        let [Part::Name(name)] = parts else {
            return None;
        };
        Some(self.names.named(name)?.0)
    }

    fn call(&self, name: &str, parts: &[Part]) -> Option<Text> {
        match (name, parts) {
            ("has", parts) => {
                let of = self.bare(parts)?;
                told!("{of} is known", "{of}已知"; of)
            }
            ("day", [Part::Text(day)]) => Some(same(day.clone())),
            ("money", [Part::Number(number)]) => Some(same(self.names.money(number, None)?)),
            ("money", [Part::Number(number), Part::Text(currency)]) => {
                Some(same(self.names.money(number, Some(currency))?))
            }
            // Money out of a number that isn't written is in the rule's currency, as all that comes of it.
            ("money", [of, ..]) => self.whole(of),
            ("int", [of]) => {
                let of = self.whole(of)?;
                told!("{of} without decimals", "{of}取整数部分"; of)
            }
            ("days", [from, to]) => {
                let (from, to) = (self.whole(from)?, self.whole(to)?);
                told!("the days from {from} to {to}", "{from}至{to}的天数"; from, to)
            }
            ("coalesce", [known, others @ ..]) if !others.is_empty() => {
                let known = self.whole(known)?;
                let others = joined(&self.all(others)?, (" or ", "或"));
                told!("{known} or, where that isn't known, {others}", "{known}（未知时按{others}）"; known, others)
            }
            ("min" | "max", parts) if parts.len() > 1 => {
                let parts = joined(&self.all(parts)?, (", ", "、"));
                if name == "min" {
                    told!("the least of: {parts}", "{parts}中的最小者"; parts)
                } else {
                    told!("the greatest of: {parts}", "{parts}中的最大者"; parts)
                }
            }
            _ => None,
        }
    }

    fn two(&self, sign: Sign, one: &Part, other: &Part) -> Option<Text> {
        // "All of" and "any of" don't mix without brackets.
        let least = if sign.rank <= 2 { 3 } else { sign.rank };
        let alike = |part: &Part| matches!(part, Part::Two(of, ..) if *of == sign);
        let days = is_day(other);
        let other = self.beside(one, other, least + u8::from(sign.rank > 2))?;
        let one = if sign.rank <= 2 && alike(one) {
            self.whole(one)?
        } else {
            self.closer(one, least)?
        };
        match sign.sign {
            "&&" => told!("{one} and {other}", "{one}，并且{other}"; one, other),
            "||" => told!("{one} or {other}", "{one}，或者{other}"; one, other),
            "==" => told!("{one} is {other}", "{one}为{other}"; one, other),
            "!=" => told!("{one} isn't {other}", "{one}不为{other}"; one, other),
            "<" if days => told!("{one} is before {other}", "{one}早于{other}"; one, other),
            "<=" if days => {
                told!("{one} is {other} or before", "{one}不晚于{other}"; one, other)
            }
            ">" if days => told!("{one} is after {other}", "{one}晚于{other}"; one, other),
            ">=" if days => told!("{one} is {other} or after", "{one}不早于{other}"; one, other),
            "<" => told!("{one} is less than {other}", "{one}小于 {other}"; one, other),
            "<=" => told!("{one} is at most {other}", "{one}不超过 {other}"; one, other),
            ">" => told!("{one} is more than {other}", "{one}大于 {other}"; one, other),
            ">=" => told!("{one} is at least {other}", "{one}不低于 {other}"; one, other),
            "+" => told!("{one} plus {other}", "{one}加 {other}"; one, other),
            "-" => told!("{one} minus {other}", "{one}减 {other}"; one, other),
            "*" => told!("{one} times {other}", "{one}乘以 {other}"; one, other),
            _ => told!("{one} divided by {other}", "{one}除以 {other}"; one, other),
        }
    }
}

/// Is it a day that is written?
fn is_day(part: &Part) -> bool {
    matches!(part, Part::Call(name, _) if name == "day")
}

/// The higher, the closer it holds together in words.
fn rank(part: &Part) -> u8 {
    match part {
        Part::Choice(_) => 0,
        Part::Two(sign, ..) => sign.rank,
        Part::Signed('!', of) => {
            let asked = matches!(&**of, Part::Call(name, _) if name == "has");
            if asked { 3 } else { 2 }
        }
        Part::Call(name, _) if matches!(name.as_str(), "coalesce" | "int" | "max" | "min") => 2,
        Part::Among(..) => 3,
        Part::Call(name, _) if name == "has" => 3,
        _ => 7,
    }
}

#[cfg(test)]
#[path = "phrases_tests.rs"]
mod tests;
