//! Passwords come from a prompt or the standard input, never from the command line, where everybody could read them.

use std::io::{self, BufRead, IsTerminal};

use crate::error::{Error, Result};

/// Asks for a new password: twice at a terminal, else the first line of the standard input.
pub(super) async fn ask() -> Result<String> {
    tokio::task::spawn_blocking(read)
        .await
        .map_err(Error::internal)?
}

fn read() -> Result<String> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        let prompt = |text: &str| rpassword::prompt_password(text).map_err(Error::internal);
        let password = prompt("Password: ")?;
        if password != prompt("Once more: ")? {
            return Err(Error::internal("the two passwords differ"));
        }
        return Ok(password);
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).map_err(Error::internal)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        return Err(Error::internal("write the password to the standard input"));
    }
    Ok(password.to_owned())
}
