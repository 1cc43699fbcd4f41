import type { ServiceName } from '../registry/addresses.ts';
import type { Registry } from '../registry/registry.ts';
import type { Terminal } from '../terminal.ts';

/** What every command may be told. */
export interface Flags {
  readonly reason: string;
}

/** One command as it was asked for. */
export interface Asked<F = Flags> {
  readonly registry: Registry;
  readonly terminal: Terminal;
  readonly flags: F;
  /** Those that answer, or the one that was named. */
  readonly services: readonly ServiceName[];
}

/** Turns what a command does, to its exit code where that is not 0, into what commander calls. */
export type Run = <F>(doing: (asked: Asked<F>, argument: never) => Promise<number | void>) => (...given: unknown[]) => Promise<void>;

export const REASON = ['--reason <why>', 'kept with the action; names nobody'] as const;
