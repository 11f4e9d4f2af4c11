//! What is asked of a member: the fields that hang on `Member`, each batched over all members of a list.

use async_graphql::{Context, Result};
use chrono::{DateTime as Moment, Utc};
use uuid::Uuid;

use super::leaves::{Away, Leave};
use super::loaders::{AbilityOf, AtWorkOf, AwayOf};
use super::records::{MemberCapacity, MemberCertificate, MemberShift, MemberSkill, SkillLevel};
use crate::clock;
use crate::graphql::children::{rows_of, shared};
use crate::graphql::errors::OnField;
use crate::graphql::{Ask, Date, DateTime};
use crate::organisation::rules::holds_on;
use crate::organisation::today;
use crate::organisation::workforce::rules::skills::is_valid;
use crate::organisation::workforce::store::{
    AtWork, MembersCapacities, MembersCertificates, MembersLeaves, MembersShifts, MembersSkills,
};

/// What a member can do on a day: the best first, then what has lapsed.
///
/// # Errors
/// When the database fails.
pub async fn skills_of(
    ctx: &Context<'_>,
    member: Uuid,
    on: Option<Date>,
) -> Result<Option<Vec<SkillLevel>>> {
    let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
    let ability = ctx.loads().load_one(AbilityOf { member, day }).await;
    let ability = ability.map_err(shared).on_field(ctx.call())?;
    let ability = ability.unwrap_or_default();
    let mut ids: Vec<Uuid> = ability
        .counts
        .keys()
        .chain(ability.lapsed.keys())
        .copied()
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut levels: Vec<SkillLevel> = ids
        .into_iter()
        .map(|skill_id| SkillLevel {
            skill_id,
            level: ability.counts.get(&skill_id).copied().unwrap_or(0),
            lapsed: ability.lapsed.get(&skill_id).copied(),
            certified_until: ability.certified_until.get(&skill_id).copied(),
        })
        .collect();
    levels.sort_by_key(|one| std::cmp::Reverse((one.level, one.lapsed)));
    Ok(Some(levels))
}

/// The levels that are recorded for a member, on a day or of all days.
///
/// # Errors
/// When the database fails.
pub async fn records_of(
    ctx: &Context<'_>,
    member: Uuid,
    on: Option<Date>,
) -> Result<Option<Vec<MemberSkill>>> {
    let rows = rows_of::<MembersSkills>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?.into_iter();
    let holding = rows
        .filter(|row| on.is_none_or(|day| holds_on(row.valid_from, row.valid_to, day.0)))
        .map(MemberSkill);
    Ok(Some(holding.collect()))
}

/// The certificates of a member: those that are valid on a day, or all.
///
/// # Errors
/// When the database fails.
pub async fn certificates_of(
    ctx: &Context<'_>,
    member: Uuid,
    valid_on: Option<Date>,
) -> Result<Option<Vec<MemberCertificate>>> {
    let rows = rows_of::<MembersCertificates>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?.into_iter();
    let wanted = rows
        .filter(|row| valid_on.is_none_or(|day| is_valid(row, day.0)))
        .map(MemberCertificate);
    Ok(Some(wanted.collect()))
}

/// The shift of a member on a day.
///
/// # Errors
/// When the database fails.
pub async fn shift_on(
    ctx: &Context<'_>,
    member: Uuid,
    on: Option<Date>,
) -> Result<Option<MemberShift>> {
    let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
    let rows = rows_of::<MembersShifts>(ctx, member).await;
    let mut rows = rows.on_field(ctx.call())?.into_iter();
    Ok(rows
        .find(|row| holds_on(row.valid_from, row.valid_to, day))
        .map(MemberShift))
}

/// The shifts of a member that hold on a day or later, by first day.
///
/// # Errors
/// When the database fails.
pub async fn shifts_of(
    ctx: &Context<'_>,
    member: Uuid,
    from: Option<Date>,
) -> Result<Option<Vec<MemberShift>>> {
    let day = from.map_or_else(|| today(ctx.call()), |day| day.0);
    let rows = rows_of::<MembersShifts>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?.into_iter();
    let coming = rows
        .filter(|row| row.valid_to.is_none_or(|end| end > day))
        .map(MemberShift);
    Ok(Some(coming.collect()))
}

/// Whether a member is at work at a moment by shift or office hours, leave not looked at.
///
/// # Errors
/// When the database fails.
pub async fn at_work_fields(
    ctx: &Context<'_>,
    member: Uuid,
    at: Option<DateTime>,
) -> Result<AtWork> {
    let at: Moment<Utc> = at.map_or(ctx.call().at, |at| at.0);
    let day = clock::day(at, ctx.app().config.time_zone());
    let at_work = ctx.loads().load_one(AtWorkOf { member, at, day }).await;
    let at_work = at_work.map_err(shared).on_field(ctx.call())?;
    Ok(at_work.unwrap_or_default())
}

/// The capacity of a member on a day, if one was set.
///
/// # Errors
/// When the database fails.
pub async fn capacity_on(
    ctx: &Context<'_>,
    member: Uuid,
    on: Option<Date>,
) -> Result<Option<MemberCapacity>> {
    let day = on.map_or_else(|| today(ctx.call()), |day| day.0);
    let rows = rows_of::<MembersCapacities>(ctx, member).await;
    let mut rows = rows.on_field(ctx.call())?.into_iter();
    Ok(rows
        .find(|row| holds_on(row.valid_from, row.valid_to, day))
        .map(MemberCapacity))
}

/// The leave of a member with why, by its start.
///
/// # Errors
/// When the database fails.
pub async fn leaves_of(
    ctx: &Context<'_>,
    member: Uuid,
    from: Option<DateTime>,
) -> Result<Option<Vec<Leave>>> {
    let rows = rows_of::<MembersLeaves>(ctx, member).await;
    let rows = rows.on_field(ctx.call())?.into_iter();
    let wanted = rows
        .filter(|row| from.is_none_or(|from| row.ends_at > from.0))
        .map(Leave);
    Ok(Some(wanted.collect()))
}

/// When a member is away from a moment on, without why.
///
/// # Errors
/// When the database fails.
pub async fn away_of(
    ctx: &Context<'_>,
    member: Uuid,
    from: Option<DateTime>,
    to: Option<DateTime>,
) -> Result<Option<Vec<Away>>> {
    let key = AwayOf {
        member,
        from: from.map_or(ctx.call().at, |at| at.0),
        to: to.map(|at| at.0),
    };
    let times = ctx.loads().load_one(key).await.map_err(shared);
    let times = times.on_field(ctx.call())?.unwrap_or_default();
    let shown = times.into_iter().map(|(from, to)| Away {
        starts_at: from.into(),
        ends_at: to.into(),
    });
    Ok(Some(shown.collect()))
}
