//! Which key somebody may have meant.

use crate::access::Permission;

/// The permission whose key is closest to a mistyped one.
#[must_use]
pub fn nearest_key(typed: &str) -> Option<Permission> {
    let typed = typed.to_lowercase().replace(['_', ':', '-', '/'], ".");
    Permission::ALL
        .iter()
        .copied()
        .map(|permission| (distance(&typed, permission.key()), permission))
        .min_by_key(|(far, _)| *far)
        // Half of the letters wrong is no typing mistake.
        .filter(|(far, _)| *far * 2 <= typed.chars().count())
        .map(|(_, permission)| permission)
}

/// How many letters must be put in, left out or changed.
fn distance(from: &str, to: &str) -> usize {
    // A longer text is far from every key anyway.
    let from: Vec<char> = from.chars().take(60).collect();
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (above, letter) in to.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (index, other) in from.iter().enumerate() {
            let changed = diagonal + usize::from(*other != letter);
            diagonal = row[index + 1];
            row[index + 1] = changed.min(diagonal + 1).min(row[index] + 1);
        }
    }
    row[from.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_leads_to_the_key_that_was_meant() {
        let cases = [
            ("ticket.raed", Permission::TicketRead),
            ("TICKET_READ", Permission::TicketRead),
            ("tickets.assign", Permission::TicketAssign),
            ("customer.contacts.read", Permission::CustomerContactRead),
            ("audit.reed", Permission::AuditRead),
        ];
        for (typed, meant) in cases {
            assert_eq!(nearest_key(typed), Some(meant), "{typed}");
        }
        assert_eq!(nearest_key("nope"), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
