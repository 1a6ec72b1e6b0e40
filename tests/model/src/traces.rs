//! Walks through the rules of one key, written as cases of `tests/cases/claims`, which every store runs.
//!
//! Two moments are the same if every call has the same answer then. Together the walks take each call from each moment that can be
//! reached, so a store that follows them follows the rules, as far as one key and calls that come one after the other can show.

use crate::rules::{Answer, Call, Record, Rules, State, Time, Token};
use serde::Serialize;
use std::collections::{BTreeSet, VecDeque};

/// In seconds. The options of the cases.
const RULES: Rules = Rules {
    lease: 3600,
    remember: 4890,
    broken: None,
};
/// In seconds. Two of these are more than a lease, three more than is remembered.
const PASSES: Time = 2000;
/// In seconds. More than a lease.
const BACK: Time = -2 * PASSES;
/// A server's clock runs by itself, so nothing may be due within so many seconds.
const ROOM: Time = 600;
/// A walk begins anew after so many lines, so that a failed one can be read.
const LINES: usize = 40;

/// A case of `tests/cases/claims`.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct Case {
    name: String,
    remember: Time,
    lines: Vec<String>,
}

/// What a store has to be able to do, beside being called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ability {
    None,
    /// Its clock can be set back.
    JumpBack,
    /// It can lose its data.
    Forget,
}

/// A line of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Claim,
    /// With the token of the latest claim, or of the one before.
    Renew(Whose),
    Complete(Whose),
    Release(Whose),
    Pass,
    JumpBack,
    Forget,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Latest,
    Previous,
}

/// A moment in a walk.
#[derive(Clone, Copy, Debug)]
struct Moment {
    record: Option<Record>,
    now: Time,
    /// How many tokens were given out. They are numbered from 1, as in the cases.
    tokens: Token,
    /// The abilities that can be used still.
    may_jump: bool,
    may_forget: bool,
}

/// What decides all answers: the record's state, what is left of its times, whether its token is the last that was given out, and
/// how many were.
type Kind = (Option<(State, Time, Time, bool)>, Token);

impl Moment {
    const fn first(ability: Ability) -> Self {
        Self {
            record: None,
            now: 0,
            tokens: 0,
            may_jump: matches!(ability, Ability::JumpBack),
            may_forget: matches!(ability, Ability::Forget),
        }
    }

    fn kind(&self) -> Kind {
        let record = self.record.map(|record| {
            (
                record.state,
                self.lease_left(record).max(0),
                self.memory_left(record).max(0),
                record.token == self.tokens,
            )
        });
        (record, self.tokens.min(2))
    }

    /// What decides where a walk can go from here.
    fn place(&self) -> (Kind, bool, bool) {
        (self.kind(), self.may_jump, self.may_forget)
    }

    fn lease_left(&self, record: Record) -> Time {
        match record.state {
            State::Claimed => record.lease_ends - self.now,
            State::Done | State::Released => 0,
        }
    }

    const fn memory_left(&self, record: Record) -> Time {
        record.forget_after - self.now
    }

    fn is_forgotten(&self) -> bool {
        self.record
            .is_some_and(|record| self.memory_left(record) <= 0)
    }

