//! What a right endpoint answers, and what other answers mean.

use alloc::{format, string::String, vec::Vec};

use super::{
    Answered, Endpoint, Finding, Request, State, accepted, disclosure,
    finding::{Reading, Seen},
    probe::Probe,
    refused, repeated,
};

/// What a right endpoint answers to the requests of a probe.
#[derive(Clone, Copy)]
pub(super) enum Expectation {
    /// 2xx to each. If not, the finding has this code.
    Accepted {
        code: &'static str,
        advice: &'static str,
    },
    /// 4xx to each.
    Refused(Fault),
    /// No 2xx to any: it may also close the connection.
    NotAccepted(Fault),
    /// 2xx to each, for one event that is processed once.
    Once,
    /// The same, for two that come at the same time: one of them may be told to come again.
    OnceTogether,
    /// Nothing: no answer tells it.
    NeverSeen {
        code: &'static str,
        why: &'static str,
        advice: &'static str,
    },
}

/// What it means if a request was accepted.
#[derive(Clone, Copy)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) advice: &'static str,
    pub(super) state: State,
}

impl Probe {
    pub(super) fn judge(&self, endpoint: &Endpoint, answers: &[Answered]) -> Finding {
        let requests = (self.requests)(endpoint);
        let reading = match self.expects {
            Expectation::NeverSeen { code, why, advice } => Reading::unseen(code, why, advice),
            _ if answers.is_empty() => skipped(),
            _ => self.reading(endpoint, &requests, answers),
        };
        let Reading {
            state,
            code,
            why,
            advice,
        } = reading;
        Finding {
            probe: self.name,
            title: self.title,
            state,
            code,
            why,
            advice,
            answers: requests.iter().zip(answers).map(seen).collect(),
        }
    }

    fn reading(&self, endpoint: &Endpoint, requests: &[Request], answers: &[Answered]) -> Reading {
        let each = |read: &dyn Fn(&Answered) -> Reading| {
            let readings = answers.iter().map(read);
            worst(requests, readings.collect())
        };
        match self.expects {
            Expectation::Accepted { code, advice } => {
                each(&|answer| accepted::reading(answer, code, advice))
            }
            Expectation::Refused(fault) => {
                let disclosed = disclosure::found(endpoint, requests, answers);
                disclosed.unwrap_or_else(|| each(&|answer| refused::reading(answer, fault)))
            }
            Expectation::NotAccepted(fault) => {
                each(&|answer| refused::reading_of_oddity(answer, fault))
            }
            Expectation::Once => repeated::in_turn(endpoint, answers),
            Expectation::OnceTogether => repeated::together(endpoint, answers),
            Expectation::NeverSeen { code, why, advice } => Reading::unseen(code, why, advice),
        }
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
fn worst(requests: &[Request], readings: Vec<Reading>) -> Reading {
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
        .zip(&readings)
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
