// Runs the audits of graphql-http against the address given, and prints what did not pass and how many did.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
const passed = results.filter(({ status }) => status === "ok");
for (const { status, id, name, reason } of results) {
  if (status !== "ok") console.log(status, id, name, reason);
}
console.log(`${passed.length} of ${results.length}`);
