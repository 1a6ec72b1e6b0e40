//! A client that breaks off, stalls or breaks HTTP.

use std::{
    io::{self, Read as _, Write as _},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use crate::delivery::Delivery;

/// Longer than any machine takes for an answer.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A connection on which anything can be sent.
#[derive(Debug)]
pub struct Connection(TcpStream);

impl Connection {
    /// Connects to `HOST:PORT`.
    ///
    /// # Errors
    /// If nobody listens there.
    pub fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(TIMEOUT))?;
        Ok(Self(stream))
    }

    /// Sends a delivery's head, with one more header line: how its body is framed.
    pub fn head(&mut self, delivery: &Delivery, framing: &str) {
        let Delivery { method, path, .. } = delivery;
        let headers = delivery.headers.iter();
        let headers: String = headers
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let head =
            format!("{method} {path} HTTP/1.1\r\nhost: receiver\r\n{framing}\r\n{headers}\r\n");
        self.write(head.as_bytes());
    }

    /// Sends a chunk of the body.
    pub fn chunk(&mut self, bytes: &[u8]) {
        let chunk = [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
        self.write(&chunk);
    }

    /// Sends any bytes. A server that has refused the request may not read them, so that they are not sent is no error.
    pub fn write(&mut self, bytes: &[u8]) {
        let _ = self.0.write_all(bytes);
    }

    /// Ends the sending, and reads what the server still says: maybe nothing.
    #[must_use]
    pub fn break_off(self) -> String {
        let _ = self.0.shutdown(Shutdown::Write);
        self.rest()
    }

    /// All that the server says until it closes the connection. A connection that is reset has said what it had to say.
    #[must_use]
    pub fn rest(mut self) -> String {
        let mut response = Vec::new();
        let _ = self.0.read_to_end(&mut response);
        String::from_utf8_lossy(&response).into_owned()
    }

    /// The server's response, up to the end of the problem that it tells of, while the connection stays open.
    ///
    /// # Errors
    /// If none comes.
    pub fn response(&mut self) -> io::Result<String> {
        let mut response = Vec::new();
        let mut buffer = [0; 4096];
        // A problem is an object without others in it.
        while !response.contains(&b'}') {
            match self.0.read(&mut buffer)? {
                0 => break,
                length => response.extend(buffer.iter().take(length)),
            }
        }
        Ok(String::from_utf8_lossy(&response).into_owned())
    }
}
