//! The README's chart, an SVG for light and dark backgrounds. It shows the time of a delivery with each library, as a multiple
//! of ours, by the size of the body.

use std::{fmt::Write as _, iter};

use anyhow::{Context as _, Result};

use super::{
    hosts::LTS,
    results::{Cell, Results, Table},
};

/// The chart's path, for the README.
pub(super) const FILE: &str = "tests/bench/chart.svg";

const STYLE: &str = include_str!("chart.css");
/// Rows that the chart leaves out: one is only a part of a delivery, one is not used in practice, and one waits for another
/// thread, which on a busy machine takes so long that the other lines would not be told apart.
const LEFT_OUT: [&str; 3] = [
    "by hand, with care, not parsed",
    "the reading alone",
    "by hand, WebCrypto (async)",
];
/// All lengths are in pixels.
const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 330.0;
const PANEL: f64 = WIDTH / 2.0;
/// The edges of a panel's plot.
const LEFT: f64 = 46.0;
const RIGHT: f64 = 254.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 286.0;
/// Where names begin, and the least distance between two names.
const NAMES: f64 = RIGHT + 22.0;
const NAME_HEIGHT: f64 = 15.0;
/// The distance from the middle of a text to its baseline.
const BASELINE: f64 = 4.0;

/// The chart of these results.
pub(super) fn svg(results: &Results) -> Result<String> {
    let untouched = Panel::of(results, "untouched")?;
    let read = Panel::of(results, "read whole")?;
    let ratios = [&untouched, &read].into_iter().flat_map(Panel::ratios);
    let scale = Scale::over(ratios).context("the results have no ratios")?;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\">\n\
         <title>Time of a delivery as a multiple of ours, by the size of its body</title>\n\
         <style>\n{STYLE}</style>\n\
         <rect class=\"ground\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"6\"/>\n\
         <g>\n{}</g>\n<g transform=\"translate({PANEL} 0)\">\n{}</g>\n</svg>\n",
        untouched.svg("payload untouched", scale)?,
        read.svg("payload read whole", scale)?,
    ))
}

/// The lines for one way to use a payload.
struct Panel<'a> {
    host: &'a str,
    sizes: &'a [String],
    lines: Vec<Line<'a>>,
}

/// A library's ratios, one for each size.
struct Line<'a> {
    name: &'a str,
    ratios: Vec<f64>,
}

