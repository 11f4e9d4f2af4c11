//! The whole company but its tickets: small enough to be held in memory, and what tickets are generated from.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use entity::{dispatch_requirement, goal};

use super::Options;
use super::accounts::Accounts;
use super::calendar::{Demand, day_of};
use super::careers::Careers;
use super::collaboration::Collaboration;
use super::contracts::Contracts;
use super::customers::{self, Customers};
use super::dispatch;
use super::exams::Exams;
use super::goals;
use super::growth::Growth;
use super::organisation::Organisation;
use super::people::People;
use super::structure::Structure;
use super::teamwork::Teamwork;
use super::tickets::steps::{Process, processes};
use super::training::Training;
use super::workforce::Workforce;
use crate::tickets::sla;
use crate::tickets::sla::rules::policy::Level;

/// The demo company: a pure function of the options.
#[derive(Clone, Debug)]
pub struct Company {
    /// What everything depends on.
    pub seed: u64,
    /// How many tickets there are.
    pub tickets: u64,
    /// How many comments a ticket has at least on average.
    pub comments: u64,
    /// The time as of which it is generated.
    pub as_of: DateTime<Utc>,
    /// Departments, regions, teams, positions.
    pub organisation: Organisation,
    /// Members and where they are.
    pub people: People,
    /// Partners, customers, products, units.
    pub customers: Customers,
    /// Users and API clients.
    pub accounts: Accounts,
    /// Tags, custom fields and views.
    pub collaboration: Collaboration,
    /// What members can do, when they work and when they are away.
    pub workforce: Workforce,
    /// Which skills tickets need.
    pub requirements: Vec<dispatch_requirement::Model>,
    /// What it wants to reach.
    pub goals: Vec<goal::Model>,
    /// Its structure over time, task forces, slogans and plans.
    pub structure: Structure,
    /// The question bank and the exams.
    pub exams: Exams,
    /// Courses, sessions and the ledger of hours.
    pub training: Training,
    /// Mentoring, contests, and a course with what came of it.
    pub growth: Growth,
    /// How its people get on.
    pub careers: Careers,
    /// What it has agreed on, met for and suggested.
    pub teamwork: Teamwork,
    /// Contracts, money and renewals.
    pub contracts: Contracts,
    /// When tickets come in.
    pub demand: Demand,
    /// The service levels that hold, in the order in which they are tried.
    pub levels: Vec<Arc<Level>>,
    /// Which steps tickets take.
    pub processes: Vec<Process>,
}

impl Company {
    /// Generates it.
    #[must_use]
    pub fn generate(options: &Options) -> Self {
        // Microseconds are what both databases keep.
        let as_of = options.as_of.trunc_subsecs(6);
        let today = day_of(as_of);
        let seed = options.seed;
        let organisation = Organisation::generate(seed, today);
        let people = People::generate(seed, &organisation, today, options.members);
        let count = options.customers.max(customers::FEWEST);
        let customers = Customers::generate(seed, count, as_of, &organisation, &people);
        let accounts = Accounts::generate(seed, today, &people, &customers);
        let collaboration = Collaboration::generate(seed, as_of, &organisation, &accounts);
        let workforce = Workforce::generate(seed, (today, as_of), &people, &accounts);
        let requirements = dispatch::requirements(seed, today, &customers, &workforce);
        let structure = Structure::generate(seed, as_of, &organisation, &people, &accounts);
        let wanted = (seed, options.tickets);
        let goals = goals::generate(wanted, as_of, &organisation, &people, &accounts);
        let teamwork = Teamwork::generate(seed, as_of, &organisation, &people, &accounts);
        let exams = Exams::generate(seed, as_of, &people, &accounts, &workforce);
        let training =
            Training::generate(seed, as_of, &organisation, &people, &accounts, &workforce);
        let growth = Growth::generate(seed, as_of, &people, &accounts);
        let careers = Careers::generate(seed, as_of, &organisation, &people, &accounts);
        let contracts = Contracts::generate(seed, as_of, &people, &customers, &accounts);
        Self {
            seed,
            tickets: options.tickets,
            comments: options.comments,
            as_of,
            organisation,
            people,
            customers,
            accounts,
            collaboration,
            requirements,
            workforce,
            goals,
            structure,
            exams,
            training,
            growth,
            careers,
            teamwork,
            contracts,
            demand: Demand::until(as_of),
            levels: sla::shipped_levels().expect("a test reads every shipped calendar"),
            processes: processes(),
        }
    }

    /// The company's day as of which it is generated.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        day_of(self.as_of)
    }
}
