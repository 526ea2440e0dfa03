// A web client made only from the contract: websocket first, the token in auth.
//
// Reads one line of JSON {url, token, calls: [[name, data], ...]} from standard input, connects,
// makes the calls one after another, and prints a line of JSON for all it is told.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");

createInterface({ input: process.stdin }).once("line", (line) => {
  const { url, token, calls } = JSON.parse(line);
  const socket = io(url, { transports: ["websocket"], auth: { token }, reconnection: false });
  socket.onAny((event, data) => say({ event, data }));
  socket.on("connect_error", (error) => say({ refused: error.message }));
  socket.on("connect", () => {
    say({ connected: socket.id });
    for (const [name, data] of calls) {
      const answered = (error, result) => say({ call: name, error, result });
      data === undefined ? socket.emit(name, answered) : socket.emit(name, data, answered);
    }
  });
});
