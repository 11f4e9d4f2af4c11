//! Who may be given a ticket at all, and what stands against the others.

use chrono::{DateTime, SecondsFormat, Utc};
use entity::enums::{Exclusion, Province};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::facts::{Candidate, Label, Needs};
use crate::error::Text;

/// What stands against giving a ticket to somebody, with the facts of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Why {
    /// Not in the team that has the ticket.
    Team {
        /// The team.
        team: Uuid,
    },
    /// No assignment serves the province.
    Region {
        /// The province.
        province: Province,
    },
    /// A skill is missing or too low.
    Skill {
        /// The skill.
        skill: Uuid,
        /// Its name.
        name: Label,
        /// The least level.
        needed: u8,
        /// The member's level; 0 for none.
        level: u8,
    },
    /// A skill doesn't count, as its certificate isn't valid.
    Certificate {
        /// The skill.
        skill: Uuid,
        /// Its name.
        name: Label,
        /// The least level.
        needed: u8,
        /// The level that it would have.
        level: u8,
    },
    /// Not at work now.
    Shift,
    /// On leave now.
    Leave {
        /// Since when.
        from: DateTime<Utc>,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// As many open tickets as allowed, or more.
    Capacity {
        /// Open tickets.
        open: u32,
        /// Open tickets at most.
        capacity: u32,
    },
}

impl Why {
    /// The kind of reason.
    #[must_use]
    pub const fn exclusion(&self) -> Exclusion {
        match self {
            Self::Team { .. } => Exclusion::Team,
            Self::Region { .. } => Exclusion::Region,
            Self::Skill { .. } => Exclusion::Skill,
            Self::Certificate { .. } => Exclusion::Certificate,
            Self::Shift => Exclusion::Shift,
            Self::Leave { .. } => Exclusion::Leave,
            Self::Capacity { .. } => Exclusion::Capacity,
        }
    }

    /// The reason in a sentence.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Team { .. } => Text::new(
                "Not in the team that has the ticket today.",
                "今日不在该工单的团队中。",
            ),
            Self::Region { .. } => Text::new(
                "No assignment of today serves the ticket's province.",
                "今日的任职均不服务该工单所在省份。",
            ),
            Self::Skill {
                name,
                needed,
                level,
                ..
            } => {
                let (has, zh) = if *level == 0 {
                    ("it is missing".to_owned(), "尚不具备".to_owned())
                } else {
                    (format!("it is {level}"), format!("现为 {level} 级"))
                };
                Text::new(
                    format!("Skill {} must have level {needed}; {has}.", name.en),
                    format!("需要技能“{}”{needed} 级，{zh}。", name.zh),
                )
            }
            Self::Certificate { name, level, .. } => Text::new(
                format!(
                    "Skill {} (level {level}) doesn't count without a valid certificate.",
                    name.en
                ),
                format!("技能“{}”（{level} 级）缺少有效证书，不予计入。", name.zh),
            ),
            Self::Shift => Text::new("Not on shift now.", "当前不在班。"),
            Self::Leave { until, .. } => {
                let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
                Text::new(
                    format!("On leave until {until}."),
                    format!("请假至 {until}。"),
                )
            }
            Self::Capacity { open, capacity } => Text::new(
                format!("Has {open} open tickets; {capacity} are allowed."),
                format!("未结工单 {open} 张，上限 {capacity} 张。"),
            ),
        }
    }
}

/// May this candidate be given the ticket? The questions are asked in this order, and the first one that says no is the
/// reason: team, region, skills, certificates, shift, leave, capacity.
///
/// # Errors
/// What stands against it.
pub fn eligible(needs: &Needs, candidate: &Candidate) -> Result<(), Why> {
    team(needs, candidate)?;
    region(needs, candidate)?;
    skills(needs, candidate)?;
    certificates(needs, candidate)?;
    if !candidate.on_shift {
        return Err(Why::Shift);
    }
    if let Some(leave) = candidate.leave {
        return Err(Why::Leave {
            from: leave.from,
            until: leave.until,
        });
    }
    if candidate.open.count() >= candidate.capacity {
        return Err(Why::Capacity {
            open: candidate.open.count(),
            capacity: candidate.capacity,
        });
    }
    Ok(())
}

fn team(needs: &Needs, candidate: &Candidate) -> Result<(), Why> {
    match needs.team {
        Some(team) if !candidate.teams.contains(&team) => Err(Why::Team { team }),
        _ => Ok(()),
    }
}

fn region(needs: &Needs, candidate: &Candidate) -> Result<(), Why> {
    if candidate.serves(needs.province) {
        Ok(())
    } else {
        Err(Why::Region {
            province: needs.province,
        })
    }
}

/// A skill that only lacks its certificate is judged after all skills that are missing altogether.
fn skills(needs: &Needs, candidate: &Candidate) -> Result<(), Why> {
    let level = |skill: &Uuid| candidate.skills.get(skill).copied().unwrap_or(0);
    let with_certificate = |skill: &Uuid| candidate.lapsed.get(skill).copied().unwrap_or(0);
    needs
        .skills
        .iter()
        .find(|need| level(&need.skill) < need.level && with_certificate(&need.skill) < need.level)
        .map_or(Ok(()), |need| {
            Err(Why::Skill {
                skill: need.skill,
                name: need.name.clone(),
                needed: need.level,
                level: level(&need.skill),
            })
        })
}

fn certificates(needs: &Needs, candidate: &Candidate) -> Result<(), Why> {
    let level = |skill: &Uuid| candidate.skills.get(skill).copied().unwrap_or(0);
    needs
        .skills
        .iter()
        .find(|need| level(&need.skill) < need.level)
        .map_or(Ok(()), |need| {
            Err(Why::Certificate {
                skill: need.skill,
                name: need.name.clone(),
                needed: need.level,
                level: candidate.lapsed.get(&need.skill).copied().unwrap_or(0),
            })
        })
}
