//! The demo's result, for a person to read.

use std::fmt::Write as _;

use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Width, presets};

use super::{deliveries::Expected, reaction::Reaction};

/// The widths of all columns but the last, which has the rest of the line.
const TITLE: u16 = 28;
const VERDICT: u16 = 12;
/// The least width at which the table wraps lines itself. On a narrower terminal the last column could not be read.
const NARROW: u16 = TITLE + 2 * VERDICT + 30;
/// The width where there is no terminal.
const WIDTH: u16 = 120;

/// All deliveries and the reactions to them.
pub(super) struct Table {
    pub(super) genuine: Vec<Row>,
    pub(super) forged: Vec<Row>,
}

/// A delivery and the reactions to it.
pub(super) struct Row {
    pub(super) title: &'static str,
    pub(super) expected: Expected,
    pub(super) node: Reaction,
    pub(super) wasmtime: Reaction,
}

impl Table {
    pub(super) fn is_good(&self) -> bool {
        self.rows().all(Row::is_good)
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (heading, rows) in [
            ("Signed by Docutray", &self.genuine),
            ("Not to be accepted", &self.forged),
        ] {
            let _ = writeln!(text, "{}\n", group(heading, rows, None).trim_fmt());
        }
        text + &self.closing() + "\n"
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

    /// What Node's receiver said, or both reactions and the right one if something is wrong.
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

/// Without a width the table is as wide as the terminal.
fn group(heading: &str, rows: &[Row], width: Option<u16>) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table
        .load_style(presets::NOTHING)
        .set_header([heading, "Node", "Wasmtime", ""])
        .add_rows(rows.iter().map(|row| {
            let word =
                |reaction: &Reaction| Cell::new(reaction.word()).fg(colour(reaction, row.expected));
            let title = Cell::new(format!("  {}", row.title));
            [
                title,
                word(&row.node),
                word(&row.wasmtime),
                Cell::new(row.words()),
            ]
        }))
        .set_constraints(
            [TITLE, VERDICT, VERDICT].map(|width| ColumnConstraint::Absolute(Width::Fixed(width))),
        );
    for column in table.column_iter_mut() {
        column.set_padding((0, 0));
    }
    let width = width.or_else(|| table.width()).unwrap_or(WIDTH);
    if width >= NARROW {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
    }
    table
}

fn colour(reaction: &Reaction, expected: Expected) -> Color {
    match (reaction.is(expected), expected) {
        (false, _) => Color::DarkRed,
        (true, Expected::Event(_) | Expected::Duplicate) => Color::DarkGreen,
        (true, Expected::Refusal(_)) => Color::DarkYellow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docutray_webhook::Code;

    fn accepted(key: &str) -> Reaction {
        Reaction::Accepted {
            id: None,
            kind: "STEP_FAILED".into(),
            key: key.into(),
        }
    }

    fn refused(detail: &str) -> Reaction {
        Reaction::Refused {
            status: 401,
            code: "signature_mismatch".into(),
            detail: detail.into(),
        }
    }

    fn is_good(expected: Expected, node: Reaction, wasmtime: Reaction) -> bool {
        Table {
            genuine: vec![],
            forged: vec![Row {
                title: "t",
                expected,
                node,
                wasmtime,
            }],
        }
        .is_good()
    }

    #[test]
    fn both_must_be_right_and_agree() {
        let event = Expected::Event("STEP_FAILED");
        let refusal = Expected::Refusal(Code::SignatureMismatch);
        for (expected, node, wasmtime, is_good) in [
            (event, accepted("k"), accepted("k"), true),
            (event, accepted("k"), accepted("other"), false),
            (event, refused("m"), refused("m"), false),
            (refusal, refused("m"), refused("m"), true),
            (refusal, refused("m"), refused("other"), false),
            (refusal, accepted("k"), accepted("k"), false),
            (refusal, refused("m"), accepted("k"), false),
        ] {
            assert_eq!(self::is_good(expected, node, wasmtime), is_good);
        }
    }

    #[test]
    fn long_details_are_wrapped_into_their_column() {
        let expected = Expected::Refusal(Code::SignatureMismatch);
        let detail = "signature_mismatch: the body is not what was signed, word for word";
        let row = Row {
            title: "t",
            expected,
            node: refused(detail),
            wasmtime: refused(detail),
        };
        let text = group("h", &[row], Some(90)).trim_fmt();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.lines().all(|line| line.len() <= 90), "{text}");
    }
}
