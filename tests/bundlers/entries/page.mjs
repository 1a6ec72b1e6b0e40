// A page: deliveries come in its address, verdicts are all that it shows.
import { verdict } from "../app.mjs";

const deliveries = JSON.parse(decodeURIComponent(location.hash.slice(1)));
document.body.textContent = JSON.stringify(deliveries.map(verdict));
