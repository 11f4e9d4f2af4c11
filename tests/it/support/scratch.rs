//! One directory for all the files of a test process; it is gone when the process is, however it ends.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::guardian::Guardian;

const SCRIPT: &str = r#"
trap '' HUP INT TERM PIPE
umask 077
dir=$(mktemp -d "$1/aftercare-it.XXXXXX") || exit 1
printf %s "$dir"
exec 1>&-
read -r _
rm -rf -- "$dir"
"#;

/// The directory of this process.
pub fn directory() -> &'static Path {
    static DIRECTORY: OnceLock<(Guardian, PathBuf)> = OnceLock::new();
    let (_, path) = DIRECTORY.get_or_init(|| {
        let parent = std::env::temp_dir();
        let parent = parent
            .to_str()
            .expect("the temporary directory's name is UTF-8");
        let (guardian, path) = Guardian::start(SCRIPT, &[parent], None).expect("/bin/sh starts");
        assert!(!path.is_empty(), "no directory can be made in {parent}");
        (guardian, path.into())
    });
    path
}

/// A new empty directory inside [`directory`], for one test.
pub fn subdirectory() -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let path = directory().join(COUNT.fetch_add(1, Ordering::Relaxed).to_string());
    std::fs::create_dir(&path)
        .unwrap_or_else(|error| panic!("{} can't be made: {error}", path.display()));
    path
}
