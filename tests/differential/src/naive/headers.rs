//! The five headers. Each is there once and in its grammar; the first at fault, in the order of the protocol's table, is told.

use crate::{
    delivery::Headers,
    verdict::{Refused, refused},
};

pub(super) const SIGNATURE: &str = "x-docutray-signature";
pub(super) const AUTH_SIGNATURE: &str = "x-docutray-auth-signature";
pub(super) const TIMESTAMP: &str = "x-docutray-timestamp";
const REQUEST_ID: &str = "x-docutray-request-id";
const EVENT: &str = "x-docutray-event";

pub(super) struct Values {
    /// With its digits in lower case, as the other one.
    pub(super) signature: String,
    pub(super) auth_signature: Option<String>,
    pub(super) timestamp: String,
    pub(super) request_id: String,
    pub(super) event: String,
}

impl Values {
    pub(super) fn read(headers: &Headers, needs_auth: bool) -> Result<Self, Refused> {
        let signature = required(headers, SIGNATURE, is_signature)?;
        let auth_signature = optional(headers, AUTH_SIGNATURE, is_signature)?;
        if needs_auth && auth_signature.is_none() {
            return refused("missing_header", Some(AUTH_SIGNATURE));
        }
        Ok(Self {
            signature: signature.to_lowercase(),
            auth_signature: auth_signature.map(|value| value.to_lowercase()),
            timestamp: required(headers, TIMESTAMP, is_timestamp)?,
            request_id: required(headers, REQUEST_ID, is_uuid)?,
            event: required(headers, EVENT, is_event)?,
        })
    }
}

fn required(headers: &Headers, name: &str, fits: fn(&str) -> bool) -> Result<String, Refused> {
    match optional(headers, name, fits)? {
        Some(value) => Ok(value),
        None => refused("missing_header", Some(name)),
    }
}

fn optional(
    headers: &Headers,
    name: &str,
    fits: fn(&str) -> bool,
) -> Result<Option<String>, Refused> {
    let own = |(other, _): &&(String, Vec<u8>)| other.eq_ignore_ascii_case(name);
    let values: Vec<_> = headers.iter().filter(own).map(|(_, value)| value).collect();
    let value = match *values {
        [] => return Ok(None),
        [value] if !value.contains(&b',') => value,
        _ => return refused("duplicate_header", Some(name)),
    };
    let text = str::from_utf8(value).unwrap_or("not text");
    let text = text.trim_matches([' ', '\t']);
    match fits(text) {
        true => Ok(Some(text.to_owned())),
        false => refused("malformed_header", Some(name)),
    }
}

fn is_signature(value: &str) -> bool {
    let digits = value.strip_prefix("sha256=").unwrap_or_default();
    digits.len() == 64 && is_hex(digits)
}

fn is_timestamp(value: &str) -> bool {
    (1..=12).contains(&value.len()) && value.chars().all(|digit| digit.is_ascii_digit())
}

fn is_uuid(value: &str) -> bool {
    let groups: Vec<_> = value.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(|group| is_hex(group))
}

fn is_event(value: &str) -> bool {
    let fits = |letter: char| matches!(letter, 'A'..='Z' | '0'..='9' | '_');
    (1..=64).contains(&value.len())
        && value.starts_with(|first: char| first.is_ascii_uppercase())
        && value.chars().all(fits)
}

fn is_hex(text: &str) -> bool {
    text.chars().all(|digit| digit.is_ascii_hexdigit())
}
