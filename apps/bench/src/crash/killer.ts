import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPoint } from '@mcr/messaging';
import type { Registry } from './machine/registry.ts';

/** What is killed, and where it stands then: at a named place, or wherever it happens to be. */
export interface Kill {
  readonly target: string;
  readonly point: FaultPoint | 'anywhere';
}

export interface KillDone extends Kill {
  /** From the decision until it was dead. */
  readonly tookMs: number;
  /** Until what was killed worked again. */
  readonly backMs: number;
}

/** A process that does not come by its fault point in this time is killed where it stands; what counts then is that. */
const COMES_BY_WITHIN_MS = 30_000;
const FIRST_TIMES = 4;

/** What may be killed on a carrier, each with its share. */
export type Menu = readonly (readonly [share: number, kill: Kill])[];

/** So many kills, as near to the menu's shares as whole numbers can be, in an order that follows from the seed. */
export function planKills(menu: Menu, count: number, random: () => number): Kill[] {
  const whole = menu.reduce((sum, [share]) => sum + share, 0);
  const plan: Kill[] = [];
  let due = 0;
  for (const [share, kill] of menu) {
    due += (share * count) / whole;
    while (plan.length < Math.round(due)) plan.push(kill);
  }
  return plan
    .map((kill) => ({ kill, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ kill }) => kill);
}

/** Kills one thing and starts it again. `more` lets the load go on when the place is not passed for want of work. */
export async function kill(registry: Registry, wanted: Kill, random: () => number, more: () => void): Promise<KillDone> {
  const begun = performance.now();
  const { target } = wanted;
  let point = wanted.point;
  if (target === 'postgres') await registry.postgres.stopImmediately();
  else if (target === 'broker') await registry.killBroker();
  else if (point === 'anywhere') {
    await delay(random() * 1000);
    await registry.victim(target).kill();
  } else {
    const nudge = setInterval(more, 500);
    const died = await registry.victim(target).diesAt(point, 1 + Math.floor(random() * FIRST_TIMES), COMES_BY_WITHIN_MS);
    clearInterval(nudge);
    if (!died) await registry.victim(target).kill();
    if (!died) point = 'anywhere';
  }
  const dead = performance.now();
  await registry.startAgain(target);
  return { target, point, tookMs: Math.round(dead - begun), backMs: Math.round(performance.now() - dead) };
}
