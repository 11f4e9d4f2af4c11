//! Who may have which field of the types of processes.

use crate::access::{Entry, Permission, Rule};

const READ: Rule = Rule::Needs(Permission::ProcessRead);
const MANAGE: Rule = Rule::Needs(Permission::ProcessManage);
const CONNECTION: &[&str] = &["edges", "nodes", "pageInfo", "totalCount"];
const EDGE: &[&str] = &["cursor", "node"];
const PAYLOAD: &[&str] = &["processVersion", "userErrors"];

/// Who may have which field of the types of processes.
pub const ACCESS: &[Entry] = &[
    Entry {
        type_name: "Query",
        rule: READ,
        fields: &["processTemplate", "processTemplates", "processVersion"],
    },
    Entry {
        type_name: "Query",
        rule: MANAGE,
        fields: &["processTrial"],
    },
    Entry {
        type_name: "Mutation",
        rule: MANAGE,
        fields: &[
            "processDraftCreate",
            "processDraftWrite",
            "processPublish",
            "processRetire",
            "processTemplateCreate",
        ],
    },
    Entry {
        type_name: "Mutation",
        rule: Rule::Needs(Permission::TicketAdvance),
        fields: &["ticketStepEnter"],
    },
    Entry {
        type_name: "ProcessTemplate",
        rule: READ,
        fields: &[
            "code",
            "createdAt",
            "id",
            "kind",
            "name",
            "nameZh",
            "published",
            "updatedAt",
            "version",
            "versions",
        ],
    },
    Entry {
        type_name: "ProcessTemplateConnection",
        rule: READ,
        fields: CONNECTION,
    },
    Entry {
        type_name: "ProcessTemplateEdge",
        rule: READ,
        fields: EDGE,
    },
    Entry {
        type_name: "ProcessVersion",
        rule: READ,
        fields: &[
            "createdAt",
            "id",
            "note",
            "number",
            "problems",
            "publishedAt",
            "retiredAt",
            "state",
            "steps",
            "template",
            "updatedAt",
            "version",
        ],
    },
    Entry {
        type_name: "ProcessVersion",
        rule: Rule::Needs(Permission::UserRead),
        fields: &["createdBy", "publishedBy"],
    },
    Entry {
        type_name: "ProcessVersionConnection",
        rule: READ,
        fields: CONNECTION,
    },
    Entry {
        type_name: "ProcessVersionEdge",
        rule: READ,
        fields: EDGE,
    },
    Entry {
        type_name: "ProcessStep",
        rule: READ,
        fields: &[
            "code",
            "guideline",
            "guidelineZh",
            "id",
            "limitSeconds",
            "name",
            "nameZh",
            "next",
            "ownerRole",
            "position",
            "requiredFields",
            "stage",
        ],
    },
    Entry {
        type_name: "ProcessProblem",
        rule: READ,
        fields: &["field", "message", "step"],
    },
    Entry {
        type_name: "Ticket",
        rule: READ,
        fields: &["process"],
    },
    Entry {
        type_name: "TicketProcess",
        rule: READ,
        fields: &[
            "allowedSteps",
            "entries",
            "missingFields",
            "step",
            "version",
        ],
    },
    Entry {
        type_name: "TicketStepEntry",
        rule: READ,
        fields: &["enteredAt", "id", "leftAt", "step", "visit"],
    },
    Entry {
        type_name: "ProcessTrial",
        rule: MANAGE,
        fields: &[
            "calendarCode",
            "late",
            "lateTicketCount",
            "lines",
            "ticketCount",
            "version",
        ],
    },
    Entry {
        type_name: "ProcessTrialLine",
        rule: MANAGE,
        fields: &[
            "count",
            "lateCount",
            "limitSeconds",
            "medianSeconds",
            "p90Seconds",
            "stage",
            "step",
        ],
    },
    Entry {
        type_name: "ProcessTrialLate",
        rule: MANAGE,
        fields: &[
            "enteredAt",
            "number",
            "overSeconds",
            "seconds",
            "stage",
            "step",
            "ticketId",
        ],
    },
    Entry {
        type_name: "ProcessTrialLate",
        rule: Rule::Needs(Permission::TicketRead),
        fields: &["ticket"],
    },
    Entry {
        type_name: "ProcessTemplateCreatePayload",
        rule: MANAGE,
        fields: &["processTemplate", "userErrors"],
    },
    Entry {
        type_name: "ProcessDraftCreatePayload",
        rule: MANAGE,
        fields: PAYLOAD,
    },
    Entry {
        type_name: "ProcessDraftWritePayload",
        rule: MANAGE,
        fields: PAYLOAD,
    },
    Entry {
        type_name: "ProcessPublishPayload",
        rule: MANAGE,
        fields: PAYLOAD,
    },
    Entry {
        type_name: "ProcessRetirePayload",
        rule: MANAGE,
        fields: PAYLOAD,
    },
    Entry {
        type_name: "TicketStepEnterPayload",
        rule: Rule::Needs(Permission::TicketAdvance),
        fields: &["ticket", "userErrors"],
    },
];
