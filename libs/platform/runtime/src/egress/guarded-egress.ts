import { isIPv6 } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { EgressRefused } from './egress-refused.ts';
import { isPublicAddress } from './public-address.ts';
import { readBody } from './read-body.ts';
import { resolveByDns } from './resolve-name.ts';
import { type ResolveName, type Target, targetOf } from './target.ts';

/** A document from outside, as it was sent. */
export interface Fetched {
  readonly body: Uint8Array;
  readonly contentType?: string;
}

/** Fetches one public document. @throws EgressRefused */
export type Egress = (url: string) => Promise<Fetched>;

export interface EgressOptions {
  /** Names of hosts that may be asked, `*.name` for all below one. Undefined: every public host. */
  readonly hosts?: readonly string[] | undefined;
  /** Of the document, before and after it is decompressed. */
  readonly maxBytes?: number;
  /** For everything together, from the name to the last byte. */
  readonly timeoutMs?: number;
  readonly resolve?: ResolveName;
  /** Certificates of authorities that are trusted besides the usual ones. */
  readonly ca?: string;
  /** A sharp tool: which addresses may be reached. Anything but the default opens the inside to whoever can name a URL. */
  readonly mayReach?: (address: string) => boolean;
}

const ONE_MEGABYTE = 1024 * 1024;
const FIVE_SECONDS = 5_000;

/** Connects to the address that was checked, whatever the name says by now; the certificate must still be the name's. */
function agentFor({ address }: Target, ca: string | undefined, timeoutMs: number): Agent {
  const family = isIPv6(address) ? 6 : 4;
  return new Agent({
    connect: {
      ...(ca === undefined ? {} : { ca }),
      timeout: timeoutMs,
      lookup: (_name, { all }, answer) => (all ? answer(null, [{ address, family }]) : answer(null, address, family)),
    },
    allowH2: false,
  });
}

const header = (answer: Dispatcher.ResponseData, name: string): string => [answer.headers[name] ?? ''].flat().join(', ').trim().toLowerCase();

async function documentOf(answer: Dispatcher.ResponseData, maxBytes: number): Promise<Fetched> {
  if (answer.statusCode >= 300 && answer.statusCode < 400) throw new EgressRefused('EGRESS_REDIRECTED');
  if (answer.statusCode !== 200) throw new EgressRefused('EGRESS_NOT_FOUND');
  if (Number(header(answer, 'content-length')) > maxBytes) throw new EgressRefused('EGRESS_TOO_LARGE');
  const body = await readBody(answer.body as AsyncIterable<Uint8Array>, header(answer, 'content-encoding'), maxBytes);
  const contentType = header(answer, 'content-type');
  return contentType === '' ? { body } : { body, contentType };
}

async function fetchFrom(target: Target, { ca, maxBytes = ONE_MEGABYTE, timeoutMs = FIVE_SECONDS }: EgressOptions, signal: AbortSignal): Promise<Fetched> {
  const agent = agentFor(target, ca, timeoutMs);
  try {
    const answer = await request(target.url, { dispatcher: agent, signal, headers: { accept: 'application/json, */*;q=0.1', 'accept-encoding': 'gzip' } });
    return await documentOf(answer, maxBytes);
  } finally {
    void agent.destroy();
  }
}

const afterwards = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new EgressRefused('EGRESS_TOO_SLOW')), { once: true }));

/**
 * The one way by which the registry asks anything outside of itself: https alone, a public address that is looked up once and connected to as it
 * was found, no redirects, limits of size and time, and nothing of the environment's proxies.
 */
export function guardedEgress(options: EgressOptions = {}): Egress {
  const { hosts, resolve = resolveByDns(), mayReach = isPublicAddress, timeoutMs = FIVE_SECONDS } = options;
  return async (url) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const fetched = targetOf(url, { hosts, resolve, mayReach }).then((target) => fetchFrom(target, options, signal));
    try {
      // A name that is never resolved cannot be cancelled, only left.
      return await Promise.race([fetched, afterwards(signal)]);
    } catch (cause) {
      if (cause instanceof EgressRefused) throw cause;
      throw new EgressRefused(signal.aborted ? 'EGRESS_TOO_SLOW' : 'EGRESS_UNREACHABLE', { cause });
    } finally {
      fetched.catch(() => undefined);
    }
  };
}
