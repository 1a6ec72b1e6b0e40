// A program that prints an event whose payload has not been read. It reads the delivery from its argument.
import { Verifier } from "docutray-webhook";
import { SECRET, URL } from "../settings.mjs";

const { headers, body } = JSON.parse(process.argv.at(-1));
console.log(new Verifier({ secret: SECRET, url: URL }).verify(headers, body));
