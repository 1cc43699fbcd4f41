import { Database } from '@mcr/database';

/** The shared registry as a reader has it: SELECT on schema `registry`, nothing else. */
export class RegistryDatabase extends Database {}

/** Secrets of this installation that are kept outside the database. */
export abstract class Secrets {
  /** The service's own folder, for secrets of another form. */
  abstract readonly folder: string;
  /** 32 random bytes of that name, made on first use and the same ever after. */
  abstract bytes(name: string): Promise<Buffer>;
}
