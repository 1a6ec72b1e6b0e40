//! What the answers to a probe mean.

use alloc::{format, string::String, vec::Vec};

use super::{
    accepted,
    answered::Answered,
    diagnosis::{Diagnosis, Reading, Seen, State},
    disclosure,
    endpoint::Endpoint,
    expectation::Expectation,
    probe::Probe,
    refused, repeated,
    request::Request,
};

pub(super) fn of(probe: &Probe, endpoint: &Endpoint, answers: &[Answered]) -> Diagnosis {
    let requests = (probe.requests)(endpoint);
    let reading = match probe.expects {
        Expectation::NeverSeen { code, why, advice } => Reading::unseen(code, why, advice),
        _ if answers.is_empty() => skipped(),
        expectation => reading(expectation, endpoint, &requests, answers),
    };
    let Reading {
        state,
        code,
        why,
        advice,
    } = reading;
    Diagnosis {
        probe: probe.name,
        title: probe.title,
        state,
        code,
        why,
        advice,
        answers: requests.iter().zip(answers).map(seen).collect(),
    }
}

fn reading(
    expectation: Expectation,
    endpoint: &Endpoint,
    requests: &[Request],
    answers: &[Answered],
) -> Reading {
    let each = |read: &dyn Fn(&Answered) -> Reading| {
        let readings: Vec<_> = answers.iter().map(read).collect();
        worst(requests, &readings)
    };
    match expectation {
        Expectation::Accepted(unexpected) => each(&|answer| accepted::reading(answer, unexpected)),
        Expectation::Unfit(unexpected) => {
            each(&|answer| refused::reading_of_unfit(answer, unexpected))
        }
        Expectation::Refused(unexpected) => {
            let disclosed = disclosure::found(endpoint, requests, answers);
            disclosed.unwrap_or_else(|| each(&|answer| refused::reading(answer, unexpected)))
        }
        Expectation::NotAccepted(unexpected) => {
            each(&|answer| refused::reading_of_oddity(answer, unexpected))
        }
        Expectation::Once => repeated::in_turn(endpoint, answers),
        Expectation::OnceTogether => repeated::together(endpoint, answers),
        Expectation::NeverSeen { code, why, advice } => Reading::unseen(code, why, advice),
    }
}

fn skipped() -> Reading {
    Reading {
        state: State::Skipped,
        code: None,
        why: "This was not tried, since the endpoint does not accept a genuine delivery.".into(),
        advice: None,
    }
}

fn seen((request, answer): (&Request, &Answered)) -> Seen {
    Seen {
        request: request.title.clone(),
        status: answer.status(),
        failure: answer.failure().map(Into::into),
        milliseconds: answer.seconds() * 1000.,
    }
}

/// The worst reading. If several requests have been sent, it says to which of them it belongs.
fn worst(requests: &[Request], readings: &[Reading]) -> Reading {
    let several = readings.len() > 1;
    let Some(worst) = readings
        .iter()
        .rev()
        .max_by_key(|reading| reading.state)
        .cloned()
    else {
        return skipped();
    };
    if !several || worst.state == State::Passed {
        return worst;
    }
    let alike = requests
        .iter()
        .zip(readings)
        .filter(|(_, reading)| reading.code == worst.code);
    let titles: Vec<&str> = alike.map(|(request, _)| request.title.as_str()).collect();
    let which = list(&titles);
    Reading {
        why: format!("{} Seen with: {which}.", worst.why),
        ..worst
    }
}

/// The titles, each once.
fn list(titles: &[&str]) -> String {
    let mut once: Vec<&str> = Vec::new();
    for title in titles {
        if !once.contains(title) {
            once.push(title);
        }
    }
    once.join("; ")
}
