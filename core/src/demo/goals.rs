//! Goals of the demo company for the present quarter, and a draft for the next one.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use entity::enums::{GoalBound, GoalPopulation, GoalState};
use entity::goal;

use super::accounts::Accounts;
use super::calendar::{TICKET_DAYS, at_hour, day_of};
use super::organisation::Organisation;
use super::people::People;
use super::random::Chance;
use crate::decimal::SCALE;
use crate::metrics::goals::Population;

/// Title, what exactly, why, how: in both languages where people read it.
struct Words {
    title: (&'static str, &'static str),
    specific: &'static str,
    relevant: &'static str,
    achievable: &'static str,
}

const SATISFIED: Words = Words {
    title: ("Nine of ten customers satisfied", "客户满意率达到 90%"),
    specific: "Of all ratings of this quarter 90 % are 4 or 5. 本季度 4 分及以上的评价占比达到 90%。",
    relevant: "Satisfied customers stay with us. 满意的客户才会留下来。",
    achievable: "Every low rating is followed up within 48 hours. 差评 48 小时内回访。",
};
const RESOLVED: Words = Words {
    title: ("Resolved as promised", "按时解决率达到 95%"),
    specific: "95 % of the tickets of this quarter are resolved within the promised time. 本季度 95% 的工单在承诺时限内解决。",
    relevant: "What we promise we keep. 言出必行。",
    achievable: "Warnings are looked at each morning, and parts are ordered ahead. 每日晨会查看预警，提前备件。",
};
const ANSWERED: Words = Words {
    title: (
        "First response in time in the north",
        "北部区域首次响应及时率达到 90%",
    ),
    specific: "90 % of the tickets from the north are first answered within the promised time. 北部区域 90% 的工单在时限内首次响应。",
    relevant: "Who has to wait for an answer complains. 等待回复最容易引发投诉。",
    achievable: "The hotline stands in at lunch. 午间由热线支援。",
};
const TEAM: Words = Words {
    title: ("The east resolves more", "东部客户组解决工单数"),
    specific: "The team is credited with so many resolved tickets this quarter. 本季度团队计分的已解决工单达到目标数。",
    relevant: "Demand in the east grows. 东部需求持续增长。",
    achievable: "One more colleague since last quarter. 上季度新增一名同事。",
};
const MEMBER: Words = Words {
    title: ("A good start", "个人解决工单数"),
    specific: "So many resolved tickets are credited to the agent this quarter. 本季度个人计分的已解决工单达到目标数。",
    relevant: "Growing into the job. 逐步胜任岗位。",
    achievable: "With the mentor at hand. 由导师带教。",
};
const NEXT: Words = Words {
    title: ("Quicker than promised", "下季度按时解决率达到 97%"),
    specific: "97 % of the tickets of next quarter are resolved within the promised time. 下季度 97% 的工单在承诺时限内解决。",
    relevant: "The next step after 95 %. 在 95% 基础上再进一步。",
    achievable: "To be discussed with the teams. 待与各团队讨论。",
};

/// The goals. Targets that are numbers follow how many tickets the company has.
#[must_use]
pub fn generate(
    (seed, tickets): (u64, u64),
    as_of: DateTime<Utc>,
    organisation: &Organisation,
    people: &People,
    accounts: &Accounts,
) -> Vec<goal::Model> {
    let today = day_of(as_of);
    let quarter = |later: u32| {
        let first = today.with_day(1).unwrap_or(today);
        let into = first.month0() % 3;
        let begin = first.checked_sub_months(Months::new(into));
        begin.and_then(|begin| begin.checked_add_months(Months::new(later * 3)))
    };
    let (Some(begin), Some(end), Some(after)) = (quarter(0), quarter(1), quarter(2)) else {
        return Vec::new();
    };
    let agent = accounts.users[accounts.demo("agent.demo")].member_id;
    let team = organisation.team("CS-REG-E");
    // A team of the 24, a member of some 60, with a quarter of all days; one at least.
    let a_quarter = i64::try_from(tickets).unwrap_or(i64::MAX) / (TICKET_DAYS / 91);
    let share = |of: i64| (a_quarter / of).max(1) * SCALE;
    let percent = |percent: i64| percent * SCALE;
    let manager = accounts.users[accounts.demo("manager.demo")].id;
    let owner = |member: usize| people.members[member].id;
    let head = owner(people.head("CS"));
    let lead = owner(people.holder("CS-REG", 0));
    let region = organisation.regions[0].id;
    let mut chance = Chance::of(seed, "goals", 0);
    let mut goals = Vec::new();
    let mut add = |words: &Words, metric: &str, target, population: Population, owner_id, days| {
        let (from, until): (NaiveDate, NaiveDate) = days;
        let draft = from > today;
        // Set the week before it begins; of next quarter today.
        let made = at_hour(from, 10) - chrono::TimeDelta::days(7);
        let made = made.min(as_of);
        let mut row = goal::Model {
            id: chance.id(made),
            title: words.title.0.to_owned(),
            title_zh: Some(words.title.1.to_owned()),
            specific: words.specific.to_owned(),
            relevant: words.relevant.to_owned(),
            achievable: words.achievable.to_owned(),
            metric_key: metric.to_owned(),
            bound: GoalBound::AtLeast,
            target,
            population: GoalPopulation::Company,
            department_id: None,
            region_id: None,
            team_id: None,
            member_id: None,
            from_day: from,
            until_day: until,
            owner_id,
            state: if draft {
                GoalState::Draft
            } else {
                GoalState::Active
            },
            reason: None,
            activated_at: (!draft).then_some(made),
            closed_at: None,
            result: None,
            off_course_since: None,
            created_by: manager,
            version: 1,
            created_at: made,
            updated_at: made,
        };
        population.put(&mut row);
        goals.push(row);
    };
    let now = (begin, end);
    let company = Population::Company;
    add(&SATISFIED, "satisfied", percent(90), company, head, now);
    add(
        &RESOLVED,
        "resolved_in_time",
        percent(95),
        company,
        head,
        now,
    );
    let north = Population::Region(region);
    add(
        &ANSWERED,
        "first_response_in_time",
        percent(90),
        north,
        lead,
        now,
    );
    let east = Population::Team(organisation.teams[team].id);
    add(&TEAM, "tickets_resolved", share(24), east, lead, now);
    if let Some(agent) = agent {
        let target = share(60);
        add(
            &MEMBER,
            "tickets_resolved",
            target,
            Population::Member(agent),
            lead,
            now,
        );
    }
    let next: (NaiveDate, NaiveDate) = (end, after);
    add(&NEXT, "resolved_in_time", percent(97), company, head, next);
    goals
}
