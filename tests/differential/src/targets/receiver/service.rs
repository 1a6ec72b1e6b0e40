//! The service behind the receiver, and `on_unfit`. They do what their plan says.

use std::{
    collections::VecDeque,
    future,
    panic::resume_unwind,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use docutray_webhook::{Event, Unfit, tower::Lease};
use http::{Request, Response};
use http_body_util::Full;
use tokio::time::timeout;
use tower_service::Service;

use super::{
    plan::{Ends, ServiceStep, Time},
    sent::Place,
    store::{ModelStore, pause},
    watch::Served,
};

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Answer = Response<Full<Bytes>>;

/// A header of each answer of the service. No answer of the receiver's own has it.
pub(super) const OWN: &str = "x-own";
const GOOD: u16 = 202;
const WATCHED: Duration = Duration::from_secs(120);

pub(super) type Steps = Arc<Mutex<VecDeque<ServiceStep>>>;

fn next(steps: &Steps) -> ServiceStep {
    let step = steps.lock().unwrap().pop_front();
    step.unwrap_or(ServiceStep {
        after: Time(0),
        ends: Ends::Well,
    })
}

#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) steps: Steps,
    pub(super) store: Arc<ModelStore>,
}

impl Service<Request<Full<Bytes>>> for Planned {
    type Response = Answer;
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Failure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Full<Bytes>>) -> Self::Future {
        let step = next(&self.steps);
        let Place(place) = *request.extensions().get().unwrap();
        let key = request
            .extensions()
            .get::<Arc<Event>>()
            .unwrap()
            .key()
            .to_owned();
        let lease = request.extensions().get::<Lease>().unwrap().clone();
        let store = Arc::clone(&self.store);
        let mut seen = store.watch.seen();
        seen.called(place, &key, lease.token(), lease.seen_before());
        drop(seen);
        if let Ends::PanicsAtOnce = step.ends {
            store.watch.seen().ended(place, Served::Failed);
            resume_unwind(Box::new("the service panics"));
        }
        Box::pin(serve(step, place, key, lease, store))
    }
}

async fn serve(
    step: ServiceStep,
    place: usize,
    key: String,
    lease: Lease,
    store: Arc<ModelStore>,
) -> Result<Answer, Failure> {
    let lost = {
        let (key, lease, store) = (key.clone(), lease.clone(), Arc::clone(&store));
        async move {
            lease.lost().await;
            store.lost(&key, lease.token());
        }
    };
    tokio::spawn(lost);
    pause(step.after).await;
    let ended = |served| store.watch.seen().ended(place, served);
    let status = match step.ends {
        Ends::Well => GOOD,
        Ends::Answers(status) => status,
        Ends::Fails => {
            ended(Served::Failed);
            return Err("the service fails".into());
        }
        Ends::Panics | Ends::PanicsAtOnce => {
            ended(Served::Failed);
            resume_unwind(Box::new("the service panics"));
        }
        Ends::Hangs => future::pending().await,
        Ends::WhenLost => {
            // Late enough, and early enough for its claim to come to an end, too.
            if timeout(WATCHED, lease.lost()).await.is_err() {
                future::pending::<()>().await;
            }
            GOOD
        }
    };
    if (200..=299).contains(&status) {
        store.handled(&key);
    }
    ended(Served::Answered(status));
    let answer = Response::builder().status(status).header(OWN, "1");
    Ok(answer.body(Full::default()).unwrap())
}

/// Keeps a delivery, or does not, as its step says.
pub(super) async fn keep(
    unfit: Unfit,
    steps: Steps,
    store: Arc<ModelStore>,
) -> Result<(), Failure> {
    let step = next(&steps);
    pause(step.after).await;
    match step.ends {
        Ends::Well | Ends::Answers(200..=299) => {
            let place = unfit
                .delivery
                .request_id()
                .rsplit('-')
                .next()
                .unwrap()
                .parse();
            store.watch.seen().kept.insert(place.unwrap());
            Ok(())
        }
        Ends::Answers(_) | Ends::Fails => Err("it is not kept".into()),
        Ends::Panics | Ends::PanicsAtOnce => resume_unwind(Box::new("on_unfit panics")),
        Ends::Hangs | Ends::WhenLost => future::pending().await,
    }
}
