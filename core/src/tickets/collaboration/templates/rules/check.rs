//! Whether a text is a template that can be kept: a small part of the template language, and variables of the catalogue.

use std::collections::BTreeSet;

use minijinja::machinery::ast::{BinOpKind, Expr, Stmt, UnaryOpKind};
use minijinja::machinery::{Token, parse, tokenize};

use super::catalogue::{CATALOGUE, Variable, variable};
use crate::error::Text;

/// Tags (`{% ... %}`) that a template has at most: each `elif` makes the parser call itself.
const TAGS: usize = 200;
/// Words and signs that one tag has at most: the parser of the library, its compiler and even dropping what it has read call
/// themselves for each of them.
const TOKENS: usize = 60;
/// How deep expressions stand inside each other at most.
const DEPTH: usize = 40;
/// Mistakes that are told at once.
const FLAWS: usize = 10;

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and the way out.
    pub text: Text,
}

/// Looks a template over. The answer are the variables that it has.
///
/// # Errors
/// The mistakes, each with its line; at most ten.
pub fn check(source: &str) -> Result<BTreeSet<&'static str>, Vec<Flaw>> {
    let tags = source.matches("{%").count();
    if tags > TAGS {
        return Err(vec![flaw(
            1,
            format!("A template has at most {TAGS} tags; this one has {tags}."),
            format!("模板最多 {TAGS} 个标签，当前为 {tags} 个。"),
        )]);
    }
    bounded(source).map_err(|flaw| vec![flaw])?;
    let parsed = parse(source, "template", super::fill::syntax())
        .map_err(|error| vec![unreadable(&error)])?;
    let mut look = Look::default();
    look.statement(&parsed);
    if look.flaws.is_empty() {
        Ok(look.variables)
    } else {
        look.flaws.truncate(FLAWS);
        Err(look.flaws)
    }
}

/// Are all tags short? Read by the library's own lexer, which doesn't call itself.
fn bounded(source: &str) -> Result<(), Flaw> {
    let mut tokens = 0;
    for token in tokenize(source, false, super::fill::syntax()) {
        // The parser stops at the same place, and says where it is.
        let Ok((token, span)) = token else {
            return Ok(());
        };
        match token {
            Token::TemplateData(_) | Token::VariableStart | Token::BlockStart => tokens = 0,
            _ => tokens += 1,
        }
        if tokens > TOKENS {
            return Err(flaw(
                line(span),
                format!("this tag has more than {TOKENS} words and signs; make several of it."),
                format!("标签内容过长（最多 {TOKENS} 个词或符号），请拆分。"),
            ));
        }
    }
    Ok(())
}

/// What the library says about a text that it can't read.
fn unreadable(error: &minijinja::Error) -> Flaw {
    let detail = error.detail().unwrap_or("it can't be read");
    flaw(
        error.line().unwrap_or(1),
        format!("this is no template: {detail}."),
        format!("模板语法错误：{detail}。"),
    )
}

fn flaw(line: usize, en: String, zh: String) -> Flaw {
    Flaw {
        line,
        text: Text::new(format!("Line {line}: {en}"), format!("第 {line} 行：{zh}")),
    }
}

/// A walk over a parsed template.
#[derive(Default)]
struct Look {
    variables: BTreeSet<&'static str>,
    flaws: Vec<Flaw>,
}

