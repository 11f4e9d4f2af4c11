//! A throw-away PostgreSQL cluster: made in a temporary directory, tuned for speed over safety, reached over a UNIX socket
//! only, and stopped and removed when its owner is dropped or this process ends in whatever way.
//!
//! The programs are looked for in `PG_BIN`, where `pg_config --bindir` points, on the `PATH` and in
//! `/usr/lib/postgresql/*/bin`. PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::guardian::{Guardian, RunAs};

/// What a test needs of `postgresql.conf`: nothing here survives a power cut, and nothing should.
/// Autovacuum is off because its workers would count as users of a template that is to be copied.
const SETTINGS: &str = "
listen_addresses = ''
port = 5432
max_connections = 300
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
jit = off
timezone = 'UTC'
";

/// Arguments: the directory of the programs, the settings, then the directories to try for the cluster's own.
const SCRIPT: &str = r#"
trap '' HUP INT TERM PIPE
umask 077
bin=$1 settings=$2
shift 2
dir=
for parent in "$@"; do
    dir=$(mktemp -d "$parent/aftercare-pg.XXXXXX") && break
done
if [ -z "$dir" ]; then
    printf 'failed\nno directory can be made in any of: %s\n' "$*"
    exit 1
fi
cd "$dir" || exit 1
init() {
    "$bin/initdb" -D "$dir/data" -U postgres -E UTF8 --locale="$1" --auth=trust --no-sync </dev/null >>"$dir/log" 2>&1
}
if { init C.UTF-8 || init C; } &&
    printf "%s\nunix_socket_directories = '%s'\n" "$settings" "$dir" >>"$dir/data/postgresql.conf" &&
    "$bin/pg_ctl" start -w -s -t 60 -D "$dir/data" -l "$dir/log" </dev/null >>"$dir/log" 2>&1
then
    printf 'ready\n%s' "$dir"
    exec 1>&-
    read -r _
else
    printf 'failed\n'
    cat "$dir/log"
    exec 1>&-
fi
if [ -e "$dir/data/postmaster.pid" ]; then
    "$bin/pg_ctl" stop -w -s -m immediate -D "$dir/data" </dev/null >/dev/null
fi
cd /
rm -rf -- "$dir"
"#;

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    /// Where it keeps its data and its socket.
    pub directory: PathBuf,
    programs: PathBuf,
    _guardian: Guardian,
}

impl Cluster {
    /// Makes and starts a cluster; `None` when PostgreSQL isn't installed here.
    pub fn start() -> Result<Option<Self>, String> {
        match find_programs()? {
            None => Ok(None),
            Some(programs) => Self::start_with(&programs).map(Some),
        }
    }

    fn start_with(programs: &Path) -> Result<Self, String> {
        let programs = programs
            .to_str()
            .ok_or("the directory of the PostgreSQL programs isn't UTF-8")?;
        let mut args = vec![programs, SETTINGS];
        let temporary = std::env::temp_dir();
        // A socket's path may have some 100 bytes; and a private directory of root's is closed to whom we run as.
        args.extend(temporary.to_str().filter(|path| path.len() < 60));
        args.push("/tmp");
        let (guardian, said) = Guardian::start(SCRIPT, &args, unprivileged()?)
            .map_err(|error| format!("/bin/sh doesn't start: {error}"))?;
        match said.split_once('\n') {
            Some(("ready", directory)) => Ok(Self {
                directory: directory.into(),
                programs: programs.into(),
                _guardian: guardian,
            }),
            Some((_, log)) => Err(format!("PostgreSQL in {programs} doesn't start:\n{log}")),
            None => Err(format!(
                "PostgreSQL in {programs} doesn't start, and says nothing"
            )),
        }
    }

    /// The address of its maintenance database. Everything is said, so that no `PG...` variable has a say.
    pub fn url(&self) -> String {
        format!(
            "postgres://postgres@localhost:5432/postgres?host={}&sslmode=disable",
            self.directory.display()
        )
    }

    /// Ends all its processes without a word to anybody, as a crash would. What was written stays where it was written.
    pub fn crash(&self) {
        self.control(&["stop", "-m", "immediate"]);
    }

    /// Starts it again after a crash.
    pub fn recover(&self) {
        self.control(&["start", "-t", "60"]);
    }

    fn control(&self, what: &[&str]) {
        let mut command = Command::new(self.programs.join("pg_ctl"));
        command
            .args(what)
            .args(["-w", "-s", "-D"])
            .arg(self.directory.join("data"))
            .arg("-l")
            .arg(self.directory.join("log"))
            .current_dir(&self.directory)
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // The signals of a terminal are for this process.
            .process_group(0);
        if let Some(RunAs { user, group }) = unprivileged().expect("as when it was made") {
            command.uid(user).gid(group);
        }
        let ended = command.status().expect("pg_ctl is there");
        assert!(ended.success(), "pg_ctl {what:?}: {ended}");
    }
}

/// Whether a cluster can be started here.
pub fn is_installed() -> bool {
    find_programs().is_ok_and(|found| found.is_some())
}

/// The directory with the server's programs, if there is one.
fn find_programs() -> Result<Option<PathBuf>, String> {
    let complete = |path: &PathBuf| {
        ["initdb", "postgres", "pg_ctl"]
            .iter()
            .all(|name| path.join(name).is_file())
    };
    if let Some(path) = std::env::var_os("PG_BIN")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
    {
        return match complete(&path) {
            true => Ok(Some(path)),
            false => Err(format!(
                "PG_BIN is {}, but initdb, postgres and pg_ctl aren't all there",
                path.display()
            )),
        };
    }
    let configured = output_of("pg_config", &["--bindir"]).map(PathBuf::from);
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    Ok(configured
        .into_iter()
        .chain(std::env::split_paths(&on_path))
        .chain(debian_directories())
        .find(complete))
}

/// `/usr/lib/postgresql/*/bin`, newest version first.
fn debian_directories() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Whom the cluster must run as: `None` means as we are.
fn unprivileged() -> Result<Option<RunAs>, String> {
    let id = |args: &[&str]| output_of("id", args)?.parse::<u32>().ok();
    if id(&["-u"]) != Some(0) {
        return Ok(None);
    }
    let known = ["postgres", "nobody"].into_iter().find_map(|name| {
        Some(RunAs {
            user: id(&["-u", name])?,
            group: id(&["-g", name])?,
        })
    });
    match known {
        Some(run_as) => Ok(Some(run_as)),
        None => Err(
            "PostgreSQL refuses to run as root, and there is no user postgres or nobody".to_owned(),
        ),
    }
}

/// What a command prints, trimmed; `None` when there is no such command or it fails.
fn output_of(command: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(command)
        .args(args)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}
