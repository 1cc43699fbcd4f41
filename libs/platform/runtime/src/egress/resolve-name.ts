import { Resolver } from 'node:dns/promises';
import type { ResolveName } from './target.ts';

export interface ResolverOptions {
  /** Of each attempt; there are two. */
  readonly timeoutMs?: number;
  /** Those of the machine, if nothing is said. */
  readonly servers?: readonly string[];
}

/**
 * Asks DNS itself, and never the machine's own list of hosts. Not `dns.lookup`: that waits in one of the four threads which files and compression
 * need too, and four names that answer slowly would hold up the whole process.
 */
export function resolveByDns({ timeoutMs = 1_500, servers }: ResolverOptions = {}): ResolveName {
  return async (name) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
    if (servers) resolver.setServers(servers);
    const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length === 0) throw new Error('The name has no address.', { cause: answers.find(({ status }) => status === 'rejected') });
    return addresses;
  };
}
