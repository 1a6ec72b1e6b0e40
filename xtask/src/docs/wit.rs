//! The interface as a page.

use anyhow::{Context as _, Result};
use wit_bindgen_core::Files;
use wit_bindgen_markdown::Opts;
use wit_parser::Resolve;

/// Returns the page of the only world in a WIT text.
pub(super) fn page(text: &str) -> Result<String> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("webhook.wit", text)?;
    let world = resolve.select_world(&[package], None)?;
    let mut files = Files::default();
    let mut generator = Opts::default().build();
    generator.generate(&mut resolve, world, &mut files)?;
    let (_, page) = files
        .iter()
        .find(|(name, _)| name.ends_with(".md"))
        .context("wit-bindgen wrote no Markdown")?;
    Ok(repaired(&String::from_utf8(page.to_vec())?))
}

/// Begins paragraphs and rules with an empty line, since they would otherwise be read as HTML and as the end of a heading.
/// Takes the headings of fields out of the table of contents, where each has the same text.
fn repaired(page: &str) -> String {
    let mut repaired = String::new();
    for line in page.lines() {
        let line = match (
            line.trim_start().strip_prefix("<p>"),
            line.strip_prefix("##### "),
        ) {
            (Some(paragraph), _) => format!("\n  {paragraph}"),
            (_, Some(heading)) => format!("**{heading}**"),
            _ if line.starts_with("----") => format!("\n{line}"),
            _ => line.to_owned(),
        };
        repaired += &line;
        repaired.push('\n');
    }
    repaired
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_paragraphs_and_no_headings_of_fields() {
        let page = "text\n----\n##### Fields\n- a: `b`\n  <p>Of `c`.\n";
        let expected = "text\n\n----\n**Fields**\n- a: `b`\n\n  Of `c`.\n";
        assert_eq!(repaired(page), expected);
    }
}
