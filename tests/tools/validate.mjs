// Prints what the Open XML SDK finds in the workbooks given, as JSON: {file: ["part xpath: what", ...]}.
import { readFileSync, writeSync } from "node:fs";
import validate from "@ooxml-tools/validate";

const found = {};
for (const file of process.argv.slice(2)) {
  const errors = await validate(new Uint8Array(readFileSync(file)), "xlsx", "Office2016");
  found[file] = errors.map((one) => `${one.path.partUri} ${one.path.xpath}: ${one.description}`);
}
writeSync(1, JSON.stringify(found));
process.exit(0);
