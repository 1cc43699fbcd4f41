import { Refusal, refusalCodes } from '@mcr/event-kit';
import type { RefusalCode } from '@mcr/event-kit';
import { z } from 'zod';

const Problem = z.object({
  code: z.string(),
  detail: z.string().optional(),
  errors: z
    .array(z.object({ pointer: z.string(), code: z.string(), message: z.string(), ruleId: z.string().optional(), hint: z.string().optional() }))
    .default([]),
});

const isKnown = (code: string): code is RefusalCode => Object.hasOwn(refusalCodes, code);

/**
 * The refusal that another service answered, as it was thrown there: same code, words, faults and time to come back.
 * What no service of ours says (a proxy's page, a code of a later release) is UNAVAILABLE.
 */
export function refusalOfAnswer(service: string, { headers, body }: { readonly headers: Headers; readonly body: unknown }): Refusal {
  const problem = Problem.safeParse(body);
  const after = Number(headers.get('retry-after') ?? Number.NaN);
  const retry = Number.isFinite(after) ? { retryAfterSeconds: after } : {};
  if (!problem.success || !isKnown(problem.data.code))
    return new Refusal('UNAVAILABLE', `The ${service} service gave no answer that is understood here.`, retry);
  return new Refusal(problem.data.code, problem.data.detail, { faults: problem.data.errors, ...retry });
}
