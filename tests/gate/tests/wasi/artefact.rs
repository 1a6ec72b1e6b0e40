//! The components that `cargo xtask` has built, in `wasmtime serve`.

use std::{env, path::PathBuf, process::Command};

use docutray_webhook_deliveries::{Forgery, Receiver, SECRET, URL, forgeries, too_large};

/// The limit on a body that the components are given, in bytes.
pub(crate) const LIMIT: usize = 65_536;
const LIMIT_IN_DIGITS: &str = "65536";

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

/// An instance without requests is kept for so long. By default it is a second, which a busy machine may need between two requests.
const IDLE: [&str; 2] = ["--idle-instance-timeout", "60s"];

/// The gate before the service, in one instance that serves all requests.
pub(crate) fn gated_service() -> Receiver {
    let reuse = ["--max-instance-reuse-count", "100000"];
    let options = [&["-Scli"][..], &reuse, &IDLE].concat();
    serve("GATED_SERVICE", &configured(&[]), &options)
}

/// The same with this environment and the host's defaults: an instance serves at most 16 requests at once, and 128 in all.
pub(crate) fn gated_service_with(variables: &[Variable<'_>]) -> Receiver {
    serve(
        "GATED_SERVICE",
        variables,
        &[&["-Scli"][..], &IDLE].concat(),
    )
}

/// The gate before the application of examples/spin.
pub(crate) fn gated_spin() -> Receiver {
    serve("GATED_SPIN", &configured(&[]), &["-Scli"])
}

/// The proxy before a server. Its environment has more variables.
pub(crate) fn proxy(upstream: &str, more: &[Variable<'_>]) -> Receiver {
    proxy_with(upstream, &configured(more))
}

/// The same with this environment.
pub(crate) fn proxy_with(upstream: &str, variables: &[Variable<'_>]) -> Receiver {
    let variables = [variables, &[("UPSTREAM", upstream)]].concat();
    serve("PROXY", &variables, &["-Scli"])
}

/// A variable's name and its value.
pub(crate) type Variable<'v> = (&'static str, &'v str);

/// A configuration that works, and more variables.
pub(crate) fn configured<'v>(more: &[Variable<'v>]) -> Vec<Variable<'v>> {
    let mut variables = vec![
        ("DOCUTRAY_WEBHOOK_SECRET", SECRET),
        ("DOCUTRAY_WEBHOOK_URL", URL),
        ("DOCUTRAY_WEBHOOK_MAX_BODY", LIMIT_IN_DIGITS),
    ];
    variables.extend(more);
    variables
}

/// Serves a component on a free port of this machine. Its environment has these variables and no others.
fn serve(component: &str, variables: &[Variable<'_>], options: &[&str]) -> Receiver {
    let mut command = Command::new(path("WASMTIME"));
    command.args(["serve", "--addr", "127.0.0.1:0"]);
    command.args(options);
    for (name, value) in variables {
        command.arg("--env").arg(format!("{name}={value}"));
    }
    Receiver::start(command.arg(path(component))).unwrap()
}

/// The path that `cargo xtask` has passed under this name.
pub(crate) fn path(name: &str) -> PathBuf {
    let variable = format!("DOCUTRAY_WEBHOOK_{name}");
    let path = env::var_os(&variable);
    let Some(path) = path else {
        panic!("{variable} is not set: run these tests by `cargo xtask test wasi`")
    };
    path.into()
}
