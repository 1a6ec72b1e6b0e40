import { command } from "../command.js";
import { EXIT } from "../exit.js";
export const send = command({
  name: "send", summary: "sign a payload as Docutray does, and send it", operands: [], options: {to: {type:"text", required:true, value:"URL", summary:"x"}}, examples: [],
  run: async ({ options }) => { options.to; return EXIT.fine; },
});
