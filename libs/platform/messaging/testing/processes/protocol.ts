import type { ConsumerKind, Fault, FaultPoint } from '../../src/index.ts';
import type { WrongWay } from '../controls/wrong-reader.ts';
import type { Behaviour } from '../trial/contract.ts';
import type { Named } from '../trial/checker.ts';

/** Where the two services of a trial sign in. */
export interface TrialUrls {
  readonly trial: string;
  readonly reader: string;
}

/** The process kills itself, as SIGKILL does, when it comes by this place for the nth time. */
export interface Death {
  readonly point: FaultPoint;
  readonly nth: number;
}

/** What a writing process is asked for. Every write advances one counter, in a transaction of its own. */
export interface Writing {
  readonly urls: TrialUrls;
  readonly seed: number;
  readonly keys: readonly string[];
  /** At once, each on a connection of its own. */
  readonly writers: number;
  readonly writesEach: number;
  /** Stops early after this time. */
  readonly forMs?: number;
  /** Up to so long between taking the next number and appending, and again between appending and commit. */
  readonly heldMs?: number;
  /** The share of transactions that are rolled back after all. */
  readonly rollbacks?: number;
  readonly behaviour?: Behaviour;
  readonly partition?: number;
  readonly dieAt?: Death;
}

/** How a log is shown to the carrier: not quite as it is. */
export interface Tampering {
  /** By topic: entries beyond this position are not there yet. */
  readonly upTo?: Readonly<Record<string, number>>;
  /** These positions are missing. */
  readonly hidden?: readonly number[];
  /** These positions hold another text. */
  readonly altered?: readonly number[];
  readonly otherIdentity?: boolean;
  readonly emptied?: boolean;
  /** Each read begins so many entries earlier than it was asked for. */
  readonly repeats?: number;
}

export interface Consuming {
  readonly urls: TrialUrls;
  readonly consumer: string;
  readonly kind: ConsumerKind;
  readonly follows: 'counters' | 'counters-in-batches' | 'registrations';
  readonly tampering?: Tampering;
  /** Each reaction takes so long. */
  readonly slowMs?: number;
  readonly dieAt?: Death;
}

interface OfConsumer {
  readonly consumer: string;
}

/** What the processes can be asked, and what they answer. */
export interface Requests {
  write: [Writing, { acknowledged: number; refused: number }];
  register: [{ urls: TrialUrls }, void];
  start: [Consuming, void];
  stop: [OfConsumer, void];
  stopAll: [Record<never, never>, void];
  tamper: [OfConsumer & { tampering: Tampering }, void];
  faults: [OfConsumer, Fault[]];
  caughtUp: [OfConsumer & { topic: string }, boolean];
  entriesRead: [OfConsumer, number];
  startNaive: [{ urls: TrialUrls; batch: number }, void];
  stopNaive: [Record<never, never>, void];
  startWrong: [{ urls: TrialUrls; way: WrongWay; tampering?: Tampering; dieAt?: Death }, void];
  tamperWrong: [{ tampering: Tampering }, void];
  stopWrong: [Record<never, never>, void];
}

/** What a process says unasked: a write has succeeded, or a reaction has begun. */
export type Note = { readonly acknowledged: Named } | { readonly reacting: string };

export interface Request {
  readonly id: number;
  readonly command: keyof Requests;
  readonly input: unknown;
}
export type Reply = { readonly id: number; readonly result?: unknown; readonly error?: string };
