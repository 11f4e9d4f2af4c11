//! A guardian is a small shell process that outlives this one and tidies up after it.
//!
//! Rust runs no destructors of statics at the end of a process and none at all on `kill -9`, so whoever makes something
//! that must not stay behind (a directory, a PostgreSQL cluster) lets a guardian make it. The guardian holds the read end
//! of a pipe whose write end only this process has: however this process ends, the kernel closes the pipe, the guardian
//! reads the end of its input and clears away what it made. As it also made it, there is no moment at which a kill could
//! leave something that nobody feels responsible for.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// The user and group a guardian runs as, when it may not be those of this process.
#[derive(Clone, Copy, Debug)]
pub struct RunAs {
    /// Numeric user id.
    pub user: u32,
    /// Numeric group id.
    pub group: u32,
}

/// A running guardian. Dropping it makes it tidy up and waits until it has.
#[derive(Debug)]
pub struct Guardian(Child);

impl Guardian {
    /// Starts a guardian with `script` for `sh` and waits until it has closed its standard output; returns what it said
    /// there. The script must close it (`exec 1>&-`) when all is made, then wait for the end of its standard input
    /// (`read -r _`), then tidy up. It must ignore the signals by which a terminal ends its programs, and SIGPIPE: whom it
    /// speaks to may have been killed meanwhile.
    pub fn start(script: &str, args: &[&str], run_as: Option<RunAs>) -> io::Result<(Self, String)> {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", script, "aftercare-test-guardian"])
            .args(args)
            .current_dir("/")
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // Ctrl-C in a terminal reaches the whole foreground group; the guardian must survive it to do its work.
            .process_group(0);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        if let Some(RunAs { user, group }) = run_as {
            command.uid(user).gid(group);
        }
        let mut child = command.spawn()?;
        let mut said = String::new();
        if let Some(mut stdout) = child.stdout.take() {
            stdout.read_to_string(&mut said)?;
        }
        Ok((Self(child), said))
    }
}

impl Drop for Guardian {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        if let Err(error) = self.0.wait() {
            eprintln!("a test guardian can't be waited for: {error}");
        }
    }
}
