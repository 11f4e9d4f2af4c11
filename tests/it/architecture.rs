//! Reads the sources and holds the house's rules: who may know whom, and how large a file may grow.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

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

/// Which module owns which tables; only it may find, insert, update or delete their rows.
const OWNERS: [(&str, &[&str]); 45] = [
    (
        "organisation",
        &[
            "assignment",
            "department",
            "member",
            "position",
            "position_version",
            "region",
            "region_province",
            "reorganisation",
            "reorganisation_change",
            "structure_name",
            "task_force",
            "team",
            "team_place",
            "team_pledge",
        ],
    ),
    (
        "customers",
        &["contact", "customer", "partner", "product", "unit"],
    ),
    (
        "customers/contracts",
        &[
            "contract",
            "contract_payment",
            "contract_share",
            "payment_credit",
            "renewal",
        ],
    ),
    (
        "tickets",
        &[
            "ticket",
            "ticket_change",
            "ticket_comment",
            "ticket_stage_entry",
        ],
    ),
    (
        "identity",
        &[
            "api_client",
            "api_client_document",
            "api_client_secret",
            "refresh_token",
            "session",
            "signing_key",
            "user",
        ],
    ),
    (
        "access",
        &[
            "counter",
            "known_permission",
            "role",
            "role_assignment",
            "role_grant",
        ],
    ),
    (
        "organisation/competencies",
        &[
            "competency",
            "competency_assessment",
            "competency_profile",
            "competency_want",
        ],
    ),
    (
        "organisation/opinions",
        &[
            "staff_survey_cell",
            "staff_survey_invitation",
            "staff_survey_question",
            "staff_survey_round",
            "staff_survey_tally",
        ],
    ),
    ("organisation/probation", &["probation", "probation_review"]),
    ("organisation/rotations", &["rotation"]),
    ("training/talent", &["talent_evidence", "talent_proposal"]),
    (
        "appraisals/calibration",
        &["appraisal_calibration", "appraisal_calibration_change"],
    ),
    ("appraisals/consequences", &["appraisal_proposal"]),
    ("appraisals/improvement", &["improvement_plan"]),
    ("settings", &["setting"]),
    ("jobs", &["job_lease"]),
    ("calendars", &["calendar", "calendar_version"]),
    (
        "organisation/workforce",
        &[
            "certificate",
            "leave",
            "member_capacity",
            "member_certificate",
            "member_shift",
            "member_skill",
            "skill",
        ],
    ),
    (
        "tickets/processes",
        &[
            "process_step",
            "process_template",
            "process_version",
            "ticket_step_entry",
        ],
    ),
    (
        "tickets/sla",
        &[
            "sla_clock",
            "sla_interval",
            "sla_policy",
            "sla_policy_version",
            "ticket_alert",
        ],
    ),
    (
        "tickets/responsibility",
        &["ticket_credit", "ticket_handover"],
    ),
    (
        "tickets/dispatch",
        &[
            "dispatch_candidate",
            "dispatch_decision",
            "dispatch_requirement",
        ],
    ),
    (
        "tickets/collaboration",
        &[
            "custom_field",
            "reply_template",
            "saved_view",
            "tag",
            "ticket_field_value",
            "ticket_link",
            "ticket_mention",
            "ticket_presence",
            "ticket_tag",
            "ticket_watcher",
        ],
    ),
    (
        "tickets/surveys",
        &["survey", "survey_answer", "survey_follow_up"],
    ),
    (
        "training/exams",
        &[
            "exam",
            "exam_appeal",
            "exam_assessor",
            "exam_attempt",
            "exam_candidate",
            "exam_item",
            "exam_mark",
            "exam_pool",
            "exam_question",
            "exam_question_version",
        ],
    ),
    (
        "training/contests",
        &[
            "contest",
            "contest_award",
            "contest_conflict",
            "contest_entrant",
            "contest_judge",
            "contest_result",
            "contest_round",
            "contest_score",
        ],
    ),
    (
        "training/needs",
        &["training_proposal", "training_proposal_member"],
    ),
    (
        "training/mentoring",
        &[
            "mentoring",
            "mentoring_check_in",
            "mentoring_goal",
            "mentoring_ticket",
        ],
    ),
    ("metrics/definitions", &["metric", "metric_version"]),
    (
        "metrics",
        &[
            "metric_cell",
            "metric_counted_source",
            "metric_dirty_day",
            "metric_fact",
            "metric_frozen_cell",
            "metric_frozen_fact",
        ],
    ),
    (
        "metrics/snapshots",
        &["metric_snapshot", "metric_snapshot_metric"],
    ),
    ("metrics/goals", &["goal", "goal_alert"]),
    (
        "training",
        &[
            "training_course",
            "training_enrolment",
            "training_feed",
            "training_feedback",
            "training_hour",
            "training_path",
            "training_path_course",
            "training_session",
            "training_session_trainer",
            "training_study",
            "training_target",
        ],
    ),
    (
        "appraisals",
        &[
            "appraisal",
            "appraisal_absence",
            "appraisal_cycle",
            "appraisal_cycle_template",
            "appraisal_dispute",
            "appraisal_incident",
            "appraisal_plan_item",
            "appraisal_rating",
            "appraisal_result",
            "appraisal_template",
            "appraisal_template_version",
        ],
    ),
    (
        "incentives/definitions",
        &[
            "incentive_rule",
            "incentive_rule_version",
            "incentive_simulation",
            "incentive_simulation_part",
        ],
    ),
    (
        "incentives/honours",
        &["honour", "honour_opt_out", "recognition"],
    ),
    (
        "incentives/runs",
        &[
            "incentive_award",
            "incentive_correction",
            "incentive_lock",
            "incentive_payout",
            "incentive_posting",
            "incentive_question",
            "incentive_run",
            "incentive_transaction",
        ],
    ),
    (
        "teamwork/charter",
        &[
            "rule_acknowledgement",
            "rule_ballot",
            "rule_comment",
            "rule_elector",
            "rule_proposal",
            "team_rule",
            "team_rule_version",
        ],
    ),
    (
        "teamwork/meetings",
        &[
            "action_item",
            "meeting",
            "meeting_agenda_item",
            "meeting_decision",
            "meeting_invitee",
            "meeting_minute",
            "meeting_series",
            "meeting_series_member",
        ],
    ),
    (
        "teamwork/suggestions",
        &["suggestion", "suggestion_step", "suggestion_support"],
    ),
    ("appraisals/appeals", &["appraisal_appeal"]),
    (
        "appraisals/feedback",
        &["appraisal_feedback", "appraisal_rater"],
    ),
    ("events", &["outbox"]),
    ("audit", &["audit_head", "audit_log"]),
    ("work.rs", &["counter", "idempotency_key"]),
];

