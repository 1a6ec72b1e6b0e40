//! `examples/spin`, made as Spin's own command makes it, which no registry has: `spin build` writes down the interface of
//! each dependency and runs the manifest's build command, `spin up` composes what came of it with the dependencies.

mod compose;
mod interfaces;
mod manifest;

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use self::manifest::Manifest;
use crate::{console::Step, directory, tools::toolchain, xtask::Xtask};

const DIRECTORY: &str = "examples/spin";
/// Where the SDK's `dependencies!()` looks for what `spin build` has written.
const INTERFACES: &str = "examples/spin/spin-dependencies.wit";

impl Xtask {
    /// Builds the application and composes it with its dependency: a component for `wasi:http`.
    pub(crate) fn spin_application(&self) -> Result<PathBuf> {
        self.write_spin_interfaces()?;
        let manifest = self.spin_manifest()?;
        let step = self.console.step("spin application: compile, compose");
        let application = self.run_build_command(&step, &manifest)?;
        let composed = compose::compose(&fs_err::read(&application)?, &manifest.dependencies()?)
            .context("the application could not be composed with its dependency")?;
        let path = self.workspace.scratch().join("spin-application.wasm");
        directory::write(&path, composed)?;
        step.done("");
        Ok(path)
    }

    /// Writes the dependency's interface, as `spin build` does each time; tells whether that was another text.
    pub(crate) fn write_spin_interfaces(&self) -> Result<bool> {
        self.build()?;
        let path = self.workspace.path(INTERFACES);
        let text = interfaces::text(&self.spin_manifest()?.dependencies()?)?;
        let is_new = !path.is_file() || fs_err::read_to_string(&path)? != text;
        if is_new {
            directory::write(&path, text)?;
        }
        Ok(is_new)
    }

    fn spin_manifest(&self) -> Result<Manifest> {
        Manifest::read(&self.workspace.path(DIRECTORY))
    }

    /// The command is a line for the shell, run beside the manifest.
    fn run_build_command(&self, step: &Step, manifest: &Manifest) -> Result<PathBuf> {
        self.need_target(step, toolchain::WASM_WASI)?;
        let mut command = std::process::Command::new("sh");
        command
            .args(["-c", manifest.build_command()])
            .current_dir(self.workspace.path(DIRECTORY));
        self.console.run_within(step, &mut command)?;
        manifest.source(&self.workspace.target)
    }
}

#[cfg(test)]
mod tests {
    use wit_component::{
        ComponentEncoder, DecodedWasm, StringEncoding, dummy_module, embed_component_metadata,
    };
    use wit_parser::{ManglingAndAbi, Resolve};

    use super::{compose::compose, interfaces, manifest::Dependency};

    const PLUG: &str = "package a:b@1.2.0;
        interface c { f: func() -> u8; }
        world w { export c; }";
    const SOCKET: &str = "package d:e;
        world w { import a:b/c@VERSION; export run: func(); }
        package a:b@VERSION { interface c { f: func() -> u8; } }";

    fn component(wit: &str) -> Vec<u8> {
        let mut resolve = Resolve::default();
        let package = resolve.push_str("test.wit", wit).expect(wit);
        let world = resolve
            .select_world(&[package], Some("w"))
            .expect("a world");
        let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
        embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
            .expect("a module");
        ComponentEncoder::default()
            .validate(true)
            .module(&module)
            .and_then(ComponentEncoder::encode)
            .expect("a component")
    }

    fn dependency(name: &str) -> [Dependency; 1] {
        [Dependency {
            name: name.into(),
            bytes: component(PLUG),
        }]
    }

    fn composed(name: &str, version: &str) -> anyhow::Result<Vec<u8>> {
        compose(
            &component(&SOCKET.replace("VERSION", version)),
            &dependency(name),
        )
    }

    #[test]
    fn the_interfaces_are_a_world_that_imports_them() {
        let text = interfaces::text(&dependency("a:b/c")).expect("a text");
        let mut resolve = Resolve::default();
        let package = resolve
            .push_str("spin-dependencies.wit", &text)
            .expect(&text);
        resolve.select_world(&[package], Some("root")).expect(&text);
        // The second world is what Spin leaves of the dependency.
        let worlds = "package root:component;\n\n\
             world root {\n  import a:b/c@1.2.0;\n}\n\
             world impo-world0 {\n  import a:b/c@1.2.0;\n}\n";
        assert!(text.contains(worlds), "{text}");
        assert!(interfaces::text(&dependency("a:b/other")).is_err());
    }

    #[test]
    fn only_the_exact_version_is_composed() {
        for name in ["a:b/c", "a:b/c@1.2.0", "a:b", "a:b@1.2.0"] {
            let whole = composed(name, "1.2.0").expect("a component");
            match wit_component::decode(&whole).expect("a component") {
                DecodedWasm::Component(resolve, world) => {
                    let world = resolve.worlds.get(world).expect("a world");
                    assert_eq!((world.imports.len(), world.exports.len()), (0, 1));
                }
                DecodedWasm::WitPackage(..) => panic!("not a component"),
            }
        }
        let fault = |name, version| format!("{:#}", composed(name, version).expect_err("a fault"));
        assert!(fault("a:b/c", "1.3.0").contains("does not export a:b/c@1.3.0"));
        assert!(fault("a:b/other", "1.2.0").contains("imports nothing of the name"));
    }
}
