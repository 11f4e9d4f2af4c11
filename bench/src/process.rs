//! What the system says of processes: processor time and memory, from `/proc`.

use std::fs;
use std::time::Duration;

/// Clock ticks a second in `/proc/<pid>/stat`: fixed for programs on Linux.
const TICKS_PER_SECOND: u64 = 100;

/// The processor time of a process so far, all threads.
#[must_use]
pub fn cpu(pid: u32) -> Duration {
    stat(pid).map_or(Duration::ZERO, |stat| stat.own)
}

/// The processor time of a process and its children, also of those that have ended: a PostgreSQL cluster.
#[must_use]
pub fn cpu_with_children(parent: u32) -> Duration {
    let Some(own) = stat(parent) else {
        return Duration::ZERO;
    };
    children(parent)
        .into_iter()
        .map(cpu)
        .fold(own.own + own.ended_children, |sum, one| sum + one)
}

/// Memory in KiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// What is resident now (`VmRSS`).
    pub resident: u64,
    /// The most that ever was (`VmHWM`).
    pub most: u64,
}

/// The memory of a process.
#[must_use]
pub fn memory(pid: u32) -> Memory {
    fs::read_to_string(format!("/proc/{pid}/status"))
        .map(|status| memory_of_status(&status))
        .unwrap_or_default()
}

fn memory_of_status(status: &str) -> Memory {
    let line = |name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok())
            .unwrap_or(0)
    };
    Memory {
        resident: line("VmRSS:"),
        most: line("VmHWM:"),
    }
}

fn children(parent: u32) -> Vec<u32> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| stat(*pid).is_some_and(|stat| stat.parent == parent))
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    own: Duration,
    ended_children: Duration,
}

fn stat(pid: u32) -> Option<Stat> {
    parse_stat(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// The name in brackets may itself have spaces and brackets, so counting starts behind the last one.
fn parse_stat(line: &str) -> Option<Stat> {
    let fields: Vec<&str> = line.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| {
        let ticks: u64 = fields.get(place)?.parse().ok()?;
        Some(Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND))
    };
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        own: ticks(11)? + ticks(12)?,
        ended_children: ticks(13)? + ticks(14)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_shifts_nothing() {
        let line = "42 (postgres: (a) b) S 7 42 42 0 -1 4194560 1 2 3 4 150 50 10 5 20 0 1 0 99";
        let expected = Stat {
            parent: 7,
            own: Duration::from_secs(2),
            ended_children: Duration::from_millis(150),
        };
        assert_eq!(parse_stat(line), Some(expected));
        assert_eq!(parse_stat("nonsense"), None);
    }

    #[test]
    fn memory_is_read_by_name() {
        let status = "Name:\taftercare\nVmHWM:\t   61440 kB\nVmRSS:\t   51200 kB\n";
        let expected = Memory {
            resident: 51_200,
            most: 61_440,
        };
        assert_eq!(memory_of_status(status), expected);
    }

    #[test]
    fn this_process_has_memory() {
        let memory = memory(std::process::id());
        assert!(memory.resident > 0 && memory.most >= memory.resident);
    }
}
