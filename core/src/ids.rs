//! Ids as clients see them: TypeIDs, a type prefix and the row's UUIDv7 (`ticket_01h455vb4pex5vsknk084sn02q`).

use std::borrow::Cow;
use std::marker::PhantomData;

use async_graphql::{
    ContextSelectionSet, ID, InputType, InputValueError, InputValueResult, OutputType, Positioned,
    ServerError, ServerResult, Value, parser::types::Field, registry::Registry,
};
use type_safe_id::{DynamicType, StaticType, TypeSafeId};
use uuid::Uuid;

use crate::error::Text;

/// A table whose rows have an id of their own in the API.
pub trait Node: Send + Sync + 'static {
    /// What stands before the underscore of the id.
    const PREFIX: &'static str;
}

macro_rules! nodes {
    ($($table:ident = $prefix:literal;)*) => {
        $(impl Node for entity::$table::Entity { const PREFIX: &'static str = $prefix; })*

        /// Every prefix in use.
        pub const PREFIXES: &[&str] = &[$($prefix,)*];

        /// The prefix of a table's rows, by the table's name in the singular, such as `ticket_comment`.
        #[must_use]
        pub fn prefix_of(table: &str) -> Option<&'static str> {
            match table {
                $(stringify!($table) => Some($prefix),)*
                _ => None,
            }
        }

        /// The table whose rows have ids with this prefix, by its name in the singular.
        #[must_use]
        pub fn table_of(prefix: &str) -> Option<&'static str> {
            match prefix {
                $($prefix => Some(stringify!($table)),)*
                _ => None,
            }
        }
    };
}

nodes! {
    action_item = "actionitem";
    api_client = "client";
    api_client_document = "trusteddoc";
    appraisal = "appraisal";
    appraisal_appeal = "appraisalappeal";
    appraisal_calibration = "calibration";
    appraisal_calibration_change = "calibrationchange";
    appraisal_cycle = "appraisalcycle";
    appraisal_dispute = "dispute";
    appraisal_incident = "incident";
    appraisal_plan_item = "planitem";
    appraisal_proposal = "appraisalproposal";
    appraisal_rater = "rater";
    appraisal_result = "appraisalresult";
    appraisal_template = "appraisaltemplate";
    appraisal_template_version = "appraisalversion";
    assignment = "assignment";
    audit_log = "audit";
    calendar = "calendar";
    calendar_version = "calversion";
    certificate = "certificate";
    competency = "competency";
    competency_assessment = "assessment";
    contact = "contact";
    contest = "contest";
    contest_award = "award";
    contest_entrant = "entrant";
    contest_round = "contestround";
    contest_score = "contestscore";
    contract = "contract";
    contract_payment = "payment";
    custom_field = "field";
    customer = "customer";
    department = "department";
    dispatch_decision = "decision";
    dispatch_requirement = "requirement";
    exam = "exam";
    exam_appeal = "appeal";
    exam_attempt = "attempt";
    exam_item = "examitem";
    exam_mark = "mark";
    exam_question = "question";
    exam_question_version = "questionversion";
    goal = "goal";
    goal_alert = "goalalert";
    honour = "honour";
    improvement_plan = "improvementplan";
    incentive_award = "incentiveaward";
    incentive_correction = "correction";
    incentive_lock = "monthlock";
    incentive_payout = "payout";
    incentive_question = "awardquestion";
    incentive_rule = "incentiverule";
    incentive_rule_version = "incentiveversion";
    incentive_run = "incentiverun";
    incentive_simulation = "simulation";
    incentive_transaction = "transaction";
    leave = "leave";
    meeting = "meeting";
    meeting_agenda_item = "agendaitem";
    meeting_decision = "resolution";
    meeting_minute = "minutes";
    meeting_series = "series";
    member = "member";
    member_capacity = "capacity";
    member_certificate = "membercert";
    member_shift = "shift";
    member_skill = "memberskill";
    mentoring = "mentoring";
    mentoring_check_in = "checkin";
    mentoring_goal = "mentoringgoal";
    metric = "metric";
    metric_snapshot = "metricsnapshot";
    metric_version = "metricversion";
    partner = "partner";
    position = "position";
    probation = "probation";
    process_step = "step";
    process_template = "process";
    process_version = "procversion";
    product = "product";
    recognition = "recognition";
    region = "region";
    renewal = "renewal";
    reorganisation = "reorganisation";
    reply_template = "replytemplate";
    role = "role";
    role_assignment = "rolegift";
    rotation = "rotation";
    rule_comment = "rulecomment";
    rule_proposal = "ruleproposal";
    saved_view = "view";
    session = "session";
    skill = "skill";
    sla_clock = "clock";
    sla_interval = "interval";
    sla_policy = "policy";
    sla_policy_version = "policyversion";
    staff_survey_question = "staffquestion";
    staff_survey_round = "staffsurvey";
    suggestion = "suggestion";
    suggestion_step = "suggestionstep";
    survey = "survey";
    survey_follow_up = "followup";
    tag = "tag";
    talent_proposal = "talent";
    task_force = "taskforce";
    team = "team";
    team_pledge = "pledge";
    team_rule = "teamrule";
    team_rule_version = "ruleversion";
    ticket = "ticket";
    ticket_alert = "alert";
    ticket_change = "change";
    ticket_comment = "comment";
    ticket_credit = "credit";
    ticket_handover = "handover";
    ticket_link = "link";
    ticket_mention = "mention";
    ticket_step_entry = "stepentry";
    training_course = "course";
    training_enrolment = "enrolment";
    training_hour = "hoursentry";
    training_path = "path";
    training_proposal = "proposal";
    training_session = "trainingsession";
    training_study = "study";
    training_target = "target";
    unit = "unit";
    user = "user";
}