/// The binary logarithms of the least and the greatest ratio that the plot shows.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl<'a> Panel<'a> {
    fn of(results: &'a Results, mode: &str) -> Result<Self> {
        let table = results.table(&format!("{LTS}/dense/{mode}"))?;
        let (host, _) = table.title.split_once(':').unwrap_or((LTS, ""));
        Ok(Self {
            host,
            sizes: &table.columns,
            lines: lines(table),
        })
    }

    fn ratios(&self) -> impl Iterator<Item = f64> {
        self.lines
            .iter()
            .flat_map(|line| line.ratios.iter().copied())
    }

    fn svg(&self, title: &str, scale: Scale) -> Result<String> {
        let mut svg = format!(
            "<text class=\"heading\" x=\"{LEFT}\" y=\"24\">{title}</text>\n\
             <text x=\"{LEFT}\" y=\"42\">time as a multiple of ours, {}</text>\n",
            self.host
        );
        for power in iter::successors(Some(scale.low), |power| Some(power + 1.0))
            .take_while(|power| *power <= scale.high)
        {
            let ratio = power.exp2();
            let y = scale.y(ratio);
            writeln!(
                svg,
                "<line class=\"grid\" x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\"/>\
                 <text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\">{ratio}</text>",
                LEFT - 8.0,
                y + BASELINE
            )?;
        }
        for (x, size) in self.places().zip(self.sizes) {
            writeln!(
                svg,
                "<text class=\"size\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                BOTTOM + 20.0,
                // The axis names the unit.
                size.replace(" KB", "")
            )?;
        }
        writeln!(
            svg,
            "<text class=\"size\" x=\"{:.1}\" y=\"{:.1}\">body, KB</text>",
            LEFT.midpoint(RIGHT),
            BOTTOM + 36.0
        )?;
        for ((index, line), name) in self.lines.iter().enumerate().zip(self.names(scale)) {
            svg += &self.line(index, line, name, scale);
        }
        Ok(svg)
    }

    /// The horizontal place of each size, from left to right.
    fn places(&self) -> impl Iterator<Item = f64> {
        let steps = u32::try_from(self.sizes.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let step = (RIGHT - LEFT) / f64::from(steps.max(1));
        iter::successors(Some(LEFT), move |x| Some(x + step))
    }

    fn line(&self, index: usize, line: &Line<'_>, name: f64, scale: Scale) -> String {
        let points = self.places().zip(&line.ratios);
        let points: Vec<_> = points
            .map(|(x, ratio)| format!("{x:.1} {:.1}", scale.y(*ratio)))
            .collect();
        let end = line.ratios.last().map_or(name, |ratio| scale.y(*ratio));
        format!(
            "<g class=\"line c{index}\"><path d=\"M{}\"/><path class=\"leader\" d=\"M{RIGHT} {end:.1} L{:.1} {name:.1}\"/>\
             <text x=\"{NAMES}\" y=\"{:.1}\">{}</text></g>\n",
            points.join(" L"),
            NAMES - 4.0,
            name + BASELINE,
            // There is no room for the whole name.
            line.name.replace("@octokit/webhooks-methods", "octokit")
        )
    }

    /// The vertical place of each line's name: at the line's end, moved so that names do not overlap.
    fn names(&self, scale: Scale) -> Vec<f64> {
        let ends = self.lines.iter().map(|line| line.ratios.last());
        let mut names: Vec<_> = ends
            .map(|end| end.map_or(BOTTOM, |ratio| scale.y(*ratio)))
            .enumerate()
            .collect();
        names.sort_by(|(_, a), (_, b)| a.total_cmp(b));
        let mut above = f64::NEG_INFINITY;
        for (_, y) in &mut names {
            *y = y.max(above + NAME_HEIGHT);
            above = *y;
        }
        let mut below = BOTTOM + NAME_HEIGHT;
        for (_, y) in names.iter_mut().rev() {
            *y = y.min(below - NAME_HEIGHT);
            below = *y;
        }
        names.sort_by_key(|(index, _)| *index);
        names.into_iter().map(|(_, y)| y).collect()
    }
}

impl Scale {
    fn over(ratios: impl Iterator<Item = f64>) -> Option<Self> {
        let (least, most) = ratios.map(f64::log2).fold(None, |range, power| {
            let (least, most): (f64, f64) = range.unwrap_or((power, power));
            Some((least.min(power), most.max(power)))
        })?;
        Some(Self {
            low: least.floor(),
            high: most.ceil().max(least.floor() + 1.0),
        })
    }

    fn y(self, ratio: f64) -> f64 {
        BOTTOM - (ratio.log2() - self.low) / (self.high - self.low) * (BOTTOM - TOP)
    }
}

fn lines(table: &Table) -> Vec<Line<'_>> {
    let rows = table.rows.iter();
    rows.filter(|row| !LEFT_OUT.contains(&row.name.as_str()))
        .map(|row| Line {
            name: &row.name,
            ratios: row
                .cells
                .iter()
                .filter_map(|cell| cell.as_ref().and_then(Cell::ratio))
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::results::{Section, times};

    #[test]
    fn names_leave_each_other_room() {
        let rows: &[(&str, &[f64])] = &[
            ("ours", &[1.0, 1.0]),
            ("a", &[2.0, 1.01]),
            ("b", &[0.5, 0.5]),
        ];
        let table = times(&format!("{LTS}/dense/untouched"), &["1 KB", "1 MB"], rows);
        let results = Results {
            machine: String::new(),
            sections: vec![Section {
                heading: String::new(),
                tables: vec![table],
            }],
        };
        let panel = Panel::of(&results, "untouched").expect("a panel");
        let scale = Scale::over(panel.ratios()).expect("a scale");
        assert_eq!((scale.low, scale.high), (-1.0, 1.0));
        let names = panel.names(scale);
        let [ours, a, b] = names.as_slice() else {
            panic!("{names:?}");
        };
        assert!(ours - a >= NAME_HEIGHT, "{names:?}");
        assert!((b - BOTTOM).abs() < 0.1, "{names:?}");
    }
}
