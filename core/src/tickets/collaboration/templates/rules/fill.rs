//! Putting values into a template that was looked over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Object;
use minijinja::{Environment, UndefinedBehavior, Value};

/// Steps that filling may take: many times what the longest template needs.
const FUEL: u64 = 50_000;

/// A filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text; none when a value was missing where one is needed.
    pub text: Option<String>,
    /// Variables that were to be written out and have no value.
    pub missing: BTreeSet<&'static str>,
}

/// A variable without a value: false in a condition, and noted where it would be written out.
#[derive(Debug)]
struct Missing(&'static str);

impl Object for Missing {
    fn is_true(self: &Arc<Self>) -> bool {
        false
    }
}

/// How templates are written: a tag on a line of its own leaves no empty line.
///
/// Shared with the check, so that both read a text alike.
pub(super) fn syntax() -> SyntaxConfig {
    SyntaxConfig::default()
        .to_builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .unwrap_or_default()
}

/// Fills a template. `values` has every variable of the template; what has no value is `None`.
///
/// # Errors
/// A sentence for the log when the text isn't one that [`check`](super::check) has let through.
pub fn fill(
    source: &str,
    values: &BTreeMap<&'static str, Option<String>>,
) -> Result<Filled, String> {
    let missing: Arc<Mutex<BTreeSet<&'static str>>> = Arc::default();
    let noted = Arc::clone(&missing);
    let mut environment = Environment::empty();
    environment.set_syntax(syntax());
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(move |out, _, value| {
        if let Some(Missing(name)) = value.downcast_object_ref::<Missing>() {
            noted
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(name);
            return Ok(());
        }
        out.write_str(&value.to_string()).map_err(Into::into)
    });
    let text = environment
        .template_from_str(source)
        .and_then(|template| template.render(context(values)))
        .map_err(|error| error.to_string())?;
    let missing = std::mem::take(&mut *missing.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(Filled {
        text: missing.is_empty().then(|| text.trim().to_owned()),
        missing,
    })
}

/// The values as the language looks them up: `ticket` has a `number`.
fn context(values: &BTreeMap<&'static str, Option<String>>) -> Value {
    let mut whole: BTreeMap<String, Value> = BTreeMap::new();
    let mut parts: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
    for (name, value) in values {
        let value = match value {
            Some(text) => Value::from(text.as_str()),
            None => Value::from_object(Missing(name)),
        };
        match name.split_once('.') {
            Some((of, part)) => {
                parts.entry(of).or_default().insert(part.to_owned(), value);
            }
            None => {
                whole.insert((*name).to_owned(), value);
            }
        }
    }
    for (of, part) in parts {
        whole.insert(of.to_owned(), Value::from(part));
    }
    Value::from(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> BTreeMap<&'static str, Option<String>> {
        BTreeMap::from([
            ("ticket.number", Some("100001".to_owned())),
            ("contact.name", Some("王芳 <b>&".to_owned())),
            ("owner.name", None),
            ("ticket.dueAt", None),
            ("today", Some("2 March 2026".to_owned())),
        ])
    }

    #[test]
    fn values_stand_where_the_variables_stood() {
        for (source, expected) in [
            (
                "No. {{ ticket.number }}, {{ today }}",
                "No. 100001, 2 March 2026",
            ),
            ("  blanks around  \n", "blanks around"),
            ("Dear {{ contact.name }}", "Dear 王芳 <b>&"),
            ("{{ owner.name or contact.name }}", "王芳 <b>&"),
            ("{{ owner.name or \"your agent\" }}", "your agent"),
            ("{{ owner.name if owner.name else 'nobody' }}", "nobody"),
            (
                "a\n{% if ticket.dueAt %}\nby {{ ticket.dueAt }}\n{% else %}\nsoon\n{% endif %}\nb",
                "a\nsoon\nb",
            ),
            ("{% if not owner.name %}x{% endif %}", "x"),
            ("{% if ticket.number == \"100001\" %}one{% endif %}", "one"),
            (
                "{% if owner.name == \"\" %}one{% else %}other{% endif %}",
                "other",
            ),
        ] {
            let filled = fill(source, &values()).expect("it can be filled");
            assert_eq!(filled.text.as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn a_hole_is_named_and_no_text_given() {
        let filled = fill(
            "{{ owner.name }} and {{ ticket.dueAt }} and {{ today }}",
            &values(),
        )
        .expect("it can be filled");
        assert_eq!(filled.text, None);
        assert_eq!(
            filled.missing,
            BTreeSet::from(["owner.name", "ticket.dueAt"])
        );
    }

    #[test]
    fn what_was_not_let_through_fails() {
        assert!(fill("{{ unknown }}", &values()).is_err());
        assert!(fill("{{ ticket.unknown }}", &values()).is_err());
        let endless = "{% for a in 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' %}".repeat(4)
            + "x"
            + &"{% endfor %}".repeat(4);
        assert!(fill(&endless, &values()).is_err(), "out of fuel or refused");
    }
}
