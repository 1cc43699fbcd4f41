import type { ServerResponse } from 'node:http';

/** Aborted when the caller of a request goes away before the response has been sent. */
export function whenGone(response: Pick<ServerResponse, 'once' | 'writableEnded'>): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) controller.abort();
  });
  return controller.signal;
}
