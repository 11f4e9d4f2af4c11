//! Who may have which field of training's types. Which rows, the store decides.

use crate::access::{Entry, Permission, Rule};

const COURSE: Rule = Rule::Needs(Permission::TrainingCourseRead);
const COURSE_MANAGE: Rule = Rule::Needs(Permission::TrainingCourseManage);
const SESSION: Rule = Rule::Needs(Permission::TrainingSessionRead);
const SESSION_MANAGE: Rule = Rule::Needs(Permission::TrainingSessionManage);
const ENROL: Rule = Rule::Needs(Permission::TrainingEnrol);
const ENROLMENT: Rule = Rule::Needs(Permission::TrainingEnrolmentRead);
const ATTENDANCE: Rule = Rule::Needs(Permission::TrainingAttendanceWrite);
const FEEDBACK: Rule = Rule::Needs(Permission::TrainingFeedbackRead);
const HOURS: Rule = Rule::Needs(Permission::TrainingHoursRead);
const HOURS_MANAGE: Rule = Rule::Needs(Permission::TrainingHoursManage);
const SUBMIT: Rule = Rule::Needs(Permission::TrainingStudySubmit);
const DECIDE: Rule = Rule::Needs(Permission::TrainingStudyDecide);
const MEMBER: Rule = Rule::Needs(Permission::MemberRead);
const STRUCTURE: Rule = Rule::Needs(Permission::OrganisationRead);

