//! Answers to what must be accepted.

use alloc::format;

use super::{
    answered::Answered,
    diagnosis::Reading,
    expectation::Unexpected,
    http::{ANSWER_LIMIT, Class, class, sentence},
};

/// In seconds: from here on, an answer is called slow.
const SLOW: f64 = 5.;

const QUEUE: &str = "Put the event into a queue, answer 2xx at once, and process it afterwards.";

pub(super) fn reading(answer: &Answered, unexpected: Unexpected) -> Reading {
    let seen = sentence(answer);
    match class(answer) {
        Class::Good if answer.seconds() >= SLOW => Reading::warning(
            "slow_answer",
            format!(
                "{seen} Docutray gives up after {ANSWER_LIMIT} s and sends the delivery again."
            ),
            QUEUE,
        ),
        Class::Good => Reading::passed(seen),
        Class::Redirect => Reading::failed(
            "redirects",
            format!("{seen} Only 2xx counts as received, and a redirect is not followed."),
            "Register the URL that the endpoint answers at. Often a slash at the end, www or https makes the difference.",
        ),
        Class::Refusal => Reading::new(
            unexpected.state,
            unexpected.code,
            format!("{seen} It should accept this delivery."),
            unexpected.advice,
        ),
        Class::TooMany => Reading::failed(
            "limits_rate",
            format!("{seen} It must accept this delivery."),
            "Do not limit the rate of verified deliveries: many may come at once when many documents are ready.",
        ),
        Class::Failure => Reading::failed(
            "fails_on_genuine",
            format!("{seen} It must accept this delivery."),
            "The endpoint's log should have the exception. The ids of this delivery begin with doctor_.",
        ),
        Class::Closed => Reading::failed(
            "closes_connection",
            seen,
            "The process may have crashed, or a proxy has no connection to it: see their logs.",
        ),
        Class::Late => Reading::failed("no_answer_in_time", seen, QUEUE),
        Class::NoConnection => Reading::failed(
            "unreachable",
            seen,
            "Check that the endpoint runs and that the URL is right.",
        ),
    }
}
