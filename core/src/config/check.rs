//! What the types can't say: bounds and forms of the values.

use std::time::Duration;

use super::{Config, span};
use crate::identity::{ACCESS_TOKEN_SECONDS, GRACE_SECONDS, SESSION_SECONDS};

/// Holds every value against its bounds.
///
/// # Errors
/// Names every key with a wrong value, the value and the reason, a line each.
pub(super) fn check(config: &Config) -> Result<(), String> {
    let mut problems = Problems::default();
    server(config, &mut problems);
    let database = &config.database;
    problems.range(
        "database.connections",
        u64::from(database.connections),
        1,
        1_000,
    );
    problems.duration(
        "database.statement_timeout",
        database.statement_timeout,
        3_600,
    );
    if let Some(url) = &database.url
        && !["sqlite:", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| url.expose().starts_with(scheme))
    {
        problems.add(
            "database.url",
            &url.masked(),
            "it begins with sqlite:, postgres:// or postgresql://",
        );
    }
    let persisted = &config.persisted;
    for (key, value, most) in [
        ("persisted.documents", persisted.documents, 1_000_000),
        ("persisted.bytes", persisted.bytes, 1 << 30),
        (
            "persisted.per_principal",
            persisted.per_principal,
            1_000_000,
        ),
    ] {
        problems.range(key, value as u64, 1, most);
    }
    for (key, value, least) in [
        ("budget.per_second", config.budget.per_second, 1),
        (
            "budget.address_per_second",
            config.budget.address_per_second,
            1,
        ),
        ("limits.answer_objects", config.limits.answer_objects, 100),
        ("limits.answer_bytes", config.limits.answer_bytes, 65_536),
        ("limits.errors", config.limits.errors, 1),
    ] {
        problems.range(key, value, least, u64::MAX);
    }
    dearest(config, &mut problems);
    let export = &config.export;
    problems.range("export.rows", export.rows as u64, 1, 1_000_000);
    problems.range("export.bytes", export.bytes as u64, 1_024, 1 << 30);
    problems.duration("export.time", export.time, 3_600);
    let identity = &config.identity;
    for (key, value, bounds) in [
        (
            "identity.access_token_lifetime",
            identity.access_token_lifetime,
            ACCESS_TOKEN_SECONDS,
        ),
        (
            "identity.session_lifetime",
            identity.session_lifetime,
            SESSION_SECONDS,
        ),
        (
            "identity.refresh_grace",
            identity.refresh_grace,
            (0, GRACE_SECONDS),
        ),
    ] {
        problems.between(key, value, bounds);
    }
    if identity.audience.is_empty() {
        problems.add("identity.audience", "", "it can't be empty");
    }
    if config
        .organisation
        .time_zone
        .parse::<chrono_tz::Tz>()
        .is_err()
    {
        problems.add(
            "organisation.time_zone",
            &config.organisation.time_zone,
            "it is an IANA time zone such as Asia/Shanghai",
        );
    }
    if let Some(link) = &config.survey.link
        && !(link.matches("{token}").count() == 1
            && ["https://", "http://"]
                .iter()
                .any(|scheme| link.starts_with(scheme)))
    {
        problems.add(
            "survey.link",
            link,
            "it is http:// or https:// with {token} where the pass stands",
        );
    }
    if let Err(error) = tracing_subscriber::EnvFilter::try_new(&config.log.filter) {
        problems.add("log.filter", &config.log.filter, &error.to_string());
    }
    problems.into_result()
}

fn server(config: &Config, problems: &mut Problems) {
    let server = &config.server;
    for (key, value, most) in [
        ("server.request_timeout", server.request_timeout, 600),
        ("server.header_timeout", server.header_timeout, 600),
        ("server.body_timeout", server.body_timeout, 600),
        ("server.shutdown_grace", server.shutdown_grace, 3_600),
        ("server.idle_timeout", server.idle_timeout, 86_400),
        ("server.write_timeout", server.write_timeout, 3_600),
        ("server.live.init_timeout", server.live.init_timeout, 600),
        ("server.live.ping_interval", server.live.ping_interval, 600),
    ] {
        problems.duration(key, value, most);
    }
    for (key, value, least, most) in [
        ("server.body_bytes", server.body_bytes, 1_024, 64 << 20),
        ("server.header_bytes", server.header_bytes, 8_192, 1 << 20),
        ("server.headers", server.headers, 16, 1_000),
        ("server.connections", server.connections, 1, 1_000_000),
        (
            "server.connections_per_address",
            server.connections_per_address,
            1,
            1_000_000,
        ),
        (
            "server.live.message_bytes",
            server.live.message_bytes,
            1_024,
            16 << 20,
        ),
        ("server.live.operations", server.live.operations, 1, 10_000),
        (
            "server.live.per_principal",
            server.live.per_principal,
            1,
            100_000,
        ),
    ] {
        problems.range(key, value as u64, least, most);
    }
    if let Some(url) = &server.public_url
        && origin(url.trim_end_matches('/')).is_none()
    {
        problems.add(
            "server.public_url",
            url,
            "it is http:// or https:// with a host and no path",
        );
    }
    for allowed in &server.allowed_origins {
        if origin(allowed).is_none() {
            problems.add(
                "server.allowed_origins",
                allowed,
                "an origin is http:// or https:// with a host, in lower case and without a path",
            );
        }
    }
}

/// The dearest query that the limits let through can be paid for: the budget of whoever sends it would never be large enough.
fn dearest(config: &Config, problems: &mut Problems) {
    let limits = &config.limits;
    let dearest = limits.complexity_outside.max(limits.complexity_staff);
    for (key, burst) in [
        ("budget.burst", config.budget.burst),
        ("budget.address_burst", config.budget.address_burst),
    ] {
        if burst < dearest {
            problems.add(
                key,
                &burst.to_string(),
                &format!(
                    "a query may cost {dearest} (limits.complexity_outside, limits.complexity_staff); it is at least that"
                ),
            );
        }
    }
}

/// Scheme and host of a URL that has nothing else.
fn origin(url: &str) -> Option<&str> {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let sound = !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase() || b"-.:[]".contains(&b));
    sound.then_some(host)
}

#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, key: &str, value: &str, reason: &str) {
        self.0
            .push(format!("configuration: {key} = \"{value}\": {reason}"));
    }

    fn range(&mut self, key: &str, value: u64, least: u64, most: u64) {
        if value < least || value > most {
            self.add(
                key,
                &value.to_string(),
                &format!("it lies between {least} and {most}"),
            );
        }
    }

    fn between(&mut self, key: &str, value: Duration, (least, most): (u64, u64)) {
        let (least, most) = (Duration::from_secs(least), Duration::from_secs(most));
        if value < least || value > most {
            let (least, most) = (span::print(least), span::print(most));
            let reason = format!("it lies between {least} and {most}");
            self.add(key, &span::print(value), &reason);
        }
    }

    fn duration(&mut self, key: &str, value: Duration, most_seconds: u64) {
        let most = Duration::from_secs(most_seconds);
        if value.is_zero() || value > most {
            let reason = format!("it is more than 0s and at most {}", span::print(most));
            self.add(key, &span::print(value), &reason);
        }
    }

    fn into_result(self) -> Result<(), String> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(self.0.join("\n"))
        }
    }
}
