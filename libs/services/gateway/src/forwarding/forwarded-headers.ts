import type { IncomingHttpHeaders } from 'node:http';

/** What a service may be told by somebody outside. Everything else ends here: what another proxy or a forger added means nothing inside. */
const PASSED_ON = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'content-encoding',
  'content-length',
  'content-type',
  'host',
  'idempotency-key',
  'if-modified-since',
  'if-none-match',
  'prefer',
  'traceparent',
  'tracestate',
  'user-agent',
]);

/** The attributes of a CloudEvent in binary mode are headers of their own. */
const isPassedOn = (name: string): boolean => PASSED_ON.has(name) || name.startsWith('ce-');

export const requestHeadersFor = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => isPassedOn(name.toLowerCase())));

/** What concerns the connection between gateway and service only (RFC 9110, 7.6.1). */
const OF_THE_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const answerHeadersFrom = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name.toLowerCase())));
