import ipaddr from 'ipaddr.js';

/** Whether a host is this machine itself: `localhost`, or a loopback address, also in the clothes of IPv6. Any other name is not, wherever it leads. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