const fn entry(type_name: &'static str, rule: Rule, fields: &'static [&'static str]) -> Entry {
    Entry {
        type_name,
        rule,
        fields,
    }
}

/// Who may have which field of training's types. Filtering by what one may not see would tell.
pub const ACCESS: &[Entry] = &[
    entry(
        "Query",
        COURSE,
        &[
            "trainingCourse",
            "trainingCourses",
            "trainingPaths",
            "trainingTargets",
        ],
    ),
    entry("Query", SESSION, &["trainingSession", "trainingSessions"]),
    entry(
        "Query",
        ENROLMENT,
        &["trainingEnrolment", "trainingEnrolments", "trainingTurnout"],
    ),
    entry(
        "Query",
        HOURS,
        &[
            "trainingStudies",
            "trainingHoursEntries",
            "trainingHours",
            "trainingDuties",
        ],
    ),
    entry(
        "Mutation",
        COURSE_MANAGE,
        &[
            "trainingCourseCreate",
            "trainingCourseUpdate",
            "trainingPathCreate",
            "trainingPathUpdate",
        ],
    ),
    entry(
        "Mutation",
        SESSION_MANAGE,
        &[
            "trainingSessionCreate",
            "trainingSessionUpdate",
            "trainingSessionOpen",
            "trainingSessionBegin",
            "trainingSessionFinish",
            "trainingSessionCancel",
        ],
    ),
    entry(
        "Mutation",
        ENROL,
        &["trainingEnrol", "trainingEnrolmentCancel"],
    ),
    entry("Mutation", ATTENDANCE, &["trainingAttendanceRecord"]),
    entry("Mutation", SESSION, &["trainingFeedbackGive"]),
    entry(
        "Mutation",
        SUBMIT,
        &["trainingStudySubmit", "trainingStudyWithdraw"],
    ),
    entry("Mutation", DECIDE, &["trainingStudyDecide"]),
    entry(
        "Mutation",
        HOURS_MANAGE,
        &["trainingHoursCorrect", "trainingTargetSet"],
    ),
    entry(
        "TrainingCourseCreatePayload",
        COURSE_MANAGE,
        &["course", "userErrors"],
    ),
    entry(
        "TrainingCourseUpdatePayload",
        COURSE_MANAGE,
        &["course", "userErrors"],
    ),
    entry(
        "TrainingPathCreatePayload",
        COURSE_MANAGE,
        &["path", "userErrors"],
    ),
    entry(
        "TrainingPathUpdatePayload",
        COURSE_MANAGE,
        &["path", "userErrors"],
    ),
    entry(
        "TrainingSessionCreatePayload",
        SESSION_MANAGE,
        &["session", "userErrors"],
    ),
    entry(
        "TrainingSessionUpdatePayload",
        SESSION_MANAGE,
        &["session", "userErrors"],
    ),
    entry(
        "TrainingSessionOpenPayload",
        SESSION_MANAGE,
        &["session", "userErrors"],
    ),
    entry(
        "TrainingSessionBeginPayload",
        SESSION_MANAGE,
        &["session", "userErrors"],
    ),
    entry(
        "TrainingSessionFinishPayload",
        SESSION_MANAGE,
        &["session", "userErrors"],
    ),
    entry(
        "TrainingSessionCancelPayload",
        SESSION_MANAGE,
        &["session", "userErrors"],
    ),
    entry("TrainingEnrolPayload", ENROL, &["session", "userErrors"]),
    entry(
        "TrainingEnrolmentCancelPayload",
        ENROL,
        &["enrolment", "userErrors"],
    ),
    entry(
        "TrainingAttendanceRecordPayload",
        ATTENDANCE,
        &["session", "userErrors"],
    ),
    entry(
        "TrainingFeedbackGivePayload",
        SESSION,
        &["session", "userErrors"],
    ),
    entry(
        "TrainingStudySubmitPayload",
        SUBMIT,
        &["study", "userErrors"],
    ),
    entry(
        "TrainingStudyDecidePayload",
        DECIDE,
        &["study", "userErrors"],
    ),
    entry(
        "TrainingStudyWithdrawPayload",
        SUBMIT,
        &["study", "userErrors"],
    ),
    entry(
        "TrainingHoursCorrectPayload",
        HOURS_MANAGE,
        &["entry", "userErrors"],
    ),
    entry(
        "TrainingTargetSetPayload",
        HOURS_MANAGE,
        &["target", "userErrors"],
    ),
    entry(
        "TrainingCourse",
        COURSE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "subject",
            "kind",
            "audience",
            "minutes",
            "description",
            "descriptionZh",
            "materials",
            "retiredAt",
            "version",
        ],
    ),
    entry("TrainingCourse", STRUCTURE, &["certificate"]),
    entry("TrainingMaterial", COURSE, &["title", "link", "text"]),
    entry(
        "TrainingPath",
        COURSE,
        &[
            "id",
            "code",
            "name",
            "nameZh",
            "description",
            "daysLimit",
            "mandatoryFrom",
            "courses",
            "retiredAt",
            "version",
        ],
    ),
    entry("TrainingPath", STRUCTURE, &["position"]),
    entry(
        "TrainingTarget",
        COURSE,
        &["id", "year", "minutes", "version"],
    ),
    entry("TrainingTarget", STRUCTURE, &["position"]),
    entry(
        "TrainingSession",
        SESSION,
        &[
            "id",
            "trainers",
            "guestTrainer",
            "place",
            "link",
            "startsAt",
            "endsAt",
            "minutes",
            "capacity",
            "enrolled",
            "waiting",
            "enrolUntil",
            "state",
            "reason",
            "heldAt",
            "feedbackUntil",
            "version",
        ],
    ),
    entry("TrainingSession", COURSE, &["course"]),
    entry("TrainingSession", FEEDBACK, &["feedback"]),
    entry("TrainingTrainer", SESSION, &["name"]),
    entry("TrainingTrainer", MEMBER, &["member"]),
    entry(
        "TrainingFeedback",
        FEEDBACK,
        &["answers", "rating", "comments"],
    ),
    entry(
        "TrainingEnrolment",
        ENROLMENT,
        &[
            "id",
            "state",
            "waitingPosition",
            "queuedAt",
            "promotedAt",
            "cancelledAt",
            "attendance",
            "minutes",
            "checkedInAt",
            "version",
        ],
    ),
    entry("TrainingEnrolment", SESSION, &["session"]),
    entry("TrainingEnrolment", MEMBER, &["member"]),
    entry(
        "TrainingTurnout",
        ENROLMENT,
        &["places", "people", "absent", "minutes"],
    ),
    entry("TrainingTurnout", COURSE, &["course"]),
    entry(
        "TrainingStudy",
        HOURS,
        &[
            "id",
            "title",
            "provider",
            "minutes",
            "studiedOn",
            "proof",
            "proofLink",
            "state",
            "decidedByName",
            "decidedAt",
            "decisionNote",
            "version",
        ],
    ),
    entry("TrainingStudy", MEMBER, &["member"]),
    entry(
        "TrainingHoursEntry",
        HOURS,
        &[
            "id",
            "day",
            "minutes",
            "kind",
            "study",
            "corrects",
            "reason",
            "bookedByName",
            "bookedAt",
        ],
    ),
    entry("TrainingHoursEntry", ENROLMENT, &["enrolment"]),
    entry("TrainingHoursEntry", MEMBER, &["member"]),
    entry(
        "TrainingHours",
        HOURS,
        &[
            "target",
            "booked",
            "ahead",
            "missing",
            "forecast",
            "days",
            "daysPassed",
            "verdict",
        ],
    ),
    entry("TrainingHours", MEMBER, &["member"]),
    entry("TrainingHoursList", HOURS, &["total", "behind", "members"]),
    entry("TrainingDutyCourse", HOURS, &["course", "done"]),
    entry("TrainingDuty", HOURS, &["path", "due", "state", "courses"]),
    entry("TrainingDuty", MEMBER, &["member"]),
    entry("TrainingEnrolmentFilter", MEMBER, &["memberId"]),
    entry("TrainingEnrolmentFilter", SESSION, &["sessionId"]),
    entry("TrainingSessionFilter", COURSE, &["courseId"]),
    entry("TrainingStudyFilter", MEMBER, &["memberId"]),
    entry("TrainingHoursEntryFilter", MEMBER, &["memberId"]),
    entry("TrainingPathFilter", STRUCTURE, &["positionId"]),
    entry(
        "TrainingCourseConnection",
        COURSE,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TrainingCourseEdge", COURSE, &["cursor", "node"]),
    entry(
        "TrainingPathConnection",
        COURSE,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TrainingPathEdge", COURSE, &["cursor", "node"]),
    entry(
        "TrainingSessionConnection",
        SESSION,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TrainingSessionEdge", SESSION, &["cursor", "node"]),
    entry(
        "TrainingEnrolmentConnection",
        ENROLMENT,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TrainingEnrolmentEdge", ENROLMENT, &["cursor", "node"]),
    entry(
        "TrainingStudyConnection",
        HOURS,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TrainingStudyEdge", HOURS, &["cursor", "node"]),
    entry(
        "TrainingHoursEntryConnection",
        HOURS,
        &["edges", "nodes", "pageInfo", "totalCount"],
    ),
    entry("TrainingHoursEntryEdge", HOURS, &["cursor", "node"]),
    entry("Mutation", SESSION, &["trainingCalendarRenew"]),
    entry("Mutation", Rule::SignedIn, &["trainingCalendarRevoke"]),
    entry(
        "TrainingCalendarRenewPayload",
        SESSION,
        &["url", "userErrors"],
    ),
    entry(
        "TrainingCalendarRevokePayload",
        Rule::SignedIn,
        &["revoked", "userErrors"],
    ),
];
