import type { CheapestCompletion } from '@mcr/contracts';
import { type Fault, type InputOf, type OutputOf, Refusal, dayInBritishColumbia, pointerTo } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { Planner } from '../graph/planner.ts';
import { institutionsByCode } from '../storage/facts.ts';

type Question = InputOf<typeof CheapestCompletion>;

/** @throws Refusal INSTITUTION_NOT_FOUND with every code that is not known. */
async function issuersOf(codes: readonly string[], { database }: OperationContext): Promise<string[]> {
  const known = await institutionsByCode(database, codes);
  const faults = codes.flatMap((code, at): Fault[] =>
    known.has(code) ? [] : [{ pointer: pointerTo('institutions', at), code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this code is known.' }],
  );
  if (faults.length > 0) throw new Refusal('INSTITUTION_NOT_FOUND', undefined, { faults });
  return codes.map((code) => known.get(code)!.ctid);
}

/** The best further micro-credentials with which a pathway is complete. */
export async function cheapestCompletion({ institutions, ...question }: Question, context: OperationContext): Promise<OutputOf<typeof CheapestCompletion>> {
  const asOf = question.asOf ?? dayInBritishColumbia(context.now);
  const issuers = institutions && (await issuersOf(institutions, context));
  const { answer, graphVersion } = await context.resolve(Planner).plan({ ...question, asOf, ...(issuers && { issuers }) });
  if (!answer) throw new Refusal('PATHWAY_NOT_FOUND');
  return { ...answer, graphVersion };
}
