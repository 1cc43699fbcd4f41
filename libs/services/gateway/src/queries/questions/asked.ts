import { planTerms } from '@mcr/contracts';
import { type CallerInput, type Fault, type OperationDefinition, type OutputOf, Refusal } from '@mcr/event-kit';
import type { Operations } from '@mcr/runtime';
import type { RequestContext } from '../../graphql/request-context.ts';
import { commandInput } from '../../schema/from-contracts/zod-shapes.ts';
import type { PlanTermsInput } from '../../schema/answers/plan.ts';
import { allow } from '../allow.ts';

/** Asks a question in the caller's name, with what the caller wrote. It ends early when the caller goes away. */
export async function asked<D extends OperationDefinition>(
  operations: Operations,
  question: D,
  written: object,
  request: RequestContext,
): Promise<OutputOf<D>> {
  await allow(request, question.name);
  const input = commandInput(question.input, written) as CallerInput<D>;
  return operations.call(question, input, await request.principal(), request.gone);
}

/** The same of a question about plans, whose terms are one argument here: what is wrong with them is said of that argument. */
export async function askedWithTerms<D extends OperationDefinition>(
  operations: Operations,
  question: D,
  written: object,
  terms: PlanTermsInput | null,
  request: RequestContext,
): Promise<OutputOf<D>> {
  try {
    return await asked(operations, question, { ...written, ...terms }, request);
  } catch (error) {
    if (!(error instanceof Refusal) || error.faults.length === 0) throw error;
    const { code, message, retryAfterSeconds } = error;
    throw new Refusal(code, message, { faults: error.faults.map(inTerms), ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) });
  }
}

const TERMS: ReadonlySet<string> = new Set(['objectives', ...Object.keys(planTerms)]);

const inTerms = (fault: Fault): Fault => (TERMS.has(fault.pointer.split('/')[1] ?? '') ? { ...fault, pointer: `/terms${fault.pointer}` } : fault);
