//! What is sent to the receiver, and what its store and its service do: all of it is read from a fuzzer's input.

use std::time::Duration;

use arbitrary::{Arbitrary, Result, Unstructured};

/// In milliseconds. Many are the same, and many are beside a limit of the receiver, so that things happen at the same time.
const TIMES: [u32; 16] = [
    0, 0, 0, 1, 100, 333, 999, 1_000, 1_001, 3_000, 4_999, 5_001, 20_000, 25_000, 29_999, 61_000,
];

#[derive(Arbitrary, Clone, Debug)]
pub(super) struct Plan {
    #[arbitrary(with = |input: &mut Unstructured<'_>| one_of(input, &[1_000, 10_000, 25_000, 29_999]))]
    pub(super) deadline: Time,
    #[arbitrary(with = |input: &mut Unstructured<'_>| one_of(input, &[3_000, 9_000, 60_000]))]
    pub(super) lease: Time,
    /// What calls to the store do, in their order. Later ones do what they should.
    #[arbitrary(with = |input: &mut Unstructured<'_>| up_to(input, 24))]
    pub(super) store: Vec<StoreStep>,
    /// The same for calls of the service.
    #[arbitrary(with = |input: &mut Unstructured<'_>| up_to(input, 12))]
    pub(super) service: Vec<ServiceStep>,
    /// The same for `on_unfit`, if there is one.
    #[arbitrary(with = maybe_up_to_four)]
    pub(super) on_unfit: Option<Vec<ServiceStep>>,
    pub(super) on_delivery_panics: bool,
    #[arbitrary(with = |input: &mut Unstructured<'_>| up_to(input, 8))]
    pub(super) requests: Vec<Request>,
}

/// A time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time(pub(super) u32);

impl Time {
    pub(super) const fn duration(self) -> Duration {
        Duration::from_millis(self.0 as u64)
    }
}

impl<'a> Arbitrary<'a> for Time {
    fn arbitrary(input: &mut Unstructured<'a>) -> Result<Self> {
        one_of(input, &TIMES)
    }
}

fn one_of(input: &mut Unstructured<'_>, milliseconds: &[u32]) -> Result<Time> {
    input.choose(milliseconds).copied().map(Time)
}

fn up_to<'a, T: Arbitrary<'a>>(input: &mut Unstructured<'a>, most: usize) -> Result<Vec<T>> {
    input.arbitrary_iter()?.take(most).collect()
}

fn maybe_up_to_four<'a, T: Arbitrary<'a>>(input: &mut Unstructured<'a>) -> Result<Option<Vec<T>>> {
    match input.arbitrary()? {
        true => up_to(input, 4).map(Some),
        false => Ok(None),
    }
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub(super) struct StoreStep {
    /// Before the store does anything.
    pub(super) before: Time,
    /// Between what it does and its answer.
    pub(super) after: Time,
    pub(super) how: How,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub(super) enum How {
    /// It does what it should, in most inputs.
    Does,
    StillDoes,
    Fails,
    /// It does what it should, and then fails.
    AnswerLost,
    Panics,
    Hangs,
    /// It does nothing, and answers something else.
    Lies(Lie),
}

/// An answer that a right store would give at another time.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(super) enum Lie {
    /// To a claim: the event is done. To another call: the claim is the caller's.
    Yes,
    /// To a claim: another worker has the event, for this many seconds. To another call: the claim is not the caller's.
    No(u64),
    /// To a claim: the caller has the event, with a token that nobody had before. To another call, as [`Lie::No`].
    Yours { seen_before: bool },
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub(super) struct ServiceStep {
    pub(super) after: Time,
    pub(super) ends: Ends,
}

#[derive(Arbitrary, Clone, Copy, Debug)]
pub(super) enum Ends {
    Well,
    Answers(
        #[arbitrary(with = |input: &mut Unstructured<'_>| input.choose(&STATUSES).copied())] u16,
    ),
    Fails,
    Panics,
    /// Before it returns a future.
    PanicsAtOnce,
    Hangs,
    /// As soon as its lease is lost, or never.
    WhenLost,
}

const STATUSES: [u16; 8] = [200, 201, 299, 300, 304, 404, 500, 503];

#[derive(Arbitrary, Clone, Debug)]
pub(super) struct Request {
    pub(super) at: Time,
    /// Which of three events it carries.
    #[arbitrary(with = |input: &mut Unstructured<'_>| input.int_in_range(0..=2))]
    pub(super) event: u8,
    pub(super) what: What,
    pub(super) size: Size,
    pub(super) is_announced: bool,
    #[arbitrary(with = |input: &mut Unstructured<'_>| up_to(input, 6))]
    pub(super) pieces: Vec<Piece>,
    pub(super) ending: BodyEnding,
    /// When the sender disconnects, counted from its request.
    pub(super) leaves: Option<Time>,
}

#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Genuine,
    /// An event that this library does not know.
    UnknownEvent,
    /// Signed, but no payload of its event.
    Unfit,
    /// Signed, but no text.
    NoText,
    OtherSecret,
    OtherUrl,
    ChangedBody,
    ChangedMetadata,
    Old,
    Get,
    Compressed,
    NoSignature,
}

/// How many bytes the body has.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    AsItIs,
    TheLimit,
    OneMore,
}

/// A part of the body, and how long after the last one it arrives.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) after: Time,
    pub(super) bytes: u8,
}

/// What comes after the pieces.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyEnding {
    /// The rest of the body.
    Rest,
    /// Nothing: the body ends here.
    Cut,
    /// An error.
    Breaks,
    /// Nothing, for ever.
    Stalls,
}
