//! Everything that can be counted, from all domains.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use chrono_tz::Tz;

use super::facts::{Provider, Source};
use crate::access::Permission;

/// The providers of all domains, as the server was wired.
#[derive(Clone, Default)]
pub struct Sources {
    providers: Arc<Vec<Arc<dyn Provider>>>,
    zone: Tz,
}

impl Sources {
    /// The sources of these providers.
    #[must_use]
    pub fn new(providers: Vec<Arc<dyn Provider>>) -> Self {
        Self {
            providers: Arc::new(providers),
            zone: Tz::UTC,
        }
    }

    /// The same in the company's time zone.
    #[must_use]
    pub fn within(self, zone: Tz) -> Self {
        Self { zone, ..self }
    }

    /// The time zone by which days are told apart.
    #[must_use]
    pub const fn zone(&self) -> Tz {
        self.zone
    }

    /// The providers.
    pub fn providers(&self) -> impl Iterator<Item = &dyn Provider> {
        self.providers.iter().map(|provider| &**provider)
    }

    /// All sources, domain by domain.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.providers().flat_map(Provider::sources)
    }

    /// The domain that hands in the source with that key.
    #[must_use]
    pub fn provider_of(&self, key: &str) -> Option<&dyn Provider> {
        self.providers()
            .find(|provider| provider.sources().iter().any(|source| source.key == key))
    }

    /// What figures of single members from that source need beside `metric.member.read`.
    #[must_use]
    pub fn guard(&self, key: &str) -> Option<Permission> {
        self.provider_of(key).and_then(Provider::guard)
    }

    /// The source with that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Source> {
        self.iter().find(|source| source.key == key)
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: BTreeSet<&str> = self.iter().map(|source| source.key).collect();
        formatter.debug_tuple("Sources").field(&keys).finish()
    }
}
