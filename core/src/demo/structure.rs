//! The demo company's structure over time: a team that moved and one that will, a former name, what is expected of positions,
//! task forces, what teams stand for, and a plan that waits to be approved.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use entity::enums::{ReorganisationState, ReorganisationStep};
use entity::{
    position_version, reorganisation, reorganisation_change, structure_name, task_force,
    team_place, team_pledge,
};
use uuid::Uuid;

use super::accounts::Accounts;
use super::calendar::{at_hour, day_of, days_ago, opening_day};
use super::organisation::{Organisation, SUMMER_TEAM, UPGRADE_TEAM};
use super::people::People;
use super::random::Chance;
use super::text::duties::DUTIES;

/// Everything about the structure that changes.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Where teams were moved.
    pub places: Vec<team_place::Model>,
    /// Names that changed.
    pub names: Vec<structure_name::Model>,
    /// What is expected of positions.
    pub versions: Vec<position_version::Model>,
    /// Task forces.
    pub forces: Vec<task_force::Model>,
    /// Slogans and goals.
    pub pledges: Vec<team_pledge::Model>,
    /// Plans.
    pub plans: Vec<reorganisation::Model>,
    /// Their changes.
    pub changes: Vec<reorganisation_change::Model>,
}

/// Team, how many days ago (below zero: from now), department. The systems people came closer to technical support.
const MOVES: [(&str, i64, &str); 2] = [("MO-IT", 120, "TS"), ("AC-REG", -45, "CS")];
/// Team, former names, until how many days ago.
const FORMER: (&str, &str, &str, u64) = ("TS-REM", "Remote Desk", "远程坐席组", 300);

/// Team, slogan, what we do, finish and get.
#[rustfmt::skip]
const PLEDGES: [(&str, [&str; 4]); 6] = [
    ("CS-HOT", ["一声铃响，首问到底", "接听每一个来电，登记每一件工单。Answer every call, register every case.", "首次响应 1 小时内达成率 95%。95 % first answered within an hour.", "客户的信任和准点下班。Trust, and leaving on time."]),
    ("CS-CARE", ["投诉是礼物", "倾听、道歉、补救、回访。Listen, apologise, mend, call back.", "24 小时内给出初步方案。A first proposal within 24 hours.", "重复投诉低于 5%。Fewer than 5 % come back."]),
    ("CS-REG-N", ["走近客户，服务北方", "每季度走访全部重点客户。Visit every key customer each quarter.", "区域满意度 90%。Regional satisfaction of 90 %.", "续约与口碑。Renewals and a good name."]),
    ("TS-REM", ["远程不远，心在现场", "远程诊断，编写方案。Diagnose from afar, write solutions down.", "远程解决率 60%。60 % resolved remotely.", "少跑一趟，多救一台。One trip less, one machine more."]),
    ("TS-FLD-E", ["一次修好", "按约到场，一次修复。On site as agreed, fixed at once.", "一次修复率 85%。85 % fixed at the first visit.", "客户签字时的笑容。A smile with the signature."]),
    ("AC-DSP", ["半小时，派到位", "按技能、区域和负荷派工。Dispatch by skill, region and load.", "30 分钟内派工。Dispatched within 30 minutes.", "人人忙而不乱。Busy, and in order."]),
];

/// How long a quarter's pledge reaches back: this quarter and the one before.
const QUARTERS: u32 = 2;

impl Structure {
    /// Generates it as of a time.
    #[must_use]
    pub fn generate(
        seed: u64,
        as_of: DateTime<Utc>,
        organisation: &Organisation,
        people: &People,
        accounts: &Accounts,
    ) -> Self {
        let today = day_of(as_of);
        let opened = opening_day(today);
        let hr = accounts.users[accounts.demo("hr.demo")].id;
        let (plans, changes) = plan(seed, as_of, hr, organisation, people);
        Self {
            places: places(seed, today, organisation),
            names: names(seed, today, organisation),
            versions: versions(seed, opened, organisation),
            forces: forces(seed, today, organisation, people),
            pledges: pledges(seed, today, hr, organisation),
            plans,
            changes,
        }
    }
}

