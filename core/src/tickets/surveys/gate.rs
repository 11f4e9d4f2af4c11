//! How often an address may try links: whoever guesses is slowed down, whoever answers isn't.

use crate::access::Call;
use crate::error::{ApiError, ErrorCode, Result, Text};
use crate::identity::bucket::{Buckets, Limit};

/// Tries with a bad link that an address has at once ...
const BURST: u32 = 20;
/// ... and the seconds in which one of them is forgotten.
const SECONDS: u32 = 6;

/// The tries of each address, in the memory of this process.
#[derive(Debug)]
pub struct Gate(Buckets<Option<String>>);

impl Default for Gate {
    fn default() -> Self {
        Self(Buckets::new(Limit::new(BURST, SECONDS)))
    }
}

impl Gate {
    /// Counts a try before the link is looked at, so that many at once don't get through together.
    ///
    /// # Errors
    /// `RATE_LIMITED` with the seconds to wait.
    pub fn count(&self, call: &Call) -> Result<()> {
        self.0.add(&call.address, call.at).map_err(|wait| {
            // Rounded up: who comes back then is let in.
            let seconds = ((wait.num_milliseconds() + 999) / 1000).max(1);
            ApiError::new(
                ErrorCode::RateLimited,
                Text::new(
                    format!("Too many tries; come back in {seconds} seconds."),
                    format!("尝试次数过多，请 {seconds} 秒后再试。"),
                ),
            )
            .with("retryAfter", seconds)
            .into()
        })
    }

    /// A try with a good link doesn't count.
    pub fn forgive(&self, call: &Call) {
        self.0.forgive(&call.address, call.at);
    }
}
