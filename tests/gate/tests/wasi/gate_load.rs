//! Many requests at once, good and hostile, in instances that the host uses again.

use std::{collections::BTreeMap, thread};

use crate::{
    artefact::gated_service_by_default,
    client::Client,
    delivery::{Delivery, LIMIT, forged},
    echo::Echo,
    raw::Connection,
};

const CONNECTIONS: usize = 8;
const REQUESTS: usize = 240;
/// How many of them are genuine.
const GENUINE: usize = CONNECTIONS * REQUESTS / 2;

/// Calls that each instance of the service has counted, as its answers told them.
type Calls = BTreeMap<String, Vec<u64>>;

#[test]
fn nothing_traps_and_nothing_slips_through() {
    let mut gated = gated_service_by_default();
    let mut calls = Calls::new();
    thread::scope(|scope| {
        let address = gated.address();
        let connections: Vec<_> = (0..CONNECTIONS)
            .map(|number| scope.spawn(move || connection(address, number)))
            .collect();
        for connection in connections {
            for (instance, mut seen) in connection.join().unwrap() {
                calls.entry(instance).or_default().append(&mut seen);
            }
        }
    });

    assert!(gated.is_running().unwrap());
    let log = gated.log();
    for word in ["trap", "panicked", "unreachable"] {
        assert!(!log.contains(word), "{log}");
    }
    assert_eq!(calls.values().map(Vec::len).sum::<usize>(), GENUINE);
    // A call between two of these would be one of a request that nobody has verified.
    for (instance, seen) in &mut calls {
        seen.sort_unstable();
        let expected: Vec<u64> = (1..).take(seen.len()).collect();
        assert_eq!(*seen, expected, "instance {instance}");
    }
    // 128 requests to each is the host's default; one that trapped would have been given up early.
    let needed = (CONNECTIONS * REQUESTS).div_ceil(128);
    assert!(
        calls.len() <= needed + CONNECTIONS,
        "{} instances",
        calls.len()
    );
}

fn connection(address: &str, number: usize) -> Calls {
    let client = Client::new();
    let mut calls = Calls::new();
    for request in 0..REQUESTS {
        if request.is_multiple_of(2) {
            let (instance, seen) = genuine(&client, address, request);
            calls.entry(instance).or_default().push(seen);
        } else {
            hostile(&client, address, number + request / 2);
        }
    }
    calls
}

fn genuine(client: &Client, address: &str, request: usize) -> (String, u64) {
    let delivery = match request % 8 {
        0 => Delivery::of_size(LIMIT),
        _ => Delivery::genuine(),
    };
    let answer = if request.is_multiple_of(3) {
        client.send_chunked(address, &delivery)
    } else {
        client.send(address, &delivery)
    };
    let echo = Echo::of(&answer);
    assert!(echo.request.is(&delivery), "{echo:?}");
    (echo.instance.unwrap(), echo.calls)
}

fn hostile(client: &Client, address: &str, kind: usize) {
    let forgeries = forged();
    match kind % (forgeries.len() + 2) {
        0 => {
            let delivery = Delivery::of_size(LIMIT);
            let mut connection = Connection::new(address);
            connection.head(&delivery, "transfer-encoding: chunked");
            connection.chunk(&delivery.body);
            // Dropped without an end.
        }
        1 => {
            let delivery = Delivery::genuine();
            let mut connection = Connection::new(address);
            connection.head(&delivery, "transfer-encoding: chunked");
            connection.chunk(&delivery.body);
            connection.write(b"no chunk\r\n");
            let answer = connection.rest();
            assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
        }
        other => {
            let (code, delivery) = &forgeries[other - 2];
            let answer = client.send(address, delivery);
            assert_eq!(answer.problem("code"), code.as_str(), "{answer:?}");
        }
    }
}
