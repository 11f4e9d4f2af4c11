use entity::enums::{Locale, Reach, UserKind, UserStatus};
use entity::{role, role_grant, user};
use uuid::Uuid;

use super::{Data, Gift, Table, key, start};

/// Whose account it is.
#[derive(Clone, Copy, Debug)]
pub enum Belongs {
    /// Staff without a place in the organisation.
    Nowhere,
    /// A member.
    Member(Uuid),
    /// Somebody of a partner.
    Partner(Uuid),
    /// A customer.
    Customer(Uuid),
}

impl Data {
    /// An account with that login and one role.
    pub fn user(&mut self, n: usize, login: &str, role: &str, of: Belongs) -> Uuid {
        let id = key(Table::User, n);
        let (kind, member_id, partner_id, customer_id) = match of {
            Belongs::Nowhere => (UserKind::Staff, None, None, None),
            Belongs::Member(id) => (UserKind::Staff, Some(id), None, None),
            Belongs::Partner(id) => (UserKind::Partner, None, Some(id), None),
            Belongs::Customer(id) => (UserKind::Customer, None, None, Some(id)),
        };
        self.users.push(user::Model {
            id,
            kind,
            login: login.to_owned(),
            display_name: format!("The {}", login.replace('_', " ")),
            password_hash: String::new(),
            password_changed_at: start(),
            member_id,
            partner_id,
            customer_id,
            locale: Locale::En,
            status: UserStatus::Active,
            epoch: 0,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.give(id, role);
        id
    }

    /// One more role for a user.
    pub fn give(&mut self, user: Uuid, role: &str) {
        self.gifts.push(Gift {
            user_id: Some(user),
            api_client_id: None,
            role: role.to_owned(),
        });
    }

    /// A role of the organisation's own.
    pub fn role(&mut self, n: usize, audience: UserKind, grants: &[(&str, Reach)]) -> String {
        let id = key(Table::Role, n);
        let name = format!("role_{n}");
        self.roles.push(role::Model {
            id,
            key: name.clone(),
            name: name.clone(),
            name_zh: name.clone(),
            description: String::new(),
            description_zh: String::new(),
            builtin: false,
            audience,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        let unique: std::collections::BTreeSet<_> = grants.iter().copied().collect();
        self.grants.extend(
            unique
                .into_iter()
                .map(|(permission, reach)| role_grant::Model {
                    role_id: id,
                    permission: permission.to_owned(),
                    reach,
                }),
        );
        name
    }
}
