//! What `spin build` wrote from the component's interface.

spin_sdk::dependencies!();
