import { generateKeyPairSync } from 'node:crypto';
import { ActivateInstitution, InviteInstitution, type PublicJwk, VerifyInstitution } from '@mcr/contracts';
import { Refusal } from '@mcr/event-kit';
import { type StartOptions, type TestRegistry, anInstitution, principals, startServices } from '@mcr/testing';
import { institutions } from '../institutions.service.ts';

/** One connection by default: a query beside the transaction would wait for itself, and the test with it. */
export const startInstitutions = (options: StartOptions = {}): Promise<TestRegistry> => startServices([institutions], { poolSize: 1, ...options });

export interface Logged {
  readonly type: string;
  readonly aggregateversion: number;
  readonly data: Record<string, unknown>;
}

/** The events of one institution, oldest first. */
export async function eventsOf(registry: TestRegistry, ctid: string): Promise<Logged[]> {
  const rows = await registry.database('institutions').query<{ event: string }>('select event from event_log where key = $1 order by pos', [ctid]);
  return rows.map(({ event }) => JSON.parse(event) as Logged);
}

export const rowOf = async (registry: TestRegistry, code: string): Promise<Record<string, unknown> | undefined> =>
  (await registry.database('institutions').query('select * from institution where code = $1', [code]))[0];

/** A code of its own for each test: A, B, …, by the order of asking. */
export function codes(): () => string {
  let next = 0;
  return () => {
    const number = next++;
    return `X${String.fromCharCode(65 + Math.floor(number / 26), 65 + (number % 26))}`;
  };
}

export async function anActiveInstitution(registry: TestRegistry, code: string) {
  await registry.call(InviteInstitution, anInstitution({ code }), principals.registrar);
  await registry.call(VerifyInstitution, { institution: code }, principals.registrar);
  return registry.call(ActivateInstitution, { institution: code }, principals.secondRegistrar);
}

export const aPublicKey = (): PublicJwk => {
  const { kty, crv, x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return { kty, crv, x } as PublicJwk;
};

/** What a call was refused with; fails when it was allowed or broke. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => 'It was allowed.',
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome;
  throw outcome instanceof Error ? outcome : new Error(String(outcome));
}