fn ahead(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}

fn places(seed: u64, today: NaiveDate, organisation: &Organisation) -> Vec<team_place::Model> {
    (0_u64..)
        .zip(MOVES)
        .map(|(index, (team, ago, department))| {
            let valid_from = match u64::try_from(ago) {
                Ok(ago) => days_ago(today, ago),
                Err(_) => ahead(today, ago.unsigned_abs()),
            };
            // What is to come was told a week ago.
            let told = at_hour(valid_from.min(days_ago(today, 7)), 9);
            let team = &organisation.teams[organisation.team(team)];
            let id = Chance::of(seed, "team place", index).id(told);
            team_place::Model {
                id,
                team_id: team.id,
                move_id: id,
                department_id: organisation.department(department).id,
                parent_id: None,
                region_id: None,
                valid_from,
                valid_to: None,
                created_at: told,
            }
        })
        .collect()
}

fn names(seed: u64, today: NaiveDate, organisation: &Organisation) -> Vec<structure_name::Model> {
    let (team, former, former_zh, ago) = FORMER;
    let team = &organisation.teams[organisation.team(team)];
    let renamed = days_ago(today, ago);
    let row = |index, name: &str, name_zh: &str, from: NaiveDate, to| structure_name::Model {
        id: Chance::of(seed, "structure name", index).id(at_hour(from, 9)),
        department_id: None,
        team_id: Some(team.id),
        position_id: None,
        name: name.to_owned(),
        name_zh: name_zh.to_owned(),
        valid_from: from,
        valid_to: to,
        created_at: at_hour(renamed, 9),
    };
    vec![
        row(0, former, former_zh, team.valid_from, Some(renamed)),
        row(1, &team.name, &team.name_zh, renamed, None),
    ]
}

fn versions(
    seed: u64,
    opened: NaiveDate,
    organisation: &Organisation,
) -> Vec<position_version::Model> {
    (0_u64..)
        .zip(DUTIES)
        .map(|(index, (code, [duties, goals, standards]))| {
            let position = organisation.position(code);
            position_version::Model {
                id: Chance::of(seed, "position version", index).id(at_hour(opened, 9)),
                position_id: position.id,
                number: 1,
                duties: duties.to_owned(),
                duties_zh: position.duties.clone(),
                goals: goals.to_owned(),
                goals_zh: position.goals.clone(),
                standards: standards.to_owned(),
                standards_zh: position.standards.clone(),
                valid_from: opened,
                note: None,
                created_by: None,
                created_at: at_hour(opened, 9),
            }
        })
        .collect()
}

fn forces(
    seed: u64,
    today: NaiveDate,
    organisation: &Organisation,
    people: &People,
) -> Vec<task_force::Model> {
    const GOALS: [(&str, &str, Option<&str>); 2] = [
        (
            UPGRADE_TEAM,
            "All chargers of the second series have the new firmware. 第二代充电桩全部升级到新固件。",
            None,
        ),
        (
            SUMMER_TEAM,
            "No outage longer than a day in the summer peak. 夏季高峰期无超过一天的停机。",
            Some(
                "Two outages lasted longer than a day, both for want of a part that is now kept in stock. 共两次停机超过一天，均因缺件，现已备货。",
            ),
        ),
    ];
    let mut rows = Vec::new();
    for (index, (code, goal, result)) in (0_u64..).zip(GOALS) {
        let team = &organisation.teams[organisation.team(code)];
        let lead = people
            .assignments
            .iter()
            .filter(|row| row.team_id == Some(team.id))
            .min_by_key(|row| (row.valid_from, row.id));
        // A small company may have sent nobody.
        let Some(lead) = lead else { continue };
        rows.push(task_force::Model {
            id: Chance::of(seed, "task force", index).id(team.created_at),
            team_id: team.id,
            goal: goal.to_owned(),
            lead_id: lead.member_id,
            planned_end: team.valid_to.unwrap_or_else(|| ahead(today, 60)),
            dissolved_on: team.valid_to,
            result: team.valid_to.and(result).map(str::to_owned),
            version: team.version,
            created_at: team.created_at,
            updated_at: team.updated_at,
        });
    }
    rows
}

