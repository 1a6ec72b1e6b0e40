//! Answers, and how they are read from a connection that is no client's of a library.

use httparse::{EMPTY_HEADER, Status, parse_chunk_size};

/// As many headers have room.
const HEADERS: usize = 64;

/// What a server has said to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Reads answers from all that a connection has said. What is not whole is left out.
pub(crate) fn answers(mut bytes: &[u8]) -> Vec<Answer> {
    let mut answers = Vec::new();
    while let Some((answer, rest)) = first(bytes) {
        answers.push(answer);
        bytes = rest;
    }
    answers
}

fn first(bytes: &[u8]) -> Option<(Answer, &[u8])> {
    let mut headers = [EMPTY_HEADER; HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let Ok(Status::Complete(length)) = head.parse(bytes) else {
        return None;
    };
    let (status, rest) = (head.code?, bytes.get(length..)?);
    let value = |name: &str| {
        let header = head.headers.iter();
        let mut header = header.filter(|header| header.name.eq_ignore_ascii_case(name));
        std::str::from_utf8(header.next()?.value).ok()
    };
    let (body, rest) = match value("content-length") {
        Some(length) => {
            let (body, rest) = rest.split_at_checked(length.trim().parse().ok()?)?;
            (body.to_vec(), rest)
        }
        None if value("transfer-encoding").is_some() => unchunked(rest)?,
        None => (rest.to_vec(), &[][..]),
    };
    Some((Answer { status, body }, rest))
}

fn unchunked(mut bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut body = Vec::new();
    loop {
        let Ok(Status::Complete((line, size))) = parse_chunk_size(bytes) else {
            return None;
        };
        let (chunk, rest) = bytes
            .get(line..)?
            .split_at_checked(usize::try_from(size).ok()?)?;
        body.extend_from_slice(chunk);
        bytes = rest.strip_prefix(b"\r\n")?;
        if size == 0 {
            return Some((body, bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        let body = body.as_bytes().to_vec();
        Answer { status, body }
    }

    #[test]
    fn answers_come_one_after_the_other_however_they_are_framed() {
        let said = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
            3\r\nabc\r\n1\r\nd\r\n0\r\n\r\nHTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\nno";
        let expected = [answer(200, "ok"), answer(200, "abcd"), answer(400, "no")];
        assert_eq!(answers(said), expected);
    }

    #[test]
    fn what_is_not_whole_is_no_answer() {
        let said = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\no";
        assert_eq!(answers(said), [answer(200, "ok")]);
        for said in [
            "",
            "HTTP/1.1 200",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
        ] {
            assert!(answers(said.as_bytes()).is_empty(), "{said}");
        }
    }
}
