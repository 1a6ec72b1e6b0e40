//! Captures what is logged to `tracing`.

use std::{cell::RefCell, io, sync::Once};
use tracing::subscriber;

thread_local! {
        /// `None` if the thread does not listen.
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

/// Begins to capture what is logged in this thread.
///
/// All tests share one subscriber. With one for each test, `tracing` would cache that a place in the code has no listener
/// if a test without a subscriber reached it first.
pub(crate) fn listen() {
    LISTENING.call_once(|| {
        let telling = tracing_subscriber::fmt().with_writer(|| ThisThread);
        subscriber::set_global_default(telling.finish()).unwrap();
    });
    TOLD.set(Some(Vec::new()));
}

/// Returns what was logged since the last call, as text.
pub(crate) fn told() -> String {
    String::from_utf8(TOLD.replace(Some(Vec::new())).unwrap()).unwrap()
}
