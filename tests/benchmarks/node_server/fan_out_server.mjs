// The official Socket.IO server telling many clients of checks, as fan_out_server.py does it.
//
// Its argument is a check as JSON. Prints its URL; a line with a number on its standard input has it
// tell of so many checks, in bursts.
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

const tell = (number) =>
  server.to("all").emit("check:completed", {
    ...check,
    id: `${check.endpointId}:${number}`,
    checkedAt: new Date(began + number).toISOString(),
  });

http.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${http.address().port}`));
for await (const line of createInterface({ input: process.stdin })) {
  for (let number = 0; number < Number(line); number++) {
    tell(number);
    if (number % BURST === BURST - 1) await setImmediate(); // as after a commit
  }
}
process.exit();
