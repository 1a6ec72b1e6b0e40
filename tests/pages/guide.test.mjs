// Docutray's guide, followed on the emulator's page: with the mouse, and with the keyboard alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, hasFocus, open, tabTo } from "./browser.mjs";
import { start } from "./programs.mjs";
import { receiver } from "./receiver.mjs";

/** How somebody uses a control of the page. */
const HANDS = {
  "the mouse": {
    press: (_, control) => control.click(),
    write: (_, field, text) => field.fill(text),
    toggle: (_, box) => box.click(),
    choose: (_, list, label) => list.selectOption({ label }),
    openMenu: async (_, button, item) => {
      await button.click();
      await item.click();
    },
  },
  "the keyboard alone": {
    press: async (page, control) => {
      await tabTo(page, control);
      await page.keyboard.press("Enter");
    },
    write: async (page, field, text) => {
      await tabTo(page, field);
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
    },
    toggle: async (page, box) => {
      await tabTo(page, box);
      await page.keyboard.press("Space");
    },
    choose: async (page, list, label) => {
      await tabTo(page, list);
      await page.keyboard.type(label);
    },
    openMenu: async (page, button, item) => {
      await tabTo(page, button);
      await page.keyboard.press("Enter");
      await eventually(async () => (await page.locator("[role=menuitem]:focus").count()) === 1);
      for (let presses = 0; presses < 3 && !(await hasFocus(item)); presses += 1) {
        await page.keyboard.press("ArrowDown");
      }
      assert.ok(await hasFocus(item), "arrow keys do not lead there");
      await page.keyboard.press("Enter");
    },
  },
};

for (const [name, hands] of Object.entries(HANDS)) {
  test(`Docutray's guide can be followed with ${name}`, async (t) => {
    const endpoint = await receiver(t);
    const { url } = await start(t, "emulate");
    const page = await open(t, url);
    const guide = new Guide(page, hands, endpoint);
    assert.match(await page.title(), /^LOCAL: /, "a tab tells this from Docutray's own page");

    await guide.create();
    await guide.trigger("CONVERSION_COMPLETED");
    await eventually(() => endpoint.found.length === 1);
    assert.deepEqual(endpoint.found, ["CONVERSION_COMPLETED"]);
    await page.getByText("204").first().waitFor();

    await guide.setEnabled(false);
    await guide.trigger("CONVERSION_FAILED");
    await page.getByText("Nothing was sent: the webhook is disabled.").waitFor();
    await guide.setEnabled(true);
    await guide.trigger("CONVERSION_FAILED");
    await eventually(() => endpoint.found.length === 2);

    await guide.leaveOut("Conversion", "Started");
    await page.getByText("Conversion: completed, failed · Identification: started, completed, failed · Steps: started, completed, failed").waitFor();
    await guide.trigger("CONVERSION_STARTED");
    await page.getByText("Nothing was sent: no webhook has chosen this event.").waitFor();

    await guide.regenerate();
    await guide.trigger("STEP_COMPLETED");
    await eventually(() => endpoint.found.length === 3);
    assert.deepEqual(endpoint.found, ["CONVERSION_COMPLETED", "CONVERSION_FAILED", "auth_signature_mismatch"]);
    await guide.seeTheRefusal();

    await guide.remove();
    await page.getByText("No webhook yet.").waitFor();
    await eventually(() => hasFocus(page.getByRole("button", { name: "Add Webhook" })));
  });
}

class Guide {
  #page;
  #hands;
  #endpoint;

  constructor(page, hands, endpoint) {
    this.#page = page;
    this.#hands = hands;
    this.#endpoint = endpoint;
  }

  async create() {
    await this.#press("Add Webhook");
    await this.#hands.write(this.#page, this.#page.getByLabel("Endpoint URL (HTTPS)"), this.#endpoint.url);
    await this.#press("Create Webhook");
    this.#endpoint.secret = await this.#copiedSecret();
  }

  async trigger(event) {
    await this.#hands.choose(this.#page, this.#page.getByRole("region", { name: "Send an event" }).getByLabel("Event"), event);
    await this.#press("Send");
  }

  async setEnabled(enabled) {
    const control = this.#page.getByRole("switch", { name: `Enabled: ${this.#endpoint.url}` });
    await this.#hands.toggle(this.#page, control);
    await eventually(async () => (await control.getAttribute("aria-checked")) === String(enabled));
  }

  async leaveOut(group, stage) {
    await this.#menu("Edit");
    await this.#hands.toggle(this.#page, this.#page.getByRole("group", { name: group }).getByLabel(stage));
    await this.#press("Update Webhook");
  }

  async regenerate() {
    await this.#menu("Regenerate secret");
    await this.#press("Regenerate secret");
    const secret = await this.#copiedSecret();
    assert.notEqual(secret, this.#endpoint.secret);
  }

  /** The endpoint still has the old secret. */
  async seeTheRefusal() {
    const deliveries = this.#page.getByRole("region", { name: "Deliveries" });
    await deliveries.getByText("Try 2 of 6").waitFor();
    await this.#press(/Answer's headers and body/, "summary");
    await deliveries.getByLabel("Answer's body").getByText("auth_signature_mismatch").waitFor();
  }

  async remove() {
    await this.#menu("Delete");
    await this.#press("Delete");
  }

  /** The secret is shown once: when the dialog is closed, it is nowhere in the page. */
  async #copiedSecret() {
    const field = this.#page.getByLabel("Secret", { exact: true });
    await field.waitFor();
    await this.#press("Copy");
    await this.#page.getByText("Secret copied.").waitFor();
    const secret = await this.#page.evaluate(() => navigator.clipboard.readText());
    assert.equal(secret, await field.inputValue());
    await this.#press("Done");
    await field.waitFor({ state: "detached" });
    assert.ok(!(await this.#page.content()).includes(secret));
    return secret;
  }

  async #press(name, role = "button") {
    const inDialog = await this.#page.locator("dialog").count();
    const place = inDialog > 0 ? this.#page.locator("dialog") : this.#page;
    const control = role === "button" ? place.getByRole("button", { name, exact: true }) : place.locator(role, { hasText: name }).first();
    await this.#hands.press(this.#page, control);
  }

  async #menu(item) {
    const button = this.#page.getByRole("button", { name: `Actions for ${this.#endpoint.url}` });
    await this.#hands.openMenu(this.#page, button, this.#page.getByRole("menuitem", { name: item, exact: true }));
  }
}
