//! The body, copied into the instance's memory only as far as the core has admitted it.

use crate::{error::Failure, number::whole, result};
use docutray_webhook::Rejection;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// Bytes copied at a time, through a buffer on the stack.
const PIECE: u32 = 8 * 1024;

#[wasm_bindgen]
extern "C" {
    /// A `Uint8Array` that tells its length in full: `js_sys` cuts it off at 32 bits, and 4 GiB would be nothing.
    #[wasm_bindgen(extends = Uint8Array, typescript_type = "Uint8Array")]
    #[derive(Debug)]
    pub type Bytes;

    #[wasm_bindgen(method, getter, js_name = length)]
    fn full_length(this: &Bytes) -> f64;
}

/// A body under way: the metadata is verified, the body is not yet.
#[wasm_bindgen]
#[derive(Debug)]
pub struct BodyCheck(docutray_webhook::BodyCheck);

impl From<docutray_webhook::BodyCheck> for BodyCheck {
    fn from(check: docutray_webhook::BodyCheck) -> Self {
        Self(check)
    }
}

#[wasm_bindgen]
impl BodyCheck {
    /// The delivery whose body this is.
    ///
    /// # Errors
    /// None that can be reached.
    #[wasm_bindgen(unchecked_return_type = "Delivery")]
    pub fn delivery(&self) -> Result<JsValue, JsValue> {
        Ok(result::delivery(self.0.delivery())?)
    }

    /// Refuses a body of which at least this many bytes are still to come, if that is over the limit.
    ///
    /// # Errors
    /// A `Failure` with `body_too_large`.
    #[wasm_bindgen(js_name = expectLength)]
    pub fn expect_length(&mut self, bytes: f64) -> Result<(), JsValue> {
        let admitted = self.0.expect_length(whole(bytes));
        Ok(admitted.map_err(Failure::from)?)
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// A `Failure` with `body_too_large`, before any of the bytes is copied.
    pub fn update(&mut self, chunk: &Bytes) -> Result<(), JsValue> {
        self.expect_length(chunk.full_length())?;
        let mut buffer = [0; PIECE as usize];
        // What has been admitted fits into this memory, so into 32 bits.
        for start in (0..chunk.length()).step_by(buffer.len()) {
            let piece = chunk.subarray(start, start.saturating_add(PIECE));
            let (bytes, _) = buffer.split_at_mut(piece.length() as usize);
            piece.copy_to(bytes);
            self.0.update(bytes).map_err(Failure::from)?;
        }
        Ok(())
    }

    /// Verifies the body and reads its payload.
    ///
    /// # Errors
    /// A `Failure`.
    #[wasm_bindgen(unchecked_return_type = "Verified")]
    pub fn finish(self) -> Result<JsValue, JsValue> {
        let event = self.0.finish().map_err(Failure::from)?;
        Ok(result::verified(&event)?)
    }

    /// The same, and where the payload alone does not fit, the authentic body with the error.
    ///
    /// # Errors
    /// A `Failure`: the body is too large, or is not what was signed.
    #[wasm_bindgen(unchecked_return_type = "Verified | Unfit")]
    pub fn settle(self) -> Result<JsValue, JsValue> {
        match self.0.settle() {
            Ok(event) => Ok(result::verified(&event)?),
            Err(Rejection::Unfit(unfit)) => Ok(result::unfit(*unfit)?),
            Err(Rejection::Refused(error)) => Err(Failure::from(error).into()),
        }
    }
}
