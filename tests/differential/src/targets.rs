//! What the fuzzers run on each input. `tests/fuzzed.rs` replays their inputs.

mod receiver;

use docutray_webhook::{Code, Error, Event, Rejection, Verifier, signing::Signer};
use docutray_webhook_tools::emulator::{
    Command, Effects, Emulator, Filter, Options, Query, Reply, Shown,
};

pub use self::receiver::receiver;
use crate::{
    deliveries::{RECEIVERS, pair},
    delivery::{Headers, NOW, REQUEST_ID, SECRET, URL, genuine, signed, verifier},
    verdict,
};

/// A target's name, which is that of its corpus, and what it runs.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: [Target; 6] = [
    ("headers", headers),
    ("payload", payload),
    ("delivery", delivery),
    ("chunks", chunks),
    ("emulator", emulator),
    ("receiver", receiver),
];

const MAX_BODY: u64 = 4096;
/// The codes of what needs no body.
const OF_METADATA: [&str; 3] = [
    "auth_signature_mismatch",
    "timestamp_too_old",
    "timestamp_too_new",
];

/// Header fields, one a line, `NAME:VALUE`. In a value, `@auth` and `@body` stand for the right signatures.
pub fn headers(input: &[u8]) {
    compare(input, b"{}");
}

/// The same, then an empty line and the body.
pub fn delivery(input: &[u8]) {
    let end = input.windows(2).position(|two| two == b"\n\n");
    let (head, body) = end.map_or((input, &b""[..]), |end| (&input[..end], &input[end + 2..]));
    compare(head, body);
}

/// A byte that chooses the event, and a body, which is signed.
pub fn payload(input: &[u8]) {
    let Some((event, body)) = event_and_body(input) else {
        return;
    };
    let (verifier, naive) = pair(&[SECRET], Some(&[URL]), MAX_BODY);
    let headers = signed(REQUEST_ID, event, body);
    let theirs = naive.verify(&headers, body, NOW);
    assert_eq!(verdict::of(verifier.verify(headers, body, NOW)), theirs);
}

/// A number of cuts, a byte for each, then an event and a body as for [`payload`].
pub fn chunks(input: &[u8]) {
    let Some((count, rest)) = input.split_first() else {
        return;
    };
    let Some((cuts, rest)) = rest.split_at_checked(usize::from(*count % 8)) else {
        return;
    };
    let Some((event, body)) = event_and_body(rest) else {
        return;
    };
    let mut cuts: Vec<_> = cuts
        .iter()
        .map(|cut| usize::from(*cut) * body.len() / 255)
        .collect();
    cuts.extend([0, body.len()]);
    cuts.sort_unstable();
    let verifier = verifier(MAX_BODY);
    let headers = signed(REQUEST_ID, event, body);
    let whole = verifier.verify(headers.clone(), body, NOW);
    let settled = match verifier.settle(headers.clone(), body.to_vec(), NOW) {
        Err(Rejection::Unfit(unfit)) => {
            assert_eq!(unfit.body, body);
            Err(unfit.error)
        }
        Err(Rejection::Refused(error)) => Err(error),
        Ok(event) => Ok(event),
    };
    assert_eq!(settled, whole);
    assert_eq!(in_chunks(&verifier, headers, body, &cuts), whole);
}

fn in_chunks(
    verifier: &Verifier,
    headers: Headers,
    body: &[u8],
    cuts: &[usize],
) -> Result<Event, Error> {
    let mut check = verifier.begin(headers, NOW)?;
    for cut in cuts.windows(2) {
        check.update(&body[cut[0]..cut[1]])?;
    }
    check.finish()
}

fn event_and_body(input: &[u8]) -> Option<(&'static str, &[u8])> {
    let (event, body) = input.split_first()?;
    let events = genuine();
    Some((&events[usize::from(*event) % events.len()].event, body))
}

