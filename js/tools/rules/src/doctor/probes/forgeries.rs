//! Forgeries.

use super::super::{
    forged,
    probe::{Probe, refused, unfit},
};

const FORGED: &str = "Forgeries";
pub(super) const PROBES: &[Probe] = &[
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
        expects: unfit(
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
        expects: unfit(
            "accepts_no_object",
            "Check after the signatures that the body is a JSON object, and answer 400 if not.",
        ),
    },
    Probe {
        name: "auth-string-as-body",
        title: "refuses the text of one signature as the body of the other",
        group: FORGED,
        requests: forged::auth_as_body,
        expects: unfit(
            "accepts_auth_string_as_body",
            "Check after the signatures that the body is a JSON object. Both signatures use one key, so the auth signature of a captured delivery is a valid signature of that text as a body.",
        ),
    },
];
