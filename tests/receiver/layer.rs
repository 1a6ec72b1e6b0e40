//! How the layer treats the service. `tests/cases/receiver` has what every receiver answers.

use crate::{
    delivery::{Delivery, Forgery, forged, now, verifier},
    sending::send,
    service::{Count, Passed, Verified, doing, layer},
};
use ::http::Response;
use docutray_webhook::{Code, answer::Outcome};
use std::{convert::Infallible, future, io};
use tower::{Layer as _, service_fn};

#[tokio::test]
async fn the_service_s_response_is_passed_on_and_a_repetition_is_a_duplicate() {
    let count = Count::default();
    let receiver = layer().layer(count.service());
    let first = send(&receiver, Delivery::of("c_1").request()).await;
    assert_eq!((first.status, first.body.as_str()), (202, "accepted"));
    assert_eq!(first.header("x-own"), Some("1"));
    let second = send(&receiver, Delivery::of("c_1").request()).await;
    assert!(second.is(&Outcome::Duplicate), "{second:?}");
    assert_eq!(count.get(), 1);

    let other = send(&receiver, Delivery::of("c_2").request()).await;
    assert_eq!((other.status, count.get()), (202, 2));
}

#[tokio::test]
async fn a_refusal_is_a_problem_and_does_not_reach_the_service() {
    let count = Count::default();
    let receiver = layer().layer(count.service());
    for Forgery { code, delivery, .. } in forged() {
        let answer = send(&receiver, delivery.clone().request()).await;
        assert_eq!(answer.status, code.status(), "{answer:?}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(answer.member("code"), code.as_str());
        if !matches!(code, Code::TimestampTooOld | Code::TimestampTooNew) {
            let error = verifier().verify(delivery.headers, &delivery.body, now());
            assert!(answer.is(&error.unwrap_err().into()), "{answer:?}");
        }
    }
    assert_eq!(count.get(), 0);
}

#[tokio::test]
async fn a_repeated_media_type_is_refused() {
    let receiver = layer().layer(Count::default().service());
    let twice = Delivery::of("c_1").and_header("content-type", "application/json");
    let answer = send(&receiver, twice.request()).await;
    assert!(answer.is(&Outcome::UnsupportedMediaType), "{answer:?}");
}

#[tokio::test]
async fn a_failing_service_is_answered_500_without_its_error() {
    let failing = service_fn(|_: Verified| async {
        Err::<Passed, _>(io::Error::other("the database is away"))
    });
    let answer = send(&layer().layer(failing), Delivery::of("c_1").request()).await;
    assert!(answer.is(&Outcome::HandlerFailed), "{answer:?}");
    assert_eq!(answer.status, 500);
}

#[tokio::test]
async fn a_panicking_service_is_answered_500() {
    let later = doing(|_| async { panic!("a panic of the service") });
    let at_once = doing(|_| -> future::Ready<()> { panic!("a panic of the service") });
    let answers = [
        send(&layer().layer(later), Delivery::of("c_1").request()).await,
        send(&layer().layer(at_once), Delivery::of("c_1").request()).await,
    ];
    for answer in answers {
        assert!(answer.is(&Outcome::HandlerFailed), "{answer:?}");
    }
}

#[tokio::test]
async fn another_status_is_passed_on_and_a_repetition_reaches_the_service() {
    for status in [301, 404, 422, 500] {
        let service = service_fn(move |_: Verified| async move {
            let response = Response::builder().status(status).header("x-own", "1");
            Ok::<_, Infallible>(response.body("not now".to_owned()).unwrap())
        });
        let receiver = layer().layer(service);
        for _ in 0..2 {
            let answer = send(&receiver, Delivery::of("c_1").request()).await;
            assert_eq!((answer.status, answer.body.as_str()), (status, "not now"));
            assert_eq!(answer.header("x-own"), Some("1"));
        }
    }
}