impl Look {
    fn statements(&mut self, statements: &[Stmt<'_>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitRaw(_) => {}
            Stmt::EmitExpr(emitted) => self.value(&emitted.expr, DEPTH),
            Stmt::IfCond(condition) => {
                self.condition(&condition.expr, DEPTH);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            Stmt::ForLoop(node) => self.foreign(line(node.span()), "for"),
            Stmt::WithBlock(node) => self.foreign(line(node.span()), "with"),
            Stmt::Set(node) => self.foreign(line(node.span()), "set"),
            Stmt::SetBlock(node) => self.foreign(line(node.span()), "set"),
            Stmt::AutoEscape(node) => self.foreign(line(node.span()), "autoescape"),
            Stmt::FilterBlock(node) => self.foreign(line(node.span()), "filter"),
            Stmt::Do(node) => self.foreign(line(node.span()), "do"),
        }
    }

    /// What is written out: a variable, a text, one or else another, one or another by a condition.
    fn value(&mut self, expression: &Expr<'_>, depth: usize) {
        let Some(depth) = self.deeper(expression, depth) else {
            return;
        };
        match expression {
            Expr::Const(_) => {}
            Expr::Var(_) | Expr::GetAttr(_) => self.variable(expression),
            Expr::BinOp(operation) if matches!(operation.op, BinOpKind::ScOr) => {
                self.value(&operation.left, depth);
                self.value(&operation.right, depth);
            }
            Expr::IfExpr(choice) => {
                self.condition(&choice.test_expr, depth);
                self.value(&choice.true_expr, depth);
                match &choice.false_expr {
                    Some(otherwise) => self.value(otherwise, depth),
                    None => self.note(
                        line(choice.span()),
                        "this `if` between braces needs an `else`",
                        "花括号内的 if 需要 else",
                    ),
                }
            }
            other => self.impossible(other),
        }
    }

    /// What decides: variables and texts, compared and joined.
    fn condition(&mut self, expression: &Expr<'_>, depth: usize) {
        let Some(depth) = self.deeper(expression, depth) else {
            return;
        };
        match expression {
            Expr::Const(_) => {}
            Expr::Var(_) | Expr::GetAttr(_) => self.variable(expression),
            Expr::UnaryOp(operation) if matches!(operation.op, UnaryOpKind::Not) => {
                self.condition(&operation.expr, depth);
            }
            Expr::BinOp(operation)
                if matches!(
                    operation.op,
                    BinOpKind::ScOr | BinOpKind::ScAnd | BinOpKind::Eq | BinOpKind::Ne
                ) =>
            {
                self.condition(&operation.left, depth);
                self.condition(&operation.right, depth);
            }
            Expr::Compare(comparison) => {
                self.condition(&comparison.expr, depth);
                for operand in &comparison.ops {
                    self.condition(&operand.expr, depth);
                }
            }
            other => self.impossible(other),
        }
    }

    fn variable(&mut self, expression: &Expr<'_>) {
        let at = line(expression.span());
        let Some(name) = dotted(expression) else {
            self.impossible(expression);
            return;
        };
        if let Some(known) = variable(&name) {
            self.variables.insert(known.name);
            return;
        }
        let (en, zh) = match nearest(&name) {
            Some(near) => (
                format!("; did you mean `{}`?", near.name),
                format!("，是否应为 {}", near.name),
            ),
            None => (
                "; `replyTemplateVariables` lists them".to_owned(),
                "，可用变量见 replyTemplateVariables".to_owned(),
            ),
        };
        self.flaws.push(flaw(
            at,
            format!("there is no variable `{name}`{en}"),
            format!("变量 {name} 不存在{zh}。"),
        ));
    }

    fn deeper(&mut self, expression: &Expr<'_>, depth: usize) -> Option<usize> {
        let left = depth.checked_sub(1);
        if left.is_none() {
            self.note(
                line(expression.span()),
                "this expression is nested too deeply",
                "表达式嵌套过深",
            );
        }
        left
    }

    fn foreign(&mut self, line: usize, tag: &str) {
        self.flaws.push(flaw(
            line,
            format!("`{tag}` isn't possible in a reply template; only `if`, `elif`, `else` and `endif` are."),
            format!("沟通模板不支持 {tag}，仅支持 if、elif、else 和 endif。"),
        ));
    }

    fn impossible(&mut self, expression: &Expr<'_>) {
        let what = expression.description();
        self.flaws.push(flaw(
            line(expression.span()),
            format!(
                "this {what} isn't possible here; write a variable, a text in quotes, or `a or b`."
            ),
            "此处只能使用变量、带引号的文本或 “a or b”。".to_owned(),
        ));
    }

    fn note(&mut self, line: usize, en: &str, zh: &str) {
        self.flaws
            .push(flaw(line, format!("{en}."), format!("{zh}。")));
    }
}

fn line(span: minijinja::machinery::Span) -> usize {
    usize::from(span.start_line).max(1)
}

/// `a.b.c` as one name, if it is nothing else.
fn dotted(expression: &Expr<'_>) -> Option<String> {
    match expression {
        Expr::Var(name) => Some(name.id.to_owned()),
        Expr::GetAttr(of) => Some(format!("{}.{}", dotted(&of.expr)?, of.name)),
        _ => None,
    }
}

/// The variable that differs from a name by at most two letters, or only in case.
fn nearest(name: &str) -> Option<&'static Variable> {
    if name.chars().count() > 40 {
        return None;
    }
    CATALOGUE
        .iter()
        .map(|variable| {
            (
                distance(&name.to_lowercase(), &variable.name.to_lowercase()),
                variable,
            )
        })
        .filter(|(distance, _)| *distance <= 2)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, variable)| variable)
}

