//! Answers to what must be refused.

use alloc::format;

use super::{
    answered::Answered,
    diagnosis::Reading,
    expectation::Unexpected,
    http::{Class, class, sentence},
};

pub(super) fn reading(answer: &Answered, unexpected: Unexpected) -> Reading {
    let seen = sentence(answer);
    match class(answer) {
        Class::Good => accepted(answer, unexpected),
        Class::Refusal => Reading::passed(seen),
        Class::Redirect => Reading::warning(
            "redirects_forgery",
            format!("{seen} It was not accepted, but not refused either."),
            "Answer 4xx, so that the sender's mistake can be seen.",
        ),
        Class::TooMany => Reading::unseen(
            "limits_rate",
            format!("{seen} So whether it would have been refused for its content cannot be seen."),
            "Run the doctor where no rate is limited.",
        ),
        Class::Failure => Reading::failed(
            "fails_on_forgery",
            format!("{seen} Anybody can make it fail so."),
            "Check each header and the body before they are used, and answer 4xx. The endpoint's log should have the exception.",
        ),
        Class::Closed => Reading::warning(
            "closes_on_forgery",
            format!(
                "{seen} It was not accepted, but Docutray would take it for a failure of the network."
            ),
            "Answer 4xx. If the process has crashed, anybody can crash it so.",
        ),
        Class::Late => Reading::failed(
            "hangs_on_forgery",
            format!("{seen} Anybody can hold its connections so."),
            "Answer 4xx as soon as something is wrong.",
        ),
        Class::NoConnection => unreachable(answer),
    }
}

/// The same of an authentic delivery that is unfit. This package's receivers may keep it for a person, and say so.
pub(super) fn reading_of_unfit(answer: &Answered, unexpected: Unexpected) -> Reading {
    match class(answer) {
        Class::Good if says_kept(answer) => {
            Reading::passed("It has kept the delivery, and says that it was not processed.")
        }
        _ => reading(answer, unexpected),
    }
}

fn says_kept(answer: &Answered) -> bool {
    let json = answer.json();
    let verdict = json.as_ref().and_then(|json| json.get("verdict")?.as_str());
    verdict == Some("kept")
}

/// The same where HTTP itself is odd: a closed connection is as good as a refusal.
pub(super) fn reading_of_oddity(answer: &Answered, unexpected: Unexpected) -> Reading {
    match class(answer) {
        Class::Good => accepted(answer, unexpected),
        Class::NoConnection => unreachable(answer),
        Class::Late => Reading::warning(
            "no_answer_to_oddity",
            sentence(answer),
            "Give up such a body in time, and close its connection.",
        ),
        _ => Reading::passed(sentence(answer)),
    }
}

fn accepted(answer: &Answered, unexpected: Unexpected) -> Reading {
    let why = format!(
        "It answered {} as if all were right.",
        answer.status().unwrap_or_default()
    );
    Reading::new(unexpected.state, unexpected.code, why, unexpected.advice)
}

fn unreachable(answer: &Answered) -> Reading {
    Reading::failed(
        "unreachable",
        sentence(answer),
        "The endpoint has answered before: the request may have ended its process. See its log.",
    )
}
