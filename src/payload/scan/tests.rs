//! Each test scans one kind of value, so that a fault in one does not hide in the others. `tests/properties/oracle.rs` compares the scanner
//! with `serde_json`.

use super::*;

/// The texts are whole values; something follows them that is no part of any value.
fn end_where_they_end(texts: &[&str]) {
    for text in texts {
        let longer = [text.as_bytes(), b"\x00"].concat();
        assert_eq!(value(&longer, 0, 0), Ok(text.len()), "{text}");
        assert_eq!(value(text.as_bytes(), 0, 0), Ok(text.len()), "{text}");
    }
}

/// Each text is wrong from the byte on after so many.
fn fail_after(texts: &[(&str, usize)]) {
    for (text, read) in texts {
        let fault = Fault::Syntax { read: *read };
        assert_eq!(value(text.as_bytes(), 0, 0), Err(fault), "{text}");
    }
}

#[test]
fn strings() {
    end_where_they_end(&[
        r#""""#,
        r#""a""#,
        r#""\"\\\/\b\f\n\r\t""#,
        r#""\u00e9\uD83D""#,
        "\"15 characters..\"",
        "\"16 characters...\"",
        "\"33 characters, more than two chunks\"",
    ]);
    fail_after(&[
        ("\"a", 2),
        ("\"a\n\"", 2),
        (r#""\x""#, 3),
        (r#""\u00g0""#, 7),
        (r#""\u00"#, 5),
    ]);
}

#[test]
fn escapes_after_other_characters() {
    end_where_they_end(&[r#""a\n""#, r#""ab\u00e9c""#]);
}

#[test]
fn numbers() {
    end_where_they_end(&[
        "0", "-0", "7", "10", "-12", "0.5", "1.25", "1e1", "1E+10", "1.5e-10",
    ]);
    fail_after(&[
        ("-", 1),
        ("01", 2),
        ("-a", 2),
        ("1.", 2),
        ("1.e", 3),
        ("1e", 2),
        ("1e+", 3),
        ("1e+x", 4),
    ]);
}

#[test]
fn literals() {
    end_where_they_end(&["true", "false", "null"]);
    fail_after(&[("tru", 3), ("trux", 4), ("nul", 3), ("fals3", 5), ("x", 1)]);
}

#[test]
fn arrays() {
    end_where_they_end(&["[]", "[1]", "[1,2]", "[[],[[3]]]"]);
    fail_after(&[("[", 1), ("[1", 2), ("[1,]", 4), ("[1}", 3), ("[1 2]", 4)]);
}

#[test]
fn objects() {
    end_where_they_end(&[
        "{}",
        r#"{"a":1}"#,
        r#"{"a":1,"b":{"c":{}}}"#,
        r#"[{"a":[]}]"#,
    ]);
    fail_after(&[
        ("{", 1),
        ("{1", 2),
        (r#"{"a""#, 4),
        (r#"{"a"1"#, 5),
        (r#"{"a":1,}"#, 8),
        (r#"{"a":1]"#, 7),
    ]);
}

#[test]
fn white_space() {
    end_where_they_end(&[
        "[ 1 ,\t2\n,\r3 ]",
        "{ \"a\" : 1 , \"b\" : 2 }",
        "[ ]",
        "{\n}",
    ]);
    fail_after(&[("[\u{b}1]", 2)]);
}

#[test]
fn the_limit_on_the_depth_counts_the_levels_outside() {
    let nested = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    for (levels, outside, fits) in [
        (128, 0, true),
        (129, 0, false),
        (127, 1, true),
        (128, 1, false),
    ] {
        let text = nested(levels);
        let expected = if fits {
            Ok(text.len())
        } else {
            Err(Fault::TooDeep)
        };
        assert_eq!(value(text.as_bytes(), 0, outside), expected, "{levels}");
    }
}
