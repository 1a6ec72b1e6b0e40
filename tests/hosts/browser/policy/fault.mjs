// A page with a fault.
throw new TypeError("no such thing");
