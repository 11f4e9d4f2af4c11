//! Reads the sources and holds the house's rules: who may know whom, and how large a file may grow.

mod owners;
mod sources;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use owners::{MAY_TOUCH, OWNERS};
use sources::{Crate, Source, sources};

/// The domains in the order of their arrows: each may know those before it.
const DOMAINS: [&str; 10] = [
    "settings",
    "calendars",
    "organisation",
    "metrics",
    "customers",
    "tickets",
    "training",
    "appraisals",
    "teamwork",
    "incentives",
];

/// The file is a room (`rules.rs`) or lies in one (`rules/clock.rs`).
fn in_room(path: &str, room: &str) -> bool {
    path.split('/').any(|part| {
        part == room || part == format!("{room}.rs") || part == format!("{room}_tests.rs")
    })
}

fn offenders(sources: &[Source], room: &str, words: &[&str]) -> Vec<String> {
    let in_domain = |path: &str| path.contains('/') && !path.starts_with("graphql/");
    sources
        .iter()
        .filter(|source| in_domain(&source.path) && in_room(&source.path, room))
        .flat_map(|source| {
            words
                .iter()
                .filter(|word| source.code.contains(**word))
                .map(|word| format!("{} knows {word}", source.path))
        })
        .collect()
}

#[test]
fn rules_know_nobody() {
    let found = offenders(
        &sources(),
        "rules",
        &[
            "sea_orm",
            "async_graphql",
            "axum",
            "crate::db::",
            "crate::clock",
            "crate::app::",
            "tokio",
        ],
    );
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn actions_know_neither_sql_nor_graphql() {
    let found = offenders(&sources(), "actions", &["sea_orm", "async_graphql", "axum"]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn stores_know_no_graphql() {
    let found = offenders(&sources(), "store", &["async_graphql", "axum"]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn resolvers_know_no_sql() {
    let queries = [
        "sea_orm::",
        "::Entity::find",
        "Entity::insert",
        "Entity::update",
        "Entity::delete",
        "visible::<",
    ];
    let found = offenders(&sources(), "graphql", &queries);
    assert!(found.is_empty(), "{found:#?}");
}

/// In core only the ids: one is a type of the schema, and only the crate that has it can say so.
#[test]
fn only_graphql_and_http_know_graphql() {
    let found: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.code.contains("async_graphql"))
        .filter(|source| match source.krate {
            Crate::Core => source.path != "ids.rs",
            Crate::Server => !in_room(&source.path, "graphql") && !source.path.starts_with("http/"),
        })
        .map(|source| source.path)
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// The server has what faces clients and otherwise only re-exports; what decides, changes or reads is in core.
#[test]
fn what_faces_clients_is_the_servers_and_nothing_else_is() {
    let faces_clients = |path: &str| {
        in_room(path, "graphql") || path.starts_with("http/") || path.starts_with("cli/")
    };
    let re_exports = |code: &str| {
        code.lines().all(|line| {
            ["#![", "pub mod ", "pub use ", "    ", "}"]
                .iter()
                .any(|start| line.starts_with(start))
                || line.is_empty()
        })
    };
    let found: Vec<String> = sources()
        .into_iter()
        .filter(|source| match source.krate {
            Crate::Core => faces_clients(&source.path),
            Crate::Server => {
                source.path != "main.rs"
                    && !faces_clients(&source.path)
                    && !re_exports(&source.code)
            }
        })
        .map(|source| source.path)
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_its_own_module_touches_a_table() {
    let owner: BTreeMap<&str, Vec<&str>> =
        OWNERS
            .iter()
            .fold(BTreeMap::new(), |mut map, (module, tables)| {
                for table in *tables {
                    map.entry(*table).or_insert_with(Vec::new).push(*module);
                }
                map
            });
    let mut found = Vec::new();
    for source in sources() {
        if MAY_TOUCH
            .iter()
            .any(|(path, _)| source.path.starts_with(path))
        {
            continue;
        }
        for (table, modules) in &owner {
            let mine = modules.iter().any(|module| {
                source.path == *module || source.path.starts_with(&format!("{module}/"))
            });
            let verbs = ["find", "insert", "update", "delete"];
            let touched = verbs.iter().any(|verb| touches(&source.code, table, verb));
            if touched && !mine {
                found.push(format!(
                    "{} touches {table}, which belongs to {modules:?}",
                    source.path
                ));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

fn touches(code: &str, table: &str, verb: &str) -> bool {
    let call = format!("{table}::Entity::{verb}");
    code.match_indices(&call)
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn every_table_has_an_owner() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("entity/src");
    let owned: Vec<&str> = OWNERS
        .iter()
        .flat_map(|(_, tables)| tables.iter().copied())
        .collect();
    for entry in fs::read_dir(folder).expect("the entities") {
        let path = entry.expect("an entity").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_file() && !["lib", "enums"].contains(&name.as_str()) {
            assert!(
                owned.contains(&name.as_str()),
                "the table of {name} has no owner"
            );
        }
    }
}

#[test]
fn domains_know_only_those_before_them() {
    let mut found = Vec::new();
    for source in sources() {
        let Some(place) = DOMAINS
            .iter()
            .position(|domain| source.path.starts_with(&format!("{domain}/")))
        else {
            continue;
        };
        for later in &DOMAINS[place + 1..] {
            if knows(&source, later) {
                found.push(format!("{} knows {later}", source.path));
            }
        }
    }
    for kit in [
        "db/",
        "access/scope.rs",
        "access/rows.rs",
        "error.rs",
        "clock.rs",
        "work.rs",
        "check.rs",
        "agenda.rs",
        "tasks.rs",
    ] {
        for source in sources()
            .iter()
            .filter(|source| source.path.starts_with(kit))
        {
            for domain in DOMAINS {
                if knows(source, domain) {
                    found.push(format!("{} knows {domain}", source.path));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

fn knows(source: &Source, domain: &str) -> bool {
    ["crate", "aftercare_core"]
        .iter()
        .any(|krate| source.code.contains(&format!("{krate}::{domain}")))
}

#[test]
fn files_stay_small() {
    let mut sizes: Vec<(usize, String)> = Crate::ALL
        .into_iter()
        .flat_map(Crate::files)
        .map(|file| {
            (
                fs::read_to_string(&file)
                    .expect("a readable file")
                    .lines()
                    .count(),
                file.display().to_string(),
            )
        })
        .collect();
    sizes.sort();
    let (largest, name) = sizes.last().expect("there are files");
    assert!(
        *largest <= 600,
        "{name} has {largest} lines; ask what its parts are called"
    );
    let median = sizes[sizes.len() / 2].0;
    assert!(
        median <= 150,
        "half of the files have more than {median} lines"
    );
}
