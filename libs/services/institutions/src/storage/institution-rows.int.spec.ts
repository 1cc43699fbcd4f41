import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestRegistry } from '@mcr/testing';
import { newCtid } from '@mcr/event-kit';
import { startInstitutions } from '../testing/institutions-registry.ts';

let registry: TestRegistry;
beforeAll(async () => {
  registry = await startInstitutions();
});
afterAll(() => registry.close());

/** The database holds the states of the domain by itself, whoever writes. */
describe('a row of an institution', () => {
  const columns = {
    id: '',
    code: 'NIC',
    name: '{}',
    agent_type: 'COLLEGE',
    region: 'Kootenay',
    status: 'ACTIVE',
    version: 3,
    changed_by: 'ana',
    changed_at: '2026-10-01',
  };
  const people = { verified_by: 'ana', activated_by: 'ben' };

  const insert = (changes: Record<string, unknown>) => {
    const row = Object.entries({ ...columns, id: newCtid(), ...people, ...changes });
    const places = row.map((_, index) => `$${index + 1}`).join(', ');
    return registry.database('institutions').query(
      `insert into institution (${row.map(([name]) => name).join(', ')}) values (${places})`,
      row.map(([, value]) => value),
    );
  };

  beforeEach(() => registry.database('institutions').query('delete from institution'));

  it.each([
    ['an active one', {}],
    ['an invited one', { status: 'INVITED', verified_by: null, activated_by: null }],
    ['a suspended one with a reason', { status: 'SUSPENDED', reason: 'Fees unpaid.' }],
  ])('may be %s', async (_what, changes) => {
    await insert(changes);
    expect(await registry.database('institutions').query('select from institution')).toHaveLength(1);
  });

  it.each([
    ['activated by the person who verified it', { activated_by: 'ana' }, 'activated_by_another'],
    ['active without an approver', { activated_by: null }, 'activated_by_somebody'],
    ['active without a check', { verified_by: null }, 'verified_by_somebody'],
    ['invited and approved', { status: 'INVITED', verified_by: null }, 'activated_by_somebody'],
    ['suspended without a reason', { status: 'SUSPENDED' }, 'suspended_for_a_reason'],
    ['in a state that does not exist', { status: 'CLOSED' }, /check constraint/],
  ])('is never %s', async (_what, changes, constraint) => {
    await expect(insert(changes)).rejects.toThrow(constraint);
  });

  it('has its code alone', async () => {
    await insert({});
    await expect(insert({})).rejects.toThrow('institution_code_key');
  });

  it('can be neither emptied as a whole nor freed of its rules by the running service', async () => {
    await expect(registry.database('institutions').query('truncate institution')).rejects.toThrow(/permission denied|must be owner/);
    await expect(registry.database('institutions').query('alter table institution drop constraint activated_by_another')).rejects.toThrow(/must be owner/);
  });
});
