import type { Fault } from '@mcr/event-kit';
import type { NeededMicroCredential } from './pathway.ts';

/** By micro-credential, those that the pathways to it ask for. */
export type Ways = ReadonlyMap<string, readonly string[]>;

/** A shortest way from a micro-credential down to another, both named; undefined where there is none. */
function wayFrom(start: string, goal: string, ways: Ways): string[] | undefined {
  const above = new Map<string, string | undefined>([[start, undefined]]);
  for (const at of above.keys()) {
    if (at === goal) {
      const way: string[] = [];
      for (let step: string | undefined = at; step !== undefined; step = above.get(step)) way.unshift(step);
      return way;
    }
    // What is added to a map while its keys are gone through comes later in them.
    for (const needed of ways.get(at) ?? []) if (!above.has(needed)) above.set(needed, at);
  }
  return undefined;
}

/** Micro-credentials that a pathway asks for and that nobody could have without its own destination. */
export function circlesTo(destination: string, needed: readonly NeededMicroCredential[], ways: Ways): Fault[] {
  return needed.flatMap(({ microCredential, pointer }) => {
    const way = wayFrom(microCredential, destination, ways);
    if (!way) return [];
    const message = `The way to ${destination} leads through itself: ${[destination, ...way].join(' > ')}.`;
    return [{ pointer, code: 'CYCLE', message, hint: 'Ask for something else here, or end the pathway that leads back.' }];
  });
}
