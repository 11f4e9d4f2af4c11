use entity::enums::{CustomerKind, CustomerTier, PartnerKind, Province};
use entity::{contact, customer, partner, product, unit};
use uuid::Uuid;

use super::{Data, Table, days_ago, key, long_ago, start};

impl Data {
    /// A partner organisation.
    pub fn partner(&mut self, n: usize, name: &str, province: Province) -> Uuid {
        let id = key(Table::Partner, n);
        self.partners.push(partner::Model {
            id,
            code: format!("PA{n}"),
            name: name.to_owned(),
            name_zh: None,
            kind: PartnerKind::Dealer,
            province,
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A product.
    pub fn product(&mut self, n: usize, name: &str) -> Uuid {
        let id = key(Table::Product, n);
        self.products.push(product::Model {
            id,
            code: format!("PR{n}"),
            name: name.to_owned(),
            name_zh: format!("产品{n}"),
            line: "storage".to_owned(),
            valid_from: long_ago(),
            valid_to: None,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }

    /// A customer, with one contact and one unit of product `1`.
    pub fn customer(
        &mut self,
        n: usize,
        province: Province,
        partner_id: Option<Uuid>,
        owner_id: Option<Uuid>,
    ) -> Uuid {
        let id = key(Table::Customer, n);
        self.customers.push(customer::Model {
            id,
            number: format!("C{n:06}"),
            kind: CustomerKind::Company,
            name: format!("Customer {n}"),
            province,
            tier: CustomerTier::Gold,
            partner_id,
            owner_id,
            version: 1,
            created_at: start() - chrono::TimeDelta::days(100 - n as i64 % 100),
            updated_at: start(),
        });
        self.contacts.push(contact::Model {
            id: key(Table::Contact, n),
            customer_id: id,
            name: format!("Contact {n}"),
            role: Some("buyer".to_owned()),
            phone: Some(format!("+86 10 5555 {n:04}")),
            email: Some(format!("contact{n}@example.com")),
            is_primary: true,
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        self.units.push(unit::Model {
            id: key(Table::Unit, n),
            serial: format!("SN-{n:05}"),
            product_id: key(Table::Product, 1),
            customer_id: id,
            sold_on: days_ago(400),
            warranty_until: Some(days_ago(-330)),
            version: 1,
            created_at: start(),
            updated_at: start(),
        });
        id
    }
}
