//! Changes single values of a payload and leaves every other byte as it is, digits included.

use alloc::{format, string::String, vec::Vec};
use core::ops::Range;

use serde::Deserialize;

use crate::{
    fault::Fault,
    json::{Json, Token, Tokens, characters, quoted},
    wire::Bytes,
};

/// How many names of members a fault lists.
const NAMES_LISTED: usize = 12;

/// A new value in a payload.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Where it stands: `data.lines[0].price`. A name with a dot or a bracket in it is written in quotes: `data."a.b"`.
    pub path: String,
    /// JSON, which is put in as it is written. What is not JSON is a string.
    pub value: String,
}

/// A step of a path.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Step {
    Member(String),
    Item(usize),
}

/// Changes a payload.
///
/// # Errors
/// If the body is no JSON object, a path cannot be read, or there is no value at it.
pub fn edit(body: Vec<u8>, edits: &[Edit]) -> Result<Bytes, Fault> {
    let mut body = body;
    for Edit { path, value } in edits {
        let json = Json::check(&body)?;
        let place = find(json, path)?;
        let before = json.text().get(..place.start).unwrap_or_default();
        let after = json.text().get(place.end..).unwrap_or_default();
        body = [before, &as_json(value), after].concat().into_bytes();
    }
    if !edits.is_empty() {
        // A value may have made it too deep.
        Json::check(&body)?;
    }
    Ok(Bytes(body))
}

fn as_json(value: &str) -> String {
    let value = value.trim_ascii();
    let object = format!("{{\"a\":{value}}}");
    match Json::check(object.as_bytes()) {
        // `1,"b":2` would be JSON inside an object as well.
        Ok(json) if is_one_value(json, value) => value.into(),
        _ => quoted(value),
    }
}

/// Whether an object has one member, whose value is this text.
fn is_one_value(json: Json<'_>, value: &str) -> bool {
    let mut tokens = json.tokens();
    let Some(first) = tokens.by_ref().nth(3) else {
        return false;
    };
    tokens.end_of(&first) - first.at == value.len()
}

fn find(json: Json<'_>, path: &str) -> Result<Range<usize>, Fault> {
    let steps = steps(path)?;
    let mut tokens = json.tokens();
    let mut value = tokens.next();
    let mut walked = String::new();
    for step in &steps {
        let found = match (value.as_ref().map(|token| token.text), step) {
            (Some("{"), Step::Member(name)) => member(&mut tokens, name, &walked)?,
            (Some("["), Step::Item(index)) => item(&mut tokens, *index, &walked)?,
            (_, Step::Member(_)) => return Err(no_such(&walked, "is not an object")),
            (_, Step::Item(_)) => return Err(no_such(&walked, "is not an array")),
        };
        value = Some(found);
        walked.push_str(&match step {
            Step::Member(name) if walked.is_empty() => name.clone(),
            Step::Member(name) => format!(".{name}"),
            Step::Item(index) => format!("[{index}]"),
        });
    }
    let first = value.ok_or_else(|| no_such(&walked, "is empty"))?;
    Ok(first.at..tokens.end_of(&first))
}

/// Moves into the object to the value of its member.
fn member<'t>(tokens: &mut Tokens<'t>, name: &str, walked: &str) -> Result<Token<'t>, Fault> {
    let mut names = Vec::new();
    while let Some(token) = tokens.next().filter(Token::is_string) {
        let found = characters(token.text);
        tokens.next();
        let Some(value) = tokens.next() else { break };
        if found.as_deref() == Some(name) {
            return Ok(value);
        }
        names.extend(found);
        tokens.end_of(&value);
        if tokens.next().is_none_or(|token| token.closes()) {
            break;
        }
    }
    Err(no_such(walked, &no_member(name, &names)))
}

fn no_member(name: &str, names: &[String]) -> String {
    if names.is_empty() {
        return format!("has no member {}: it is empty", quoted(name));
    }
    let listed: Vec<_> = names
        .iter()
        .take(NAMES_LISTED)
        .map(|name| quoted(name))
        .collect();
    let more = if names.len() > NAMES_LISTED {
        ", ..."
    } else {
        ""
    };
    format!(
        "has no member {}; it has {}{more}",
        quoted(name),
        listed.join(", ")
    )
}

/// Moves into the array to this item.
fn item<'t>(tokens: &mut Tokens<'t>, index: usize, walked: &str) -> Result<Token<'t>, Fault> {
    let mut count = 0;
    while let Some(value) = tokens.next().filter(|token| !token.closes()) {
        if count == index {
            return Ok(value);
        }
        count += 1;
        tokens.end_of(&value);
        if tokens.next().is_none_or(|token| token.closes()) {
            break;
        }
    }
    let message = format!("has {count} items, of which the first is [0]: there is no [{index}]");
    Err(no_such(walked, &message))
}

