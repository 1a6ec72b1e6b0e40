//! Whether an event is processed once, by what its answers tell.

use alloc::format;

use super::{
    accepted,
    answered::Answered,
    clues::{self, Clue},
    endpoint::Endpoint,
    expectation::Unexpected,
    finding::{Reading, State},
    genuine,
    http::{Class, class, sentence},
};

const REFUSED: &str = "Answer 2xx to an event that was processed before. Docutray sends a delivery again if the answer to it was lost, and sends a refused one again up to five times.";
const TWICE: &str = "Remember each event's key, such as CONVERSION_COMPLETED:{conversion_id}, in the same transaction as its effects or in a store, and answer 2xx at once if it is there. The request id is no such key: a retry may have a new one.";

const REPEATED: Unexpected = Unexpected {
    code: "refuses_repeated",
    advice: REFUSED,
    state: State::Failed,
};
const FIRST: Unexpected = Unexpected {
    code: "refuses_genuine",
    ..REPEATED
};

/// The first delivery, the same again, and a retry with new headers.
pub(super) fn in_turn(endpoint: &Endpoint, answers: &[Answered]) -> Reading {
    for (place, answer) in answers.iter().enumerate() {
        let reading = accepted::reading(answer, if place == 0 { FIRST } else { REPEATED });
        if reading.state != State::Passed {
            return match class(answer) {
                Class::Failure if place > 0 => fails_on_repeated(answer),
                _ => reading,
            };
        }
    }
    meaning(clues::in_turn(answers), endpoint, "repeated")
}

/// Two at the same time, and one after them.
pub(super) fn together(endpoint: &Endpoint, answers: &[Answered]) -> Reading {
    let (last, both) = match answers.split_last() {
        Some((last, both)) if !both.is_empty() => (last, both),
        _ => return fails_together_without(answers),
    };
    for answer in both {
        let reading = accepted::reading(answer, REPEATED);
        if reading.state != State::Passed && !is_put_off(answer) {
            return match class(answer) {
                Class::Failure => fails_on_repeated(answer),
                _ => reading,
            };
        }
    }
    let reading = accepted::reading(last, REPEATED);
    if reading.state != State::Passed {
        return reading;
    }
    if both.iter().any(is_put_off) {
        return Reading::passed(
            "One of the two was told to come again, and a retry after both was accepted.",
        );
    }
    meaning(clues::together(both), endpoint, "together")
}

/// Whether the answer says that the sender should try later, since the other of two is being processed.
fn is_put_off(answer: &Answered) -> bool {
    matches!(answer.status(), Some(409 | 425 | 429 | 503))
}

fn fails_on_repeated(answer: &Answered) -> Reading {
    Reading::failed(
        "fails_on_repeated",
        format!(
            "{} The first delivery of this event was accepted.",
            sentence(answer)
        ),
        REFUSED,
    )
}

fn fails_together_without(answers: &[Answered]) -> Reading {
    answers.first().map_or_else(
        || {
            Reading::unseen(
                "no_answers",
                "There are no answers.",
                "Run the doctor again.",
            )
        },
        |answer| accepted::reading(answer, REPEATED),
    )
}

fn meaning(clue: Clue, endpoint: &Endpoint, name: &str) -> Reading {
    let id = genuine::id(endpoint, name);
    match clue {
        Clue::Once(why) => Reading::passed(why),
        Clue::Twice(why) => Reading::failed("processes_twice", why, TWICE),
        Clue::MaybeTwice(why) => Reading::warning(
            "may_process_twice",
            why,
            format!(
                "Look for {id} in the application: it must be there once. If it is there twice: {TWICE}"
            ),
        ),
        Clue::None => Reading::unseen(
            "processes_once_unseen",
            "All were accepted with the same answer, so whether the event was processed twice cannot be seen from outside.",
            format!("Look for {id} in the application: it must be there once."),
        ),
    }
}