/// The id of a row of `E`; in the schema simply `ID`.
pub struct Id<E> {
    /// The row's key.
    pub uuid: Uuid,
    entity: PhantomData<fn() -> E>,
}

impl<E> Id<E> {
    /// The id of a key.
    #[must_use]
    pub const fn new(uuid: Uuid) -> Self {
        Self {
            uuid,
            entity: PhantomData,
        }
    }
}

impl<E> Clone for Id<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Id<E> {}

/// The prefix of the rows of `E`, as the library wants to know it.
struct Prefix<E>(PhantomData<fn() -> E>);

impl<E> Default for Prefix<E> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<E: Node> StaticType for Prefix<E> {
    const TYPE: &'static str = E::PREFIX;
}

impl<E: Node> std::fmt::Display for Id<E> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        TypeSafeId::<Prefix<E>>::from_uuid(self.uuid).fmt(formatter)
    }
}

impl<E: Node> serde::Serialize for Id<E> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Writes a TypeID.
#[must_use]
pub fn encode(prefix: &str, uuid: Uuid) -> String {
    match DynamicType::new(prefix) {
        Ok(prefix) => TypeSafeId::from_type_and_uuid(prefix, uuid).to_string(),
        Err(_) => uuid.to_string(),
    }
}

/// Reads a TypeID of any type: prefix and key.
///
/// # Errors
/// A sentence for the client when it isn't one.
pub fn decode(text: &str) -> Result<(String, Uuid), Text> {
    if text.len() > 64 {
        return Err(Text::new("is longer than any id", "超过 ID 的最大长度"));
    }
    let id: Option<TypeSafeId<DynamicType>> = text.parse().ok();
    id.filter(|id| !id.type_prefix().is_empty())
        .map(|id| (id.type_prefix().to_owned(), id.uuid()))
        .ok_or_else(|| no_id(text))
}

fn no_id(text: &str) -> Text {
    Text::new(
        format!("`{text}` is not an id such as ticket_01h455vb4pex5vsknk084sn02q"),
        format!("“{text}”不是有效的 ID（例如 ticket_01h455vb4pex5vsknk084sn02q）"),
    )
}

/// Reads the id of a row of `E`.
///
/// # Errors
/// A sentence for the client when it isn't one, or one of another type.
pub fn key_of<E: Node>(text: &str) -> Result<Uuid, Text> {
    let (prefix, uuid) = decode(text)?;
    let expected = E::PREFIX;
    if prefix == expected {
        return Ok(uuid);
    }
    Err(Text::new(
        format!(
            "`{text}` is an id of the type {prefix}; here one of the type {expected} is needed ({expected}_...)"
        ),
        format!("“{text}”是 {prefix} 类型的 ID，此处需要 {expected} 类型的 ID（{expected}_...）"),
    ))
}

