import type { CredentialVersion } from '../facts/credential.ts';
import type { Day } from '../facts/day.ts';
import type { Situation } from '../facts/facts.ts';
import { requirementsOf } from '../facts-check/tree.ts';
import type { Graph } from '../graph/graph.ts';
import { isOutOfTime } from '../plan/search/goal.ts';
import type { Budget } from '../plan/search/goal.ts';
import { holdingOf, worldOf } from './ask.ts';
import type { Ask, WhyNotTarget } from './ask.ts';
import { applyFix } from './fix.ts';
import type { Fix, World } from './fix.ts';
import type { Obstacle } from './reason.ts';
import { obstaclesOn, routesOf } from './routes.ts';
import type { Route } from './routes.ts';
import { isRecognised, viewFor, viewOf } from './view.ts';
import type { View } from './view.ts';

/** One way to be recognised, and all that stands in it: with every fix, in this order, it would be; with one left out it would not. */
export interface WhyNotPath {
  /** The agreement of the way, if it is one that there is. */
  readonly agreement?: string;
  readonly reasons: readonly Obstacle[];
  readonly fixes: readonly Fix[];
}

/** Why one micro-credential is not recognised; no paths when it is. */
export interface WhyNot {
  readonly microCredential: string;
  readonly recognised: boolean;
  /** The nearest first: the fewest fixes, those of the learner before those of agreements and of the credential. */
  readonly paths: readonly WhyNotPath[];
  /** False: the budget ended before every way was looked at; those that are there hold all the same. */
  readonly complete: boolean;
}

export interface WhyNotTerms {
  /** Held micro-credentials; without it all that are held. */
  readonly items?: readonly string[];
  /** A node is one look at the facts as they would be with some fixes. */
  readonly budget?: Budget;
}

/**
 * Q5: for each of these held micro-credentials why it is not recognised at the target. The README says what recognised means.
 * @throws RangeError for a micro-credential that is not known or not held, a credential or a place that is not there.
 */
export function whyNot(graph: Graph, situation: Situation, target: WhyNotTarget, { items, budget }: WhyNotTerms = {}): WhyNot[] {
  const held = new Set(situation.held.map(({ microCredential }) => microCredential));
  const asked = [...new Set(items ?? held)];
  for (const id of asked) {
    if (!graph.microCredentials.has(id)) throw new RangeError(`There is no micro-credential ${id}.`);
    if (!held.has(id)) throw new RangeError(`The micro-credential ${id} is not held.`);
  }
  const place = { receiver: receiverOf(graph, target, situation.asOf), target };
  const look = lookWithin(budget);
  const holding = holdingOf(graph, situation);
  const see = (ids: readonly string[]): View => viewOf(worldOf(graph, place, ids, holding), { ...place, microCredential: ids[0]! });
  // A credential's audit is of all that is held, so that one look tells of each; a receiver's answer is of what competes with the one.
  const all = target.credential !== undefined && asked.length > 0 ? see(asked) : undefined;
  return asked.map((id) => answer(all ? viewFor(all, id) : see([id]), look));
}

/** A look at a world; undefined when the budget has ended. */
type Look = (world: World, ask: Ask) => View | undefined;

const MOST_LOOKS = 20_000;

function lookWithin(budget: Budget | undefined): Look {
  let looks = 0;
  return (world, ask) => {
    if ((looks += 1) > (budget?.nodes ?? MOST_LOOKS) || (budget && isOutOfTime(budget))) return undefined;
    return viewOf(world, ask);
  };
}

function receiverOf(graph: Graph, target: WhyNotTarget, day: Day): string {
  if (target.credential === undefined) return target.receiver;
  const credential = graph.credentialOn(target.credential, day);
  if (!credential) throw new RangeError(`There is no credential ${target.credential}.`);
  if (target.place !== undefined && !idsIn(credential).has(target.place))
    throw new RangeError(`The credential ${credential.id} has no requirement, section or limit ${target.place}.`);
  return credential.institution;
}

function idsIn({ requirement, limits = [] }: CredentialVersion): ReadonlySet<string> {
  const ids = new Set(limits.map(({ id }) => id));
  for (const one of requirementsOf(requirement)) for (const { id } of one.node === 'SECTIONS' ? [one, ...one.of] : [one]) ids.add(id);
  return ids;
}

