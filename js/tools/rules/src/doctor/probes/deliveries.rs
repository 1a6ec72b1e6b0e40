//! Genuine deliveries.

use super::super::{
    diagnosis::State,
    expectation::{Expectation, Unexpected},
    genuine,
    probe::{Probe, accepted},
};

const GENUINE: &str = "Deliveries of Docutray";
pub(super) const PROBES: &[Probe] = &[
    Probe {
        name: "genuine",
        title: "accepts a genuine delivery in time",
        group: GENUINE,
        requests: genuine::first,
        expects: accepted(
            "refuses_genuine",
            "Check that the secret is that of this webhook, and that --url is the URL as it is registered with Docutray, to the letter. Verify the bytes of the body as they came, before anything parses them. The endpoint's clock must be right.",
        ),
    },
    Probe {
        name: "events",
        title: "accepts each of the other eight events",
        group: GENUINE,
        requests: genuine::events,
        expects: accepted(
            "refuses_event",
            "Answer 2xx to each event that the webhook is registered for, also to one that the application ignores: Docutray sends a refused one again, and may disable the webhook.",
        ),
    },
    Probe {
        name: "unknown-event",
        title: "accepts an event that Docutray may add later",
        group: GENUINE,
        requests: genuine::unknown_event,
        expects: accepted(
            "refuses_unknown_event",
            "Answer 2xx to a verified event that the application does not know, and ignore it.",
        ),
    },
    Probe {
        name: "unknown-field",
        title: "accepts a payload with a field that Docutray may add later",
        group: GENUINE,
        requests: genuine::unknown_field,
        expects: accepted(
            "refuses_unknown_field",
            "Ignore fields that the application does not know. Payloads grow.",
        ),
    },
    Probe {
        name: "repeated",
        title: "accepts a retry, and does not process its event twice",
        group: GENUINE,
        requests: genuine::repeated,
        expects: Expectation::Once,
    },
    Probe {
        name: "together",
        title: "processes a delivery once that comes twice at the same time",
        group: GENUINE,
        requests: genuine::together,
        expects: Expectation::OnceTogether,
    },
    Probe {
        name: "slow-body",
        title: "accepts a body that arrives slowly",
        group: GENUINE,
        requests: genuine::slow,
        expects: accepted(
            "refuses_slow_body",
            "Read the body to its end, as often as it takes: a network may deliver it in parts.",
        ),
    },
    Probe {
        name: "chunked-body",
        title: "accepts a body in chunks, without its length",
        group: GENUINE,
        requests: genuine::chunked,
        expects: Expectation::Accepted(Unexpected {
            code: "refuses_chunked_body",
            advice: "Decode chunked bodies (RFC 9112, 7.1), or have a proxy do so. Docutray does not say how it frames its bodies, and proxies may change that.",
            state: State::Warning,
        }),
    },
    Probe {
        name: "large-body",
        title: "accepts a body of 1 MiB",
        group: GENUINE,
        requests: genuine::large,
        expects: accepted(
            "refuses_large_body",
            "Raise the body limit of the framework and of the proxy before it. Many allow 100 kB by default, and payloads with many pages are larger.",
        ),
    },
];
