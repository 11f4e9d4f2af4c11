//! The rows as JSON, in the shape of GraphQL's `data`. Ids, times and enums are as the database has them: turning them
//! into what clients of the API see is a part of the work that the baseline is there to leave out.

use serde::Serialize;
use uuid::Uuid;

/// Something with an id and a name.
#[derive(Serialize)]
pub struct Named<'r> {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: &'r str,
}

/// A team or a region.
#[derive(Serialize)]
pub struct Coded<'r> {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: &'r str,
    /// Its name.
    pub name: &'r str,
}

/// The team of a member, with its region.
#[derive(Serialize)]
pub struct HomeTeam<'r> {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: &'r str,
    /// Its name.
    pub name: &'r str,
    /// Which region it serves.
    pub region: Option<Coded<'r>>,
}

/// A member with the team of today.
#[derive(Serialize)]
pub struct Assignee<'r> {
    /// Its id.
    pub id: Uuid,
    /// The number for people.
    pub number: &'r str,
    /// The name.
    pub name: &'r str,
    /// The team of today.
    pub team: Option<HomeTeam<'r>>,
}

/// A customer in full.
#[derive(Serialize)]
pub struct Customer<'r> {
    /// Its id.
    pub id: Uuid,
    /// The number for people.
    pub number: &'r str,
    /// The name.
    pub name: &'r str,
    /// How it is served.
    pub tier: &'r str,
}

/// A comment; `T` is a time.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comment<'r, T> {
    /// Its id.
    pub id: Uuid,
    /// The text.
    pub body: &'r str,
    /// Who may read it, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<&'r str>,
    /// What the author is.
    pub author_kind: &'r str,
    /// The author.
    pub author_name: &'r str,
    /// When it was written.
    pub created_at: T,
}

/// D: a ticket in full; its comments follow as `{"nodes":[...]}`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Detail<'r, T, C> {
    /// Its id.
    pub id: Uuid,
    /// The number for people.
    pub number: i64,
    /// What it is about.
    pub kind: &'r str,
    /// In one line.
    pub subject: &'r str,
    /// In full.
    pub description: &'r str,
    /// How far it has come.
    pub stage: &'r str,
    /// Whether work goes on.
    pub state: &'r str,
    /// How urgent it is, 1 to 4.
    pub priority: i32,
    /// How it came in.
    pub channel: &'r str,
    /// Where it is served.
    pub province: &'r str,
    /// Its version.
    pub version: i32,
    /// When it was opened.
    pub created_at: T,
    /// When it last changed.
    pub updated_at: T,
    /// The customer.
    pub customer: Customer<'r>,
    /// Who works on it.
    pub assignee: Option<Assignee<'r>>,
    /// Its comments.
    pub comments: Nodes<C>,
}

/// L: a ticket in a list of a team.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Listed<'r, T> {
    /// Its id.
    pub id: Uuid,
    /// The number for people.
    pub number: i64,
    /// In one line.
    pub subject: &'r str,
    /// How far it has come.
    pub stage: &'r str,
    /// Whether work goes on.
    pub state: &'r str,
    /// How urgent it is, 1 to 4.
    pub priority: i32,
    /// When it was opened.
    pub created_at: T,
    /// The customer.
    pub customer: Named<'r>,
    /// Who works on it, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Option<Named<'r>>>,
    /// The team, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Coded<'r>>,
}

/// C: a ticket with its newest comments.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Commented<'r, T, C> {
    /// Its id.
    pub id: Uuid,
    /// The number for people.
    pub number: i64,
    /// In one line.
    pub subject: &'r str,
    /// Whether work goes on.
    pub state: &'r str,
    /// When it was opened.
    pub created_at: T,
    /// Its comments.
    pub comments: Nodes<C>,
}

/// A line of A.
#[derive(Serialize)]
pub struct Aggregated<'r> {
    /// The team.
    pub team: Option<Uuid>,
    /// The status.
    pub state: &'r str,
    /// How many tickets.
    pub count: i64,
    /// How many of them are resolved.
    pub resolved: i64,
    /// The mean time from opening to resolution.
    pub seconds: Option<f64>,
}

/// W: the comment that was written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Written<'r, T> {
    /// Its id.
    pub id: Uuid,
    /// The text.
    pub body: &'r str,
    /// The author.
    pub author_name: &'r str,
    /// When it was written.
    pub created_at: T,
}

/// A list as a connection has it.
#[derive(Serialize)]
pub struct Nodes<C> {
    /// The rows.
    pub nodes: Vec<C>,
}

/// A page of a list as a connection has it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<C> {
    /// How many rows there are in all, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_count: Option<i64>,
    /// The rows.
    pub nodes: Vec<C>,
    /// Is there more? Where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_info: Option<PageInfo>,
}

/// Is there more?
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PageInfo {
    /// It says.
    pub has_next_page: bool,
}
