//! The conformance suite: cases, results, and their comparison.
//!
//! A case file is an array of [`Case`]s. A *driver* runs cases on one host and prints one [`CaseResult`] a line.
//! [`driver::main`] is such a program, for a host that Rust can call. Results are read as [`Json`], whatever language wrote
//! them, and [`expectation_of`] compares them with what a case expects.
//!
//! | module | what |
//! |---|---|
//! | `case` | a case, its configuration, how its body is fed |
//! | `file` | reading case files, with errors that name the file and the case |
//! | `case_result` | what a host says of a case |
//! | `partial` | what a host says that cannot show all |
//! | `driver` | the loop of a driver: one verifier a configuration, kept and used again |
//! | `typed` | a typed payload, held against the body that it was read from |
//! | `json` | JSON values as the suite compares them |
//! | `compare` | a result against its expectation, and against another host's |

mod case;
mod case_result;
mod compare;
pub mod driver;
mod file;
mod json;
mod partial;
mod typed;

pub use case::{Call, Case, Config};
pub use case_result::{CaseResult, Delivery, Event, Failure, payload};
pub use compare::{Difference, differences, expectation_of};
pub use file::{read_file, read_files};
pub use json::{Double, Json};
pub use partial::{Partial, Shown, hidden, in_what_is_shown, left_out};
pub use serde_json::value::RawValue;
pub use typed::typed_payload_agrees;