/// The extension with which an [`Unread`] goes through the library.
const UNREAD: &str = "unread";

/// A value of the input that can't be read. What reads it knows neither its field nor the language of whoever sent it, so it goes
/// with the error to where both are known.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// The scalar that it should be.
    pub scalar: String,
    /// As it was sent.
    pub value: Value,
    /// What is wrong with it.
    pub text: Text,
}

impl Unread {
    /// The error with which a scalar refuses a value.
    pub fn error<T: InputType>(value: Value, text: Text) -> InputValueError<T> {
        let carried: Vec<Value> = vec![
            T::type_name().into(),
            value,
            text.en.clone().into(),
            text.zh.into(),
        ];
        InputValueError::custom(text.en).with_extension(UNREAD, Value::List(carried))
    }

    /// Takes it out of the error that became of it.
    pub fn taken_from(error: &mut ServerError) -> Option<Self> {
        let extensions = error.extensions.as_mut()?;
        let carried = extensions.get(UNREAD).cloned()?;
        extensions.unset(UNREAD);
        let Value::List(parts) = carried else {
            return None;
        };
        let parts = <[Value; 4]>::try_from(parts).ok()?;
        match parts {
            [
                Value::String(scalar),
                value,
                Value::String(en),
                Value::String(zh),
            ] => Some(Self {
                scalar,
                value,
                text: Text::new(en, zh),
            }),
            _ => None,
        }
    }
}

impl<E: Node> InputType for Id<E> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let value = value.unwrap_or_default();
        let key = match &value {
            Value::String(text) => key_of::<E>(text),
            Value::Number(number) => Err(no_id(&number.to_string())),
            _ => return Err(InputValueError::expected_type(value)),
        };
        key.map(Self::new)
            .map_err(|text| Unread::error(value, text))
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<E: Node> OutputType for Id<E> {
    fn type_name() -> Cow<'static, str> {
        <ID as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        _: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::String(self.to_string()))
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_unique_and_valid() {
        let mut seen = std::collections::BTreeSet::new();
        for prefix in PREFIXES {
            assert!(seen.insert(prefix), "{prefix} stands twice");
            assert!(
                DynamicType::new(prefix).is_ok(),
                "{prefix} is no TypeID prefix"
            );
            assert_eq!(table_of(prefix).and_then(prefix_of), Some(*prefix));
        }
    }

    #[test]
    fn an_id_leads_back_and_a_foreign_prefix_is_named() {
        let id: Id<entity::ticket::Entity> =
            Id::new(Uuid::from_u128(0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881));
        let back =
            <Id<entity::ticket::Entity> as InputType>::parse(Some(Value::String(id.to_string())));
        assert_eq!(back.map(|back| back.uuid).ok(), Some(id.uuid));
        let text = encode("team", id.uuid);
        assert!(
            <Id<entity::ticket::Entity> as InputType>::parse(Some(Value::String(text))).is_err()
        );
        assert!(decode("ticket_nonsense").is_err());
        assert!(decode(&"x".repeat(1000)).is_err());
        assert!(decode("01h2xcejqtf2nbrexx3vqjhp41").is_err());
    }

    #[test]
    fn what_cant_be_read_goes_with_the_error() {
        let sent = Value::String("A-17".to_owned());
        let refused = <Id<entity::ticket::Entity> as InputType>::parse(Some(sent.clone())).err();
        let refused = refused.expect("it is no id");
        let mut error = refused.into_server_error(async_graphql::Pos::default());
        let unread = Unread::taken_from(&mut error).expect("it is there");
        assert_eq!((unread.scalar.as_str(), unread.value), ("ID", sent));
        assert_eq!(unread.text, no_id("A-17"));
        assert_eq!(Unread::taken_from(&mut error), None, "it is taken once");
        let mut other = ServerError::new("Something else.", None);
        assert_eq!(Unread::taken_from(&mut other), None);
    }
}
