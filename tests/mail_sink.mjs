// A mail server for the tests: takes all mail and puts each message in a file of its own.
// Run: node tests/mail_sink.mjs FOLDER [PORT]; prints the port it listens on. Stops when its standard input closes,
// so it never outlives the tests that started it.

import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";

const folder = process.argv[2];
let count = 0;

const server = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  onData(stream, session, done) {
    const parts = [];
    stream.on("data", (part) => parts.push(part));
    stream.on("end", () => {
      const name = join(folder, String(++count).padStart(6, "0"));
      // To whom it was really sent, blind copies too, is not in the message itself.
      const to = session.envelope.rcptTo.map(({ address }) => address).join(", ");
      // Whole or not at all: a reader never meets half a message.
      writeFileSync(`${name}.part`, Buffer.concat([Buffer.from(`X-Envelope-To: ${to}\r\n`), ...parts]));
      renameSync(`${name}.part`, `${name}.eml`);
      done();
    });
  },
});
server.on("error", (error) => { console.error(error); process.exit(1); });
server.listen(Number(process.argv[3] ?? 0), "127.0.0.1", () => console.log(server.server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
