// A page. It reads deliveries from its address and shows only their verdicts.
import { verdict } from "../app.mjs";

const deliveries = JSON.parse(decodeURIComponent(location.hash.slice(1)));
document.body.textContent = JSON.stringify(deliveries.map(verdict));
