//! The sources as they are read.

use std::fs;
use std::path::{Path, PathBuf};

/// The crate that a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crate {
    /// What the server knows and does.
    Core,
    /// What faces clients.
    Server,
}

impl Crate {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Core, Self::Server];

    fn folder(self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(match self {
            Self::Core => "core/src",
            Self::Server => "src",
        })
    }

    /// All its sources.
    pub fn files(self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        collect(&self.folder(), &mut found);
        found
    }
}

/// A file of one of them.
pub struct Source {
    /// Where it is.
    pub krate: Crate,
    /// Below the crate's `src`: a domain has the same place in both.
    pub path: String,
    /// What it says.
    pub code: String,
}

/// Every file of both crates, without its tests and comments.
pub fn sources() -> Vec<Source> {
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
