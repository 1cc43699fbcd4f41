import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '@mcr/runtime';

/** With these a proxy says that it asks for somebody else. */
const OF_A_PROXY = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

export interface Call {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: IncomingHttpHeaders;
}

function hostOf({ host }: IncomingHttpHeaders): string {
  const url = `http://${host ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : '';
}

/**
 * Whether a program on this machine called, itself. The connection alone says so, never a header: a header can only be a reason against it. That is
 * one of a proxy, which may call for anybody, and a host of another name, under which a page of elsewhere had itself sent here.
 */
export const isFromThisMachine = ({ socket, headers }: Call): boolean =>
  isLoopback(socket.remoteAddress ?? '') && isLoopback(hostOf(headers)) && OF_A_PROXY.every((name) => headers[name] === undefined);
