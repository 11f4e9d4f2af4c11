//! When failures are excused: while something befalls server or database, and shortly after.

use std::net::SocketAddr;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// For how long after the end of a trouble its last consequences may show: connections that are found broken when they are used.
const AFTERMATH: Duration = Duration::from_secs(5);
/// For how long a calm has to last after something was heard: what was written before it has been delivered by then, too.
const SETTLED: Duration = Duration::from_millis(500);

/// Whether there is trouble, and where the server listens.
pub struct Weather(Mutex<Now>);

struct Now {
    address: SocketAddr,
    troubles: u64,
    raging: bool,
    cleared: Option<Instant>,
}

/// A moment, to be asked about afterwards.
#[derive(Clone, Copy)]
pub struct Moment {
    troubles: u64,
    excused: bool,
}

impl Weather {
    /// Fine weather.
    pub fn new(address: SocketAddr) -> Self {
        Self(Mutex::new(Now {
            address,
            troubles: 0,
            raging: false,
            cleared: None,
        }))
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.now().address
    }

    /// The server listens somewhere else now.
    pub fn moves(&self, address: SocketAddr) {
        self.now().address = address;
    }

    /// Trouble begins.
    pub fn breaks(&self) {
        let mut now = self.now();
        now.troubles += 1;
        now.raging = true;
    }

    /// It is over.
    pub fn clears(&self) {
        let mut now = self.now();
        now.raging = false;
        now.cleared = Some(Instant::now());
    }

    /// This moment.
    pub fn moment(&self) -> Moment {
        let now = self.now();
        let lately = now.cleared.is_some_and(|at| at.elapsed() < AFTERMATH);
        Moment {
            troubles: now.troubles,
            excused: now.raging || lately,
        }
    }

    /// Is a failure of what was begun at that moment excused?
    pub fn excuses(&self, begun: Moment) -> bool {
        let now = self.moment();
        begun.excused || now.excused || begun.troubles != now.troubles
    }
}

/// What somebody hears while nothing befalls server or database.
#[derive(Default)]
pub struct Calm {
    stretches: Vec<Range<usize>>,
    now: Option<Stretch>,
}

/// A calm that lasts.
struct Stretch {
    troubles: u64,
    heard: usize,
    looked: Instant,
}

impl Calm {
    /// Looks how the weather is, when so much has been heard altogether.
    pub fn look(&mut self, weather: &Weather, heard: usize) {
        let now = weather.now();
        let (raging, troubles) = (now.raging, now.troubles);
        drop(now);
        if raging {
            self.now = None;
            return;
        }
        let begun = Stretch {
            troubles,
            heard,
            looked: Instant::now(),
        };
        match &mut self.now {
            Some(stretch) if stretch.troubles == troubles => {
                if stretch.looked.elapsed() < SETTLED {
                    return;
                }
                if let Some(last) = self.stretches.last_mut() {
                    last.end = stretch.heard;
                }
                *stretch = begun;
            }
            _ => {
                self.stretches.push(heard..heard);
                self.now = Some(begun);
            }
        }
    }

    /// From where to where of what was heard it was calm.
    pub fn stretches(self) -> Vec<Range<usize>> {
        self.stretches
    }
}
