//! The component asks nothing of its host, and exports what the WIT says.

use crate::delivery::component;

#[test]
fn it_imports_nothing() {
    let ty = component().component_type();
    let imports: Vec<&str> = ty
        .imports(component().engine())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(imports, [""; 0]);
}

#[test]
fn it_exports_its_interfaces_and_nothing_else() {
    let ty = component().component_type();
    let exports: Vec<&str> = ty
        .exports(component().engine())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        exports,
        [
            "docutray:webhook/verifier@0.1.0",
            "docutray:webhook/answers@0.1.0"
        ]
    );
}
