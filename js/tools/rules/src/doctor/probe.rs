//! The list of probes.

use super::{
    Endpoint, Request,
    expectation::{Expectation, Fault},
    finding::{Outline, State},
    forged, genuine,
};

/// A request or several, and what a right endpoint answers to each.
pub(super) struct Probe {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    group: &'static str,
    pub(super) requests: fn(&Endpoint) -> alloc::vec::Vec<Request>,
    pub(super) expects: Expectation,
}

impl Probe {
    pub(super) const fn outline(&self) -> Outline {
        Outline {
            name: self.name,
            title: self.title,
            group: self.group,
        }
    }
}

/// The first one is a genuine delivery.
pub(super) fn all() -> impl Iterator<Item = &'static Probe> {
    let groups = [DELIVERIES, FORGERIES, REQUESTS, AFTERWARDS];
    groups.into_iter().flatten()
}

pub(super) fn named(name: &str) -> Option<&'static Probe> {
    all().find(|probe| probe.name == name)
}

const fn accepted(code: &'static str, advice: &'static str) -> Expectation {
    Expectation::Accepted { code, advice }
}

const fn refused(code: &'static str, advice: &'static str) -> Expectation {
    Expectation::Refused(Fault {
        code,
        advice,
        state: State::Failed,
    })
}

