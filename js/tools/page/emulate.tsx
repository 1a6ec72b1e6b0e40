import "./page.css";
import { render } from "preact";

render(<h1>Webhooks</h1>, document.body);
