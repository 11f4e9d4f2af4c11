//! A small disk that can be full: a file system in memory of its own where one may be mounted (as root), else a limit on how
//! long the files of a process become.
//!
//! Both fail a write of SQLite in the middle of its work: the one with "no space left", the other with "file too large".

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::guardian::Guardian;
use super::scratch;

/// Mounts and, at the end, unmounts.
const SCRIPT: &str = r#"
trap '' HUP INT TERM PIPE
if mount -t tmpfs -o "size=$2,mode=700" aftercare-test "$1"; then
    printf ready
    exec 1>&-
    read -r _
    umount -l "$1"
else
    exec 1>&-
fi
"#;

/// A directory on a small disk.
pub struct Disk {
    /// Where files can be put.
    pub directory: PathBuf,
    mounted: Option<Guardian>,
}

impl Disk {
    /// A disk of so many bytes; without the right to mount one, a directory.
    pub fn of(bytes: u64) -> Self {
        let directory = scratch::subdirectory();
        let place = directory.to_str().expect("a UTF-8 path").to_owned();
        let guardian = Guardian::start(SCRIPT, &[&place, &bytes.to_string()], None);
        let mounted = guardian.ok().filter(|(_, said)| said == "ready");
        Self {
            directory,
            mounted: mounted.map(|(guardian, _)| guardian),
        }
    }

    /// What is filled, in words.
    pub fn kind(&self) -> &'static str {
        match self.mounted {
            Some(_) => "a file system of its own",
            None => "a limit on the length of files",
        }
    }

    /// Is there only a limit, which ends with the process that has it?
    pub fn is_limit(&self) -> bool {
        self.mounted.is_none()
    }

    /// Leaves no room for what the process writes.
    pub fn fill(&self, process: u32) {
        if self.mounted.is_none() {
            return limit(process, "4096");
        }
        let mut filler = File::create(self.filler()).expect("a file");
        // Coarse first, then to the last byte.
        for size in [1 << 20, 4096, 1] {
            let block = vec![0_u8; size];
            loop {
                match filler.write_all(&block) {
                    Ok(()) => {}
                    Err(error) if error.kind() == ErrorKind::StorageFull => break,
                    Err(error) => panic!("the disk can't be filled: {error}"),
                }
            }
        }
    }

    /// Makes room again.
    pub fn clear(&self, process: u32) {
        match self.mounted {
            Some(_) => fs::remove_file(self.filler()).expect("the file is there"),
            None => limit(process, "unlimited"),
        }
    }

    fn filler(&self) -> PathBuf {
        Path::new(&self.directory).join("filler")
    }
}

/// How long the files may become that a process writes. The signal that comes with it is ignored by whom
/// [`Process`](super::process::Process) starts.
fn limit(process: u32, length: &str) {
    let ended = Command::new("prlimit")
        .args(["--pid", &process.to_string()])
        .arg(format!("--fsize={length}:"))
        .status();
    assert!(ended.is_ok_and(|ended| ended.success()), "prlimit");
}
