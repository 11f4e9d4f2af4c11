//! Proposing raters (提名评价人).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::enums::{AppraisalFeedbackSource, AppraisalRaterState};
use entity::{appraisal, appraisal_rater, member};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::common::{RATERS, form_of, is_reviewer, own_view, rater};
use crate::access::{Call, Permission, find};
use crate::app::App;
use crate::appraisals::actions::common::{to_work_on, trace};
use crate::appraisals::feedback::rules::form::Form;
use crate::appraisals::feedback::store;
use crate::appraisals::rules::stages::Deed;
use crate::check::Checks;
use crate::error::{Result, Text, UserError, UserErrorCode};
use crate::organisation::{holds_on, lead_of, lock_members, today};
use crate::settings;
use crate::work::{Once, Work};

/// The most raters that are proposed at once.
const AT_ONCE: usize = 20;
/// How many leads above each other count as superiors.
const LINE: usize = 5;

/// Somebody to ask.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Named {
    /// Who.
    pub member_id: Uuid,
    /// As what: a colleague or a superior.
    pub source: AppraisalFeedbackSource,
}

/// Raters to propose.
#[derive(Clone, Debug, Serialize)]
pub struct RatersPropose {
    /// For which appraisal.
    pub appraisal_id: Uuid,
    /// Whom.
    pub raters: Vec<Named>,
}

/// Proposes raters and returns the appraisal's id: the member and the reviewer do. Where the template asks for the member's own
/// view, the member is asked by the way.
///
/// # Errors
/// User errors about who is proposed; refusals of permission and reach.
pub async fn raters_propose(
    app: &App,
    call: &Call,
    input: &RatersPropose,
    idempotency_key: Option<&str>,
) -> Result<Uuid> {
    let seen = Permission::AppraisalRead;
    call.viewer.require(seen)?;
    let mut work = Work::begin(&app.db, call).await?;
    let once = work.once(idempotency_key, "appraisalRatersPropose", input);
    if let Once::Repeated(id) = once.await? {
        return Ok(id);
    }
    let (row, _) = to_work_on(&work, seen, input.appraisal_id, Deed::NameRaters).await?;
    may_propose(call, &row)?;
    let form = form_of(&work, &row).await?;
    let there = store::of_appraisal(work.tx(), row.id).await?;
    let mut checks = Checks::default();
    counted(&mut checks, input.raters.len(), there.len());
    let named = input.raters.iter().take(AT_ONCE);
    // Of two proposals of one rater at once the second counts the first.
    lock_members(work.tx(), named.clone().map(|one| one.member_id)).await?;
    let circumstances = Circumstances::read(&work, &row, form, there, &input.raters).await?;
    let mut new = BTreeSet::new();
    for (place, one) in named.enumerate() {
        let field = format!("input.raters.{place}");
        let person = find::<member::Entity>(
            work.tx(),
            &call.viewer,
            Permission::MemberRead,
            one.member_id,
        )
        .await?;
        if let Some(person) = checks.found(&format!("{field}.memberId"), person) {
            let twice = !new.insert(person.id);
            circumstances.look_over(&mut checks, &field, (&person, one.source), twice);
        }
    }
    checks.done()?;
    let proposed = AppraisalRaterState::Proposed;
    let named = input
        .raters
        .iter()
        .map(|one| rater(call, row.id, (one.member_id, one.source), proposed));
    let own = own_view(call, &row, &circumstances.form, &circumstances.there);
    let rows = own.into_iter().chain(named).collect();
    store::insert_raters(work.tx(), rows).await?;
    let detail = json!({ "raters": input.raters.len() });
    trace(&mut work, row.id, "appraisal.raters.propose", detail);
    work.done(row.id).await?;
    work.commit().await?;
    Ok(row.id)
}

fn may_propose(call: &Call, row: &appraisal::Model) -> Result<()> {
    if call.viewer.standing.member_id == Some(row.member_id) {
        return Ok(call.viewer.require(Permission::AppraisalWrite)?);
    }
    if is_reviewer(call, row) {
        return Ok(call.viewer.require(Permission::AppraisalReview)?);
    }
    let text = Text::new(
        "The member and the reviewer propose raters.",
        "评价人名单由被考核人或其评价人提名。",
    );
    Err(UserError::new(UserErrorCode::RuleViolated, "input.id", text).into())
}

fn counted(checks: &mut Checks, new: usize, there: usize) {
    checks.ensure(
        (1..=AT_ONCE).contains(&new),
        UserErrorCode::Invalid,
        "input.raters",
        || {
            Text::new(
                format!("Propose 1 to {AT_ONCE} raters at once."),
                format!("每次提名 1 至 {AT_ONCE} 人。"),
            )
        },
    );
    checks.ensure(
        there + new <= RATERS,
        UserErrorCode::RuleViolated,
        "input.raters",
        || {
            Text::new(
                format!("An appraisal has at most {RATERS} raters, declined ones too."),
                format!("每份考核最多 {RATERS} 名评价人（含已谢绝的）。"),
            )
        },
    );
}

