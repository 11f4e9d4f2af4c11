//! What a member is credited with over a time.

use chrono::{DateTime, Utc};
use entity::member;
use uuid::Uuid;

use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::error::{ApiError, Result};
use crate::tickets::responsibility::store::{self, Credited};
use crate::tickets::surveys::{self, Rated};

/// Work and satisfaction of a member, by recorded shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemberCredits {
    /// What was resolved.
    pub credited: Credited,
    /// How it was rated.
    pub rated: Rated,
}

/// What a member is credited with in a time, as far as the viewer may know of it; none when the member is out of reach.
///
/// # Errors
/// `BAD_INPUT` when the time ends before it begins.
pub async fn member_credits(
    app: &App,
    call: &Call,
    member: Uuid,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Option<MemberCredits>> {
    if to < from {
        return Err(ApiError::bad_input("to", "it comes before `from`", "不能早于 from").into());
    }
    let connection = app.db.reader();
    let seen =
        find::<member::Entity>(connection, &call.viewer, Permission::MemberRead, member).await?;
    if seen.is_none() {
        return Ok(None);
    }
    Ok(Some(MemberCredits {
        credited: store::credited(connection, &call.viewer, member, from, to).await?,
        rated: surveys::rated(connection, &call.viewer, member, from, to).await?,
    }))
}
