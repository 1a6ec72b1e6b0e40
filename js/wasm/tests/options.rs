//! `new Verifier(options)`: what each option takes, and what its error says.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod objects;

use docutray_webhook_js::Verifier;
use js_sys::{Array, Function, Object};
use objects::{Thrown, object};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

fn refused(options: &[(&str, JsValue)]) -> Thrown {
    Thrown::from(Verifier::new(&object(options)).unwrap_err())
}

fn good() -> Vec<(&'static str, JsValue)> {
    vec![("secret", "s".into()), ("url", "u".into())]
}

fn with(name: &'static str, value: impl Into<JsValue>) -> Vec<(&'static str, JsValue)> {
    let mut options = good();
    options.retain(|(present, _)| *present != name);
    options.push((name, value.into()));
    options
}

fn strings(texts: &[&str]) -> JsValue {
    texts
        .iter()
        .map(|text| JsValue::from_str(text))
        .collect::<Array>()
        .into()
}

#[wasm_bindgen_test]
fn every_form_that_the_interface_names_is_taken() {
    for options in [
        good(),
        with("secret", strings(&["new", "old"])),
        with("url", strings(&["a", "b"])),
        with("url", false),
        with("tolerance", 86_400),
        with("tolerance", JsValue::UNDEFINED),
        with("maxBody", 0),
        with("maxBody", js_sys::Number::MAX_SAFE_INTEGER),
    ] {
        assert!(Verifier::new(&object(&options)).is_ok(), "{options:?}");
    }
}

#[wasm_bindgen_test]
fn a_value_of_another_type_is_told_with_its_option() {
    for (name, value) in [
        ("secret", JsValue::NULL),
        ("secret", 7.into()),
        ("secret", object(&[]).into()),
        (
            "secret",
            [JsValue::from(7)].into_iter().collect::<Array>().into(),
        ),
        ("url", true.into()),
        ("url", JsValue::NULL),
        ("tolerance", "300".into()),
        ("tolerance", JsValue::NULL),
        ("maxBody", "1".into()),
        ("maxBody", 1.5.into()),
        ("maxBody", (-1).into()),
        ("maxBody", f64::NAN.into()),
        ("maxBody", f64::INFINITY.into()),
    ] {
        let error = refused(&with(name, value.clone()));
        assert_eq!(error.code(), "invalid_config", "{name} {value:?}");
        assert_eq!(error.field().as_deref(), Some(name), "{value:?}");
        assert_eq!(error.status(), 500.0);
    }
}

#[wasm_bindgen_test]
fn the_cores_rules_are_told_under_the_names_of_javascript() {
    let nine = strings(&["x"; 9]);
    for (name, value) in [
        ("secret", JsValue::UNDEFINED),
        ("secret", "".into()),
        ("secret", strings(&[])),
        ("secret", nine.clone()),
        ("url", "".into()),
        ("url", strings(&[])),
        ("url", nine),
        ("tolerance", 0.into()),
        ("tolerance", 86_401.into()),
        ("tolerance", (-300).into()),
        ("tolerance", 0.5.into()),
        ("tolerance", f64::NAN.into()),
        ("tolerance", f64::INFINITY.into()),
    ] {
        let error = refused(&with(name, value.clone()));
        assert_eq!(error.field().as_deref(), Some(name), "{value:?}");
        assert_eq!(error.code(), "invalid_config");
    }
}

#[wasm_bindgen_test]
fn without_a_url_the_error_names_both_ways_out() {
    let error = refused(&with("url", JsValue::UNDEFINED));
    assert_eq!(error.field().as_deref(), Some("url"));
    assert!(
        error.message().contains("as registered"),
        "{}",
        error.message()
    );
    assert!(error.message().contains("`false`"), "{}", error.message());
}

#[wasm_bindgen_test]
fn no_error_quotes_a_secret() {
    let secrets = [JsValue::from("whsec_private"), 7.into()]
        .into_iter()
        .collect::<Array>();
    let error = refused(&with("secret", secrets));
    assert!(
        !error.message().contains("whsec_private"),
        "{}",
        error.message()
    );
}

#[wasm_bindgen_test]
fn what_a_getter_throws_comes_through_as_it_is() {
    let options = object(&good());
    throwing(&options, "tolerance", "mine");
    let thrown = Verifier::new(&options).unwrap_err();
    assert_eq!(js_sys::Error::from(thrown).message(), "mine");
}

/// Gives the object a property that throws an `Error` when it is read.
fn throwing(object: &Object, name: &str, message: &str) {
    let getter = Function::new_no_args(&format!("throw new Error({message:?})"));
    let descriptor = crate::object(&[("get", getter.into())]);
    Object::define_property(object, &JsValue::from_str(name), &descriptor);
}
