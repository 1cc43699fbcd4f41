/** Every service that has consumers or a log, in the order of their ports after the gateway's. */
export const serviceNames = ['institutions', 'programs', 'awards', 'pathways', 'search', 'gateway'] as const;
export type ServiceName = (typeof serviceNames)[number];

export const isServiceName = (name: string): name is ServiceName => (serviceNames as readonly string[]).includes(name);

/** Where a service listens when each has a process of its own: SERVICE_URL_…, otherwise the next ports after the gateway's. */
export function addressOf(service: ServiceName, url: string, environment: NodeJS.ProcessEnv): string {
  const said = environment[`SERVICE_URL_${service.toUpperCase()}`];
  if (said) return said.replace(/\/+$/, '');
  if (service === 'gateway') return url;
  const address = new URL(url);
  address.port = String(Number(address.port || (address.protocol === 'https:' ? 443 : 80)) + serviceNames.indexOf(service) + 1);
  return address.origin;
}
