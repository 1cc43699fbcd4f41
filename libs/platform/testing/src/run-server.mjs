/** The server that this run started, handed from the run's beginning to its end. */
let kept;

export function keepServer(server) {
  kept = server;
}

export async function stopKeptServer() {
  await kept?.stop();
  kept = undefined;
}