fn no_such(walked: &str, what: &str) -> Fault {
    let place = if walked.is_empty() {
        "the payload"
    } else {
        walked
    };
    Fault::of("set", "unknown_path", format!("{place} {what}"))
}

/// Reads a path.
fn steps(path: &str) -> Result<Vec<Step>, Fault> {
    let wrong = || {
        Fault::of(
            "set",
            "invalid_path",
            "a path is names with dots between them and places in brackets, such as data.lines[0].price; a name with a dot \
             or a bracket in it stands in double quotes",
        )
    };
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(index) = rest.strip_prefix('[') {
            let (index, behind) = index.split_once(']').ok_or_else(wrong)?;
            steps.push(Step::Item(index.parse().map_err(|_| wrong())?));
            rest = behind;
            continue;
        }
        if !steps.is_empty() {
            rest = rest.strip_prefix('.').ok_or_else(wrong)?;
        }
        let (name, behind) = name(rest).ok_or_else(wrong)?;
        steps.push(Step::Member(name));
        rest = behind;
    }
    if steps.is_empty() {
        Err(wrong())
    } else {
        Ok(steps)
    }
}

fn name(text: &str) -> Option<(String, &str)> {
    if text.starts_with('"') {
        let mut names = serde_json::Deserializer::from_str(text).into_iter();
        let name = names.next()?.ok()?;
        return Some((name, text.get(names.byte_offset()..)?));
    }
    let end = text.find(['.', '[']).unwrap_or(text.len());
    let (name, behind) = text.split_at(end);
    (!name.is_empty()).then(|| (name.into(), behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{ "id":"c", "data" :{"total":1250.00,"lines":[ {"p":1.10},{"p":2.20} ],"a.b":1}, "n":1 }"#;

    fn edited(path: &str, value: &str) -> Result<String, Fault> {
        let edits = [Edit {
            path: path.into(),
            value: value.into(),
        }];
        let Bytes(body) = edit(BODY.as_bytes().to_vec(), &edits)?;
        Ok(String::from_utf8(body).unwrap())
    }

    #[test]
    fn one_value_changes_and_every_other_byte_stays() {
        for (path, value, from, to) in [
            ("data.total", "1300.50", "1250.00", "1300.50"),
            ("data.lines[1].p", "null", "2.20", "null"),
            ("data.lines", "[]", r#"[ {"p":1.10},{"p":2.20} ]"#, "[]"),
            ("id", "Müller", "\"c\"", "\"Müller\""),
            ("id", "\"5\"", "\"c\"", "\"5\""),
            ("n", "01", ":1 }", ":\"01\" }"),
            ("n", "1,\"x\":2", ":1 }", ":\"1,\\\"x\\\":2\" }"),
            ("n", "1}", ":1 }", ":\"1}\" }"),
            ("n", "", ":1 }", ":\"\" }"),
            ("data.\"a.b\"", "2", "\"a.b\":1", "\"a.b\":2"),
        ] {
            assert_eq!(
                edited(path, value).unwrap(),
                BODY.replace(from, to),
                "{path}"
            );
        }
    }

    #[test]
    fn a_path_that_is_not_there_says_what_is() {
        for (path, message) in [
            (
                "data.totl",
                "data has no member \"totl\"; it has \"total\", \"lines\", \"a.b\"",
            ),
            (
                "data.lines[2].p",
                "data.lines has 2 items, of which the first is [0]: there is no [2]",
            ),
            ("data.total.x", "data.total is not an object"),
            ("data[0]", "data is not an array"),
            (
                "x",
                "the payload has no member \"x\"; it has \"id\", \"data\", \"n\"",
            ),
        ] {
            let fault = edited(path, "1").unwrap_err();
            assert_eq!((fault.code, &*fault.message), ("unknown_path", message));
        }
        for path in [
            "", ".", "data.", "data..x", "data[", "data[x]", "data[0", "[0]x", "\"a", "data[-1]",
        ] {
            assert_eq!(
                edited(path, "1").unwrap_err().code,
                "invalid_path",
                "{path}"
            );
        }
    }

    #[test]
    fn a_value_that_makes_it_too_deep_is_refused() {
        let deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
        assert_eq!(
            edited("data.total", &deep).unwrap_err().code,
            "malformed_payload"
        );
    }
}
