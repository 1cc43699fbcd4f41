import { lostFor } from './audit/lost.ts';
import type { Lost } from './audit/lost.ts';
import { auditReport } from './audit/report.ts';
import type { AuditReport } from './audit/report.ts';
import { sharedCredit } from './audit/shared-credit.ts';
import type { SharedCredit } from './audit/shared-credit.ts';
import { standingOf } from './audit/situation.ts';
import type { Standing } from './audit/situation.ts';
import { inCanonicalOrder } from './replay/canonical.ts';
import { countsFor } from './counts-for/counts-for.ts';
import type { CountsFor, CountsForTerms } from './counts-for/counts-for.ts';
import type { CredentialVersion } from './facts/credential.ts';
import type { Day } from './facts/day.ts';
import type { Facts, Placement, Situation } from './facts/facts.ts';
import type { Objective, PlanTerms } from './facts/question.ts';
import { Graph } from './graph/graph.ts';
import { coreOf } from './plan/core/core.ts';
import type { Core } from './plan/core/core.ts';
import { coreAmong } from './plan/core/core-among.ts';
import { alternativesTo } from './plan/alternatives.ts';
import type { Alternatives } from './plan/alternatives.ts';
import { cheapestAmong, credentialsInReach } from './plan/among.ts';
import type { InReach, PlannedAmong } from './plan/among.ts';
import { cheapestPlan } from './plan/cheapest.ts';
import type { Planned } from './plan/cheapest.ts';
import { isOutOfTime } from './plan/search/goal.ts';
import type { Budget } from './plan/search/goal.ts';
import { withIncrements } from './plan/together/increments.ts';
import type { Together } from './plan/together/increments.ts';
import { planTogether } from './plan/together/together.ts';
import { tradeOffs } from './plan/trade-offs.ts';
import type { TradeOffs } from './plan/trade-offs.ts';
import { compile } from './requirement/compiled.ts';
import type { Compiled } from './requirement/compiled.ts';
import type { WhyNotTarget } from './why-not/ask.ts';
import { whyNot } from './why-not/why-not.ts';
import type { WhyNot, WhyNotTerms } from './why-not/why-not.ts';

/**
 * The facts, and the questions that can be asked of them. Facts are put into `graph` one by one; answers follow from what is there. The same facts
 * and the same question give the same answer, in whatever order either was told, unless time or the asker ended it.
 */
export class PathwayEngine {
  readonly graph: Graph;
  readonly #compiled = new WeakMap<CredentialVersion, { readonly compiled: Compiled; readonly version: string }>();

  constructor(facts: Facts = { microCredentials: [], agreements: [], credentials: [] }) {
    this.graph = Graph.of(facts);
  }

  /** What is held counts for, receiver by receiver. */
  countsFor(situation: Situation, terms?: CountsForTerms): CountsFor[] {
    return countsFor(this.graph, inCanonicalOrder(situation), terms);
  }

