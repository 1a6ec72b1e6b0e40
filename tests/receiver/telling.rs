//! What is told to `tracing`.

use std::{cell::RefCell, io, sync::Once};
use tracing::subscriber;

thread_local! {
    /// None where nobody listens.
    static TOLD: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

static LISTENING: Once = Once::new();

struct ThisThread;

impl io::Write for ThisThread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        TOLD.with_borrow_mut(|told| {
            if let Some(told) = told {
                told.extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins to listen to what is told in this thread.
///
/// All tests have one subscriber. If each had its own, `tracing` would take a place in the code for one that nobody listens
/// to where a test without a subscriber is the first to come by.
pub(crate) fn listen() {
    LISTENING.call_once(|| {
        let telling = tracing_subscriber::fmt().with_writer(|| ThisThread);
        subscriber::set_global_default(telling.finish()).unwrap();
    });
    TOLD.set(Some(Vec::new()));
}

/// What was told since, as text; from then on it is listened anew.
pub(crate) fn told() -> String {
    String::from_utf8(TOLD.replace(Some(Vec::new())).unwrap()).unwrap()
}
