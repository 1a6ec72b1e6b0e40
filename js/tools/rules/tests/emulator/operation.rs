//! What happens to an emulator: commands, answers, time.

use docutray_webhook::EventKind;
use docutray_webhook_tools::{
    emulator::{Answered, Chain, Failure, How, Scripted, ScriptedAnswer, ScriptedFailure, Trigger},
    samples::{Ends, Family},
    wire::Bytes,
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};

/// One of the emulator's webhooks, deliveries or requests, if there are any.
pub(crate) type Choice = Index;

#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Create {
        url: usize,
        events: Vec<String>,
        enabled: bool,
    },
    Update {
        webhook: Choice,
        url: Option<usize>,
        events: Option<Vec<String>>,
        enabled: Option<bool>,
    },
    Regenerate(Choice),
    Delete(Choice),
    Trigger(Trigger, Option<Choice>),
    Answer(Choice, Answered),
    Advance(u32),
    SetSpeed(u32),
    Script(Vec<Scripted>),
    Again(Choice, How),
    Reset,
    /// Goes on with what was saved.
    Restore,
    Nothing,
}

/// An operation, and how far the caller's clock goes before it, in milliseconds.
pub(crate) type Timed = (i64, Operation);

pub(crate) const URLS: [&str; 3] = [
    "https://example.com/hooks",
    "http://localhost:3000/hooks?tenant=1",
    "http://127.0.0.1/",
];

pub(crate) fn operations() -> impl Strategy<Value = Vec<Timed>> {
    vec((passing(), operation()), 1..80)
}

fn passing() -> impl Strategy<Value = i64> {
    prop_oneof![
        6 => Just(0),
        4 => 1..2_000_i64,
        3 => 20_000..70_000_i64,
        1 => select(vec![29_999, 30_000, 30_001, 60_000, 300_000, 3_600_000]),
        1 => 0..100_000_000_i64,
        2 => -100_000_000..0_i64,
    ]
}

fn operation() -> impl Strategy<Value = Operation> {
    use Operation as O;
    let choice = any::<Choice>;
    prop_oneof![
        2 => (0..URLS.len(), events(), prop::bool::weighted(0.9))
            .prop_map(|(url, events, enabled)| O::Create { url, events, enabled }),
        1 => (choice(), prop::option::of(0..URLS.len()), prop::option::of(events()), prop::option::of(any::<bool>()))
            .prop_map(|(webhook, url, events, enabled)| O::Update { webhook, url, events, enabled }),
        1 => choice().prop_map(O::Regenerate),
        1 => choice().prop_map(O::Delete),
        6 => (trigger(), prop::option::weighted(0.2, choice())).prop_map(|(trigger, webhook)| O::Trigger(trigger, webhook)),
        12 => (choice(), answered()).prop_map(|(request, answer)| O::Answer(request, answer)),
        3 => prop_oneof![0..100_u32, 0..10_000_u32, Just(u32::MAX)].prop_map(O::Advance),
        1 => prop_oneof![Just(1), 0..100_u32, any::<u32>()].prop_map(O::SetSpeed),
        2 => vec(scripted(), 0..8).prop_map(O::Script),
        2 => (choice(), select(vec![How::AsCaptured, How::SignedAfresh, How::Edited]))
            .prop_map(|(delivery, how)| O::Again(delivery, how)),
        1 => prop_oneof![4 => Just(O::Restore), 1 => Just(O::Reset)],
        2 => Just(O::Nothing),
    ]
}

fn events() -> impl Strategy<Value = Vec<String>> {
    vec(event(), 1..9)
}

fn event() -> impl Strategy<Value = String> {
    select(EventKind::KNOWN).prop_map(|kind| kind.as_str().into())
}

fn trigger() -> impl Strategy<Value = Trigger> {
    let family = select(vec![
        Family::Conversion,
        Family::Identification,
        Family::Step,
    ]);
    let chain = (family, select(vec![Ends::Completed, Ends::Failed]));
    prop_oneof![
        4 => event().prop_map(|event| Trigger { event: Some(event), ..Trigger::default() }),
        1 => Just(Trigger { sample: Some("spanish-invoice".into()), ..Trigger::default() }),
        2 => chain.prop_map(|(family, ends)| Trigger { chain: Some(Chain { family, ends }), ..Trigger::default() }),
    ]
}

fn answered() -> impl Strategy<Value = Answered> {
    prop_oneof![
        1 => (200..300_u16).prop_map(Answered::status),
        3 => (300..600_u16).prop_map(Answered::status),
        1 => (300..600_u16).prop_map(large),
        1 => select(vec![Failure::Refused, Failure::Reset, Failure::Timeout, Failure::NotAllowed]).prop_map(|failure| {
            Answered::None { failure, message: "no answer".into(), milliseconds: 7 }
        }),
    ]
}

/// An answer that is much larger than what is kept of it.
fn large(status: u16) -> Answered {
    Answered::Answer {
        status,
        headers: vec![("x".into(), "y".repeat(1000)); 1000],
        body: Bytes(vec![b'z'; 300_000]),
        body_truncated: false,
        milliseconds: 1,
    }
}

fn scripted() -> impl Strategy<Value = Scripted> {
    let answer = prop_oneof![
        (200..600_u16).prop_map(ScriptedAnswer::Status),
        Just(ScriptedAnswer::Failure(ScriptedFailure::Hang)),
        Just(ScriptedAnswer::Failure(ScriptedFailure::Reset)),
    ];
    (answer, any::<bool>()).prop_map(|(answer, delivered)| Scripted { answer, delivered })
}
