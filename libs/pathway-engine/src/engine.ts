import { auditReport } from './audit/report.ts';
import type { AuditReport } from './audit/report.ts';
import { standingOf } from './audit/situation.ts';
import { countsFor } from './counts-for/counts-for.ts';
import type { CountsFor, CountsForTerms } from './counts-for/counts-for.ts';
import type { Facts, Situation } from './facts/facts.ts';
import type { PlanTerms } from './facts/question.ts';
import { Graph } from './graph/graph.ts';
import { cheapestPlan } from './plan/cheapest.ts';
import type { Planned } from './plan/cheapest.ts';
import type { Budget } from './plan/goal.ts';
import { compile } from './requirement/compiled.ts';
import type { Compiled } from './requirement/compiled.ts';
import type { WhyNotTarget } from './why-not/ask.ts';
import { whyNot } from './why-not/why-not.ts';
import type { WhyNot, WhyNotTerms } from './why-not/why-not.ts';

/** The facts, and the questions that can be asked of them. Facts are put into `graph` one by one; answers follow from what is there. */
export class PathwayEngine {
  readonly graph: Graph;
  readonly #compiled = new Map<string, { readonly compiled: Compiled; readonly version: string }>();

  constructor(facts: Facts = { microCredentials: [], agreements: [], credentials: [] }) {
    this.graph = Graph.of(facts);
  }

  /** What is held counts for, receiver by receiver. */
  countsFor(situation: Situation, terms?: CountsForTerms): CountsFor[] {
    return countsFor(this.graph, situation, terms);
  }

  /** Whether what is held and planned meets a credential. @throws RangeError when the credential is not known. */
  audit(credential: string, situation: Situation): AuditReport {
    return auditReport(this.graph, this.#compile(credential), situation);
  }

  /** The best plan for one credential. @throws RangeError when the credential is not known. */
  cheapest(credential: string, situation: Situation, terms: PlanTerms, budget: Budget): Planned {
    return cheapestPlan(this.graph, this.#compile(credential), standingOf(this.graph, situation), terms, budget);
  }

  /** Why held micro-credentials are not recognised, and what would change that. @throws RangeError for unknown ids. */
  whyNot(situation: Situation, target: WhyNotTarget, terms?: WhyNotTerms): WhyNot[] {
    return whyNot(this.graph, situation, target, terms);
  }

  #compile(id: string): Compiled {
    const credential = this.graph.credentials.get(id);
    if (!credential) throw new RangeError(`There is no credential ${id}.`);
    const version = this.graph.versionFor(credential.institution);
    const known = this.#compiled.get(id);
    if (known && known.version === version && known.compiled.credential === credential) return known.compiled;
    const compiled = compile(this.graph, credential);
    this.#compiled.set(id, { compiled, version });
    return compiled;
  }
}
