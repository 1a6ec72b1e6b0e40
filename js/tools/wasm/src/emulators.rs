//! Emulators, each behind a number. They are kept here and not in objects of JavaScript, whose bindings would need imports.

use std::{cell::RefCell, collections::BTreeMap};

use docutray_webhook_tools::{
    emulator::{Command, Emulator, Options, Query},
    fault::Fault,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::{read, write, written};

#[derive(Default)]
struct Emulators {
    running: BTreeMap<u32, Emulator>,
    last: u32,
}

thread_local! {
    static EMULATORS: RefCell<Emulators> = RefCell::default();
}

/// What [`emulator_step`] takes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Step {
    now_milliseconds: u64,
    command: Command,
}

/// Starts an emulator. Takes its options, and returns `{"ok": number}` or `{"error": ...}`.
#[wasm_bindgen]
#[must_use]
pub fn emulator_open(options: &str) -> String {
    written(open(options).and_then(|number| write(&number)))
}

/// Takes `{nowMilliseconds, command}`, and returns `{"ok": effects}` or `{"error": ...}` if the command cannot be read.
#[wasm_bindgen]
#[must_use]
pub fn emulator_step(emulator: u32, step: &str) -> String {
    written(read::<Step>(step).and_then(
        |Step {
             now_milliseconds,
             command,
         }| {
            with(emulator, |emulator| {
                Ok(emulator.step(now_milliseconds, command))
            })
        },
    ))
}

/// Takes a query, and returns `{"ok": what it asks for}` or `{"error": ...}`.
#[wasm_bindgen]
#[must_use]
pub fn emulator_query(emulator: u32, query: &str) -> String {
    written(
        read::<Query>(query).and_then(|query| with(emulator, |emulator| emulator.query(&query))),
    )
}

/// Returns `{"ok": state}`, a text from which an emulator can go on.
#[wasm_bindgen]
#[must_use]
pub fn emulator_save(emulator: u32) -> String {
    written(with(emulator, |emulator| Ok(emulator.save())))
}

/// Ends an emulator.
#[wasm_bindgen]
pub fn emulator_close(emulator: u32) {
    EMULATORS.with_borrow_mut(|emulators| emulators.running.remove(&emulator));
}

fn open(options: &str) -> Result<u32, Fault> {
    let emulator = Emulator::new(read::<Options>(options)?)?;
    EMULATORS.with_borrow_mut(|emulators| {
        emulators.last += 1;
        emulators.running.insert(emulators.last, emulator);
        Ok(emulators.last)
    })
}

/// Writes what an emulator returns.
fn with<Output: Serialize>(
    emulator: u32,
    does: impl FnOnce(&mut Emulator) -> Result<Output, Fault>,
) -> Result<String, Fault> {
    EMULATORS.with_borrow_mut(|emulators| match emulators.running.get_mut(&emulator) {
        Some(emulator) => write(&does(emulator)?),
        None => Err(Fault {
            code: "closed",
            message: "the emulator is closed".into(),
            field: None,
        }),
    })
}
