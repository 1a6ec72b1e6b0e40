//! The demo's result, for a person to read.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal as _},
};

use super::{answer::Answer, deliveries::Expected};
use crate::Verdict;

/// Columns.
const TITLE: usize = 26;
const VERDICT: usize = 12;
/// Where the last column is too narrow to read, lines are left to the terminal.
const NARROW: usize = 30;
/// Where there is no terminal.
const WIDTH: usize = 120;

/// All deliveries and their answers.
pub(super) struct Table {
    pub(super) genuine: Vec<Row>,
    pub(super) forged: Vec<Row>,
}

/// A delivery and its answers.
pub(super) struct Row {
    pub(super) title: &'static str,
    pub(super) expected: Expected,
    pub(super) node: Answer,
    pub(super) wasmtime: Answer,
}

#[derive(Clone, Copy)]
enum Colour {
    Green,
    Yellow,
    Red,
}

impl Table {
    pub(super) fn verdict(&self) -> Verdict {
        if self.rows().all(Row::is_good) {
            Verdict::Good
        } else {
            Verdict::Bad
        }
    }

    pub(super) fn text(&self) -> String {
        let style = Style::detect();
        let mut text = Style::heading("Signed by Docutray");
        self.genuine.iter().for_each(|row| text += &style.row(row));
        text += "\n";
        text += &Style::heading("Not to be accepted");
        self.forged.iter().for_each(|row| text += &style.row(row));
        text += &format!("\n{}\n", self.closing());
        text
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.genuine.iter().chain(&self.forged)
    }

    fn closing(&self) -> String {
        let (all, bad) = (
            self.rows().count(),
            self.rows().filter(|row| !row.is_good()).count(),
        );
        match bad {
            0 => format!(
                "{all} deliveries: Node and Wasmtime agree on each, and each verdict is the right one."
            ),
            _ => format!("{all} deliveries, {bad} with a WRONG verdict."),
        }
    }
}

impl Row {
    fn is_good(&self) -> bool {
        self.node == self.wasmtime && self.node.is(self.expected)
    }

    /// Once if the two say the same; all of it if something is wrong.
    fn words(&self) -> String {
        if self.is_good() {
            return self.node.words();
        }
        let expected = match self.expected {
            Expected::Event(event) => format!("an event {event}"),
            Expected::Duplicate => "a duplicate".to_owned(),
            Expected::Refusal(code) => code.as_str().to_owned(),
        };
        format!(
            "WRONG: expected {expected}\nNode: {}\nWasmtime: {}",
            self.node.words(),
            self.wasmtime.words()
        )
    }
}

/// How wide, and whether in colour.
struct Style {
    width: usize,
    colour: bool,
}

impl Style {
    fn detect() -> Self {
        let terminal = io::stdout().is_terminal();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            width: if terminal {
                textwrap::termwidth()
            } else {
                WIDTH
            },
            colour: terminal && !plain,
        }
    }

    fn heading(title: &str) -> String {
        format!("{title:<0$}{1:VERDICT$}Wasmtime\n", TITLE + 2, "Node")
    }

    fn row(&self, row: &Row) -> String {
        let mut text = format!("  {:TITLE$}", row.title);
        for answer in [&row.node, &row.wasmtime] {
            let verdict = format!("{:VERDICT$}", answer.verdict());
            text += &self.painted(&verdict, colour(answer, row.expected));
        }
        let indent = 2 + TITLE + 2 * VERDICT;
        let room = self.width.saturating_sub(indent);
        let words = row.words();
        let lines = if room < NARROW {
            words.lines().map(Into::into).collect()
        } else {
            textwrap::wrap(&words, room)
        };
        for (index, line) in lines.iter().enumerate() {
            let indent = if index == 0 { 0 } else { indent };
            let _ = writeln!(text, "{:indent$}{line}", "");
        }
        text
    }

    fn painted(&self, text: &str, colour: Colour) -> String {
        let code = match colour {
            Colour::Green => 32,
            Colour::Yellow => 33,
            Colour::Red => 31,
        };
        if self.colour {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

fn colour(answer: &Answer, expected: Expected) -> Colour {
    match (answer.is(expected), expected) {
        (false, _) => Colour::Red,
        (true, Expected::Event(_) | Expected::Duplicate) => Colour::Green,
        (true, Expected::Refusal(_)) => Colour::Yellow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docutray_webhook::Code;

    fn accepted(key: &str) -> Answer {
        Answer::Accepted {
            id: None,
            kind: "STEP_FAILED".into(),
            key: key.into(),
        }
    }

    fn refused(message: &str) -> Answer {
        Answer::Refused {
            status: 401,
            code: "signature_mismatch".into(),
            message: message.into(),
        }
    }

    fn verdict(expected: Expected, node: Answer, wasmtime: Answer) -> Verdict {
        Table {
            genuine: vec![],
            forged: vec![Row {
                title: "t",
                expected,
                node,
                wasmtime,
            }],
        }
        .verdict()
    }

    #[test]
    fn both_must_be_right_and_agree() {
        let event = Expected::Event("STEP_FAILED");
        let refusal = Expected::Refusal(Code::SignatureMismatch);
        assert_eq!(verdict(event, accepted("k"), accepted("k")), Verdict::Good);
        assert_eq!(
            verdict(event, accepted("k"), accepted("other")),
            Verdict::Bad
        );
        assert_eq!(verdict(event, refused("m"), refused("m")), Verdict::Bad);
        assert_eq!(verdict(refusal, refused("m"), refused("m")), Verdict::Good);
        assert_eq!(
            verdict(refusal, refused("m"), refused("other")),
            Verdict::Bad
        );
        assert_eq!(verdict(refusal, accepted("k"), accepted("k")), Verdict::Bad);
        assert_eq!(verdict(refusal, refused("m"), accepted("k")), Verdict::Bad);
    }

    #[test]
    fn long_messages_are_wrapped_into_their_column() {
        let style = Style {
            width: 90,
            colour: false,
        };
        let expected = Expected::Refusal(Code::SignatureMismatch);
        let message = "signature_mismatch: the body is not what was signed, word for word";
        let row = Row {
            title: "t",
            expected,
            node: refused(message),
            wasmtime: refused(message),
        };
        let text = style.row(&row);
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().all(|line| line.len() <= 90), "{text}");
    }
}
