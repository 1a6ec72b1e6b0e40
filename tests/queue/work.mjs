// Put in place of the examples' work, below a line that says where the test's ledger is.

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
