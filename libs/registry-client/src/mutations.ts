import { type Answer, ask } from './http.ts';
import { NotYet, patiently } from './patience.ts';

/** The registry's own limit on the root fields of one operation is ten. */
const MUTATIONS_A_REQUEST = 10;

export interface MutationRefusal {
  readonly code: string;
  readonly message: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
}

/** What one mutation came to: done now, or refused with one of the codes that were allowed for. */
export interface MutationOutcome<Input> {
  readonly input: Input;
  readonly refusal?: MutationRefusal;
}

export interface MutationRun<Input> {
  readonly url: string;
  readonly token: string;
  /** The mutation, such as `inviteInstitution`. */
  readonly field: string;
  readonly inputs: readonly Input[];
  /** Refusals that mean that it was done before; EVERY: whatever is refused is an outcome, and nothing is waited for. */
  readonly alreadyDone: readonly string[] | 'EVERY';
  readonly done: (count: number) => void;
}

interface GraphQLAnswer {
  readonly data?: Record<string, MutationRefusal | null> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Refusals that a fact causes which is still on its way between two services. */
const ON_THEIR_WAY = ['INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND'];

/** Several reasons at once come as faults of one refusal. */
export const isOnly = (codes: readonly string[], { code, errors }: MutationRefusal): boolean =>
  codes.includes(code) || (errors.length > 0 && errors.every((fault) => codes.includes(fault.code)));

const isOutcome = (alreadyDone: MutationRun<unknown>['alreadyDone'], refusal: MutationRefusal): boolean =>
  alreadyDone === 'EVERY' || isOnly(alreadyDone, refusal);
const isOnItsWay = (alreadyDone: MutationRun<unknown>['alreadyDone'], refusal: MutationRefusal): boolean =>
  alreadyDone !== 'EVERY' && isOnly(ON_THEIR_WAY, refusal);

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function documentOf(field: string, count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const variables = indexes.map((index) => `$i${index}: ${pascal(field)}Input!`).join(', ');
  const mutations = indexes.map((index) => `m${index}: ${field}(input: $i${index}) { __typename ...refused }`).join(' ');
  return `mutation All(${variables}) { ${mutations} } fragment refused on Refusal { code message errors { pointer code message } }`;
}

/** Language maps are `{ en, fr }` in GraphQL. */
export function asGraphQLInput(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asGraphQLInput);
  if (value === null || typeof value !== 'object') return value;
  if ('en-CA' in value) {
    const { 'en-CA': en, 'fr-CA': fr } = value as Record<string, unknown>;
    return fr === undefined ? { en } : { en, fr };
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asGraphQLInput(member)]));
}

/** @throws NotYet when a service behind the gateway was not ready; Error with the messages for every other fault of the request. */
function resultsOf(field: string, count: number, { status, body }: Answer): (MutationRefusal | undefined)[] {
  const { data, errors = [] } = (body ?? {}) as GraphQLAnswer;
  if (errors.some(({ extensions }) => extensions?.code === 'UNAVAILABLE')) throw new NotYet(errors[0]!.message);
  if (!data || errors.length > 0) throw new Error(`${field} failed (${status}): ${errors.map(({ message }) => message).join('; ') || 'no answer'}`);
  return Array.from({ length: count }, (_, index) => {
    const result = data[`m${index}`];
    return result?.code === undefined ? undefined : result;
  });
}

async function send<Input>({ url, token, field }: MutationRun<Input>, inputs: readonly Input[]): Promise<MutationOutcome<Input>[]> {
  const variables = Object.fromEntries(inputs.map((input, index) => [`i${index}`, asGraphQLInput(input)]));
  const answer = await ask(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: documentOf(field, inputs.length), variables }),
  });
  return resultsOf(field, inputs.length, answer).map((refusal, index) => ({ input: inputs[index]!, refusal }));
}

function explain(field: string, { code, message, errors }: MutationRefusal): string {
  const faults = errors.map((fault) => `${fault.pointer} ${fault.code}: ${fault.message}`).join('; ');
  return `${field} was refused: ${code}, ${message}${faults ? ` (${faults})` : ''}`;
}

/**
 * Runs one mutation for each input, ten in a request, in order. What is refused because a fact has not arrived yet is tried again.
 * @throws Error at the first refusal that is neither that nor `alreadyDone`.
 */
export async function mutateAll<Input>(run: MutationRun<Input>): Promise<MutationOutcome<Input>[]> {
  const settled: MutationOutcome<Input>[] = [];
  for (let from = 0; from < run.inputs.length; from += MUTATIONS_A_REQUEST) {
    let open = run.inputs.slice(from, from + MUTATIONS_A_REQUEST);
    await patiently(async () => {
      const outcomes = await send(run, open);
      const waiting = outcomes.filter(({ refusal }) => refusal && isOnItsWay(run.alreadyDone, refusal));
      const decided = outcomes.filter((outcome) => !waiting.includes(outcome));
      const wrong = decided.find(({ refusal }) => refusal && !isOutcome(run.alreadyDone, refusal));
      if (wrong) throw new Error(explain(run.field, wrong.refusal!));
      settled.push(...decided);
      run.done(decided.length);
      open = waiting.map(({ input }) => input);
      if (open.length > 0) throw new NotYet(explain(run.field, waiting[0]!.refusal!));
    });
  }
  return settled;
}
