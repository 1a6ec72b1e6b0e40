/** The compiled module, as a bundler or a host provides it, for `instantiate` of `docutray-webhook/module`. */
declare const compiled: WebAssembly.Module;
export = compiled;