/// Exceptions by name, each with its reason.
const MAY_TOUCH: [(&str, &str); 3] = [
    (
        "demo/",
        "loads whole tables in bulk, before anybody uses them",
    ),
    (
        "jobs/housekeeping.rs",
        "deletes what has expired, of every module, in bounded steps",
    ),
    (
        "access/roles/store/",
        "joins accounts and partners to tell who holds which role",
    ),
];

/// The crate that a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Crate {
    Core,
    Server,
}

impl Crate {
    const ALL: [Self; 2] = [Self::Core, Self::Server];

    fn folder(self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(match self {
            Self::Core => "core/src",
            Self::Server => "src",
        })
    }

    fn files(self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        collect(&self.folder(), &mut found);
        found
    }
}

struct Source {
    krate: Crate,
    /// Below the crate's `src`: a domain has the same place in both.
    path: String,
    code: String,
}

/// Every file of both crates, without its tests and comments.
fn sources() -> Vec<Source> {
    Crate::ALL
        .into_iter()
        .flat_map(|krate| {
            krate
                .files()
                .into_iter()
                .map(move |file| source(krate, &file))
        })
        .collect()
}

fn source(krate: Crate, file: &Path) -> Source {
    let text = fs::read_to_string(file).expect("a readable source file");
    let code = text
        .split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let path = file
        .strip_prefix(krate.folder())
        .expect("a file below src")
        .to_string_lossy()
        .replace('\\', "/");
    Source { krate, path, code }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a folder entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

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
