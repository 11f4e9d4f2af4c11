//! What was loaded, and what to type next.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};

use super::accounts::{DEMO_PASSWORD, LOGINS};
use super::company::Company;
use super::tickets::{self, showcase};
use crate::ids;

/// What was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Members, those who left included.
    pub members: usize,
    /// Partner organisations.
    pub partners: usize,
    /// Customers.
    pub customers: usize,
    /// Units.
    pub units: usize,
    /// Tickets.
    pub tickets: u64,
    /// The seed.
    pub seed: u64,
    /// Up to when things have happened.
    pub as_of: DateTime<Utc>,
    /// The demo partner's name.
    pub partner: String,
    /// The number of an open ticket of the demo partner, if there are tickets.
    pub partner_ticket: Option<i64>,
    /// The number of a ticket that isn't the demo partner's, if there is one.
    pub foreign_ticket: Option<i64>,
    /// The id of the demo partner's API client.
    pub client_id: String,
    /// Its secret, which is no secret.
    pub client_secret: String,
}

impl Summary {
    /// What stands in a company.
    #[must_use]
    pub fn of(company: &Company) -> Self {
        let customers = &company.customers;
        let partner = customers.partners.first();
        let number = |place: Option<usize>| {
            place
                .and_then(|place| showcase::index_of(company.tickets, place))
                .map(|index| tickets::generate(company, index).ticket.number)
        };
        let client = company.accounts.clients.first();
        Self {
            members: company.people.members.len(),
            partners: customers.partners.len(),
            customers: customers.customers.len(),
            units: customers.units.len(),
            tickets: company.tickets,
            seed: company.seed,
            as_of: company.as_of,
            partner: partner.map_or_else(String::new, |partner| {
                format!(
                    "{} ({})",
                    partner.name,
                    partner.name_zh.as_deref().unwrap_or_default()
                )
            }),
            partner_ticket: number(showcase::of_partner()),
            foreign_ticket: number(showcase::of_customer()),
            client_id: client.map_or_else(String::new, |client| ids::encode("client", client.id)),
            client_secret: company.accounts.demo_secret.clone(),
        }
    }

    /// What to type next, with a server at `base_url`.
    #[must_use]
    pub fn next_steps(&self, base_url: &str) -> String {
        let base = base_url.trim_end_matches('/');
        let mut text = format!(
            "The demo company 安心售后服务 (Anxin After-sales) as of {}, seed {}:\n\
             {} members, {} partners, {} customers, {} units, {} tickets.\n\n\
             Sign in as any of these, each with the password {DEMO_PASSWORD}\n\
             可用以下账号登录，密码均为 {DEMO_PASSWORD}\n",
            self.as_of.format("%Y-%m-%d"),
            self.seed,
            self.members,
            self.partners,
            self.customers,
            self.units,
            self.tickets,
        );
        for (login, role, role_zh) in LOGINS {
            // Writing to a string can't fail.
            let _ = writeln!(text, "  {login:<18} {role:<16} {role_zh}");
        }
        let _ = write!(
            text,
            "\nExplore the API in a browser · 在浏览器中查看接口：{base}/\n\n\
             Or with curl, as the partner {} · 或以合作伙伴身份使用 curl：\n\n",
            self.partner
        );
        text.push_str(&sign_in(base));
        if let Some(number) = self.partner_ticket {
            let _ = write!(
                text,
                "\n# The status of its own ticket · 查询本组织工单的进度\n{}",
                status_of(base, number)
            );
        }
        if let Some(number) = self.foreign_ticket {
            let _ = write!(
                text,
                "\n# A ticket of somebody else: null, as if it did not exist · 他人的工单：返回 null，如同不存在\n{}",
                status_of(base, number)
            );
        }
        let _ = write!(
            text,
            "\nThe partner's system signs in with its API client · 合作伙伴系统使用 API 客户端：\n  \
             client id {}\n  secret    {}\n",
            self.client_id, self.client_secret
        );
        text
    }
}

/// A command that leaves the partner's access token in a variable.
fn sign_in(base: &str) -> String {
    let query = r#"mutation { signIn(input: { login: \"partner.demo\", password: \"PASSWORD\" }) { session { accessToken } userErrors { message } } }"#
        .replace("PASSWORD", DEMO_PASSWORD);
    format!(
        "# Sign in · 登录\nTOKEN=$(curl -s {base}/graphql -H 'content-type: application/json' \\\n  \
         -d '{{\"query\":\"{query}\"}}' | sed 's/.*\"accessToken\":\"\\([^\"]*\\)\".*/\\1/')\n"
    )
}

fn status_of(base: &str, number: i64) -> String {
    let query = format!(
        "{{ ticketByNumber(number: {number}) {{ number subject stage state progress {{ stage enteredAt leftAt }} }} }}"
    );
    format!(
        "curl -s {base}/graphql -H 'content-type: application/json' -H \"authorization: Bearer $TOKEN\" \\\n  \
         -d '{{\"query\":\"{query}\"}}'\n"
    )
}
