//! The TypeScript of the tools declares what the emulator writes and reads.

use std::{collections::BTreeMap, fs, path::Path};

use docutray_webhook_tools::emulator::{
    Command, Filter, How, Limits, Options, Query, RetryHeaders, Scripted, Trigger,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{always, options, started};

/// Names of fields, and whether each may be absent.
type Fields = BTreeMap<String, bool>;

fn typescript() -> String {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src");
    let files = ["wire.ts", "emulator-machine.ts"];
    let texts = files.map(|file| fs::read_to_string(sources.join(file)).unwrap());
    texts.concat()
}

/// The lines of a declaration, behind its first.
fn declaration<'a>(source: &'a str, begin: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let (_, behind) = source
        .split_once(begin)
        .unwrap_or_else(|| panic!("no {begin}"));
    let lines = behind.lines().skip(1);
    lines.take_while(|line| !line.starts_with('}') && !line.is_empty())
}

fn declared(source: &str, interface: &str) -> Fields {
    let lines = declaration(source, &format!("export interface {interface}"));
    let fields = lines.filter_map(|line| line.strip_prefix("  readonly ")?.split_once(':'));
    let fields = fields.map(|(name, _)| (name.trim_end_matches('?').into(), name.ends_with('?')));
    fields.collect()
}

/// The fields of objects, of which each has some.
fn written(objects: &[Value]) -> Fields {
    let names = objects
        .iter()
        .flat_map(|object| object.as_object().unwrap().keys());
    let fields = names.map(|name| {
        let is_optional = objects.iter().any(|object| object.get(name).is_none());
        (name.clone(), is_optional)
    });
    fields.collect()
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// What serde names when it meets a name that it does not know.
fn expected<T: DeserializeOwned>(input: &str) -> Vec<String> {
    let error = serde_json::from_str::<T>(input).err().unwrap().to_string();
    let (_, names) = error
        .split_once("expected ")
        .unwrap_or_else(|| panic!("{error}"));
    let mut names: Vec<_> = names
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}

fn names(source: &str, interface: &str) -> Vec<String> {
    declared(source, interface).into_keys().collect()
}

#[test]
fn what_it_writes_is_declared() {
    let (mut docutray, webhook) = started(Options {
        retry_headers: RetryHeaders::Same,
        ..options()
    });
    let mut effects = Vec::new();
    let mut tell =
        |command: Command| effects.push(docutray.emulator().clone().step(crate::NOW, command));
    tell(Command::Tick);
    tell(Command::DeleteWebhook { id: "?".into() });
    let event = Some("STEP_FAILED".into());
    tell(Command::Trigger(Trigger {
        event,
        ..Trigger::default()
    }));
    let effects: Vec<_> = effects.iter().map(json).collect();
    for _ in 0..3 {
        docutray.trigger("STEP_FAILED").unwrap();
        docutray.deliver(always(500));
    }
    let id = docutray.deliveries().remove(0).id;
    docutray
        .tell(Command::Again {
            delivery: id,
            how: How::AsCaptured,
            body: None,
        })
        .unwrap();
    let ask = |query: &Query| json(&docutray.emulator().query(query).unwrap());
    let mut deliveries: Vec<_> = docutray.deliveries().iter().map(json).collect();
    let clocks = [
        ask(&Query::Clock),
        json(
            &started(options())
                .0
                .emulator()
                .query(&Query::Clock)
                .unwrap(),
        ),
    ];
    // `DeliverySummary`.
    let [mut whole, summary] = [false, true].map(|summary| {
        ask(&Query::Latest(Filter {
            summary,
            ..Filter::default()
        }))
    });
    whole.as_object_mut().unwrap().remove("payload").unwrap();
    let names = |delivery: Value| written(&[delivery]);
    assert_eq!(names(summary.clone()), names(whole));
    let enabled = ask(&Query::Webhook {
        id: webhook.clone(),
    });
    docutray.advance(10_000, always(500));
    deliveries.extend(docutray.deliveries().iter().map(json));
    let disabled = json(
        &docutray
            .emulator()
            .query(&Query::Webhook { id: webhook })
            .unwrap(),
    );
    let settings = json(&docutray.emulator().query(&Query::Settings).unwrap());
    let attempts: Vec<_> = deliveries
        .iter()
        .chain([&summary])
        .flat_map(|one| one["attempts"].as_array().unwrap().clone())
        .collect();

    let source = typescript();
    for (interface, objects) in [
        ("Webhook", vec![enabled, disabled]),
        ("EmulatedDelivery", deliveries),
        ("Attempt", attempts),
        ("MachineClock", clocks.into()),
        ("Limits", vec![settings["limits"].clone()]),
        ("MachineSettings", vec![settings]),
        ("Outgoing", vec![effects[2]["send"][0].clone()]),
        ("Triggered", vec![effects[2]["reply"].clone()]),
        ("Effects<", effects),
    ] {
        assert_eq!(
            declared(&source, interface),
            written(&objects),
            "{interface}"
        );
    }
}

#[test]
fn what_it_reads_is_declared() {
    let source = typescript();
    for (interface, read) in [
        ("Trigger", expected::<Trigger>(r#"{"?":1}"#)),
        ("Filter", expected::<Filter>(r#"{"?":1}"#)),
        ("MachineOptions", expected::<Options>(r#"{"?":1}"#)),
        ("Limits", expected::<Limits>(r#"{"?":1}"#)),
        ("ScriptedAnswer", expected::<Scripted>(r#"{"?":1}"#)),
    ] {
        assert_eq!(names(&source, interface), read, "{interface}");
    }
}

#[test]
fn its_commands_and_queries_are_declared() {
    let source = typescript();
    for (union, read) in [
        ("Command", expected::<Command>(r#"{"type":"?"}"#)),
        ("Query", expected::<Query>(r#"{"type":"?"}"#)),
    ] {
        let lines = declaration(&source, &format!("export type {union} ="));
        // `readonly type: "webhook" | "delivery"; readonly id: string`
        let types =
            lines.filter_map(|line| line.split_once("readonly type: ").map(|(_, types)| types));
        let types = types.map(|types| types.split([';', '}']).next().unwrap());
        let mut declared: Vec<_> = types
            .flat_map(|types| types.split('"').skip(1).step_by(2))
            .collect();
        declared.sort_unstable();
        assert_eq!(declared, read, "{union}");
    }
}