  /**
   * Whether what is held and planned meets a credential. With fewer steps an answer that is `proven` is the same as with more.
   * @throws RangeError when the credential is not known.
   */
  audit(credential: string, situation: Situation, steps?: number): AuditReport {
    return auditReport(this.graph, this.#compile(credential, situation.asOf), inCanonicalOrder(situation), steps);
  }

  /** The agreements that apply to a credential and give nothing, because others go first. @throws RangeError when the credential is not known. */
  lost(credential: string, situation: Situation): Lost[] {
    return lostFor(this.#compile(credential, situation.asOf), this.#standing(situation));
  }

  /** The best plan for one credential. @throws RangeError when the credential is not known. */
  cheapest(credential: string, situation: Situation, terms: PlanTerms, budget: Budget): Planned {
    return cheapestPlan(this.graph, this.#compile(credential, situation.asOf), this.#standing(situation), terms, budget);
  }

  /** Why held micro-credentials are not recognised, and what would change that. @throws RangeError for unknown ids. */
  whyNot(situation: Situation, target: WhyNotTarget, terms?: WhyNotTerms): WhyNot[] {
    return whyNot(this.graph, inCanonicalOrder(situation), target, terms);
  }

  /** The best plan for any one of these credentials; of all that there are where none is named. @throws RangeError for an unknown one. */
  cheapestAmong(credentials: readonly string[] | undefined, situation: Situation, terms: PlanTerms, budget: Budget): PlannedAmong {
    return cheapestAmong(this.graph, this.#compileAll(credentials, situation.asOf), this.#standing(situation), terms, budget);
  }

  /** The credentials that can be completed within the budgets of the terms. @throws RangeError for an unknown one. */
  inReach(credentials: readonly string[] | undefined, situation: Situation, terms: PlanTerms, budget: Budget): InReach[] {
    return credentialsInReach(this.graph, this.#compileAll(credentials, situation.asOf), this.#standing(situation), terms, budget);
  }

  /**
   * One best plan for all of these credentials, and what each of them adds to it. The nodes of the budget are for each of these questions.
   * @throws RangeError for an unknown credential.
   */
  together(credentials: readonly string[], situation: Situation, terms: PlanTerms, budget: Budget): Together {
    const standing = this.#standing(situation);
    return withIncrements([...new Set(credentials)].sort(), (ids) => planTogether(this.graph, this.#compileAll(ids, situation.asOf), standing, terms, budget));
  }

  /**
   * What several credentials share when each has its assignment in this situation, and how much they may.
   * @throws RangeError for an unknown credential.
   */
  shared(all: readonly { readonly credential: string; readonly assignment: readonly Placement[] }[], situation: Situation): SharedCredit[] {
    const assigned = all.map(({ credential, assignment }) => ({ compiled: this.#compile(credential, situation.asOf), assignment }));
    return sharedCredit(this.graph, assigned, this.#standing(situation));
  }

  /**
   * Why there is no plan for all of these credentials: what together makes it impossible, and nothing that is not needed for that.
   * @throws RangeError for an unknown credential.
   */
  core(credentials: readonly string[], situation: Situation, terms: PlanTerms, budget: Budget): Core {
    const all = this.#compileAll([...new Set(credentials)].sort(), situation.asOf);
    return coreOf(this.graph, all, this.#standing(situation), terms, budget);
  }

  /**
   * Why there is no plan for any one of these credentials: what has to be asked for so that none of them can be completed, and no more.
   * @throws RangeError for an unknown credential.
   */
  coreAmong(credentials: readonly string[], situation: Situation, terms: PlanTerms, budget: Budget): Core {
    const all = this.#compileAll([...new Set(credentials)].sort(), situation.asOf);
    return coreAmong(this.graph, all, this.#standing(situation), terms, budget);
  }

  /** Up to `count` plans after the best one, none of which holds all of one before it. Whoever knows the best one already may give it. */
  alternatives(credential: string, situation: Situation, terms: PlanTerms, count: number, budget: Budget, known?: Planned): Alternatives {
    const best = known ?? this.cheapest(credential, situation, terms, budget);
    const solve = (narrower: PlanTerms): Planned => this.#cheapestInTime(credential, situation, narrower, budget);
    return 'plan' in best ? alternativesTo(best, terms, count, solve) : { plans: [], complete: best.proof === 'INFEASIBLE' };
  }

  /** The plans between which two or three objectives leave a choice. @throws RangeError for fewer or more objectives. */
  tradeOffs(credential: string, situation: Situation, over: readonly Objective[], terms: PlanTerms, budget: Budget): TradeOffs {
    return tradeOffs(over, terms, (narrower) => this.#cheapestInTime(credential, situation, narrower, budget));
  }

  /** One of many plans: when the time is over, each further one would still cost its beginning. */
  #cheapestInTime(credential: string, situation: Situation, terms: PlanTerms, budget: Budget): Planned {
    return isOutOfTime(budget) ? { proof: 'UNKNOWN', bound: 0, nodes: 0 } : this.cheapest(credential, situation, terms, budget);
  }

  #compileAll(credentials: readonly string[] | undefined, day: Day): Compiled[] {
    return [...(credentials ?? [...this.graph.credentials.keys()].sort())].map((id) => this.#compile(id, day));
  }

  #standing(situation: Situation): Standing {
    return standingOf(this.graph, inCanonicalOrder(situation));
  }

  #compile(id: string, day: Day): Compiled {
    const credential = this.graph.credentialOn(id, day);
    if (!credential) throw new RangeError(`There is no credential ${id}.`);
    const version = this.graph.versionFor(credential.institution);
    const known = this.#compiled.get(credential);
    if (known?.version === version) return known.compiled;
    const compiled = compile(this.graph, credential);
    this.#compiled.set(credential, { compiled, version });
    return compiled;
  }
}
