import type { Settings } from '../settings.ts';

/** Which services run in this process, and where the others are reached. */
export class ServiceAddresses {
  readonly #settings: Settings;
  readonly #here: ReadonlySet<string>;

  constructor(settings: Settings, here: readonly string[]) {
    this.#settings = settings;
    this.#here = new Set(here);
  }

  /** The address of a service in another process; undefined when it is in this one, or when there are no others. */
  elsewhere(service: string): string | undefined {
    return this.#here.has(service) || !this.#settings.kafka ? undefined : this.#settings.serviceUrlOf(service);
  }
}
