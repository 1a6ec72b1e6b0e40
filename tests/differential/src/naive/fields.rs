//! The fields of each event's payload, as the documents have them, in the order in which they are checked.

/// What a value is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    /// Not empty.
    Id,
    Double,
    Count,
    Object,
    TextOrObject,
    Fields(&'static str),
    TextOrFields(&'static str),
    Texts,
    ListOf(&'static str),
}

pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) is_required: bool,
    pub(super) kind: Kind,
}

const DOCUMENT_TYPE: &str = "code:text name:text confidence:double";
const VALIDATION: &str = "errors:messages warnings:messages";
const MESSAGES: &str = "count:count messages:texts";
const IDENTIFICATION: &str = "document_type:text-or-type confidence:double";

/// A name, a kind, and `?` if the field is optional.
pub(super) fn fields(text: &'static str) -> impl Iterator<Item = Field> {
    text.split_whitespace().map(|field| {
        let (name, kind) = field.split_once(':').unwrap();
        let kind_name = kind.trim_end_matches('?');
        Field {
            name,
            is_required: kind == kind_name,
            kind: match kind_name {
                "text" => Kind::Text,
                "id" => Kind::Id,
                "double" => Kind::Double,
                "count" => Kind::Count,
                "object" => Kind::Object,
                "text-or-object" => Kind::TextOrObject,
                "texts" => Kind::Texts,
                "type" => Kind::Fields(DOCUMENT_TYPE),
                "types" => Kind::ListOf(DOCUMENT_TYPE),
                "text-or-type" => Kind::TextOrFields(DOCUMENT_TYPE),
                "identification" => Kind::Fields(IDENTIFICATION),
                "validation" => Kind::Fields(VALIDATION),
                "messages" => Kind::Fields(MESSAGES),
                other => panic!("{other}"),
            },
        }
    })
}

/// None for an event that is not documented.
pub(super) fn of_event(event: &str) -> Option<&'static str> {
    Some(match event {
        "CONVERSION_STARTED" => {
            "conversion_id:id status:text request_timestamp:text original_filename:text? document_metadata:object? document_type_code:text"
        }
        "CONVERSION_COMPLETED" => {
            "conversion_id:id status:text request_timestamp:text response_timestamp:text original_filename:text? document_metadata:object? \
             document_type_code:text data:object"
        }
        "CONVERSION_FAILED" => {
            "conversion_id:id status:text request_timestamp:text response_timestamp:text original_filename:text? document_metadata:object? \
             document_type_code:text error:text-or-object?"
        }
        "IDENTIFICATION_STARTED" => {
            "identification_id:id status:text request_timestamp:text original_filename:text? document_metadata:object? \
             document_type_code_options:texts?"
        }
        "IDENTIFICATION_COMPLETED" => {
            "identification_id:id status:text request_timestamp:text response_timestamp:text original_filename:text? \
             document_metadata:object? document_type_code_options:texts? document_type:type alternatives:types"
        }
        "IDENTIFICATION_FAILED" => {
            "identification_id:id status:text request_timestamp:text response_timestamp:text original_filename:text? \
             document_metadata:object? document_type_code_options:texts? error:text-or-object?"
        }
        "STEP_STARTED" => {
            "step_execution_id:id status:text request_timestamp:text document_metadata:object? step_id:text step_name:text"
        }
        "STEP_COMPLETED" => {
            "step_execution_id:id status:text request_timestamp:text response_timestamp:text document_metadata:object? step_id:text \
             step_name:text data:object identification:identification? validation:validation?"
        }
        "STEP_FAILED" => {
            "step_execution_id:id status:text request_timestamp:text response_timestamp:text document_metadata:object? step_id:text \
             step_name:text error:text-or-object?"
        }
        _ => return None,
    })
}

pub(super) fn statuses(event: &str) -> &'static [&'static str] {
    match event.rsplit_once('_') {
        Some((_, "STARTED")) => &["PROCESSING"],
        Some((_, "COMPLETED")) => &["SUCCESS", "completed"],
        _ => &["ERROR", "FAILED", "failed", "error"],
    }
}
