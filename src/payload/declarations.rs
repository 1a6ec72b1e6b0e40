//! Compares the records with their declarations in WIT and TypeScript: the same fields in the same order, each required or
//! optional as here, and of a type that can hold every value of its shape.

use super::{
    ConversionCompleted, ConversionFailed, ConversionStarted, DocumentType,
    IdentificationCompleted, IdentificationFailed, IdentificationStarted, Messages, StepCompleted,
    StepFailed, StepIdentification, StepStarted, Validation,
    record::Record as _,
    shape::{Field, Shape},
};
use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

const WIT: &str = include_str!("../../wit/webhook.wit");
const TYPESCRIPT: &str = include_str!("../../js/src/payload.ts");

const EVENTS: [(&str, &[Field]); 9] = [
    ("ConversionStarted", ConversionStarted::FIELDS),
    ("ConversionCompleted", ConversionCompleted::FIELDS),
    ("ConversionFailed", ConversionFailed::FIELDS),
    ("IdentificationStarted", IdentificationStarted::FIELDS),
    ("IdentificationCompleted", IdentificationCompleted::FIELDS),
    ("IdentificationFailed", IdentificationFailed::FIELDS),
    ("StepStarted", StepStarted::FIELDS),
    ("StepCompleted", StepCompleted::FIELDS),
    ("StepFailed", StepFailed::FIELDS),
];
const NESTED: [(&str, &[Field]); 4] = [
    ("DocumentType", DocumentType::FIELDS),
    ("StepIdentification", StepIdentification::FIELDS),
    ("Validation", Validation::FIELDS),
    ("Messages", Messages::FIELDS),
];

fn names(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().map(|field| field.name).collect()
}

/// Returns the name of a nested record. No two of them have the same fields.
fn record_name(fields: &[Field]) -> &'static str {
    let mut records = NESTED.iter();
    let record = records.find(|(_, own)| names(own) == names(fields));
    record.unwrap().0
}

/// Returns the lines after this head up to the closing brace, without comments.
fn lines<'s>(source: &'s str, head: &str) -> Vec<&'s str> {
    let (_, block) = source.split_once(head).expect(head);
    let lines = block.lines().map(str::trim);
    lines
        .take_while(|line| *line != "}")
        .filter(|line| !line.is_empty() && !line.starts_with('/'))
        .collect()
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for (place, letter) in name.char_indices() {
        if letter == '_' || letter.is_ascii_uppercase() && place > 0 {
            kebab.push('-');
        }
        if letter != '_' {
            kebab.push(letter.to_ascii_lowercase());
        }
    }
    kebab
}

fn wit_type(shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::Id => "string".to_string(),
        Shape::Finite => "f64".to_string(),
        Shape::Count => "u64".to_string(),
        Shape::Object | Shape::Failure => "json".to_string(),
        Shape::List(item) => format!("list<{}>", wit_type(item)),
        Shape::Record(fields) => kebab(record_name(fields)),
        Shape::TextOrRecord(fields) => format!("step-{}", kebab(record_name(fields))),
    }
}

fn wit_field(field: &Field) -> String {
    let name = kebab(field.name);
    let inner = wit_type(field.shape);
    if field.is_required {
        format!("{name}: {inner},")
    } else {
        format!("{name}: option<{inner}>,")
    }
}

#[test]
fn the_wit_has_the_same_records() {
    let events = EVENTS
        .iter()
        .map(|record| (record, Some("unknown-fields: json,")));
    let nested = NESTED.iter().map(|record| (record, None));
    for ((name, fields), rest) in events.chain(nested) {
        let declared = lines(WIT, &format!("record {} {{", kebab(name)));
        let mut expected: Vec<_> = fields.iter().map(wit_field).collect();
        expected.extend(rest.map(str::to_string));
        assert_eq!(declared, expected, "{name}");
    }
}

#[test]
fn the_wit_has_both_forms_of_a_step_s_document_type() {
    let declared = lines(WIT, "variant step-document-type {");
    assert_eq!(declared, ["code(string),", "described(document-type),"]);
}

fn typescript_type(field: &Field, shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::Id if field.name == "status" => "Status".to_string(),
        Shape::Text | Shape::Id => "string".to_string(),
        Shape::Finite | Shape::Count => "number".to_string(),
        Shape::Object => "JsonObject".to_string(),
        Shape::Failure => "string | JsonObject".to_string(),
        Shape::List(item) => format!("{}[]", typescript_type(field, item)),
        Shape::Record(fields) => record_name(fields).to_string(),
        Shape::TextOrRecord(fields) => format!("string | {}", record_name(fields)),
    }
}

fn typescript_field(field: &Field) -> String {
    let name = field.name;
    let inner = typescript_type(field, field.shape);
    if field.is_required {
        format!("{name}: {inner};")
    } else {
        format!("{name}?: {inner} | null;")
    }
}

/// Returns the fields of an interface and its base interfaces, one list each, its own list last.
fn interfaces(name: &str) -> Vec<Vec<String>> {
    let head = format!("interface {name} ");
    let (_, declared) = TYPESCRIPT.split_once(&head).expect(name);
    let (bases, _) = declared.split_once('{').expect(name);
    let bases = bases.trim().strip_prefix("extends ").unwrap_or_default();
    let bases = bases
        .split(',')
        .map(str::trim)
        .filter(|base| !base.is_empty());
    let mut interfaces: Vec<_> = bases.flat_map(interfaces).collect();
    let own = lines(TYPESCRIPT, &format!("{head}{}", head_rest(declared)));
    // The statuses depend on the event. The cases in `tests/cases` cover them.
    let statuses = ["StartedStatus", "CompletedStatus", "FailedStatus"];
    let own = own.into_iter().map(|line| {
        let status = statuses
            .iter()
            .find(|status| line == format!("status: {status};"));
        status.map_or(line, |_| "status: Status;").to_string()
    });
    interfaces.push(own.collect());
    interfaces
}

/// Returns the text from the name to the brace.
fn head_rest(declared: &str) -> &str {
    let end = declared.find('{').unwrap_or_default();
    declared.get(..=end).unwrap_or_default()
}

#[test]
fn typescript_has_the_same_records() {
    for (name, fields) in EVENTS.iter().chain(&NESTED) {
        let expected: Vec<_> = fields.iter().map(typescript_field).collect();
        let place = |line: &String| {
            let place = expected.iter().position(|field| field == line);
            place.unwrap_or_else(|| panic!("{name}: {line} is not among {expected:?}"))
        };
        let mut all = Vec::new();
        for interface in interfaces(name) {
            let places: Vec<_> = interface.iter().map(place).collect();
            assert!(places.is_sorted(), "{name}: {interface:?}");
            all.extend(places);
        }
        all.sort_unstable();
        assert_eq!(all, (0..expected.len()).collect::<Vec<_>>(), "{name}");
    }
}
