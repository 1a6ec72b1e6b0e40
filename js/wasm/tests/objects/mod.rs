//! Plain objects of JavaScript, made and read.

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

pub(crate) fn object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &JsValue::from_str(name), value).expect("a plain object takes it");
    }
    object
}

/// What the bindings throw, a plain object.
#[derive(Debug)]
pub(crate) struct Thrown(JsValue);

impl From<JsValue> for Thrown {
    fn from(thrown: JsValue) -> Self {
        Self(thrown)
    }
}

impl Thrown {
    pub(crate) fn code(&self) -> String {
        property(&self.0, "code").as_string().expect("a string")
    }

    pub(crate) fn field(&self) -> Option<String> {
        property(&self.0, "field").as_string()
    }

    pub(crate) fn status(&self) -> f64 {
        property(&self.0, "status").as_f64().expect("a number")
    }

    /// Whether the delivery is authentic and its payload does not fit.
    pub(crate) fn unfit(&self) -> bool {
        property(&self.0, "unfit").as_bool().expect("a Boolean")
    }

    pub(crate) fn message(&self) -> String {
        property(&self.0, "message").as_string().expect("a string")
    }
}

pub(crate) fn property(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).expect("an object")
}
