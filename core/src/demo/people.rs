//! The demo company's members, and where each of them was on every day of three years.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use entity::{assignment, member};

use super::calendar::{at_hour, days_ago, opening_day};
use super::organisation::{Organisation, REGION_LETTERS, SUMMER_TEAM, UPGRADE_TEAM};
use super::random::Chance;
use super::text::names::{self, Name};

/// A seat in the company: department, team (none for who leads a department), position and title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Code of the department.
    pub department: &'static str,
    /// Code of the team.
    pub team: Option<String>,
    /// Code of the position.
    pub position: &'static str,
    /// The place of the region it serves.
    pub region: Option<usize>,
    /// When it was opened, in days before today; none when it has been there from the start.
    opened: Option<u64>,
    /// When its first holder left the company, in days before today.
    left: Option<u64>,
}

/// Who sat where from when to when (exclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Place of the member.
    pub member: usize,
    /// Place of the seat.
    pub seat: usize,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it no longer holds.
    pub to: Option<NaiveDate>,
}

impl Stay {
    fn covers(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.from <= from && self.to.is_none_or(|end| to < end)
    }
}

/// The members with their assignments.
#[derive(Clone, Debug)]
pub struct People {
    /// Members, in the order of their numbers.
    pub members: Vec<member::Model>,
    /// Names of the members, in the same order.
    pub names: Vec<Name>,
    /// All assignments.
    pub assignments: Vec<assignment::Model>,
    /// The seats.
    pub seats: Vec<Seat>,
    /// Who sat where.
    pub stays: Vec<Stay>,
    /// For each team (by place) the stays in it.
    in_team: Vec<Vec<Stay>>,
}

/// Team, position of its first seat, position of the others, how many seats.
const TEAM_SEATS: [(&str, &str, &str, usize); 10] = [
    ("CS-HOT", "CSL", "CSR", 3),
    ("CS-ONL", "CSL", "CSR", 3),
    ("CS-CARE", "CSL", "CSC", 2),
    ("CS-REG", "CSL", "RCS", 1),
    ("TS-REM", "TSE", "TSE", 4),
    ("AC-DSP", "CSL", "ACD", 3),
    ("AC-PRT", "CSL", "ACP", 3),
    ("MO-HR", "HRS", "HRS", 2),
    ("MO-TRN", "TRN", "TRN", 2),
    ("MO-IT", "ITQ", "ITQ", 3),
];

