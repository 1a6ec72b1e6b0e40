//! Whether an event is processed once, by what its answers tell.

use alloc::format;

use super::{
    accepted,
    answered::Answered,
    clues::{self, Clue},
    diagnosis::{Reading, State},
    endpoint::Endpoint,
    expectation::Unexpected,
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
    let Some((first, others)) = answers.split_first() else {
        return meaning(Clue::None, endpoint, "repeated");
    };
    let not_accepted = fault(first, FIRST).or_else(|| others.iter().find_map(repeated_fault));
    not_accepted.unwrap_or_else(|| meaning(clues::in_turn(answers), endpoint, "repeated"))
}

/// Two at the same time, and one after them.
pub(super) fn together(endpoint: &Endpoint, answers: &[Answered]) -> Reading {
    let Some((last, both)) = answers.split_last() else {
        return meaning(Clue::None, endpoint, "together");
    };
    let mut answered = both.iter().filter(|answer| !is_put_off(answer));
    let not_accepted = answered.find_map(repeated_fault);
    if let Some(fault) = not_accepted.or_else(|| fault(last, REPEATED)) {
        return fault;
    }
    if both.iter().any(is_put_off) {
        return Reading::passed(
            "One of the two was told to come again, and a retry after both was accepted.",
        );
    }
    meaning(clues::together(both), endpoint, "together")
}

/// What is wrong with an answer that is no 2xx. That it was slow is said elsewhere.
fn fault(answer: &Answered, unexpected: Unexpected) -> Option<Reading> {
    (class(answer) != Class::Good).then(|| accepted::reading(answer, unexpected))
}

fn repeated_fault(answer: &Answered) -> Option<Reading> {
    match class(answer) {
        Class::Failure => Some(fails_on_repeated(answer)),
        _ => fault(answer, REPEATED),
    }
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
