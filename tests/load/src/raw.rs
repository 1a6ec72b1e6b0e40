//! A connection on which requests are sent slowly, in part, or several at once.

use std::time::Duration;

use anyhow::{Result, bail};
use docutray_webhook_tools::wire::DeliveryBytes;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};

use crate::{
    answer::{Answer, answers},
    target::Target,
};

/// The connection's last request says so.
pub(crate) const LAST: &str = "connection: close\r\n";
/// As much is read at a time, in bytes.
const READ: usize = 16 << 10;
/// Longer than a server keeps a connection open after its last answer.
const PATIENCE: Duration = Duration::from_secs(240);
/// As much of what was said is shown, in bytes.
const TAIL: usize = 200;

/// A connection.
pub(crate) struct Raw(TcpStream);

impl Raw {
    pub(crate) async fn open(target: &Target) -> Result<Self> {
        Ok(Self(target.connect().await?))
    }

    /// Sends bytes. A server that has refused the request may have closed the connection, so a failure tells nothing: the answer
    /// does. Returns whether all were sent.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// Sends bytes in this many pieces, with a pause before each.
    pub(crate) async fn send_slowly(&mut self, bytes: &[u8], pieces: usize, pause: Duration) {
        for piece in bytes.chunks(bytes.len().div_ceil(pieces).max(1)) {
            sleep(pause).await;
            if !self.send(piece).await {
                return;
            }
        }
    }

    /// All answers until the server closes the connection.
    pub(crate) async fn answers(mut self) -> Result<Vec<Answer>> {
        let mut said = Vec::new();
        // A connection that is reset has said what it had to say.
        if timeout(PATIENCE, self.0.read_to_end(&mut said))
            .await
            .is_ok()
        {
            return Ok(answers(&said));
        }
        let statuses: Vec<_> = answers(&said).iter().map(|answer| answer.status).collect();
        bail!(
            "the server did not close the connection; of its {} bytes these are whole answers: {statuses:?}; it ends {:?}",
            said.len(),
            String::from_utf8_lossy(said.split_at(said.len().saturating_sub(TAIL)).1)
        );
    }

    /// The first answer, if there is one before the server closes the connection. The connection is closed then.
    pub(crate) async fn answer(mut self) -> Option<Answer> {
        let mut said = Vec::new();
        loop {
            match self.0.read_buf(&mut said).await {
                Ok(0) | Err(_) => return None,
                Ok(_) => {}
            }
            if let Some(answer) = answers(&said).into_iter().next() {
                return Some(answer);
            }
        }
    }

    /// The statuses of what the server has said by now. The connection is closed then.
    pub(crate) fn statuses(self) -> Vec<u16> {
        let mut said = vec![0; READ];
        let length = self.0.try_read(&mut said).unwrap_or_default();
        said.truncate(length);
        answers(&said).iter().map(|answer| answer.status).collect()
    }
}

/// A delivery's head. `more` are further header lines.
pub(crate) fn head(delivery: &DeliveryBytes, more: &str) -> Vec<u8> {
    let headers = delivery.headers.iter();
    let headers: String = headers
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!("POST /hooks/docutray HTTP/1.1\r\nhost: receiver\r\n{more}{headers}\r\n").into_bytes()
}

/// The header line for a body of this many bytes.
pub(crate) fn announced(bytes: usize) -> String {
    format!("content-length: {bytes}\r\n")
}

/// A whole request. `more` are further header lines.
pub(crate) fn request(delivery: &DeliveryBytes, more: &str) -> Vec<u8> {
    let body = &delivery.body.0;
    let mut request = head(delivery, &(announced(body.len()) + more));
    request.extend_from_slice(body);
    request
}
