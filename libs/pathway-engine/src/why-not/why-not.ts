import type { Situation } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import { compile } from '../requirement/compiled.ts';
import { worldOf } from './ask.ts';
import type { Ask, WhyNotTarget } from './ask.ts';
import { applyFix } from './fix.ts';
import type { Fix, World } from './fix.ts';
import type { Obstacle } from './reason.ts';
import { obstaclesOn, routesOf } from './routes.ts';
import type { Route } from './routes.ts';
import { idsIn, isRecognised, viewOf } from './view.ts';

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
}

/**
 * Q5: for each of these held micro-credentials (all that are held, where none are said) why it is not recognised at the target. The README says
 * what recognised means. @throws RangeError for a micro-credential that is not known or not held, a credential or a place that is not there.
 */
export function whyNot(graph: Graph, situation: Situation, target: WhyNotTarget, items?: readonly string[]): WhyNot[] {
  const held = new Set(situation.held.map(({ microCredential }) => microCredential));
  const receiver = receiverOf(graph, target);
  return [...new Set(items ?? held)].map((microCredential) => {
    if (!graph.microCredentials.has(microCredential)) throw new RangeError(`There is no micro-credential ${microCredential}.`);
    if (!held.has(microCredential)) throw new RangeError(`The micro-credential ${microCredential} is not held.`);
    return answer(graph, situation, { microCredential, receiver, target });
  });
}

function receiverOf(graph: Graph, target: WhyNotTarget): string {
  if (target.credential === undefined) return target.receiver;
  const credential = graph.credentials.get(target.credential);
  if (!credential) throw new RangeError(`There is no credential ${target.credential}.`);
  if (target.place !== undefined && !idsIn(compile(graph, credential)).has(target.place))
    throw new RangeError(`The credential ${credential.id} has no requirement, section or limit ${target.place}.`);
  return credential.institution;
}

function answer(graph: Graph, situation: Situation, ask: Ask): WhyNot {
  const { microCredential } = ask;
  const world = worldOf(graph, ask, situation);
  const view = viewOf(world, ask);
  if (isRecognised(view)) return { microCredential, recognised: true, paths: [] };
  const { there, made } = routesOf(view);
  let found = there.flatMap((route) => pathOn(world, ask, route) ?? []);
  // Only where nothing that there is leads anywhere, the way by something that would have to be made.
  for (const route of made) if (found.length === 0) found = [pathOn(world, ask, route) ?? []].flat();
  return { microCredential, recognised: false, paths: different(found.sort(nearestFirst)) };
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

function pathOn(start: World, ask: Ask, route: Route): Found | undefined {
  const obstacles: Obstacle[] = [];
  let world = start;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const view = viewOf(world, ask);
    if (isRecognised(view)) return shortened(start, ask, route, obstacles);
    const found = obstaclesOn(view, route) ?? [];
    if (found.length === 0) return undefined;
    obstacles.push(...found);
    world = withFixes(world, distinctFixes(found));
  }
  return undefined;
}

/** Without every fix that is not needed. What was in the way of an agreement that then had to change may not be, when everything is changed. */
function shortened(start: World, ask: Ask, route: Route, obstacles: readonly Obstacle[]): Found {
  const all = distinctFixes(obstacles);
  let fixes = all;
  const isNeedless = (fix: Fix): boolean => isRecognised(viewOf(withFixes(start, without(fixes, fix)), ask));
  for (let needless = fixes.findLast(isNeedless); needless; needless = fixes.findLast(isNeedless)) fixes = without(fixes, needless);
  const needed = new Set(fixes.map(keyOf));
  const reasons = [...new Map(obstacles.filter(({ fix }) => needed.has(keyOf(fix))).map((one) => [JSON.stringify(one), one])).values()];
  const path = { ...(typeof route === 'object' && { agreement: route.agreement }), reasons, fixes };
  return { path, needless: all.length - fixes.length };
}

const without = (fixes: readonly Fix[], fix: Fix): Fix[] => fixes.filter((one) => one !== fix);

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
