// A program that shows an event whose payload nobody has read: its delivery comes as its argument.
import { Verifier } from "docutray-webhook";
import { SECRET, URL } from "../settings.mjs";

const { headers, body } = JSON.parse(process.argv.at(-1));
console.log(new Verifier({ secret: SECRET, url: URL }).verify(headers, body));
