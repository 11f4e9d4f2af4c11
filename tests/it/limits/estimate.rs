//! Random documents against the company: where all lists have pages, no answer has more objects than the estimate said. And lists
//! without pages that are known to be long are as long as is known.

use std::collections::BTreeMap;

use aftercare::graphql::SchemaModel;
use aftercare::graphql::cost::{ASSUMED_LIST, FieldCost, LISTS, Multiplier, is_connection};
use aftercare::graphql::ids::encode;
use aftercare::graphql::model::{FieldModel, is_list, named_type};
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::access_coverage::documents::call;
use crate::support::app::TestApp;
use crate::support::company;
use crate::support::database::both_databases;

/// Documents of each kind, on each kind of database.
const DOCUMENTS: u64 = 60;
/// Longer ones would break the limits of form.
const LONGEST: usize = 5_000;

/// Writes random documents.
struct Writer<'m> {
    model: &'m SchemaModel,
    dice: StdRng,
    /// Also lists without pages, whose length is only assumed?
    unpaged: bool,
    aliases: usize,
    written: usize,
}

impl Writer<'_> {
    fn document(&mut self) -> String {
        let parts = self.composite(&self.model.query.clone(), 3, 0);
        format!("{{ {} }}", parts.join(" "))
    }

    /// What is selected in a type, with its braces.
    fn set(&mut self, type_name: &str, depth: usize) -> String {
        let Some(model) = self.model.get(type_name) else {
            return String::new();
        };
        let mut parts = vec!["__typename".to_owned()];
        if model.fields().is_none() || self.dice.random_bool(0.3) {
            let possible: Vec<String> = self
                .model
                .possible_types(type_name)
                .into_iter()
                .map(str::to_owned)
                .collect();
            for name in possible.choose_multiple(&mut self.dice, 2) {
                let inside = self.composite(name, 1, depth + 1).join(" ");
                parts.push(format!("... on {name} {{ __typename {inside} }}"));
            }
        }
        if model.fields().is_some() {
            let most = if depth > 4 { 1 } else { 2 };
            let more = self.composite(type_name, most, depth);
            if self.dice.random_bool(0.2) {
                parts.push(format!("... {{ __typename {} }}", more.join(" ")));
            } else {
                parts.extend(more);
            }
        }
        let set = format!("{{ {} }}", parts.join(" "));
        self.written += set.len();
        set
    }

    /// Some fields of a type that have fields themselves.
    fn composite(&mut self, type_name: &str, most: usize, depth: usize) -> Vec<String> {
        if depth > 8 || self.written > LONGEST {
            return Vec::new();
        }
        let fields = self.model.get(type_name).and_then(|model| model.fields());
        let mut fields: Vec<&FieldModel> = fields
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter(|field| self.model.is_composite(named_type(&field.ty)))
            .filter(|field| self.unpaged || !self.is_unpaged(type_name, field))
            .collect();
        fields.shuffle(&mut self.dice);
        let mut parts = Vec::new();
        for field in fields {
            if parts.len() >= most {
                break;
            }
            let Some(asked) = self.asked(field) else {
                continue;
            };
            let set = self.set(named_type(&field.ty), depth + 1);
            if self.aliases < 20 && self.dice.random_bool(0.3) {
                self.aliases += 2;
                let number = self.aliases;
                parts.push(format!("a{number}: {asked} {set} b{number}: {asked} {set}"));
            } else {
                parts.push(format!("{asked} {set}"));
            }
        }
        parts
    }

    fn is_unpaged(&self, type_name: &str, field: &FieldModel) -> bool {
        let cost = FieldCost::of(self.model, type_name, field);
        let assumed = matches!(cost.multiplier, Multiplier::Assumed | Multiplier::Known(_));
        is_list(&field.ty) && assumed && !is_connection(type_name)
    }

    /// The field with its arguments and a page, if these tests know any.
    fn asked(&mut self, field: &FieldModel) -> Option<String> {
        if field.arguments.contains_key("ids") && field.arguments.len() == 1 {
            let data = company::data();
            let mut ids: Vec<String> = data
                .tickets
                .iter()
                .map(|row| encode("ticket", row.id))
                .collect();
            ids.extend(data.members.iter().map(|row| encode("member", row.id)));
            ids.truncate(self.dice.random_range(1..60));
            return Some(format!("{}(ids: {})", field.name, json!(ids)));
        }
        let asked = call(self.model, field)?;
        let pages = ["first", "last"].into_iter().filter(|page| {
            field.arguments.contains_key(*page) && !asked.contains(&format!("{page}:"))
        });
        let Some(page) = pages.collect::<Vec<_>>().choose(&mut self.dice).copied() else {
            return Some(asked);
        };
        let size = [1, 2, 7, 20, 100]
            .choose(&mut self.dice)
            .copied()
            .unwrap_or(1);
        if self.dice.random_bool(0.3) {
            return Some(asked);
        }
        Some(match asked.strip_suffix(')') {
            Some(begun) => format!("{begun}, {page}: {size})"),
            None => format!("{asked}({page}: {size})"),
        })
    }
}

fn objects(value: &Value) -> u64 {
    match value {
        Value::Object(fields) => 1 + fields.values().map(objects).sum::<u64>(),
        Value::Array(items) => items.iter().map(objects).sum(),
        _ => 0,
    }
}

both_databases! {
    async fn no_answer_has_more_objects_than_the_estimate(app: TestApp) {
        let model = app.endpoint.facts().model.clone();
        let admin = app.as_("admin").await;
        for unpaged in [false, true] {
            let (mut asked, mut largest, mut above) = (0, 0, Vec::new());
            for seed in 0..DOCUMENTS {
                let dice = StdRng::seed_from_u64(seed);
                let mut writer = Writer { model: &model, dice, unpaged, aliases: 0, written: 0 };
                let document = writer.document();
                let reply = admin.ask(&document).await;
                let cost = &reply.body["extensions"]["cost"];
                let Some(requested) = cost["requested"].as_u64() else {
                    // Its selections, expanded, are too many or it's too deep: refused before it ran.
                    assert!(reply.body.get("data").is_none(), "{document}: {reply}");
                    continue;
                };
                asked += 1;
                let found = objects(&reply.body["data"]);
                largest = largest.max(found);
                if reply.body["data"].is_object() {
                    assert!(cost["actual"].as_u64() >= Some(found), "it is paid for what it has: {document}");
                }
                if found > requested {
                    above.push((found, requested, document));
                }
            }
            eprintln!("lists without pages: {unpaged}; {asked} answers, the largest with {largest} objects, {} above the estimate", above.len());
            for (found, requested, _) in &above {
                eprintln!("  {found} objects, estimated {requested}");
            }
            assert!(asked > 8 && largest > 20, "{asked} documents, {largest} objects");
            assert!(unpaged || above.is_empty(), "{above:?}");
        }
    }

    async fn lists_without_pages_are_as_long_as_is_known(app: TestApp) {
        let admin = app.as_("admin").await;
        for (type_name, field, size) in LISTS {
            let (document, path) = match *type_name {
                "Viewer" => (format!("{{ viewer {{ {field} {{ __typename }} }} }}"), format!("viewer.{field}")),
                _ => (format!("{{ {field} {{ __typename }} }}"), (*field).to_owned()),
            };
            let reply = admin.ask(&document).await.fine();
            let found = reply.list(&path).len() as u64;
            eprintln!("{type_name}.{field}: {found} of {size}");
            assert!(found > ASSUMED_LIST, "{type_name}.{field} needs no entry: {found}");
            assert!(found <= *size, "{type_name}.{field} is known to have {size}, and has {found}");
        }
    }
}
