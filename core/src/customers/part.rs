//! Customers and what they have read in part: tickets bring them along.

use entity::enums::{CustomerKind, CustomerTier, PartnerKind};

use crate::in_part;

in_part!(
    customer: id, number, kind, name, province, tier, partner_id, owner_id, version, created_at, updated_at;
    CustomerKind = Company, CustomerTier = Standard
);
in_part!(
    partner: id, code, name, name_zh, kind, province, valid_from, valid_to, version, created_at, updated_at;
    PartnerKind = Dealer
);
in_part!(product: id, code, name, name_zh, line, valid_from, valid_to, version, created_at, updated_at;);