/// Seats that were opened later: team, place in it, days ago.
const OPENED: [(&str, usize, u64); 6] = [
    ("CS-HOT", 2, 640),
    ("CS-ONL", 2, 330),
    ("CS-REG-S", 1, 700),
    ("TS-FLD-W", 1, 250),
    ("TS-REM", 3, 480),
    ("MO-TRN", 1, 400),
];
/// Seats whose first holder left the company: team, place in it, days ago.
const LEFT: [(&str, usize, u64); 4] = [
    ("CS-HOT", 1, 410),
    ("CS-REG-N", 1, 620),
    ("TS-REM", 2, 300),
    ("AC-PRT", 2, 150),
];
/// Team and place in it.
type SeatName = (&'static str, usize);
/// Members who changed places: the two seats and days ago.
const SWAPPED: [(SeatName, SeatName, u64); 3] = [
    (("CS-CARE", 1), ("CS-ONL", 1), 450),
    (("CS-REG-W", 1), ("CS-REG-C", 1), 520),
    (("TS-REM", 1), ("TS-FLD-C", 1), 380),
];

/// Where a larger company has more seats: department, team, position; no team stands for the teams of each region in turn.
const GROWING: [(&str, Option<&str>, &str); 7] = [
    ("CS", Some("CS-HOT"), "CSR"),
    ("CS", Some("CS-ONL"), "CSR"),
    ("CS", Some("CS-CARE"), "CSC"),
    ("CS", None, "RCS"),
    ("TS", Some("TS-REM"), "TSE"),
    ("TS", None, "FSE"),
    ("AC", Some("AC-DSP"), "ACD"),
];

/// The usual seats, and as many more as so many members need.
fn seats(members: usize) -> Vec<Seat> {
    let seat = |department, team: Option<&str>, position, region| Seat {
        department,
        team: team.map(str::to_owned),
        position,
        region,
        opened: None,
        left: None,
    };
    let mut seats = vec![
        seat("MO", None, "DIR", None),
        seat("CS", None, "CSM", None),
        seat("TS", None, "TSM", None),
        seat("AC", None, "ACM", None),
    ];
    for (team, first, other, count) in TEAM_SEATS {
        let department = match team.get(..2) {
            Some("CS") => "CS",
            Some("TS") => "TS",
            Some("AC") => "AC",
            _ => "MO",
        };
        for place in 0..count {
            let position = if place == 0 { first } else { other };
            seats.push(seat(department, Some(team), position, None));
        }
    }
    for (region, letter) in REGION_LETTERS.iter().enumerate() {
        let (customers, field) = (format!("CS-REG-{letter}"), format!("TS-FLD-{letter}"));
        seats.push(seat("CS", Some(&customers), "RCS", Some(region)));
        seats.push(seat("CS", Some(&customers), "RCS", Some(region)));
        seats.push(seat("TS", Some(&field), "FSS", Some(region)));
        seats.push(seat("TS", Some(&field), "FSE", Some(region)));
        seats.push(seat("AC", Some("AC-REG"), "ACD", Some(region)));
    }
    for (team, place, days) in OPENED {
        if let Some(place) = find_seat(&seats, team, place) {
            seats[place].opened = Some(days);
        }
    }
    for (team, place, days) in LEFT {
        if let Some(place) = find_seat(&seats, team, place) {
            seats[place].left = Some(days);
        }
    }
    let more = members.saturating_sub(seats.len() + LEFT.len());
    for number in 0..more {
        let (department, team, position) = GROWING[number % GROWING.len()];
        let region = (number / GROWING.len()) % REGION_LETTERS.len();
        let regional = || {
            format!(
                "{}-{}",
                if department == "CS" {
                    "CS-REG"
                } else {
                    "TS-FLD"
                },
                REGION_LETTERS[region]
            )
        };
        let name = team.map_or_else(regional, str::to_owned);
        let serves = team.is_none().then_some(region);
        seats.push(seat(department, Some(&name), position, serves));
    }
    seats
}

fn find_seat(seats: &[Seat], team: &str, place: usize) -> Option<usize> {
    let of_team = |seat: &Seat| seat.team.as_deref() == Some(team);
    seats
        .iter()
        .enumerate()
        .filter(|(_, seat)| of_team(seat))
        .nth(place)
        .map(|(place, _)| place)
}

impl People {
    /// Generates them for an organisation as of a day: at least so many, and no fewer than the usual ones.
    #[must_use]
    pub fn generate(
        seed: u64,
        organisation: &Organisation,
        today: NaiveDate,
        count: usize,
    ) -> Self {
        let seats = seats(count);
        let stays = stays(&seats, today);
        let (members, names) = members(seed, &stays, today);
        let mut people = Self {
            members,
            names,
            assignments: Vec::new(),
            in_team: vec![Vec::new(); organisation.teams.len()],
            seats,
            stays,
        };
        for stay in &people.stays {
            if let Some(team) = &people.seats[stay.seat].team {
                people.in_team[organisation.team(team)].push(*stay);
            }
        }
        let projects = people.project_stays(organisation);
        for (team, stay) in &projects {
            people.in_team[*team].push(*stay);
        }
        people.assignments = super::assignments::generate(seed, organisation, &people, &projects);
        people
    }

    /// Who has a seat today: a team's code, and the seat's place in it.
    #[must_use]
    pub fn holder(&self, team: &str, place: usize) -> usize {
        find_seat(&self.seats, team, place)
            .and_then(|seat| {
                self.stays
                    .iter()
                    .find(|stay| stay.seat == seat && stay.to.is_none())
            })
            .map_or(0, |stay| stay.member)
    }

    /// Who leads a department today, by its code.
    #[must_use]
    pub fn head(&self, department: &str) -> usize {
        let seat = self
            .seats
            .iter()
            .position(|seat| seat.department == department && seat.team.is_none());
        self.stays
            .iter()
            .find(|stay| Some(stay.seat) == seat && stay.to.is_none())
            .map_or(0, |stay| stay.member)
    }

    /// A member who is in the team on all days between the two; each as likely as the others.
    #[must_use]
    pub fn anyone_in(
        &self,
        team: usize,
        from: NaiveDate,
        to: NaiveDate,
        chance: &mut Chance,
    ) -> Option<usize> {
        let there: Vec<usize> = self.in_team[team]
            .iter()
            .filter(|stay| stay.covers(from, to))
            .map(|stay| stay.member)
            .collect();
        (!there.is_empty()).then(|| chance.pick(&there))
    }

    /// Who is in a team on a day.
    #[must_use]
    pub fn members_of(&self, team: usize, day: NaiveDate) -> BTreeSet<usize> {
        self.in_team[team]
            .iter()
            .filter(|stay| stay.covers(day, day))
            .map(|stay| stay.member)
            .collect()
    }

    /// Is the member in the team on all days between the two?
    #[must_use]
    pub fn is_in(&self, member: usize, team: usize, from: NaiveDate, to: NaiveDate) -> bool {
        self.in_team[team]
            .iter()
            .any(|stay| stay.member == member && stay.covers(from, to))
    }

    /// The seat that a member has today, or had last.
    #[must_use]
    pub fn seat_of(&self, member: usize) -> &Seat {
        let stay = self.stays.iter().rev().find(|stay| stay.member == member);
        &self.seats[stay.map_or(0, |stay| stay.seat)]
    }

    /// Task forces are made up of members who keep their seats.
    fn project_stays(&self, organisation: &Organisation) -> Vec<(usize, Stay)> {
        let lines: [(&str, [(&str, usize); 4]); 2] = [
            (
                UPGRADE_TEAM,
                [
                    ("AC-DSP", 1),
                    ("TS-REM", 0),
                    ("TS-FLD-E", 1),
                    ("TS-FLD-S", 0),
                ],
            ),
            (
                SUMMER_TEAM,
                [
                    ("AC-DSP", 0),
                    ("CS-HOT", 0),
                    ("TS-FLD-N", 1),
                    ("TS-FLD-E", 0),
                ],
            ),
        ];
        let mut stays = Vec::new();
        for (code, seats) in lines {
            let place = organisation.team(code);
            let team = &organisation.teams[place];
            for (home, seat) in seats {
                let member = self.holder(home, seat);
                stays.push((
                    place,
                    Stay {
                        member,
                        seat: find_seat(&self.seats, home, seat).unwrap_or(0),
                        from: team.valid_from,
                        to: team.valid_to,
                    },
                ));
            }
        }
        stays
    }
}

/// The holders of every seat, one after the other; members are numbered by when they joined.
fn stays(seats: &[Seat], today: NaiveDate) -> Vec<Stay> {
    let opened = opening_day(today);
    let mut first: Vec<(NaiveDate, usize, Option<NaiveDate>)> = Vec::new();
    for (seat, line) in seats.iter().enumerate() {
        let from = line.opened.map_or(opened, |days| days_ago(today, days));
        let left = line.left.map(|days| days_ago(today, days));
        first.push((from, seat, left));
        if let Some(left) = left {
            first.push((left, seat, None));
        }
    }
    first.sort_by_key(|(from, seat, _)| (*from, *seat));
    let mut stays: Vec<Stay> = first
        .into_iter()
        .enumerate()
        .map(|(member, (from, seat, to))| Stay {
            member,
            seat,
            from,
            to,
        })
        .collect();
    for ((team, place), (other_team, other_place), days) in SWAPPED {
        let day = days_ago(today, days);
        let at = |team, place| {
            find_seat(seats, team, place).and_then(|seat| {
                stays
                    .iter()
                    .position(|stay| stay.seat == seat && stay.to.is_none())
            })
        };
        if let (Some(one), Some(other)) = (at(team, place), at(other_team, other_place)) {
            let (was_one, was_other) = (stays[one], stays[other]);
            stays[one].to = Some(day);
            stays[other].to = Some(day);
            stays.push(Stay {
                seat: was_other.seat,
                from: day,
                ..was_one
            });
            stays.push(Stay {
                seat: was_one.seat,
                from: day,
                ..was_other
            });
        }
    }
    stays
}

fn members(seed: u64, stays: &[Stay], today: NaiveDate) -> (Vec<member::Model>, Vec<Name>) {
    let count = stays.iter().map(|stay| stay.member + 1).max().unwrap_or(0);
    let opened = opening_day(today);
    let mut chance = Chance::of(seed, "members", 0);
    let (mut members, mut names): (Vec<member::Model>, Vec<Name>) = (Vec::new(), Vec::new());
    let mut handles = BTreeSet::new();
    for place in 0..count {
        let mut name = names::chinese(&mut chance);
        while !handles.insert(name.handle()) {
            name = names::chinese(&mut chance);
        }
        let own = || stays.iter().filter(|stay| stay.member == place);
        let first = own().map(|stay| stay.from).min().unwrap_or(opened);
        let gone = own().all(|stay| stay.to.is_some());
        let left_on = if gone {
            own().filter_map(|stay| stay.to).max()
        } else {
            None
        };
        // Who was there at the opening of the books had often joined before it.
        let before = if first == opened {
            chance.between(0, 1_400)
        } else {
            0
        };
        let created_at = at_hour(first, 9);
        members.push(member::Model {
            id: Chance::of(seed, "member", u64::try_from(place).unwrap_or(0)).id(created_at),
            number: format!("M{:04}", place + 1),
            name: name.written.clone(),
            name_en: Some(name.latin.clone()),
            joined_on: days_ago(first, u64::try_from(before).unwrap_or(0)),
            left_on,
            version: if left_on.is_some() { 2 } else { 1 },
            created_at,
            updated_at: left_on.map_or(created_at, |day| at_hour(day, 9)),
        });
        names.push(name);
    }
    (members, names)
}
