//! The components that `cargo xtask` has built, in `wasmtime serve`.

use std::{env, path::PathBuf, process::Command};

use docutray_webhook_deliveries::{Forgery, Receiver, SECRET, URL, forgeries, too_large};

/// The limit on a body that the components are given, in bytes.
pub(crate) const LIMIT: usize = 65_536;

/// What each component must refuse.
pub(crate) fn refused() -> Vec<Forgery> {
    let mut refused = forgeries();
    refused.push(too_large(LIMIT));
    refused
}

/// The gate alone.
pub(crate) fn gate() -> PathBuf {
    path("GATE")
}

/// The service alone.
pub(crate) fn service() -> Receiver {
    serve("SERVICE", &[], &["-Scli"])
}

/// The gate before the service, in one instance that serves all requests.
pub(crate) fn gated_service() -> Receiver {
    let reuse = ["--max-instance-reuse-count", "100000"];
    let idle = ["--idle-instance-timeout", "60s"];
    let options = [&["-Scli"][..], &reuse, &idle].concat();
    serve("GATED_SERVICE", &configuration(), &options)
}

/// The same with the host's defaults: an instance serves at most 16 requests at once, and 128 in all.
pub(crate) fn gated_service_by_default() -> Receiver {
    serve("GATED_SERVICE", &configuration(), &["-Scli"])
}

/// The same with a configuration of its own.
pub(crate) fn gated_service_with(variables: &[(&str, String)]) -> Receiver {
    serve("GATED_SERVICE", variables, &["-Scli"])
}

/// The same with a deadline for bodies, in seconds.
pub(crate) fn gated_service_with_deadline(seconds: &'static str) -> Receiver {
    gated_service_with(&with_deadline(seconds))
}

/// The gate before the application of examples/spin.
pub(crate) fn gated_spin() -> Receiver {
    serve("GATED_SPIN", &configuration(), &["-Scli"])
}

/// The proxy before a server.
pub(crate) fn proxy(upstream: &str) -> Receiver {
    let variables = [&configuration()[..], &[("UPSTREAM", upstream.to_owned())]].concat();
    serve("PROXY", &variables, &["-Scli"])
}

/// The same with a deadline for bodies, in seconds.
pub(crate) fn proxy_with_deadline(upstream: &str, seconds: &'static str) -> Receiver {
    let variables = [
        &with_deadline(seconds)[..],
        &[("UPSTREAM", upstream.to_owned())],
    ]
    .concat();
    serve("PROXY", &variables, &["-Scli"])
}

fn with_deadline(seconds: &'static str) -> [(&'static str, String); 4] {
    let [secret, url, max_body] = configuration();
    [
        secret,
        url,
        max_body,
        ("DOCUTRAY_WEBHOOK_BODY_DEADLINE", seconds.to_owned()),
    ]
}

fn configuration() -> [(&'static str, String); 3] {
    [
        ("DOCUTRAY_WEBHOOK_SECRET", SECRET.to_owned()),
        ("DOCUTRAY_WEBHOOK_URL", URL.to_owned()),
        ("DOCUTRAY_WEBHOOK_MAX_BODY", LIMIT.to_string()),
    ]
}

/// Serves a component on a free port of this machine. Its environment has these variables and no others.
fn serve(component: &str, variables: &[(&str, String)], options: &[&str]) -> Receiver {
    let mut command = Command::new(path("WASMTIME"));
    command.args(["serve", "--addr", "127.0.0.1:0"]);
    command.args(options);
    for (name, value) in variables {
        command.arg("--env").arg(format!("{name}={value}"));
    }
    Receiver::start(command.arg(path(component))).unwrap()
}

fn path(name: &str) -> PathBuf {
    let variable = format!("DOCUTRAY_WEBHOOK_{name}");
    let path = env::var_os(&variable);
    let Some(path) = path else {
        panic!("{variable} is not set: run these tests by `cargo xtask test wasi`")
    };
    path.into()
}
