//! Nothing of a payload, of a signature or of the secret leaves the receiver but through the service.

use std::{cell::RefCell, io};

use docutray_webhook::tower::DeliveryRecord;
use tracing::subscriber::with_default;

use super::{
    answers::Got,
    sent::{CANARY, Sent, request_id},
    service::OWN,
};
use crate::delivery::SECRET;

thread_local! {
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct Log;

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs with a log for this run alone, and returns the log, too.
pub(super) fn logged(run: impl FnOnce() -> Vec<String>) -> (Vec<String>, String) {
    LOG.set(Vec::new());
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(|| Log);
    let mut faults = with_default(subscriber.finish(), run);
    let log = String::from_utf8(LOG.take()).unwrap();
    if has_secret(&log) {
        faults.push("a secret is in the log".to_owned());
    }
    (faults, log)
}

fn has_secret(text: &str) -> bool {
    // All signatures begin like this.
    [SECRET, CANARY, "sha256="]
        .iter()
        .any(|secret| text.contains(secret))
}

/// Checks an answer and the record of its request.
pub(super) fn faults(sent: &Sent, got: Option<&Got>, records: &[DeliveryRecord]) -> Option<String> {
    let id = request_id(sent.place);
    let of_request = |record: &&DeliveryRecord| record.request_id.as_deref() == Some(&*id);
    let record = records.iter().find(of_request);
    if let (Some(record), Some(got)) = (record, got)
        && record.status != got.status
    {
        return Some(format!("{record:?} is the record of {got:?}"));
    }
    let answer = got.filter(|got| !got.headers.contains_key(OWN));
    let shown = format!("{record:?} {answer:?}");
    has_secret(&shown).then(|| format!("a secret is in {shown}"))
}
