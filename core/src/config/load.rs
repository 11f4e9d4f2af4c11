//! Putting the sources together.

use std::collections::HashMap;
use std::path::PathBuf;

use config::{Environment, File, FileFormat};

use super::{Config, check};

/// What flags of the command line override; none leaves the value as it is.
#[derive(Clone, Debug, Default)]
pub struct Overrides(Vec<(&'static str, String)>);

impl Overrides {
    /// Overrides a key, written as `server.address`, when a value is given.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.0.push((key, value.to_string()));
        }
        self
    }
}

/// Where the configuration comes from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The TOML file, if there is one.
    pub file: Option<PathBuf>,
    /// The environment's variables.
    pub environment: HashMap<String, String>,
    /// The flags.
    pub flags: Overrides,
}

impl Sources {
    /// The environment of this process.
    #[must_use]
    pub fn of_process(file: Option<PathBuf>, flags: Overrides) -> Self {
        let environment = std::env::vars_os()
            .filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        Self {
            file,
            environment,
            flags,
        }
    }

    /// Reads and checks the configuration.
    ///
    /// # Errors
    /// Names every key that is unknown or has a wrong value, with the reason.
    pub fn load(self) -> Result<Config, String> {
        let mut builder = ::config::Config::builder();
        if let Some(file) = &self.file {
            // Read here, as the library would look for files with other endings too.
            let text = std::fs::read_to_string(file).map_err(|error| {
                format!(
                    "the configuration {} can't be read: {error}",
                    file.display()
                )
            })?;
            toml::from_str::<toml::Table>(&text).map_err(|error| {
                format!("the configuration {} is no TOML: {error}", file.display())
            })?;
            builder = builder.add_source(File::from_str(&text, FileFormat::Toml));
        }
        if let Some(url) = self
            .environment
            .get("DATABASE_URL")
            .filter(|url| !url.is_empty())
        {
            let source = ::config::Config::builder()
                .set_override("database.url", url.as_str())
                .and_then(|source| source.build())
                .map_err(|error| error.to_string())?;
            builder = builder.add_source(source);
        }
        builder = builder.add_source(
            Environment::with_prefix("AFTERCARE")
                .prefix_separator("__")
                .separator("__")
                .ignore_empty(true)
                .try_parsing(true)
                .list_separator(",")
                .with_list_parse_key("server.allowed_origins")
                .with_list_parse_key("server.trusted_proxies")
                .source(Some(self.environment)),
        );
        for (key, value) in self.flags.0 {
            builder = builder
                .set_override(key, value)
                .map_err(|error| format!("{key}: {error}"))?;
        }
        let config: Config = builder
            .build()
            .and_then(::config::Config::try_deserialize)
            .map_err(|error| format!("configuration: {error}"))?;
        check::check(&config)?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Sources {
        Sources {
            environment: pairs
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            ..Sources::default()
        }
    }

    fn with_file(text: &str) -> (Sources, PathBuf) {
        let file = std::env::temp_dir().join(format!(
            "aftercare-config-{}-{:x}.toml",
            std::process::id(),
            text.len() * 31 + usize::from(text.as_bytes().first().copied().unwrap_or(0))
        ));
        std::fs::write(&file, text).expect("the file can be written");
        let sources = Sources {
            file: Some(file.clone()),
            ..Sources::default()
        };
        (sources, file)
    }

    #[test]
    fn the_later_source_wins() {
        let (mut sources, file) = with_file(
            "[server]\naddress = \"127.0.0.1:1\"\nrequest_timeout = \"3s\"\n[database]\nconnections = 3\nurl = \"sqlite:file.db\"\n",
        );
        sources.environment = environment(&[
            ("AFTERCARE__SERVER__ADDRESS", "127.0.0.1:2"),
            (
                "AFTERCARE__SERVER__ALLOWED_ORIGINS",
                "https://a.example,https://b.example",
            ),
            ("DATABASE_URL", "postgres://me:pw@host/a"),
            ("AFTERCARE_CONFIG", "not a key"),
        ])
        .environment;
        sources.flags = Overrides::default().with("server.address", Some("127.0.0.1:3"));
        let config = sources.load().expect("it is right");
        std::fs::remove_file(file).expect("the file can be removed");
        assert_eq!(config.server.address.port(), 3);
        assert_eq!(config.server.allowed_origins.len(), 2);
        assert_eq!(config.server.request_timeout.as_secs(), 3);
        assert_eq!(config.database.connections, 3);
        assert_eq!(config.database_url().expose(), "postgres://me:pw@host/a");
        let shown = config.to_toml().expect("it can be printed");
        assert!(!shown.contains("pw@"), "{shown}");
        let printed: Config = toml::from_str(&shown).expect("what is printed can be read");
        assert_eq!(printed.server.address.port(), 3);
    }

    #[test]
    fn a_wrong_value_is_named_with_key_and_reason() {
        for (key, value, parts) in [
            (
                "AFTERCARE__IDENTITY__ACCESS_TOKEN_LIFETIME",
                "29s",
                ["identity.access_token_lifetime = \"29s\"", "30s"],
            ),
            (
                "AFTERCARE__IDENTITY__SESSION_LIFETIME",
                "366d",
                ["identity.session_lifetime = \"366d\"", "365d"],
            ),
            (
                "AFTERCARE__IDENTITY__REFRESH_GRACE",
                "61s",
                ["identity.refresh_grace = \"61s\"", "it lies between"],
            ),
            (
                "AFTERCARE__BUDGET__BURST",
                "4999",
                ["budget.burst = \"4999\"", "a query may cost 5000"],
            ),
            (
                "AFTERCARE__SERVER__ADDRESS",
                "here",
                ["server.address", "socket address"],
            ),
            (
                "AFTERCARE__SERVER__REQUEST_TIMEOUT",
                "soon",
                ["server.request_timeout", "soon"],
            ),
            (
                "AFTERCARE__SERVER__REQUEST_TIMEOUT",
                "0s",
                ["server.request_timeout", "0s"],
            ),
            ("AFTERCARE__SERVER__PORT", "80", ["port", "unknown field"]),
            (
                "AFTERCARE__SERVER__ALLOWED_ORIGINS",
                "https://a.example/x",
                ["server.allowed_origins", "https://a.example/x"],
            ),
            (
                "AFTERCARE__DATABASE__CONNECTIONS",
                "many",
                ["database.connections", "many"],
            ),
            (
                "AFTERCARE__DATABASE__CONNECTIONS",
                "0",
                ["database.connections", "0"],
            ),
            (
                "AFTERCARE__DATABASE__URL",
                "mysql://me:pw@h/a",
                ["database.url", "mysql"],
            ),
            ("AFTERCARE__LOG__FORMAT", "xml", ["log.format", "xml"]),
            (
                "AFTERCARE__ORGANISATION__TIME_ZONE",
                "Mars/Olympus",
                ["organisation.time_zone", "Mars/Olympus"],
            ),
        ] {
            let error = environment(&[(key, value)]).load().expect_err(key);
            for part in parts {
                assert!(error.contains(part), "{key}={value}: {error}");
            }
            assert!(!error.contains("pw@"), "{error}");
        }
    }
}
