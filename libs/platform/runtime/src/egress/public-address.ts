import ipaddr from 'ipaddr.js';

/** Of the IPv6 addresses only these were ever given out (IANA); IPv4 addresses in the clothes of IPv6 lie outside, or in ranges with names. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** A public address that answers only inside of Azure's machines, with their keys. */
const METADATA = new Set(['168.63.129.16']);

/**
 * Whether an address is one of the public internet: not private, loopback, link-local, of carriers, multicast, documentation, or one that wraps
 * an IPv4 address (mapped, NAT64, 6to4, Teredo). What is no address at all is not public either.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast' || METADATA.has(parsed.toString())) return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}
