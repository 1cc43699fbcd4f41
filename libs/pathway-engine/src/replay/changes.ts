import type { Facts } from '../facts/facts.ts';
import { canonicalText } from './canonical.ts';

/** What became of one fact between two moments. */
export interface FactChange {
  readonly fact: 'MICRO_CREDENTIAL' | 'AGREEMENT' | 'CREDENTIAL';
  readonly id: string;
  readonly change: 'ADDED' | 'REMOVED' | 'CHANGED';
}

interface Identified {
  readonly id: string;
}

/** Every fact that is not the same at two moments, by kind and id: why an answer that was given again is another one. */
export function changesBetween(before: Facts, after: Facts): FactChange[] {
  return [
    ...changesOf('MICRO_CREDENTIAL', before.microCredentials, after.microCredentials),
    ...changesOf('AGREEMENT', before.agreements, after.agreements),
    ...changesOf('CREDENTIAL', before.credentials, after.credentials),
  ];
}

function changesOf(fact: FactChange['fact'], before: readonly Identified[], after: readonly Identified[]): FactChange[] {
  const [earlier, later] = [textsOf(before), textsOf(after)];
  return [...new Set([...earlier.keys(), ...later.keys()])].sort().flatMap((id): FactChange[] => {
    if (earlier.get(id) === later.get(id)) return [];
    return [{ fact, id, change: !earlier.has(id) ? 'ADDED' : later.has(id) ? 'CHANGED' : 'REMOVED' }];
  });
}

const textsOf = (all: readonly Identified[]): ReadonlyMap<string, string> => new Map(all.map((one) => [one.id, canonicalText(one)]));
