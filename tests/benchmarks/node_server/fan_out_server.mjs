// The official Socket.IO server telling many clients of checks, as fan_out_server.py does it.
//
// Its argument is a check as JSON. Prints its URL; a line with a number on its standard input has it
// make so many checks and print "made", the next one tell of them, in bursts.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { setImmediate } from "node:timers/promises";
import { Server } from "socket.io";

const BURST = 50;
const check = JSON.parse(process.argv[2]);
const began = Date.parse(check.checkedAt);

const http = createServer();
const server = new Server(http);
server.on("connection", (socket) =>
  socket.on("subscribe:all", (_asked, answer) => {
    socket.join("all");
    answer(null, { subscribed: true });
  }),
);

const make = (number) => ({
  ...check,
  id: `${check.endpointId}:${number}`,
  checkedAt: new Date(began + number).toISOString(),
});

http.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${http.address().port}`));
let made = [];
for await (const line of createInterface({ input: process.stdin })) {
  if (made.length === 0) {
    made = Array.from({ length: Number(line) }, (_, number) => make(number));
    console.log("made");
    continue;
  }
  for (const [number, each] of made.entries()) {
    server.to("all").emit("check:completed", each);
    if (number % BURST === BURST - 1) await setImmediate(); // as after a commit
  }
  made = [];
}
process.exit();