/// Letters to add, drop or change to get from one to the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = place + 1;
        for (column, against) in other.iter().enumerate() {
            let changed = corner + usize::from(letter != *against);
            corner = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(corner + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> Vec<String> {
        check(source)
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|flaw| flaw.text.en.into_owned())
            .collect()
    }

    #[test]
    fn what_a_template_may_say() {
        for (source, variables) in [
            ("plain text, 100 %, {single} braces", &[][..]),
            (
                "Ticket {{ ticket.number }}: {{ticket.subject}}",
                &["ticket.number", "ticket.subject"],
            ),
            (
                "您好 {{ contact.name or customer.name }}",
                &["contact.name", "customer.name"],
            ),
            ("{{ contact.name or \"customer\" }}", &["contact.name"]),
            (
                "{{ owner.name if owner.name else me.name }}",
                &["me.name", "owner.name"],
            ),
            (
                "{% if ticket.dueAt %}by {{ ticket.dueAt }}{% else %}soon{% endif %}",
                &["ticket.dueAt"],
            ),
            (
                "{% if ticket.stage == 'Analysis' and not assignee.name %}x{% elif today %}y{% endif %}",
                &["assignee.name", "ticket.stage", "today"],
            ),
            ("{# a remark #}{{ today }}", &["today"]),
        ] {
            let found = check(source).map(|found| found.into_iter().collect::<Vec<_>>());
            assert_eq!(found.as_deref(), Ok(variables), "{source}");
        }
    }

    #[test]
    fn what_it_may_not_say_is_named_with_its_line() {
        for (source, line, word) in [
            ("{{ ticket.nmber }}", 1, "did you mean `ticket.number`?"),
            (
                "a\nb\n{{ Ticket.Number }}",
                3,
                "did you mean `ticket.number`?",
            ),
            (
                "{{ customer.phone }}",
                1,
                "there is no variable `customer.phone`",
            ),
            ("{{ ticket }}", 1, "there is no variable `ticket`"),
            ("{{ ticket.number.digits }}", 1, "`ticket.number.digits`"),
            ("{{ ticket['number'] }}", 1, "isn't possible"),
            (
                "a\n{% for x in ticket.subject %}{{ x }}{% endfor %}",
                2,
                "`for` isn't possible",
            ),
            ("{% set x = 1 %}", 1, "`set` isn't possible"),
            ("{% with x = 1 %}{% endwith %}", 1, "`with` isn't possible"),
            ("{{ 'x' * 1000000 }}", 1, "isn't possible"),
            ("{{ 'a' ~ today }}", 1, "isn't possible"),
            ("{{ today | upper }}", 1, "isn't possible"),
            ("{{ range(10) }}", 1, "isn't possible"),
            ("{{ [1, 2] }}", 1, "isn't possible"),
            ("{{ today if me.name }}", 1, "needs an `else`"),
            ("{% include 'x' %}", 1, "no template"),
            ("{% macro x() %}{% endmacro %}", 1, "no template"),
            ("{% extends 'x' %}", 1, "no template"),
            ("one\n{{ today", 2, "no template"),
            ("{% if today %}never ended", 1, "no template"),
        ] {
            let flaws = said(source);
            assert_eq!(flaws.len(), 1, "{source}: {flaws:?}");
            assert!(
                flaws[0].starts_with(&format!("Line {line}:")),
                "{source}: {flaws:?}"
            );
            assert!(flaws[0].contains(word), "{source}: {flaws:?}");
        }
    }

    #[test]
    fn all_mistakes_are_told_up_to_ten() {
        assert_eq!(said("{{ a }}\n{{ b }}\n{{ c }}").len(), 3);
        assert_eq!(said(&"{{ a }}".repeat(100)).len(), 10);
    }

    /// Whatever somebody sends, it is refused or kept, within the stack and the time there is.
    #[test]
    fn hostile_texts_are_refused() {
        for source in [
            "{% if today %}".repeat(700),
            format!(
                "{{% if today %}}{}{{% endif %}}",
                "{% elif today %}".repeat(600)
            ),
            format!("{{{{ {}today{} }}}}", "(".repeat(4_000), ")".repeat(4_000)),
            format!("{{{{ {}today }}}}", "today or ".repeat(1_100)),
            format!("{{% if {}today %}}{{% endif %}}", "not ".repeat(2_400)),
            format!("{{{{ today{} }}}}", ".x".repeat(4_900)),
            format!("{{{{ {}1 }}}}", "-".repeat(9_000)),
        ] {
            let start: String = source.chars().take(40).collect();
            assert!(check(&source).is_err(), "{start}");
        }
    }
}
