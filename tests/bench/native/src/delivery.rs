//! A genuine delivery of a converted document, with a body of an exact size.

use anyhow::{Context as _, Result};
use docutray_webhook::signing::Signer;
use serde_json::json;

pub(crate) const SECRET: &str = "whsec_of_the_benchmark";
pub(crate) const URL: &str = "https://example.com/hooks";
pub(crate) const NOW: u64 = 1_705_314_600;

const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";
const EVENT: &str = "CONVERSION_COMPLETED";
const DESCRIPTIONS: [&str; 5] = [
    "Café molido «Altura», 1 kg",
    "Envío exprés a São Paulo, seguro incluido",
    "Servicio técnico, módulo B (año 2024)",
    "Widget, \"large\", 10 × 20 cm",
    "請求書の用紙 A4",
];

pub(crate) struct Delivery {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Delivery {
    /// Returns a delivery whose body has this many bytes: as many of the document's lines as fit, and a note that fills the rest.
    pub(crate) fn of(bytes: usize) -> Result<Self> {
        let body = body(bytes)?;
        let headers = Signer::new(SECRET)
            .headers(REQUEST_ID, NOW, URL, EVENT, &body)
            .map(|(name, value)| (name.to_owned(), value));
        Ok(Self {
            headers: headers.into(),
            body,
        })
    }
}

fn body(bytes: usize) -> Result<Vec<u8>> {
    let smallest = with(&[], "").len();
    let mut room = bytes
        .checked_sub(smallest)
        .with_context(|| format!("a body has {smallest} bytes at least"))?;
    let mut lines = Vec::new();
    for line in (0..).map(line) {
        // Counts the line's comma.
        let Some(left) = room.checked_sub(line.len() + 1) else {
            break;
        };
        room = left;
        lines.push(line);
    }
    // The first line needs no comma.
    let note = room + usize::from(!lines.is_empty());
    Ok(with(&lines, &".".repeat(note)).into_bytes())
}

fn with(lines: &[String], note: &str) -> String {
    let lines = lines.join(",");
    format!(
        r#"{{"conversion_id":"conv_01HM5Z3V9K","status":"SUCCESS","request_timestamp":"2024-01-15T10:29:30.000Z","response_timestamp":"2024-01-15T10:30:00.000Z","document_type_code":"invoice","data":{{"lines":[{lines}],"note":"{note}"}}}}"#
    )
}

/// Nested, with numbers and some text that is not ASCII.
fn line(index: u32) -> String {
    let description = DESCRIPTIONS
        .iter()
        .cycle()
        .nth(index as usize % DESCRIPTIONS.len());
    json!({
        "position": index + 1,
        "description": description,
        "quantity": index % 7 + 1,
        "unit_price": f64::from(index * 37 % 1000) / 8.0,
        "tax": { "rate": 0.19, "exempt": index.is_multiple_of(11) },
        "box": [0.0625, f64::from(index % 40) / 40.0, 0.9375],
        "remark": null,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_the_bytes_that_were_asked_for() {
        for (_, bytes) in crate::SIZES {
            assert_eq!(Delivery::of(bytes).unwrap().body.len(), bytes);
        }
        assert!(Delivery::of(10).is_err());
    }
}
