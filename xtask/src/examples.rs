//! Builds each example, and has the command that starts it.

use std::process::Command;

use anyhow::Result;

use crate::{
    directory,
    example::{Example, WithoutSecret},
    tools::apt,
    xtask::Xtask,
};

/// The permissions in `examples/deno/deno.json`.
const DENO_PERMISSIONS: [&str; 2] = [
    "--allow-env=DOCUTRAY_WEBHOOK_SECRET,DOCUTRAY_WEBHOOK_SECRET_OLD,DOCUTRAY_WEBHOOK_URL,PORT",
    "--allow-net=127.0.0.1",
];

impl Xtask {
    /// All examples that are a receiver of their own.
    pub(crate) fn examples(&self) -> Result<Vec<Example>> {
        Ok(vec![
            self.node_example()?,
            self.workers_example()?,
            self.deno_example()?,
            self.bun_example()?,
            self.browser_example()?,
            self.axum_example()?,
            self.wasmtime_example()?,
            self.jco_example()?,
            self.python_example()?,
            self.spin_example()?,
        ])
    }

    /// examples/node, in a project that has the package installed.
    pub(crate) fn node_example(&self) -> Result<Example> {
        let mut command = self.node();
        command.arg(self.consumer()?.join("examples/node/server.mjs"));
        Ok(Example::new("examples/node", command))
    }

    /// examples/wasmtime-host, with the component.
    pub(crate) fn wasmtime_example(&self) -> Result<Example> {
        let component = self.build()?.component;
        let program = self.executable("wasmtime-host: compile", "wasmtime-host")?;
        let mut command = Command::new(program);
        command.arg(component);
        Ok(Example {
            has_deadline: true,
            ..Example::new("examples/wasmtime-host", command)
        })
    }

    /// examples/workers, bundled and served by workerd as `wrangler dev` would.
    fn workers_example(&self) -> Result<Example> {
        let consumer = self.consumer()?;
        self.need_hosts()?;
        let mut command = self.node();
        command
            .arg(self.workspace.path("tests/hosts/workers/serve.mjs"))
            .arg(consumer.join("examples/workers"));
        Ok(Example {
            is_hosted: true,
            ..Example::new("examples/workers", command)
        })
    }

    fn deno_example(&self) -> Result<Example> {
        let directory = self.consumer()?.join("examples/deno");
        let mut command = self.deno()?;
        command
            .args(DENO_PERMISSIONS)
            .arg("server.js")
            .current_dir(directory);
        Ok(Example::new("examples/deno", command))
    }

    fn bun_example(&self) -> Result<Example> {
        let mut command = self.bun()?;
        command.arg(self.consumer()?.join("examples/bun/server.js"));
        Ok(Example::new("examples/bun", command))
    }

    /// examples/browser, behind a script that pastes each delivery into the page.
    fn browser_example(&self) -> Result<Example> {
        let consumer = self.consumer()?;
        self.need_hosts()?;
        let mut command = self.node();
        command
            .arg(self.workspace.path("tests/hosts/browser/serve.mjs"))
            .arg(consumer.join("examples/browser"))
            .env("CHROMIUM", self.need(apt::CHROMIUM)?);
        Ok(Example {
            is_hosted: true,
            is_endpoint: false,
            without_secret: WithoutSecret::Refuses,
            ..Example::new("examples/browser", command)
        })
    }

    /// examples/axum, the crate's own layer.
    fn axum_example(&self) -> Result<Example> {
        let program = self.executable("axum: compile", "axum-receiver")?;
        Ok(Example {
            is_idempotent: true,
            ..Example::new("examples/axum", Command::new(program))
        })
    }

    /// examples/jco-host, with the component as jco transpiles it.
    fn jco_example(&self) -> Result<Example> {
        let transpiled = self.transpiled()?;
        let there = self.workspace.target.join("jco-host");
        directory::create_empty(&there)?;
        directory::copy(&self.workspace.path("examples/jco-host"), &there)?;
        directory::copy(&transpiled, &there.join("verifier"))?;
        let mut command = self.node();
        command.arg(there.join("server.mjs"));
        Ok(Example {
            has_deadline: true,
            ..Example::new("examples/jco-host", command)
        })
    }

    /// examples/python-host, with the component.
    fn python_example(&self) -> Result<Example> {
        let component = self.build()?.component;
        let mut command = self.python()?;
        command
            .arg(self.workspace.path("examples/python-host/server.py"))
            .arg(component);
        Ok(Example {
            has_deadline: true,
            ..Example::new("examples/python-host", command)
        })
    }

    /// examples/spin, composed with the component, in `wasmtime serve`.
    fn spin_example(&self) -> Result<Example> {
        let application = self.spin_application()?;
        let program = self.executable("wasmtime serve: compile", "wasmtime-serve")?;
        let mut command = Command::new(program);
        command
            .args(["serve", "-Scli", "-Sinherit-env", "--addr", "127.0.0.1:0"])
            .arg(application);
        Ok(Example {
            without_secret: WithoutSecret::Refuses,
            has_deadline: true,
            ..Example::new("examples/spin", command)
        })
    }
}
