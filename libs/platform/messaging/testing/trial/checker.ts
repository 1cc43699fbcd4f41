import { chainHash } from '../../src/log/event-log.ts';

/** An event by what names it for the test: its key and version, `lamp@3`. */
export type Named = string;
export const named = ({ key, version }: { readonly key: string; readonly version: number }): Named => `${key}@${version}`;

export interface LoggedEvent {
  readonly topic: string;
  readonly partition: number;
  readonly pos: number;
  readonly key: string;
  readonly version: number;
  readonly event: string;
  readonly hash: Buffer;
}

/** What happened in a trial, read back when everything has come to rest. */
export interface Story {
  /** Writes whose success the writer was told. */
  readonly acknowledged: readonly Named[];
  /** What was committed for the readers, by partition and position. */
  readonly written: readonly Pick<LoggedEvent, 'key' | 'version'>[];
  /** What one reader did, in the order in which it did it. */
  readonly effects: readonly { readonly key: string; readonly version: number }[];
}

/** Everything that must be empty. */
export interface Findings {
  /** Acknowledged and nowhere written. */
  readonly lost: Named[];
  /** Written and not done by the reader. */
  readonly skipped: Named[];
  readonly doubled: Named[];
  /** Done after a later event of the same key, or with an earlier one missing. */
  readonly reordered: Named[];
}

export const nothing: Findings = { lost: [], skipped: [], doubled: [], reordered: [] };

/** Compares what was promised, what was written and what was done. */
export function check({ acknowledged, written, effects }: Story): Findings {
  const inLog = new Set(written.map(named));
  const done = new Map<Named, number>();
  const reached = new Map<string, number>();
  const reordered: Named[] = [];
  for (const effect of effects) {
    const name = named(effect);
    done.set(name, (done.get(name) ?? 0) + 1);
    if (effect.version !== (reached.get(effect.key) ?? 0) + 1 && done.get(name) === 1) reordered.push(name);
    reached.set(effect.key, Math.max(reached.get(effect.key) ?? 0, effect.version));
  }
  return {
    lost: acknowledged.filter((name) => !inLog.has(name)),
    skipped: [...inLog].filter((name) => !done.has(name)),
    doubled: [...done].filter(([, times]) => times > 1).map(([name]) => name),
    reordered,
  };
}

/** Faults of a log itself: positions that are missing, versions of a key that do not count 1, 2, 3, a chain that does not hold. */
export function checkLog(entries: readonly LoggedEvent[]): string[] {
  const faults: string[] = [];
  const ends = new Map<string, { pos: number; hash: Buffer }>();
  const versions = new Map<string, number>();
  for (const entry of entries) {
    const partition = `${entry.topic}/${entry.partition}`;
    const end = ends.get(partition) ?? { pos: 0, hash: Buffer.alloc(32) };
    if (entry.pos !== end.pos + 1) faults.push(`${partition}: position ${entry.pos} follows ${end.pos}`);
    if (!chainHash(end.hash, entry.event).equals(entry.hash)) faults.push(`${partition}@${entry.pos}: the chain is broken`);
    const key = `${entry.topic} ${entry.key}`;
    const version = (versions.get(key) ?? 0) + 1;
    if (entry.version !== version) faults.push(`${key}: version ${entry.version} where ${version} was due`);
    ends.set(partition, { pos: entry.pos, hash: entry.hash });
    versions.set(key, entry.version);
  }
  return faults;
}