fn pledges(
    seed: u64,
    today: NaiveDate,
    writer: Uuid,
    organisation: &Organisation,
) -> Vec<team_pledge::Model> {
    let first = |back: u32| {
        let month = NaiveDate::from_ymd_opt(today.year(), (today.month0() / 3) * 3 + 1, 1);
        let month = month.unwrap_or(today);
        month
            .checked_sub_months(chrono::Months::new(3 * back))
            .unwrap_or(month)
    };
    let mut rows = Vec::new();
    for back in 0..QUARTERS {
        let from_day = first(back);
        let until_day = from_day
            .checked_add_months(chrono::Months::new(3))
            .unwrap_or(from_day);
        for (team, [slogan, does, finishes, gets]) in PLEDGES {
            let at = at_hour(from_day, 9);
            let index = u64::try_from(rows.len()).unwrap_or(0);
            rows.push(team_pledge::Model {
                id: Chance::of(seed, "team pledge", index).id(at),
                team_id: organisation.teams[organisation.team(team)].id,
                from_day,
                until_day,
                slogan: slogan.to_owned(),
                does: does.to_owned(),
                finishes: finishes.to_owned(),
                gets: gets.to_owned(),
                created_by: writer,
                version: 1,
                created_at: at,
                updated_at: at,
            });
        }
    }
    rows
}

/// A plan for the first of the month after next: a night desk is founded below nobody, and somebody of online service goes
/// there.
fn plan(
    seed: u64,
    as_of: DateTime<Utc>,
    writer: Uuid,
    organisation: &Organisation,
    people: &People,
) -> (
    Vec<reorganisation::Model>,
    Vec<reorganisation_change::Model>,
) {
    let today = day_of(as_of);
    let at = at_hour(days_ago(today, 3), 10);
    let id = Chance::of(seed, "reorganisation", 0).id(at);
    let online = organisation.team("CS-ONL");
    let Some(member) = people.members_of(online, today).into_iter().next_back() else {
        return (Vec::new(), Vec::new());
    };
    let month = today.with_day(1).unwrap_or(today);
    let takes_effect_on = month
        .checked_add_months(chrono::Months::new(2))
        .unwrap_or(month);
    let plan = reorganisation::Model {
        id,
        title: "Night desk · 设立夜间服务组".to_owned(),
        reason: "A third of the web tickets comes in after nine at night. 三分之一的网上工单在晚九点后提交。"
            .to_owned(),
        takes_effect_on,
        state: ReorganisationState::Draft,
        approved_by: None,
        approved_at: None,
        applied_at: None,
        ended_reason: None,
        created_by: writer,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    let blank = |place: i32, step| reorganisation_change::Model {
        id: Chance::of(seed, "reorganisation change", place.unsigned_abs().into()).id(at),
        reorganisation_id: id,
        place,
        step,
        member_id: None,
        team_id: Some(Chance::of(seed, "night desk", 0).id(at)),
        department_id: None,
        parent_id: None,
        position_id: None,
        code: None,
        name: None,
        name_zh: None,
        role: None,
    };
    let found = reorganisation_change::Model {
        department_id: Some(organisation.department("CS").id),
        code: Some("CS-NGT".to_owned()),
        name: Some("Night Desk".to_owned()),
        name_zh: Some("夜间服务组".to_owned()),
        ..blank(1, ReorganisationStep::FoundTeam)
    };
    let go = reorganisation_change::Model {
        member_id: Some(people.members[member].id),
        position_id: Some(organisation.position("CSR").id),
        role: Some("夜间值守".to_owned()),
        ..blank(2, ReorganisationStep::MoveMember)
    };
    (vec![plan], vec![found, go])
}
