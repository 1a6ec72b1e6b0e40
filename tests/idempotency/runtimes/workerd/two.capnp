using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "first", worker = .first),
    (name = "second", worker = .second),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "first")],
);

const first :Workerd.Worker = (
  compatibilityDate = "2025-06-01",
  compatibilityFlags = ["nodejs_compat"],
  modules = [(name = "bundle.mjs", esModule = embed "bundle.mjs")],
  bindings = [
    (name = "CLAIMS", durableObjectNamespace = "ClaimObject"),
    (name = "SECOND", service = "second"),
  ],
  durableObjectNamespaces = [(className = "ClaimObject", uniqueKey = "claims", enableSql = true)],
  durableObjectStorage = (inMemory = void),
);

const second :Workerd.Worker = (
  compatibilityDate = "2025-06-01",
  compatibilityFlags = ["nodejs_compat"],
  modules = [(name = "bundle.mjs", esModule = embed "bundle.mjs")],
  bindings = [(name = "CLAIMS", durableObjectNamespace = (className = "ClaimObject", serviceName = "first"))],
);
