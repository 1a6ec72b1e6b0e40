//! The tower layer under a random plan, with a store that answers at random, in virtual time.
//!
//! Whatever the store, the service and the senders do: an event is processed under a claim of its own and once for each claim; it is
//! completed only after the service has succeeded, and released if it has not; a sender is told that all is well only if the event was
//! processed or kept, or the store says that it is done; nothing of a payload, of a signature or of the secret is logged; and the
//! next genuine delivery is processed.

mod answers;
mod leaks;
mod plan;
mod sent;
mod service;
mod store;
mod watch;

use std::{
    cell::Cell,
    future,
    panic::{self, resume_unwind},
    sync::{Arc, Mutex, Once},
    time::{Duration, SystemTime},
};

use arbitrary::{Arbitrary as _, Unstructured};
use docutray_webhook::tower::{DeliveryRecord, WebhookLayer, WebhookService};
use http_body_util::BodyExt as _;
use tokio::{
    runtime::Builder,
    time::{Instant, sleep},
};
use tower_layer::Layer as _;
use tower_service::Service as _;

use self::{
    answers::{Got, Right, fault},
    plan::{BodyEnding, Plan, Request, Size, Time, What},
    sent::{MAX_BODY, Sent, verifier},
    service::{Planned, Steps, keep},
    store::ModelStore,
    watch::Watch,
};

/// When everything has ended but for what hangs.
const END: Duration = Duration::from_secs(300);

type Records = Arc<Mutex<Vec<DeliveryRecord>>>;
type Receiver = WebhookService<Planned>;

thread_local! {
    static PANICS: Cell<u32> = const { Cell::new(0) };
}

/// Runs the plan that the input describes.
pub fn receiver(input: &[u8]) {
    let Ok(plan) = Plan::arbitrary(&mut Unstructured::new(input)) else {
        return;
    };
    count_panics();
    let before = PANICS.get();
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    let (faults, log) = leaks::logged(|| runtime.unwrap().block_on(run(&plan)));
    assert!(faults.is_empty(), "{faults:#?}\n{plan:#?}\n{log}");
    assert_eq!(PANICS.get(), before, "a panic\n{plan:#?}\n{log}");
}

/// The receiver survives panics of its tasks. The plan's own do not call the hook.
fn count_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            PANICS.set(PANICS.get() + 1);
            hook(panic);
        }));
    });
}

async fn run(plan: &Plan) -> Vec<String> {
    let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs();
    let watch = Arc::new(Watch::default());
    let store = Arc::new(ModelStore::new(plan, Arc::clone(&watch)));
    let steps: Steps = Arc::new(Mutex::new(plan.service.clone().into()));
    let records = Records::default();
    let layer = layer(plan, &store, &records);
    let receiver = layer.layer(Planned {
        steps: Arc::clone(&steps),
        store: Arc::clone(&store),
    });
    let sent = plan.requests.iter().enumerate();
    let sent: Vec<_> = sent
        .map(|(place, request)| Arc::new(Sent::new(request, place, now)))
        .collect();
    let senders: Vec<_> = sent
        .iter()
        .map(|sent| tokio::spawn(send(receiver.clone(), Arc::clone(sent))))
        .collect();
    sleep(END).await;
    let mut faults = Vec::new();
    for (sent, sender) in sent.iter().zip(senders) {
        let got = sender.await.unwrap();
        let right = Right::of(sent, &verifier(), now);
        faults.extend(faults_of(plan, sent, got.as_ref(), &right, &store));
        faults.extend(leaks::faults(sent, got.as_ref(), &records.lock().unwrap()));
    }
    watch.seen().check_end(plan.lease.duration());
    let written = records.lock().unwrap().len();
    if written != plan.requests.len() {
        faults.push(format!("{written} records"));
    }
    store.becomes_right();
    steps.lock().unwrap().clear();
    faults.extend(next_delivery(&receiver, sent.len(), now).await);
    faults.append(&mut watch.seen().faults);
    faults.extend(store.broken());
    faults
}

fn layer(plan: &Plan, store: &Arc<ModelStore>, records: &Records) -> WebhookLayer {
    let (records, panics) = (Arc::clone(records), plan.on_delivery_panics);
    let layer = WebhookLayer::new(verifier())
        .idempotency(Arc::clone(store))
        .deadline(plan.deadline.duration())
        .and_then(|layer| layer.body_budget(MAX_BODY as u64))
        .unwrap()
        .on_delivery(move |record| {
            records.lock().unwrap().push(record);
            if panics {
                resume_unwind(Box::new("on_delivery panics"));
            }
        });
    match &plan.on_unfit {
        None => layer,
        Some(steps) => {
            let steps: Steps = Arc::new(Mutex::new(steps.clone().into()));
            let store = Arc::clone(store);
            layer.on_unfit(move |unfit| keep(unfit, Arc::clone(&steps), Arc::clone(&store)))
        }
    }
}

/// Sends a request at its time. Returns nothing if the sender disconnects before the answer.
async fn send(mut receiver: Receiver, sent: Arc<Sent>) -> Option<Got> {
    sleep(sent.request.at.duration()).await;
    let start = Instant::now();
    let leaving = async {
        match sent.request.leaves {
            Some(time) => sleep(time.duration()).await,
            None => future::pending().await,
        }
    };
    let answer = tokio::select! {
        // A request that nobody has polled has no record.
        biased;
        answer = receiver.call(sent.http()) => answer,
        () = leaving => return None,
    };
    let Ok(response) = answer;
    let after = start.elapsed();
    let (head, body) = response.into_parts();
    Some(Got {
        after,
        status: head.status.as_u16(),
        headers: head.headers,
        body: body.collect().await.unwrap().to_bytes(),
    })
}

fn faults_of(
    plan: &Plan,
    sent: &Sent,
    got: Option<&Got>,
    right: &Right,
    store: &ModelStore,
) -> Option<String> {
    let seen = store.watch.seen();
    let place = sent.place;
    if seen.served.contains_key(&place) && !matches!(right, Right::Event(_)) {
        return Some(format!("request {place} was processed, but is {right:?}"));
    }
    let Some(got) = got else {
        let stays = sent.request.leaves.is_none();
        return stays.then(|| format!("request {place} got no answer"));
    };
    if let (true, Right::Event(key)) = (got.is_good(), right) {
        store.acknowledged(key);
    }
    let fault = fault(got, sent, right, plan, &seen)?;
    let served = &seen.served;
    Some(format!(
        "{fault}: {got:?} to {right:?}, request {place}, served {served:?}"
    ))
}

/// Sends a new event, as large as may be, once the store and the service do what they should. Nothing of the budget is missing.
async fn next_delivery(receiver: &Receiver, place: usize, now: u64) -> Option<String> {
    let request = Request {
        at: Time(0),
        event: 9,
        what: What::Genuine,
        size: Size::TheLimit,
        is_announced: true,
        pieces: Vec::new(),
        ending: BodyEnding::Rest,
        leaves: None,
    };
    let mut statuses = Vec::new();
    for place in [place, place + 1] {
        let sent = Arc::new(Sent::new(&request, place, now));
        let got = send(receiver.clone(), sent).await?;
        statuses.push(got.status);
    }
    (statuses != [202, 200]).then(|| format!("the next delivery and its repetition: {statuses:?}"))
}
