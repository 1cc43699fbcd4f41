import type { RegistryProcess } from './registry-process.ts';

export interface GraphqlAnswer<Data> {
  readonly data: Data;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly string[]; readonly extensions: { readonly code: string } }[];
}

export interface Outcome {
  readonly submissionId: string;
  readonly eventId: string;
  readonly state: 'PENDING' | 'ACCEPTED' | 'REJECTED' | 'DUPLICATE';
  readonly awardId?: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message: string; readonly hint?: string }[];
}

const bearer = (token: string | undefined): Record<string, string> => (token === undefined ? {} : { authorization: `Bearer ${token}` });

/** Asks over HTTP, as any client would. */
export async function ask<Data>(registry: RegistryProcess, query: string, variables: object = {}, token?: string): Promise<GraphqlAnswer<Data>> {
  const response = await fetch(`${registry.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphqlAnswer<Data>;
}

/** Asks, and expects no error. */
export async function answerTo<Data>(registry: RegistryProcess, query: string, variables: object = {}, token?: string): Promise<Data> {
  const { data, errors } = await ask<Data>(registry, query, variables, token);
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** One event or several, in the way that their number suggests. */
export function publish(registry: RegistryProcess, events: object | readonly object[], token: string): Promise<Response> {
  const type = Array.isArray(events) ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
  return fetch(`${registry.url}/events`, { method: 'POST', headers: { 'content-type': type, ...bearer(token) }, body: JSON.stringify(events) });
}

export async function outcomeOf(registry: RegistryProcess, submissionId: string, token: string): Promise<Outcome> {
  const response = await fetch(`${registry.url}/submissions/${submissionId}`, { headers: bearer(token) });
  if (response.status !== 200) throw new Error(`GET /submissions answered ${response.status}.`);
  return (await response.json()) as Outcome;
}
