import type { Topic } from '@mcr/event-kit';
import type { ServiceToken } from '@mcr/identity';
import { KafkaCarrier, LocalCarrier, consumerOf, topicsOf } from '@mcr/messaging';
import type { Carrier } from '@mcr/messaging';
import { consumersOf } from '../define-service.ts';
import type { ServiceDefinition } from '../define-service.ts';
import { RemoteLog } from '../logs/remote-log.ts';
import type { Logger } from '../logger.ts';
import type { ServiceAddresses } from '../neighbours/service-addresses.ts';
import type { RunOptions } from '../run.ts';
import { SettingsError, portOrder } from '../settings.ts';

/**
 * Without Kafka events reach nobody outside this process, so nobody may be outside.
 * @throws SettingsError that names who is missing.
 */
export function refuseToBeAlone(services: readonly ServiceDefinition[], { settings, withoutTheOthers, carrier }: RunOptions): void {
  if (settings.kafka || withoutTheOthers || carrier) return;
  const missing = portOrder.filter((name) => !services.some((service) => service.name === name));
  if (missing.length === 0) return;
  throw new SettingsError(
    `KAFKA_BROKERS is not set, so events would not reach ${missing.join(', ')}: nothing was started. ` +
      'Name the brokers (npm run start:distributed does it all), or run every service in one process (npm start).',
  );
}

export function chooseCarrier(services: readonly ServiceDefinition[], options: RunOptions, log: Logger): Carrier {
  if (options.carrier) return options.carrier(log);
  const { kafka } = options.settings;
  if (!kafka) return new LocalCarrier(log);
  const faults = options.atFaultPoint ? { atFaultPoint: options.atFaultPoint } : {};
  return new KafkaCarrier({ brokers: kafka.brokers, clientId: `mcr-${services[0]!.name}`, log, ...faults });
}

/** What keeps this process's events from others, in words; undefined when nothing does. */
export async function sendingFault(carrier: Carrier): Promise<string | undefined> {
  if (!(carrier instanceof KafkaCarrier)) return undefined;
  const [fault] = await carrier.faults();
  return typeof fault === 'string' ? fault : fault?.message;
}

/** Puts the logs that are read here and written elsewhere on the carrier. */
export function carryLogsOfOthers(services: readonly ServiceDefinition[], carrier: Carrier, addresses: ServiceAddresses, serviceToken: ServiceToken): void {
  const read = new Map<string, Topic>();
  for (const consumer of services.flatMap((service) => consumersOf(service, true))) {
    for (const topic of topicsOf(consumerOf(consumer))) read.set(topic.name, topic);
  }
  for (const [service, topics] of Map.groupBy(read.values(), (topic) => topic.service)) {
    const url = addresses.elsewhere(service);
    if (url !== undefined) carrier.carry(new RemoteLog({ service, url, topics, serviceToken }));
  }
}
