import { describe, expect, it } from '@jest/globals';
import { InstitutionCode, Refusal, defineCommand, defineTopic } from '@mcr/event-kit';
import type { OperationDefinition } from '@mcr/event-kit';
import { anonymous } from '@mcr/identity';
import type { Principal } from '@mcr/identity';
import { z } from 'zod';
import { defineService, handle } from '../define-service.ts';
import type { OperationContext } from '../define-service.ts';
import { Operations } from './operations.ts';

const Suspend = defineCommand({
  name: 'suspendInstitution',
  service: 'institutions',
  input: z.strictObject({ institution: InstitutionCode, reason: z.string().min(3) }),
  output: z.object({ status: z.literal('SUSPENDED') }),
  refusals: ['ILLEGAL_STATE'],
});

const registrar: Principal = { subject: 'r', clientId: 'r', roles: ['ministry-registrar'], scopes: [] };
const learner: Principal = { ...registrar, roles: ['learner'] };

function operations(answer: () => Promise<{ status: 'SUSPENDED' }> = async () => ({ status: 'SUSPENDED' })): Operations {
  const offered = new Operations();
  offered.offer([handle(Suspend, answer)], (principal) => ({ principal }) as OperationContext);
  return offered;
}

const refusalOf = (call: Promise<unknown>): Promise<Refusal> =>
  call.then(
    () => Promise.reject(new Error('Expected a refusal.')),
    (error: Refusal) => error,
  );

describe('a command', () => {
  it('is answered for whom the policy allows', async () => {
    await expect(operations().call(Suspend, { institution: 'BCIT', reason: 'fire' }, registrar)).resolves.toEqual({ status: 'SUSPENDED' });
  });

  it('asks who is calling before it looks at the input', async () => {
    const bad = { institution: 'nobody', reason: '' };
    expect((await refusalOf(operations().call(Suspend, bad, anonymous))).code).toBe('UNAUTHENTICATED');
    expect((await refusalOf(operations().call(Suspend, bad, learner))).code).toBe('FORBIDDEN');
  });

  it('names every fault of the input at once', async () => {
    const refusal = await refusalOf(operations().call(Suspend, { institution: 'bcit', reason: '', more: 1 } as never, registrar));
    expect(refusal.code).toBe('INVALID_INPUT');
    expect(refusal.faults.map(({ pointer }) => pointer).sort()).toEqual(['/institution', '/more', '/reason']);
  });

  it('passes an expected refusal on as it is', async () => {
    const refusing = operations(() => Promise.reject(new Refusal('ILLEGAL_STATE')));
    expect((await refusalOf(refusing.call(Suspend, { institution: 'BCIT', reason: 'fire' }, registrar))).code).toBe('ILLEGAL_STATE');
  });

  it('is unavailable while its service does not run', async () => {
    const refusal = await refusalOf(new Operations().call(Suspend, { institution: 'BCIT', reason: 'fire' }, registrar));
    expect(refusal).toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
  });

  it('is not offered when the policy does not know it', () => {
    const Unknown = { ...Suspend, name: 'deleteEverything' } as OperationDefinition;
    expect(() => new Operations().offer([handle(Unknown, async () => undefined)], () => ({}) as OperationContext)).toThrow(/policy/);
  });
});

describe('a service definition', () => {
  it('is refused when it answers a command twice, or one of another service', () => {
    const base = { module: class {}, migrations: [] };
    const handler = handle(Suspend, async () => ({ status: 'SUSPENDED' as const }));
    expect(() => defineService({ ...base, name: 'institutions', operations: [handler, handler] })).toThrow(/twice/);
    expect(() => defineService({ ...base, name: 'programs', operations: [handler] })).toThrow(/belongs to institutions/);
  });

  it('is refused when it writes the log of another service', () => {
    const topics = [defineTopic({ name: 'mcr.institutions.v1', partitions: 1, service: 'institutions' })];
    expect(() => defineService({ module: class {}, migrations: [], name: 'programs', topics })).toThrow(/belongs to institutions/);
  });
});
