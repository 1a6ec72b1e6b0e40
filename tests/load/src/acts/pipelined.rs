//! Several requests on a connection before the first answer.

use anyhow::{Context as _, Result};
use docutray_webhook_tools::forge::{About, Forgery};

use crate::{
    raw::{LAST, Raw, request},
    session::Session,
};

/// At most so many genuine deliveries.
const GENUINE: usize = 3;

/// Genuine deliveries, and a forged one behind them.
pub(super) async fn send(session: &mut Session) -> Result<()> {
    let mut events = Vec::new();
    for _ in 0..session.rng.usize(1..=GENUINE) {
        events.push(session.event_of_size(1 << 10)?);
    }
    let mut requests = Vec::new();
    for event in &events {
        requests.extend(request(&event.signed(&mut session.rng), ""));
    }
    let way = session.rng.choice(Forgery::ALL).context("no forgeries")?;
    let forged = session.event_of_size(1 << 10)?;
    let (forged, About { title, status, .. }) = forged.forged(*way, &mut session.rng)?;
    requests.extend(request(&forged, LAST));

    let mut raw = Raw::open(&session.target).await?;
    raw.send(&requests).await;
    let answers = raw.answers().await?;
    let (genuine, last) = answers.split_at(answers.len().min(events.len()));
    if let [last, ..] = last {
        session.target.judge_wrong(title, last.status, status)?;
    }
    session.take_answers(&events, genuine).await
}