    /// The lines that can follow.
    fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::Claim];
        // A store may or may not have a record still that it may forget.
        if !self.is_forgotten() {
            let whose = [(1, Whose::Latest), (2, Whose::Previous)];
            for (_, whose) in whose.into_iter().filter(|(least, _)| self.tokens >= *least) {
                lines.extend([
                    Line::Renew(whose),
                    Line::Complete(whose),
                    Line::Release(whose),
                ]);
            }
            if self.may_jump && self.record.is_some() {
                lines.push(Line::JumpBack);
            }
            if self.may_forget && self.record.is_some() {
                lines.push(Line::Forget);
            }
            let passed = self.after(Line::Pass).0;
            if self.record.is_some() && !passed.is_close() {
                lines.push(Line::Pass);
            }
        }
        lines
    }

    /// Whether something is due so soon that a running clock might reach it.
    fn is_close(&self) -> bool {
        let close = |left| 0 < left && left <= ROOM;
        self.record
            .is_some_and(|record| close(self.lease_left(record)) || close(self.memory_left(record)))
    }

    const fn token(&self, whose: Whose) -> Token {
        match whose {
            Whose::Latest => self.tokens,
            Whose::Previous => self.tokens - 1,
        }
    }

    /// The moment after a line, and the line as it is written.
    fn after(self, line: Line) -> (Self, String) {
        match line {
            Line::Pass => (self.at(PASSES), format!("pass {PASSES}")),
            Line::JumpBack => {
                let next = self.at(BACK);
                let next = Self {
                    may_jump: false,
                    ..next
                };
                (next, format!("pass {BACK}"))
            }
            Line::Forget => {
                let next = Self {
                    record: None,
                    may_forget: false,
                    ..self
                };
                (next, "forget".to_owned())
            }
            Line::Claim => self.called("claim a", Call::Claim),
            Line::Renew(whose) => self.called_with("renew", whose, Call::Renew),
            Line::Complete(whose) => self.called_with("complete", whose, Call::Complete),
            Line::Release(whose) => self.called_with("release", whose, Call::Release),
        }
    }

    const fn at(self, later: Time) -> Self {
        Self {
            now: self.now + later,
            ..self
        }
    }

    fn called_with(self, name: &str, whose: Whose, call: fn(Token) -> Call) -> (Self, String) {
        let token = self.token(whose);
        self.called(&format!("{name} a #{token}"), call(token))
    }

    fn called(self, asked: &str, call: Call) -> (Self, String) {
        let (record, answer) = RULES.apply(self.record, call, self.now, self.tokens + 1);
        let mut next = Self { record, ..self };
        let answer = match answer {
            Answer::Claimed { token, seen_before } => {
                next.tokens = token;
                format!("#{token}{}", if seen_before { " seen before" } else { "" })
            }
            Answer::Busy { left } => format!("busy {left}"),
            Answer::Done => "done".to_owned(),
            Answer::Ours(true) => "yes".to_owned(),
            Answer::Ours(false) => "no".to_owned(),
        };
        (next, format!("{asked}: {answer}"))
    }
}

/// All walks, as cases.
#[must_use]
pub fn cases() -> Vec<Case> {
    let mut taken = BTreeSet::new();
    let walks = |ability, taken: &mut BTreeSet<_>| walks(ability, taken);
    [
        (Ability::None, ""),
        (Ability::JumpBack, ", whose clock jumps back"),
        (Ability::Forget, ", whose data is lost"),
    ]
    .into_iter()
    .flat_map(|(ability, what)| {
        let walks = walks(ability, &mut taken);
        (1..).zip(walks).map(move |(number, lines)| Case {
            name: format!("walk {number} through the model of a store{what}"),
            remember: RULES.remember,
            lines,
        })
    })
    .collect()
}

/// Walks that take each line from each kind of moment which is not taken yet.
fn walks(ability: Ability, taken: &mut BTreeSet<(Kind, Line)>) -> Vec<Vec<String>> {
    let mut walks = Vec::new();
    loop {
        let mut moment = Moment::first(ability);
        let mut walk = Vec::new();
        while walk.len() < LINES {
            let Some(lines) = to_next(moment, taken) else {
                break;
            };
            for line in lines {
                taken.insert((moment.kind(), line));
                let (next, written) = moment.after(line);
                walk.push(written);
                moment = next;
            }
        }
        if walk.is_empty() {
            return walks;
        }
        walks.push(walk);
    }
}

/// The shortest way to a line that is not taken yet, with that line as its last.
fn to_next(from: Moment, taken: &BTreeSet<(Kind, Line)>) -> Option<Vec<Line>> {
    let mut known = BTreeSet::from([from.place()]);
    let mut ways = VecDeque::from([(from, Vec::new())]);
    while let Some((moment, way)) = ways.pop_front() {
        for line in moment.lines() {
            let way = [way.as_slice(), &[line]].concat();
            if !taken.contains(&(moment.kind(), line)) {
                return Some(way);
            }
            let (next, _) = moment.after(line);
            if known.insert(next.place()) {
                ways.push_back((next, way));
            }
        }
    }
    None
}

/// The cases as the text of their file.
///
/// # Errors
/// Never, since a case has nothing that JSON cannot hold.
pub fn text() -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(&cases())? + "\n")
}