/// What decides on who can be proposed.
struct Circumstances {
    member: Uuid,
    reviewer: Option<Uuid>,
    form: Form,
    there: Vec<appraisal_rater::Model>,
    above: BTreeSet<Uuid>,
    busy: BTreeMap<Uuid, u32>,
    most: u32,
    day: NaiveDate,
}

impl Circumstances {
    async fn read(
        work: &Work<'_>,
        row: &appraisal::Model,
        form: Form,
        there: Vec<appraisal_rater::Model>,
        named: &[Named],
    ) -> Result<Self> {
        let day = today(work.call());
        let superior = |one: &Named| one.source == AppraisalFeedbackSource::Superior;
        let above = if named.iter().any(superior) {
            above(work, row, day).await?
        } else {
            BTreeSet::new()
        };
        let ids: Vec<Uuid> = named.iter().map(|one| one.member_id).collect();
        let most = settings::read(work.tx(), &settings::APPRAISAL_MOST_REQUESTS).await?;
        Ok(Self {
            member: row.member_id,
            reviewer: row.reviewer_id,
            form,
            there,
            above,
            busy: store::asked_in(work.tx(), row.cycle_id, &ids).await?,
            most: u32::try_from(most).unwrap_or(u32::MAX),
            day,
        })
    }

    /// Notes everything that speaks against asking this person.
    fn look_over(
        &self,
        checks: &mut Checks,
        field: &str,
        (person, source): (&member::Model, AppraisalFeedbackSource),
        twice: bool,
    ) {
        use AppraisalFeedbackSource::{Peer, Superior};
        let who = format!("{field}.memberId");
        let mut ensure = |holds: bool, code, field: &str, en: &'static str, zh: &'static str| {
            checks.ensure(holds, code, field, || Text::new(en, zh));
        };
        let rule = UserErrorCode::RuleViolated;
        ensure(
            person.id != self.member,
            rule,
            &who,
            "Nobody is asked about themselves as a colleague; where the template wants one's own view, one is asked for it anyway.",
            "不能提名本人；模板要求自评时系统会自动邀请。",
        );
        ensure(
            holds_on(person.joined_on, person.left_on, self.day),
            UserErrorCode::WrongState,
            &who,
            "This member doesn't work here today.",
            "该成员目前不在职。",
        );
        let taken = twice || self.there.iter().any(|one| one.member_id == person.id);
        ensure(
            !taken || person.id == self.member,
            UserErrorCode::Taken,
            &who,
            "This member is proposed or asked already, or was declined.",
            "该成员已被提名、邀请或谢绝。",
        );
        ensure(
            matches!(source, Peer | Superior) && self.form.asks(source),
            rule,
            &format!("{field}.role"),
            "The template doesn't ask this side.",
            "该模板不包含此评价来源。",
        );
        ensure(
            source != Peer || Some(person.id) != self.reviewer,
            rule,
            &who,
            "The reviewer is asked as a superior, not as a colleague.",
            "评价人只能作为上级参与 360 度评价。",
        );
        ensure(
            source != Superior || self.above.contains(&person.id),
            rule,
            &format!("{field}.role"),
            "Superiors are the reviewer and those who lead the member; anybody else is a colleague, whose answers are protected by numbers.",
            "上级仅限评价人和被考核人的各级负责人；其他人按同事邀请，以保证匿名。",
        );
        let requests = self.busy.get(&person.id).copied().unwrap_or(0);
        let most = self.most;
        checks.ensure(requests < most, rule, &who, || {
            Text::new(
                format!("This member is asked {requests} times in this cycle; appraisal.most_requests allows {most}. Propose somebody else."),
                format!("该成员在本周期已有 {requests} 个评价邀请，上限为 {most}（设置 appraisal.most_requests），请提名其他人。"),
            )
        });
    }
}

/// The reviewer, and those who lead the member, one above the other.
async fn above(work: &Work<'_>, row: &appraisal::Model, day: NaiveDate) -> Result<BTreeSet<Uuid>> {
    let mut above: BTreeSet<Uuid> = row.reviewer_id.into_iter().collect();
    let mut next = row.member_id;
    for _ in 0..LINE {
        match lead_of(work.tx(), next, day).await? {
            Some(lead) if lead != row.member_id => {
                above.insert(lead);
                next = lead;
            }
            _ => break,
        }
    }
    Ok(above)
}
