//! `docutray-webhook-js` as a WebAssembly module without the standard library, which would double the module's size.

#![cfg_attr(target_arch = "wasm32", no_std)]
#![forbid(unsafe_code)]

// Its exports become the module's exports.
extern crate docutray_webhook_js as _;

#[cfg(target_arch = "wasm32")]
mod without_std {
    use core::{arch::wasm32, panic::PanicInfo};

    use dlmalloc::GlobalDlmalloc;

    #[global_allocator]
    static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;

    /// Traps on a panic or a failed allocation. The package then makes another instance.
    #[panic_handler]
    fn panic(_: &PanicInfo<'_>) -> ! {
        wasm32::unreachable()
    }
}
