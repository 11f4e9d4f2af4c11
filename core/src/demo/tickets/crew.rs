//! Who works on a ticket: the desk that takes it, its owner, and those who solve it. All of them are in their teams on
//! every day from the opening to the end.

use chrono::{DateTime, NaiveDate, Utc};
use entity::enums::{Channel, TicketKind};

use super::request::Request;
use super::showcase::Part;
use crate::demo::calendar::day_of;
use crate::demo::company::Company;
use crate::demo::organisation::{REGION_LETTERS, UPGRADE_TEAM};
use crate::demo::random::Chance;

/// The people of a ticket, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crew {
    /// The team that takes it.
    pub desk: usize,
    /// Its owner, of that team (首问责任制).
    pub owner: Option<usize>,
    /// The team that solves it.
    pub team: usize,
    /// Who of that team works on it.
    pub assignee: Option<usize>,
    /// Who dispatches what outsiders open.
    pub dispatcher: Option<usize>,
}

/// Chooses them for a ticket that lasts until a day.
pub fn choose(
    company: &Company,
    request: &Request,
    created_at: DateTime<Utc>,
    until: NaiveDate,
    part: Option<&Part>,
    chance: &mut Chance,
) -> Crew {
    let (organisation, people) = (&company.organisation, &company.people);
    let from = day_of(created_at);
    let regions =
        organisation.regions_of(company.customers.customers[request.customer].province, from);
    // The cast's tickets stay in the East, where the demo users work.
    let region = if part.is_some() {
        1
    } else {
        chance.pick(&regions)
    };
    let letter = REGION_LETTERS[region];
    let worker = part.and_then(|part| part.worker).and_then(|login| {
        let user = company.accounts.demo(login);
        company
            .accounts
            .of_member
            .iter()
            .position(|known| *known == user)
    });
    let desk_code = if part.is_some() {
        format!("CS-REG-{letter}")
    } else {
        desk(request, letter, chance)
    };
    let desk = organisation.team(&desk_code);
    let team =
        handlers(request.kind, letter, from, company).map_or(desk, |code| organisation.team(&code));
    let there = |team: usize, chance: &mut Chance| {
        worker
            .filter(|member| people.is_in(*member, team, from, until))
            .or_else(|| people.anyone_in(team, from, until, chance))
    };
    let owner = there(desk, chance);
    let assignee = if team == desk {
        owner
    } else {
        there(team, chance)
    };
    let dispatcher = people.anyone_in(organisation.team("AC-DSP"), from, until, chance);
    Crew {
        desk,
        owner,
        team,
        assignee,
        dispatcher,
    }
}

/// The team that takes the first contact.
fn desk(request: &Request, letter: &str, chance: &mut Chance) -> String {
    let regional = format!("CS-REG-{letter}");
    let central = match (request.kind, request.channel) {
        (_, Channel::Api) => return regional,
        (TicketKind::Complaint, _) => "CS-CARE",
        (_, Channel::Phone) => "CS-HOT",
        _ => "CS-ONL",
    };
    if chance.percent(58) {
        central.to_owned()
    } else {
        regional
    }
}

/// The team that solves it; none when the desk does.
fn handlers(kind: TicketKind, letter: &str, day: NaiveDate, company: &Company) -> Option<String> {
    match kind {
        TicketKind::Consultation | TicketKind::Complaint => None,
        TicketKind::TechnicalSupport => Some("TS-REM".to_owned()),
        TicketKind::FaultRepair | TicketKind::OnSiteService => Some(format!("TS-FLD-{letter}")),
        TicketKind::ReturnExchange => Some("AC-PRT".to_owned()),
        TicketKind::UpgradeCampaign => {
            let organisation = &company.organisation;
            let task_force = &organisation.teams[organisation.team(UPGRADE_TEAM)];
            let code = if task_force.valid_from <= day {
                UPGRADE_TEAM
            } else {
                "AC-REG"
            };
            Some(code.to_owned())
        }
    }
}
