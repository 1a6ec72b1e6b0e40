//! `docutray-webhook-js` as a WebAssembly module without the standard library: half of the module would be that.

#![cfg_attr(target_arch = "wasm32", no_std)]
#![forbid(unsafe_code)]

// Its exports are the module's.
extern crate docutray_webhook_js as _;

#[cfg(target_arch = "wasm32")]
mod without_std {
    use core::{arch::wasm32, panic::PanicInfo};

    use dlmalloc::GlobalDlmalloc;

    #[global_allocator]
    static ALLOCATOR: GlobalDlmalloc = GlobalDlmalloc;

    /// A panic is a trap, and so is memory that there is not: the package makes another instance.
    #[panic_handler]
    fn panic(_: &PanicInfo<'_>) -> ! {
        wasm32::unreachable()
    }
}
