//! What `cargo xtask` has built, served.

use std::{env, path::PathBuf};

use docutray_gate_tests::Server;

use crate::delivery::{MAX_BODY, SECRET, URL};

/// The gate alone.
pub(crate) fn gate() -> PathBuf {
    path("GATE")
}

/// The service alone.
pub(crate) fn service() -> Server {
    serve("SERVICE", &[], &["-Scli"])
}

/// The gate before the service, in one instance for as long as it lasts.
pub(crate) fn gated_service() -> Server {
    let reuse = ["--max-instance-reuse-count", "100000"];
    let idle = ["--idle-instance-timeout", "60s"];
    let options = [&["-Scli"][..], &reuse, &idle].concat();
    serve("GATED_SERVICE", &configuration(), &options)
}

/// The same as it is by default: at most 16 requests at once in an instance, and 128 in all.
pub(crate) fn gated_service_by_default() -> Server {
    serve("GATED_SERVICE", &configuration(), &["-Scli"])
}

/// The same with a configuration of its own.
pub(crate) fn gated_service_with(variables: &[(&str, &str)]) -> Server {
    serve("GATED_SERVICE", variables, &["-Scli"])
}

/// The same with a deadline for bodies, in seconds.
pub(crate) fn gated_service_with_deadline(seconds: &'static str) -> Server {
    gated_service_with(&with_deadline(seconds))
}

/// The gate before the application of examples/spin.
pub(crate) fn gated_spin() -> Server {
    serve("GATED_SPIN", &configuration(), &["-Scli"])
}

/// The proxy before a server.
pub(crate) fn proxy(upstream: &str) -> Server {
    let variables = [&configuration()[..], &[("UPSTREAM", upstream)]].concat();
    serve("PROXY", &variables, &["-Scli"])
}

/// The same with a deadline for bodies, in seconds.
pub(crate) fn proxy_with_deadline(upstream: &str, seconds: &'static str) -> Server {
    let variables = [&with_deadline(seconds)[..], &[("UPSTREAM", upstream)]].concat();
    serve("PROXY", &variables, &["-Scli"])
}

fn with_deadline(seconds: &'static str) -> [(&'static str, &'static str); 4] {
    let [secret, url, max_body] = configuration();
    [secret, url, max_body, ("DOCUTRAY_WEBHOOK_BODY_DEADLINE", seconds)]
}

fn configuration() -> [(&'static str, &'static str); 3] {
    [
        ("DOCUTRAY_WEBHOOK_SECRET", SECRET),
        ("DOCUTRAY_WEBHOOK_URL", URL),
        ("DOCUTRAY_WEBHOOK_MAX_BODY", MAX_BODY),
    ]
}

fn serve(component: &str, variables: &[(&str, &str)], options: &[&str]) -> Server {
    Server::start(&path("WASMTIME"), &path(component), variables, options).unwrap()
}

fn path(name: &str) -> PathBuf {
    let variable = format!("DOCUTRAY_WEBHOOK_{name}");
    let path = env::var_os(&variable);
    let Some(path) = path else {
        panic!("{variable} is not set: run these tests by `cargo xtask test wasi`")
    };
    path.into()
}
