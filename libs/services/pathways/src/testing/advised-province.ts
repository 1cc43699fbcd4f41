import {
  Audit,
  CheapestCompletion,
  CompletionOfSeveral,
  CompletionTradeOffs,
  CredentialsInReach,
  type Plan,
  PublishAgreement,
  PublishPathway,
  WhyNotRecognised,
} from '@mcr/contracts';
import { type CallerInput, type OperationDefinition, newCtid } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { type Facts, type PlanTerms, type Source, dayOf } from '@mcr/pathway-engine';
import { type CheckedPlan, checkPlan } from '@mcr/pathway-engine/checker';
import { type TestRegistry, aPathway, aPublishedMicroCredential, anAgreement, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import type { z } from 'zod';
import type { GraphFact } from '../domain/facts/graph-fact.ts';
import { folded, hundredths } from '../domain/facts/public-units.ts';
import { pathways } from '../pathways.service.ts';
import { readWholeGraph } from '../storage/read-graph.ts';
import { logInstitution, logMicroCredential, otherServices } from './other-services.ts';

/** The day of every question here, unless it says otherwise. */
export const TODAY = '2026-09-01';

export const [bcit, ubc] = [anInstitutionSnapshot({ code: 'BCIT' }), anInstitutionSnapshot({ code: 'UBC' })];

export const aMicroCredentialOf = (owner: string, price: number, credits: number, totalHours: number) =>
  aPublishedMicroCredential({
    ownedBy: owner,
    totalHours,
    estimatedCost: [{ price, currency: 'CAD' }],
    creditValue: { value: credits, creditUnitType: 'SemesterHours' },
  });

/** Of BCIT. The first counts as the course STAT 200, each of the others as so much credit of DATA. */
const [statistics, cheap, dear] = [
  aMicroCredentialOf(bcit.ctid, 100, 3, 40),
  aMicroCredentialOf(bcit.ctid, 250.5, 1.5, 40),
  aMicroCredentialOf(bcit.ctid, 900, 3, 8),
];
export const ctids = { statistics: statistics.ctid, cheap: cheap.ctid, dear: dear.ctid };

const asking = (min: number) =>
  aPathway({
    requirement: {
      node: 'ALL',
      id: 'root',
      of: [
        { node: 'COURSE', id: 'statistics', course: 'stat  200' },
        { node: 'CREDITS', id: 'electives', min, from: { subjects: ['DATA'] } },
      ],
    },
    limits: [{ id: 'total', limit: 'TOTAL', min: 3 + min }],
  });
/** Of UBC: a certificate for the course and 1.5 credits of DATA, a diploma for the course and 4.5, and one that begins later. */
export const certificate = asking(1.5);
export const diploma = { ...asking(4.5), destinationType: 'DIPLOMA' as const };
export const ofTheFuture = { ...aPathway(), startDate: '2027-01-01' };

export const held = [{ microCredential: ctids.statistics, completedOn: '2026-05-01', grade: 72.5 }];

type Question<D extends OperationDefinition> = Partial<CallerInput<D>>;

/** Questions of an advisor about somebody who has statistics, to the real service. */
export class AdvisedProvince {
  constructor(readonly registry: TestRegistry) {}

  static async start(others = otherServices): Promise<AdvisedProvince> {
    const province = new AdvisedProvince(await startServices([...others, pathways]));
    for (const institution of [bcit, ubc]) await logInstitution(province.registry, institution);
    for (const microCredential of [statistics, cheap, dear]) await logMicroCredential(province.registry, microCredential);
    await province.agree(ctids.statistics, { course: 'STAT 200', subject: 'STAT', credits: 3 });
    await province.agree(ctids.cheap, { subject: 'DATA', credits: 1.5 });
    await province.agree(ctids.dear, { subject: 'DATA', credits: 3 });
    for (const pathway of [certificate, diploma, ofTheFuture]) await province.registry.call(PublishPathway, pathway, principals.registrar);
    return province;
  }

  async agree(from: string, grant: { course?: string; subject: string; credits: number }, changes: Question<typeof PublishAgreement> = {}): Promise<string> {
    const kind = grant.course === undefined ? 'UNASSIGNED' : 'ASSIGNED';
    const agreement = anAgreement({ ctid: newCtid(), kind, from: [{ microCredential: from }], grants: [grant], ...changes });
    await this.registry.call(PublishAgreement, agreement, principals.registrar);
    return agreement.ctid!;
  }

  audit(question: Question<typeof Audit> = {}, who: Principal = principals.advisor) {
    return this.registry.call(Audit, { pathway: certificate.ctid!, held, asOf: TODAY, ...question }, who);
  }

  plan(question: Question<typeof CheapestCompletion> = {}, who: Principal = principals.advisor) {
    const target = question.among ? {} : { pathway: certificate.ctid! };
    return this.registry.call(CheapestCompletion, { ...target, held, asOf: TODAY, ...question }, who);
  }

  inReach(question: Question<typeof CredentialsInReach> = {}) {
    return this.registry.call(CredentialsInReach, { held, asOf: TODAY, ...question }, principals.advisor);
  }

  tradeOffs(question: Question<typeof CompletionTradeOffs> = {}) {
    return this.registry.call(
      CompletionTradeOffs,
      { pathway: certificate.ctid!, held, asOf: TODAY, objectives: ['COST', 'HOURS'], ...question },
      principals.advisor,
    );
  }

  several(question: Question<typeof CompletionOfSeveral> = {}) {
    return this.registry.call(CompletionOfSeveral, { pathways: [certificate.ctid!, diploma.ctid!], held, asOf: TODAY, ...question }, principals.advisor);
  }

  whyNot(question: Question<typeof WhyNotRecognised> & Pick<CallerInput<typeof WhyNotRecognised>, 'microCredentials'>) {
    return this.registry.call(WhyNotRecognised, { held, asOf: TODAY, ...question }, principals.advisor);
  }

  /** The facts as the engine was told them. */
  async facts(): Promise<Facts> {
    const facts: GraphFact[] = [];
    await readWholeGraph(this.registry.database('pathways'), (some) => void facts.push(...some));
    const of = <Kind extends GraphFact['kind']>(kind: Kind) =>
      facts.flatMap((one) => (one.kind === kind && one.fact ? [one.fact as NonNullable<Extract<GraphFact, { kind: Kind }>['fact']>] : []));
    return { microCredentials: of('MICRO_CREDENTIAL'), agreements: of('AGREEMENT'), credentials: of('PATHWAY') };
  }

  /** What the checker, which shares no code with the search, says of a plan that was answered for somebody who has statistics. */
  async check(pathway: string, { plan, totals, assignment }: z.infer<typeof Plan>, terms: PlanTerms = {}): Promise<CheckedPlan> {
    const facts = await this.facts();
    const situation = { held: [{ microCredential: ctids.statistics, completedOn: dayOf('2026-05-01'), grade: 7250 }], planned: plan, asOf: dayOf(TODAY) };
    const placements = assignment.map(({ place, agreement, grant, microCredential }) => ({
      place,
      source: sourceIn(facts, agreement, grant, microCredential),
    }));
    const { cost, hours, count, terms: inARow } = totals;
    return checkPlan(facts, pathway, situation, terms, placements, { COST: hundredths(cost), HOURS: hours * 60, COUNT: count, TERMS: inARow });
  }

  close(): Promise<void> {
    return this.registry.close();
  }
}

function sourceIn(
  { agreements }: Facts,
  agreement: string | undefined,
  grant: { course?: string; subject?: string } | undefined,
  microCredential = '',
): Source {
  if (agreement === undefined) return { microCredential };
  const { grants } = agreements.find(({ id }) => id === agreement)!;
  const isIt = (one: (typeof grants)[number]) => (grant?.course === undefined ? one.subject === folded(grant!.subject!) : one.course === folded(grant.course));
  return { agreement, grant: grants.findIndex(isIt) };
}

/** The codes and pointers with which a question was refused. */
export async function refusalOf(asked: Promise<unknown>): Promise<{ code: string; faults: string[] }> {
  const outcome = await asked.then(
    () => undefined,
    (error: unknown) => error as { code: string; faults: { pointer: string; code: string }[] },
  );
  if (!outcome) throw new Error('It was not refused.');
  return { code: outcome.code, faults: outcome.faults.map(({ pointer, code }) => `${pointer} ${code}`) };
}
