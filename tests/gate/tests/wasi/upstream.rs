//! A server that records its requests.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

/// Listens until the process ends.
pub(crate) struct Upstream {
    pub(crate) url: String,
    /// Each request it has had.
    pub(crate) requests: Receiver<Request>,
    /// Lets it send the second part of an answer.
    pub(crate) go_on: Sender<()>,
}

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// The parts of its answer.
pub(crate) const PARTS: [&str; 2] = ["first ", "second"];

impl Upstream {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (request, requests) = mpsc::channel();
        let (go_on, gate) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = request.send(Request::read(&stream));
                answer(&mut stream, &gate);
            }
        });
        Self {
            url,
            requests,
            go_on,
        }
    }
}

impl Request {
    fn read(stream: &TcpStream) -> Self {
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            match line.trim_end() {
                "" => break,
                line => lines.push(line.to_owned()),
            }
        }
        let line = lines.remove(0);
        let headers: Vec<(String, String)> = lines
            .iter()
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|header| header.0 == "content-length");
        let mut body = vec![0; length.map_or(0, |length| length.1.parse().unwrap())];
        reader.read_exact(&mut body).unwrap();
        Self {
            line,
            headers,
            body,
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|header| header.0 == name);
        header.map(|header| header.1.as_str())
    }
}

fn answer(stream: &mut TcpStream, go_on: &Receiver<()>) {
    let head = "HTTP/1.1 202 Accepted\r\nx-answer: 1\r\nconnection: close, x-hop\r\nx-hop: 1\r\ntransfer-encoding: chunked\r\n\r\n";
    let mut write = |text: String| {
        // The client may have closed the connection.
        let _ = stream.write_all(text.as_bytes());
    };
    write(format!("{head}{:x}\r\n{}\r\n", PARTS[0].len(), PARTS[0]));
    let _ = go_on.recv();
    write(format!("{:x}\r\n{}\r\n0\r\n\r\n", PARTS[1].len(), PARTS[1]));
}
