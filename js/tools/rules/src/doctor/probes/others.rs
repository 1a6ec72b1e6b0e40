//! Requests that are odd for HTTP, and what is left to say in the end.

use alloc::vec::Vec;

use super::super::{
    diagnosis::State,
    expectation::{Expectation, Unexpected},
    forged, genuine,
    probe::{Probe, accepted},
};

const OTHERS: &str = "Other requests";
pub(super) const PROBES: &[Probe] = &[
    Probe {
        name: "content-type",
        title: "refuses a content type that is not application/json",
        group: OTHERS,
        requests: forged::content_type,
        expects: Expectation::Refused(Unexpected {
            code: "accepts_other_content_type",
            advice: "Answer 415 to any other content type. Docutray sends application/json alone. Accepting another is no unexpected as long as both signatures are verified.",
            state: State::Warning,
        }),
    },
    Probe {
        name: "method",
        title: "refuses any method but POST",
        group: OTHERS,
        requests: forged::method,
        expects: Expectation::Refused(Unexpected {
            code: "accepts_other_method",
            advice: "Answer 405 with `Allow: POST` to any other method.",
            state: State::Warning,
        }),
    },
    Probe {
        name: "cut-body",
        title: "does not accept a body that ends early",
        group: OTHERS,
        requests: forged::cut,
        expects: Expectation::NotAccepted(Unexpected {
            code: "accepts_cut_body",
            advice: "Verify the signature over the whole body: fewer bytes than Content-Length says are no delivery.",
            state: State::Failed,
        }),
    },
    Probe {
        name: "size-limit",
        title: "has a limit for bodies",
        group: OTHERS,
        requests: genuine::oversized,
        expects: Expectation::NotAccepted(Unexpected {
            code: "no_size_limit",
            advice: "Limit the body before it is read (16 MiB is this package's default), and answer 413 beyond it. Anybody can send a large body: it is in memory before its signature is known to be wrong.",
            state: State::Warning,
        }),
    },
];

const AFTER: &str = "Afterwards";
pub(super) const AFTERWARDS: &[Probe] = &[
    Probe {
        name: "still-good",
        title: "still accepts a genuine delivery after all that",
        group: AFTER,
        requests: genuine::last,
        expects: accepted(
            "broken_by_forgeries",
            "One of the requests above has broken the endpoint or made it slow: anybody could do that. Its log should say which.",
        ),
    },
    Probe {
        name: "constant-time",
        title: "compares signatures in constant time",
        group: AFTER,
        requests: |_| Vec::new(),
        expects: Expectation::NeverSeen {
            code: "constant_time",
            why: "This cannot be seen over a network.",
            advice: "Look into the code: `===`, `==` and `equals` tell by their time how much of a guess was right. Use timingSafeEqual, compare_digest or their like, on bytes of equal length.",
        },
    },
];
