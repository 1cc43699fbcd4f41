import { isIP } from 'node:net';
import { EgressRefused } from './egress-refused.ts';

/** Every address of a name, as DNS gives them at this moment. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

export interface TargetRules {
  readonly resolve: ResolveName;
  /** Names of hosts, or `*.name` for those below one. Undefined: every public host. */
  readonly hosts: readonly string[] | undefined;
  readonly mayReach: (address: string) => boolean;
}

/** What will be asked, and the one address at which. */
export interface Target {
  readonly url: URL;
  readonly address: string;
}

/** Brackets of IPv6 and the dot of the root are part of the notation, not of the name. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const isListed = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((listed) => (listed.startsWith('*.') ? host.endsWith(listed.slice(1).toLowerCase()) : host === listed.toLowerCase()));

function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw new EgressRefused('EGRESS_URL_INVALID');
  const url = new URL(text);
  if (url.protocol !== 'https:') throw new EgressRefused('EGRESS_NOT_HTTPS');
  if (url.username !== '' || url.password !== '') throw new EgressRefused('EGRESS_URL_HAS_CREDENTIALS');
  return url;
}

async function addressesOf(host: string, resolve: ResolveName): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return await resolve(host);
  } catch (cause) {
    throw new EgressRefused('EGRESS_NAME_UNKNOWN', { cause });
  }
}

/**
 * Reads an address and resolves its host, once. A host with one address among others that is not public is refused as a whole: nobody on the
 * public internet has such a one.
 * @throws EgressRefused
 */
export async function targetOf(text: string, { resolve, hosts, mayReach }: TargetRules): Promise<Target> {
  const url = readUrl(text);
  const host = hostOf(url);
  if (hosts && !isListed(host, hosts)) throw new EgressRefused('EGRESS_HOST_NOT_LISTED');
  const addresses = await addressesOf(host, resolve);
  if (!addresses.every(mayReach)) throw new EgressRefused('EGRESS_ADDRESS_NOT_PUBLIC');
  const [address] = addresses;
  if (address === undefined) throw new EgressRefused('EGRESS_NAME_UNKNOWN');
  return { url, address };
}
