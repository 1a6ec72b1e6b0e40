/** The compiled module, as a bundler or a host hands it over; for `instantiate` of `docutray-webhook/module`. */
declare const compiled: WebAssembly.Module;
export = compiled;
