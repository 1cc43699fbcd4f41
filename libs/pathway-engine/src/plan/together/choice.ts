import { auditTogether } from '../../audit/together.ts';
import type { AuditedTogether } from '../../audit/together.ts';
import { standingWith } from '../../audit/situation.ts';
import { IN, UNDECIDED } from '../bound/decisions.ts';
import { withinReach } from '../bound/reach.ts';
import type { JointProblem } from './problem.ts';

/** Which items are in, left out or undecided, for all credentials at once, and what follows from it. */
export class Choice {
  readonly problem: JointProblem;
  readonly state: Int8Array;
  /** The same by the numbers of each part. */
  readonly parts: readonly Int8Array[];
  readonly #groups: readonly (readonly (readonly number[])[])[];
  readonly #audited = new Map<string, boolean>();
  /** An audit ended before it had looked at everything: its no is no proof. */
  doubtful = false;

  constructor(problem: JointProblem) {
    this.problem = problem;
    this.state = new Int8Array(problem.items.length);
    this.parts = problem.problems.map(({ items }) => new Int8Array(items.length));
    const groups: (readonly (readonly number[])[])[] = problem.items.map(() => []);
    for (const [part, { prerequisites }] of problem.problems.entries())
      for (const [item, asked] of prerequisites.entries()) {
        const { [part]: jointOf } = problem.jointOf;
        groups[jointOf![item]!] = asked.map((group) => group.map((one) => jointOf![one]!));
      }
    this.#groups = groups;
  }

  set(item: number, decision: number): void {
    this.state[item] = decision;
  }

  backTo(state: Int8Array): void {
    this.state.set(state);
  }

  /** The parts' states as they follow from the joint one. */
  spread(): readonly Int8Array[] {
    for (const [part, jointOf] of this.problem.jointOf.entries()) for (const [item, joint] of jointOf.entries()) this.parts[part]![item] = this.state[joint]!;
    return this.parts;
  }

  get chosen(): number[] {
    return [...this.state.keys()].filter((item) => this.state[item] === IN);
  }

  sumOf(weights: readonly number[]): number {
    let sum = 0;
    for (let item = 0; item < weights.length; item += 1) if (this.state[item] === IN) sum += weights[item]!;
    return sum;
  }

  /** Whether every credential could be met if what may still come in counted everywhere; with `settled`, what is in already. */
  isWithinReach(settled: boolean): boolean {
    const parts = this.spread();
    return this.problem.problems.every((problem, part) => {
      const state = parts[part]!;
      const isHad = (option: number): boolean => state[option] === IN || (!settled && state[option] === UNDECIDED);
      problem.rivalry.read(state);
      return withinReach(
        problem,
        (source) => problem.sources[source]!.lacks.every((options) => options.length === 0 || options.some(isHad)) && !problem.rivalry.isLost(source),
      );
    });
  }

  /** A group of prerequisites of which nothing is in yet: its undecided items; NEVER when none is left. */
  get lackingPrerequisite(): readonly number[] | 'NEVER' | undefined {
    let found: number[] | undefined;
    for (const item of this.chosen)
      for (const group of this.#groups[item]!) {
        if (group.some((one) => this.state[one] === IN)) continue;
        const open = group.filter((one) => this.state[one] === UNDECIDED);
        if (open.length === 0) return 'NEVER';
        found ??= open;
      }
    return found;
  }

  /** The exact question, asked once for each set. */
  isPlan(): boolean {
    const key = this.chosen.join();
    const known = this.#audited.get(key);
    if (known !== undefined) return known;
    const { verdict, proven } = this.audit();
    const isPlan = verdict !== 'INCOMPLETE';
    if (isPlan || proven) this.#audited.set(key, isPlan);
    else this.doubtful = true;
    return isPlan;
  }

  audit(): AuditedTogether {
    const { graph, all, standing, items } = this.problem;
    const planned = this.chosen.map((item) => items[item]!.id);
    return auditTogether(graph, all, standingWith(graph, standing, planned));
  }
}
