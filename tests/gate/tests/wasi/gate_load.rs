//! Many good and hostile requests at once, in instances that the host reuses.

use std::{collections::BTreeMap, thread};

use docutray_webhook_deliveries::{Connection, Delivery, Forgery, Sender};

use crate::{
    artefact::{LIMIT, configured, gated_service_with, refused},
    echo::Echo,
};

const CONNECTIONS: usize = 8;
const REQUESTS: usize = 240;
/// How many of them are genuine.
const GENUINE: usize = CONNECTIONS * REQUESTS / 2;

/// The numbers of calls that each instance of the service tells in its responses.
type Calls = BTreeMap<String, Vec<u64>>;

#[test]
fn nothing_traps_and_nothing_slips_through() {
    let mut gated = gated_service_with(&configured(&[]));
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
    // A gap would be a call for a request that the gate has not verified.
    for (instance, seen) in &mut calls {
        seen.sort_unstable();
        let expected: Vec<u64> = (1..).take(seen.len()).collect();
        assert_eq!(*seen, expected, "instance {instance}");
    }
    // By default the host gives 128 requests to an instance. One that trapped would be given up earlier.
    let needed = (CONNECTIONS * REQUESTS).div_ceil(128);
    assert!(
        calls.len() <= needed + CONNECTIONS,
        "{} instances",
        calls.len()
    );
}

fn connection(address: &str, number: usize) -> Calls {
    let sender = Sender::default();
    let mut calls = Calls::new();
    for request in 0..REQUESTS {
        if request.is_multiple_of(2) {
            let (instance, seen) = genuine(&sender, address, request);
            calls.entry(instance).or_default().push(seen);
        } else {
            hostile(&sender, address, number + request / 2);
        }
    }
    calls
}

fn genuine(sender: &Sender, address: &str, request: usize) -> (String, u64) {
    let delivery = match request % 8 {
        0 => Delivery::of_size(LIMIT),
        _ => Delivery::of("c_1"),
    };
    let response = if request.is_multiple_of(3) {
        sender.send_chunked(address, &delivery)
    } else {
        sender.send(address, &delivery)
    };
    let echo = Echo::of(&response.unwrap());
    assert!(echo.request.is(&delivery), "{echo:?}");
    (echo.instance.unwrap(), echo.calls)
}

fn hostile(sender: &Sender, address: &str, kind: usize) {
    let forgeries = refused();
    match kind % (forgeries.len() + 2) {
        0 => {
            let delivery = Delivery::of_size(LIMIT);
            let mut connection = Connection::open(address).unwrap();
            connection.head(&delivery, "transfer-encoding: chunked");
            connection.chunk(&delivery.body);
            // The connection is dropped before the body's end.
        }
        1 => {
            let delivery = Delivery::of("c_1");
            let mut connection = Connection::open(address).unwrap();
            connection.head(&delivery, "transfer-encoding: chunked");
            connection.chunk(&delivery.body);
            connection.write(b"no chunk\r\n");
            let response = connection.rest();
            assert!(response.starts_with("HTTP/1.1 400"), "{response}");
        }
        other => {
            let Forgery { code, delivery, .. } = &forgeries[other - 2];
            let response = sender.send(address, delivery).unwrap();
            assert_eq!(response.problem().unwrap().code, code.as_str());
        }
    }
}
