// The first script of a page. `tell` sends the driver what the page has to say, with the faults and violations that were seen.
{
  const violations = [];
  let told = false;

  // Violations are told of in a task of their own, so the page waits for one more.
  globalThis.tell = (what) =>
    setTimeout(() => {
      if (!told) {
        told = true;
        fetch("/told", { method: "POST", body: JSON.stringify({ ...what, violations }) });
      }
    });

  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    // WebKit itself asks for the icon.
    if (!blockedURI.endsWith("/favicon.ico")) {
      violations.push(`${effectiveDirective} ${blockedURI}`);
    }
  });
  addEventListener("error", ({ message, target }) => tell({ fault: message ?? `cannot load ${target.src}` }), true);
  addEventListener("unhandledrejection", ({ reason }) => tell({ fault: String(reason) }));
}
