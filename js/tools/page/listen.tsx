import "./page.css";
import { render } from "preact";

render(<h1>Deliveries</h1>, document.body);
