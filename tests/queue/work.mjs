// Replaces the examples' work. A line with the address of the test's ledger is put above it.

export async function work(event) {
  await asked("begin", event);
  await asked("commit", event);
}

async function asked(step, event) {
  const { status } = await fetch(`${LEDGER}/${step}`, { method: "POST", body: JSON.stringify(event) });
  if (status === 500) {
    throw new Error("the test lets the work fail");
  }
  if (status === 202) {
    await new Promise(() => {});
  }
}
