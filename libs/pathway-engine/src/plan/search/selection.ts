import { auditStanding } from '../../audit/audit.ts';
import { standingWith } from '../../audit/situation.ts';
import type { Standing } from '../../audit/situation.ts';
import { IN, UNDECIDED } from '../bound/decisions.ts';
import type { Goal } from './goal.ts';
import type { Problem } from '../bound/problem.ts';
import { withinReach } from '../bound/reach.ts';

/** Which items are in, left out or undecided, and what follows from it. */
export class Selection {
  readonly problem: Problem;
  readonly goal: Goal;
  readonly state: Int8Array;
  readonly #audited = new Map<string, boolean>();
  /** An audit ended before it had looked at everything: its no is no proof. */
  doubtful = false;

  constructor(problem: Problem, goal: Goal) {
    this.problem = problem;
    this.goal = goal;
    this.state = new Int8Array(problem.items.length);
  }

  /** Numbers of the items that are in. */
  get chosen(): number[] {
    return [...this.state.keys()].filter((item) => this.state[item] === IN);
  }

  get sum(): number {
    return this.sumOf(this.goal.weights);
  }

  get isWithinCeilings(): boolean {
    return this.goal.ceilings.every(({ weights, most }) => this.sumOf(weights) <= most);
  }

  get firstUndecided(): number | undefined {
    const item = this.state.indexOf(UNDECIDED);
    return item < 0 ? undefined : item;
  }

  isThere(source: number): boolean {
    this.problem.rivalry.read(this.state);
    return this.#isThere(source);
  }

  /** Whether what is in could be enough, if everything counted everywhere. */
  get couldBeEnough(): boolean {
    this.problem.rivalry.read(this.state);
    return withinReach(this.problem, (source) => this.#isThere(source));
  }

  #isThere(source: number): boolean {
    const { sources, rivalry } = this.problem;
    return sources[source]!.lacks.every((options) => options.length === 0 || options.some((option) => this.state[option] === IN)) && !rivalry.isLost(source);
  }

  /** A group of prerequisites of which nothing is in yet: its undecided items, the cheapest first; NEVER when none is left. */
  get lackingPrerequisite(): readonly number[] | 'NEVER' | undefined {
    const { weights } = this.goal;
    let found: number[] | undefined;
    for (const [item, groups] of this.problem.prerequisites.entries()) {
      if (this.state[item] !== IN) continue;
      for (const group of groups) {
        if (group.some((one) => this.state[one] === IN)) continue;
        const open = group.filter((one) => this.state[one] === UNDECIDED).sort((a, b) => weights[a]! - weights[b]!);
        if (open.length === 0) return 'NEVER';
        found ??= open;
      }
    }
    return found;
  }

  /** The exact question, asked once for each set. With fewer steps a no may be wrong; then it is not kept. */
  isPlan(steps?: number): boolean {
    const { chosen } = this;
    const key = chosen.join();
    const known = this.#audited.get(key);
    if (known !== undefined) return known;
    const { graph, compiled, items } = this.problem;
    const standing = withPlanned(
      this.problem,
      chosen.map((item) => items[item]!.id),
    );
    const { verdict, proven } = auditStanding(graph, compiled, standing, steps);
    const isPlan = verdict !== 'INCOMPLETE';
    if (isPlan || proven) this.#audited.set(key, isPlan);
    else if (steps === undefined) this.doubtful = true;
    return isPlan;
  }

  /** What the items that are in have of something. */
  sumOf(weights: readonly number[]): number {
    let sum = 0;
    for (let item = 0; item < weights.length; item += 1) if (this.state[item] === IN) sum += weights[item]!;
    return sum;
  }
}

/** The standing of a problem with these taken on its day. */
export const withPlanned = ({ graph, standing }: Problem, planned: readonly string[]): Standing => standingWith(graph, standing, planned);
