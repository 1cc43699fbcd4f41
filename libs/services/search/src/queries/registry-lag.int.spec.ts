import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegistryLag } from '@mcr/contracts';
import { anonymous } from '@mcr/identity';
import { type TestRegistry, eventually, startServices } from '@mcr/testing';
import { search } from '../search.service.ts';
import { type Logged, history } from '../testing/history.ts';
import { otherServices } from '../testing/other-services.ts';

let registry: TestRegistry;
beforeAll(async () => void (registry = await startServices([...otherServices, search])));
afterAll(() => registry.close());

const log = ({ service, definition, data, version }: Logged) =>
  registry.parts(service).unitOfWork.run(async (tx) => tx.append(definition, data as never, { version }));
const lag = async () => (await registry.call(RegistryLag, {}, anonymous)).projectionLagMs;
const shown = async () => (await registry.database('search').query<{ count: number }>('select count(*)::int as count from registry.award'))[0]!.count;

describe('The lag of the registry', () => {
  it('is nought when nothing happened, and again when all that happened is shown', async () => {
    expect(await lag()).toBe(0);
    for (const event of history) await log(event);
    await eventually(async () => expect(await lag()).toBe(0));
    expect(await shown()).toBe(2);
  });

  it('grows while something logged cannot be shown yet', async () => {
    const database = registry.database('search');
    await database.transaction(async (tx) => {
      await tx.query('lock table registry.award in access exclusive mode');
      const issued = history.findLast(({ service }) => service === 'awards')!;
      await log({ ...issued, version: issued.version + 1 });
      await eventually(async () => expect(await lag()).toBeGreaterThan(0));
    });
    await eventually(async () => expect(await lag()).toBe(0));
  });
});
