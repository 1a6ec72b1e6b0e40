//! Requests of a client that breaks off, or breaks HTTP.

use std::{
    fmt::Write as _,
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use crate::delivery::Delivery;

/// Longer than any machine takes for an answer.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A connection on which anything can be sent.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn new(address: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(TIMEOUT)).unwrap();
        Self(stream)
    }

    /// Sends a delivery's head, with one more header.
    pub(crate) fn head(&mut self, delivery: &Delivery, framing: &str) {
        let mut head = format!(
            "{} {} HTTP/1.1\r\nhost: gate\r\n{framing}\r\n",
            delivery.method, delivery.path
        );
        for (name, value) in &delivery.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        self.write(format!("{head}\r\n").as_bytes());
    }

    pub(crate) fn chunk(&mut self, bytes: &[u8]) {
        let chunk = [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
        self.write(&chunk);
    }

    /// What the server no longer reads is no fault of the test's.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes);
    }

    /// Ends the sending, and reads what the server still says: maybe nothing.
    pub(crate) fn break_off(self) -> String {
        let _ = self.0.shutdown(Shutdown::Write);
        self.rest()
    }

    /// All that the server says until it closes the connection.
    pub(crate) fn rest(mut self) -> String {
        let mut answer = Vec::new();
        // A reset connection has said what it had to say.
        let _ = self.0.read_to_end(&mut answer);
        String::from_utf8(answer).unwrap()
    }

    /// The first line and what comes with it, while the connection stays.
    pub(crate) fn answer(&mut self) -> String {
        let mut answer = vec![0; 16 << 10];
        let length = self.0.read(&mut answer).unwrap();
        answer.truncate(length);
        String::from_utf8(answer).unwrap()
    }
}
