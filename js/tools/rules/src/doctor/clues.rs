//! What the answers to deliveries of one event tell of its processing.

use serde_json::Value;

use super::answered::Answered;

/// In seconds: work that takes less says nothing by its time.
const NOTICEABLE: f64 = 0.5;
/// Of the first time: a repetition that takes so long has probably done the work again, and has not only looked into a store.
const AS_LONG: f64 = 0.8;
/// Words of answers that say that the event was there already.
const KNOWN: [&str; 4] = ["duplicate", "already", "repeat", "seen before"];
/// Members of answers that say what became of the event, and values that say that it was processed.
const OUTCOMES: [&str; 3] = ["verdict", "status", "result"];
const PROCESSED: [&str; 2] = ["processed", "created"];
/// Unix time in seconds of 2001. A counter is hardly greater.
const LEAST_TIME: f64 = 1_000_000_000.;
const CREATED: u16 = 201;

/// What can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clue {
    Once(&'static str),
    Twice(&'static str),
    MaybeTwice(&'static str),
    None,
}

/// Compares the answers to deliveries that came one after the other. All of them are good.
pub(super) fn in_turn(answers: &[Answered]) -> Clue {
    let Some((first, others)) = answers.split_first() else {
        return Clue::None;
    };
    if !says_known(first) && others.iter().all(says_known) {
        return Clue::Once("The repeated deliveries got an answer that says so.");
    }
    match of_contents(answers) {
        Clue::None => of_times(first, others),
        clue => clue,
    }
}

/// The same of two that came at the same time. Either may be the first, and one may have waited for the other.
pub(super) fn together(answers: &[Answered]) -> Clue {
    if answers.iter().any(says_known) {
        return Clue::Once("One of the two got an answer that says so.");
    }
    of_contents(answers)
}

fn of_contents(answers: &[Answered]) -> Clue {
    let Some((first, others)) = answers.split_first() else {
        return Clue::None;
    };
    if answers.iter().all(says_processed) {
        return Clue::Twice(
            "It says of each delivery of the same event that the event was processed.",
        );
    }
    if others
        .iter()
        .any(|answer| has_other_location(first, answer))
    {
        return Clue::Twice(
            "Each delivery of the same event got another Location, so each has made something new.",
        );
    }
    if others.iter().any(|answer| has_risen(first, answer)) {
        return Clue::MaybeTwice(
            "A number in its answer rises with each delivery of the same event.",
        );
    }
    Clue::None
}

fn of_times(first: &Answered, others: &[Answered]) -> Clue {
    if first.seconds() < NOTICEABLE {
        return Clue::None;
    }
    let as_long = |answer: &Answered| answer.seconds() >= AS_LONG * first.seconds();
    if others.iter().all(as_long) {
        Clue::MaybeTwice(
            "Each delivery of the same event took as long as the first, as if the work were done again.",
        )
    } else {
        Clue::Once("The first delivery took its time, and the repeated ones did not.")
    }
}

fn says_known(answer: &Answered) -> bool {
    let is_known = |text: &str| {
        let text = text.to_lowercase();
        KNOWN.iter().any(|word| text.contains(word))
    };
    match answer.json() {
        Some(Value::Object(members)) => members.iter().any(|(name, value)| match value {
            Value::Bool(is) => *is && is_known(name),
            Value::String(text) => is_known(text),
            _ => false,
        }),
        _ => is_known(&answer.text()),
    }
}

fn says_processed(answer: &Answered) -> bool {
    let json = answer.json();
    let outcome = |name: &&str| json.as_ref()?.get(name)?.as_str();
    let mut outcomes = OUTCOMES.iter().filter_map(outcome);
    answer.status() == Some(CREATED) || outcomes.any(|value| PROCESSED.contains(&value))
}

fn has_other_location(first: &Answered, other: &Answered) -> bool {
    match (first.header("location"), other.header("location")) {
        (Some(first), Some(other)) => first != other,
        _ => false,
    }
}

/// Whether a number at the top of the answer is greater than in the first. A time rises, too: such numbers are left out.
fn has_risen(first: &Answered, other: &Answered) -> bool {
    let (Some(Value::Object(first)), Some(Value::Object(other))) = (first.json(), other.json())
    else {
        return false;
    };
    first.iter().any(|(name, before)| {
        let before = before.as_f64().filter(|number| *number < LEAST_TIME);
        let after = other.get(name).and_then(Value::as_f64);
        before
            .zip(after)
            .is_some_and(|(before, after)| before < after)
    })
}