function answer(view: View, look: Look): WhyNot {
  const { microCredential } = view.ask;
  if (isRecognised(view)) return { microCredential, recognised: true, paths: [], complete: true };
  const { there, made } = routesOf(view);
  const tried = there.map((route) => pathOn(view, route, look));
  // Only where nothing that there is leads anywhere, the way by something that would have to be made.
  for (const route of made) if (!tried.some((one) => typeof one === 'object')) tried.push(pathOn(view, route, look));
  const found = tried.filter((one) => typeof one === 'object').sort(nearestFirst);
  return { microCredential, recognised: false, paths: different(found), complete: !tried.includes('BUDGET_ENDED') };
}

/** A path that was found, and how many of its fixes were not needed after all. */
interface Found {
  readonly path: WhyNotPath;
  readonly needless: number;
}

/** Ways that ask for the same are one. Where fixes were needless, another agreement took over, whose way it really is. */
function different(found: readonly Found[]): WhyNotPath[] {
  const seen = new Set<string>();
  return found.flatMap(({ path }) => {
    const key = path.fixes.map(keyOf).sort().join();
    if (seen.has(key)) return [];
    seen.add(key);
    return [path];
  });
}

/** Of obstacle after obstacle: each new world may show another one. Every one takes away, so that it ends; the number is only to be sure. */
const MOST_ROUNDS = 40;

function pathOn(first: View, route: Route, look: Look): Found | 'NOWHERE' | 'BUDGET_ENDED' {
  const obstacles: Obstacle[] = [];
  let view = first;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (isRecognised(view)) return shortened(first, route, obstacles, look);
    const found = obstaclesOn(view, route) ?? [];
    if (found.length === 0) return 'NOWHERE';
    obstacles.push(...found);
    const next = look(withFixes(view.world, distinctFixes(found)), view.ask);
    if (!next) return 'BUDGET_ENDED';
    view = next;
  }
  return 'NOWHERE';
}

/** Without every fix that is not needed. What was in the way of an agreement that then had to change may not be, when everything is changed. */
function shortened({ world, ask }: View, route: Route, obstacles: readonly Obstacle[], look: Look): Found | 'BUDGET_ENDED' {
  const all = distinctFixes(obstacles);
  let fixes = all;
  for (let at = all.length - 1; at >= 0; at -= 1) {
    const fewer = fixes.filter((fix) => fix !== fixes[at]);
    const view = look(withFixes(world, fewer), ask);
    if (!view) return 'BUDGET_ENDED';
    // What was needed beside a fix that is gone may be needless now: from the end again.
    if (isRecognised(view)) [fixes, at] = [fewer, fewer.length];
  }
  const needed = new Set(fixes.map(keyOf));
  const reasons = [...new Map(obstacles.filter(({ fix }) => needed.has(keyOf(fix))).map((one) => [JSON.stringify(one), one])).values()];
  const path = { ...(typeof route === 'object' && { agreement: route.agreement }), reasons, fixes };
  return { path, needless: all.length - fixes.length };
}

const keyOf = (fix: Fix): string => JSON.stringify(fix);

const distinctFixes = (obstacles: readonly Obstacle[]): Fix[] => [...new Map(obstacles.map(({ fix }) => [keyOf(fix), fix])).values()];

const withFixes = (world: World, fixes: readonly Fix[]): World => fixes.reduce(({ facts, situation }, fix) => applyFix(facts, situation, fix), world);

/** How near a fix is: what the learner can say or do, then what others would have to. */
const effort: Readonly<Record<Fix['fix'], number>> = {
  DECLARE: 1,
  REINSTATE: 1,
  ASK: 1,
  HOLD: 2,
  COMPLETE: 2,
  GRADE: 2,
  REMOVE: 3,
  AMEND: 4,
  AGREEMENT: 5,
  CREDIT: 6,
  LIMIT: 6,
  SHARE: 6,
  ADMIT: 6,
  DROP: 7,
};

function nearestFirst(a: Found, b: Found): number {
  const sum = ({ path }: Found): number => path.fixes.reduce((total, { fix }) => total + effort[fix], 0);
  const [x, y] = [a.path.agreement ?? '', b.path.agreement ?? ''];
  return a.path.fixes.length - b.path.fixes.length || sum(a) - sum(b) || a.needless - b.needless || (x < y ? -1 : x > y ? 1 : 0);
}