/// Compares the verdicts of every receiver.
fn compare(head: &[u8], body: &[u8]) {
    let headers = read_headers(head, body);
    for (secrets, urls) in RECEIVERS {
        let (verifier, naive) = pair(secrets, urls, MAX_BODY);
        let theirs = naive.verify(&headers, body, NOW);
        assert_eq!(
            verdict::of(verifier.verify(headers.clone(), body, NOW)),
            theirs
        );
        // The body's signature is not needed for this one.
        let code = verifier
            .authorize(headers.clone(), NOW)
            .map_err(|error| error.code());
        let is_later = |code: &str| Code::ALL.iter().skip(6).any(|later| later.as_str() == code);
        match theirs {
            Ok(_) => assert!(code.is_ok(), "{code:?}"),
            Err(refused) if is_later(refused.code) => assert!(code.is_ok(), "{code:?}"),
            // What fails in the metadata's MAC or time fails without a body, too.
            Err(refused) if OF_METADATA.contains(&refused.code) => {
                assert_eq!(code.map_err(Code::as_str).err(), Some(refused.code));
            }
            Err(_) => {}
        }
    }
}

fn read_headers(head: &[u8], body: &[u8]) -> Headers {
    let lines = head.split(|byte| *byte == b'\n');
    let mut headers: Headers = lines
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = String::from_utf8_lossy(&line[..colon]).into_owned();
            Some((name, line[colon + 1..].to_vec()))
        })
        .collect();
    let value = |name: &str| {
        let own = headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        own.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned())
            .unwrap_or_default()
    };
    let message = [
        value("x-docutray-request-id"),
        value("x-docutray-timestamp"),
        URL.to_owned(),
        value("x-docutray-event"),
    ];
    let signer = Signer::new(SECRET);
    // The text of the metadata is a body to the signer.
    let auth = signer.body_signature(message.join("|").as_bytes());
    let body = signer.body_signature(body);
    for (_, value) in &mut headers {
        replace(value, b"@auth", auth.as_bytes());
        replace(value, b"@body", body.as_bytes());
    }
    headers
}

fn replace(value: &mut Vec<u8>, mark: &[u8], text: &[u8]) {
    if let Some(at) = value.windows(mark.len()).position(|part| part == mark) {
        value.splice(at..at + mark.len(), text.iter().copied());
    }
}

/// Commands, one a line, as JSON. `+N` lets N milliseconds pass, `-N` sets the clock back. `@webhook`, `@delivery` and `@attempt` stand
/// for ids of the last ones. A second emulator that is restored before each command has the same effects.
pub fn emulator(input: &[u8]) {
    let mut now = NOW * 1000;
    let options = |now| Options::new("0a".repeat(32), now);
    let mut emulator = Emulator::new(options(now)).unwrap();
    let mut last = LastIds::default();
    for line in String::from_utf8_lossy(input).lines().take(40) {
        if let Ok(milliseconds) = line.parse::<i32>() {
            now = now.saturating_add_signed(milliseconds.into());
            continue;
        }
        let Ok(command) = serde_json::from_str::<Command>(&last.put_into(line)) else {
            continue;
        };
        let saved = emulator.save();
        let restored = Options {
            state: Some(saved.clone()),
            ..options(now)
        };
        let mut twin = Emulator::new(restored).unwrap();
        assert_eq!(twin.save(), saved, "restored, and saved again");
        let effects = emulator.step(now, command.clone());
        let of_twin = twin.step(now, command);
        assert_eq!(json(&effects), json(&of_twin), "the same command");
        assert!(effects.wake_at.is_none_or(|at| at > now), "{effects:?}");
        last.keep(&effects, &emulator);
    }
}

#[derive(Default)]
struct LastIds {
    webhook: String,
    delivery: String,
    attempt: String,
}

impl LastIds {
    fn put_into(&self, line: &str) -> String {
        line.replace("@webhook", &self.webhook)
            .replace("@delivery", &self.delivery)
            .replace("@attempt", &self.attempt)
    }

    fn keep(&mut self, effects: &Effects, emulator: &Emulator) {
        if let Some(Reply::Created { webhook, .. }) = &effects.reply {
            self.webhook.clone_from(&webhook.id);
        }
        if let Some(request) = effects.send.last() {
            self.attempt.clone_from(&request.attempt);
        }
        if let Ok(Shown::Deliveries { items, .. }) =
            emulator.query(&Query::Deliveries(Filter::default()))
            && let Some(newest) = items.first()
        {
            self.delivery.clone_from(&newest.id);
        }
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap()
}