const GENUINE: &str = "Deliveries of Docutray";
const DELIVERIES: &[Probe] = &[
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
        title: "accepts a body that arrives slowly, in chunks",
        group: GENUINE,
        requests: genuine::slow,
        expects: accepted(
            "refuses_slow_body",
            "Read the body to its end, also when it comes in several chunks and without a Content-Length.",
        ),
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

const FORGED: &str = "Forgeries";
const FORGERIES: &[Probe] = &[
    Probe {
        name: "unsigned",
        title: "refuses an unsigned delivery",
        group: FORGED,
        requests: forged::unsigned,
        expects: refused(
            "accepts_unsigned",
            "Verify both signatures before anything else, and answer 401 without them. Anybody can write to this endpoint.",
        ),
    },
    Probe {
        name: "other-secret",
        title: "refuses a delivery that another secret has signed",
        group: FORGED,
        requests: forged::other_secret,
        expects: refused(
            "accepts_other_secret",
            "Compare both signatures with those under the webhook's secret. An empty secret must keep the receiver from starting.",
        ),
    },
    Probe {
        name: "changed-body",
        title: "refuses a body that was changed after it was signed",
        group: FORGED,
        requests: forged::changed_body,
        expects: refused(
            "accepts_changed_body",
            "Verify X-Docutray-Signature over the exact bytes of the body, before it is parsed.",
        ),
    },
    Probe {
        name: "body-signature",
        title: "refuses a wrong or missing X-Docutray-Signature",
        group: FORGED,
        requests: forged::body_signature,
        expects: refused(
            "accepts_wrong_body_signature",
            "Demand X-Docutray-Signature. The other signature does not cover the body.",
        ),
    },
    Probe {
        name: "missing-auth-signature",
        title: "refuses a delivery without X-Docutray-Auth-Signature",
        group: FORGED,
        requests: forged::missing_auth,
        expects: refused(
            "accepts_missing_auth_signature",
            "Demand X-Docutray-Auth-Signature. The body's signature alone does not protect the timestamp, the request id and the event.",
        ),
    },
    Probe {
        name: "wrong-auth-signature",
        title: "refuses a wrong X-Docutray-Auth-Signature",
        group: FORGED,
        requests: forged::wrong_auth,
        expects: refused(
            "accepts_wrong_auth_signature",
            "Compare X-Docutray-Auth-Signature with the HMAC-SHA256 of {request id}|{timestamp}|{registered URL}|{event}.",
        ),
    },
    Probe {
        name: "changed-metadata",
        title: "refuses a captured body under a new timestamp, request id or event",
        group: FORGED,
        requests: forged::changed_metadata,
        expects: refused(
            "accepts_changed_metadata",
            "Verify X-Docutray-Auth-Signature: without it, whoever has once captured a delivery can send it again for ever, as any event.",
        ),
    },
    Probe {
        name: "other-url",
        title: "refuses a delivery that was signed for another URL",
        group: FORGED,
        requests: forged::other_url,
        expects: refused(
            "accepts_other_url",
            "Take the registered URL from the configuration for X-Docutray-Auth-Signature, not from the request or from a list of all webhooks.",
        ),
    },
    Probe {
        name: "spliced",
        title: "refuses the headers of one delivery with the body of another",
        group: FORGED,
        requests: forged::spliced,
        expects: refused(
            "accepts_spliced",
            "Check that the payload agrees with X-Docutray-Event: its id and its status tell the event. The two signatures do not bind headers and body to each other.",
        ),
    },
    Probe {
        name: "stale",
        title: "refuses a delivery that is too old",
        group: FORGED,
        requests: forged::stale,
        expects: refused(
            "accepts_stale",
            "Refuse a timestamp that is more than 300 seconds before now. Otherwise a captured delivery can be sent again at any time.",
        ),
    },
    Probe {
        name: "future",
        title: "refuses a delivery from the future",
        group: FORGED,
        requests: forged::future,
        expects: refused(
            "accepts_future",
            "Refuse a timestamp that is more than 300 seconds after now: compare the absolute difference.",
        ),
    },
    Probe {
        name: "loose-timestamp",
        title: "refuses a timestamp that is not digits alone",
        group: FORGED,
        requests: forged::loose_timestamp,
        expects: refused(
            "accepts_loose_timestamp",
            "Check the timestamp with /^[0-9]{1,12}$/ before it becomes a number. parseInt reads 123abc as 123.",
        ),
    },
    Probe {
        name: "doubled-header",
        title: "refuses an X-Docutray header that comes twice",
        group: FORGED,
        requests: forged::doubled,
        expects: refused(
            "accepts_doubled_header",
            "Refuse a header that comes twice or contains a comma. A proxy and the application may each take another of the two.",
        ),
    },
    Probe {
        name: "malformed-header",
        title: "refuses malformed headers with 4xx, and does not fail on them",
        group: FORGED,
        requests: forged::malformed,
        expects: refused(
            "accepts_malformed_header",
            "Check the form of each header before it is used. A comparison in constant time, such as timingSafeEqual, throws if the lengths differ.",
        ),
    },
    Probe {
        name: "no-object",
        title: "refuses a signed body that is not a JSON object",
        group: FORGED,
        requests: forged::no_object,
        expects: refused(
            "accepts_no_object",
            "Check after the signatures that the body is a JSON object, and answer 400 if not.",
        ),
    },
    Probe {
        name: "auth-string-as-body",
        title: "refuses the text of one signature as the body of the other",
        group: FORGED,
        requests: forged::auth_as_body,
        expects: refused(
            "accepts_auth_string_as_body",
            "Check after the signatures that the body is a JSON object. Both signatures use one key, so the auth signature of a captured delivery is a valid signature of that text as a body.",
        ),
    },
];

const OTHERS: &str = "Other requests";
const REQUESTS: &[Probe] = &[
    Probe {
        name: "content-type",
        title: "refuses a content type that is not application/json",
        group: OTHERS,
        requests: forged::content_type,
        expects: Expectation::Refused(Fault {
            code: "accepts_other_content_type",
            advice: "Answer 415 to any other content type. Docutray sends application/json alone. Accepting another is no hole as long as both signatures are verified.",
            state: State::Warning,
        }),
    },
    Probe {
        name: "method",
        title: "refuses any method but POST",
        group: OTHERS,
        requests: forged::method,
        expects: Expectation::Refused(Fault {
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
        expects: Expectation::NotAccepted(Fault {
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
        expects: Expectation::NotAccepted(Fault {
            code: "no_size_limit",
            advice: "Limit the body before it is read (16 MiB is this package's default), and answer 413 beyond it. Anybody can send a large body: it is in memory before its signature is known to be wrong.",
            state: State::Warning,
        }),
    },
];

const AFTER: &str = "Afterwards";
const AFTERWARDS: &[Probe] = &[
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
        requests: |_| alloc::vec::Vec::new(),
        expects: Expectation::NeverSeen {
            code: "constant_time",
            why: "This cannot be seen over a network.",
            advice: "Look into the code: `===`, `==` and `equals` tell by their time how much of a guess was right. Use timingSafeEqual, compare_digest or their like, on bytes of equal length.",
        },
    },
];
