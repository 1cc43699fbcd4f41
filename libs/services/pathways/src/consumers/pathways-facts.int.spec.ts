import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InstitutionSuspended, MicroCredentialPublished } from '@mcr/contracts';
import { envelop } from '@mcr/event-kit';
import { type TestRegistry, aPublishedMicroCredential, anInstitutionSnapshot, startServices } from '@mcr/testing';
import { pathways } from '../pathways.service.ts';
import { otherServices } from '../testing/other-services.ts';
import { PathwaysFacts } from './pathways-facts.ts';

let registry: TestRegistry;
beforeAll(async () => void (registry = await startServices([...otherServices, pathways])));
afterAll(() => registry.close());

const facts = new PathwaysFacts();
const at = (version: number) => ({ service: 'test', version, now: new Date('2026-05-05T00:00:00Z') });
const { ctid } = anInstitutionSnapshot();
const institutionAt = (version: number, status: 'ACTIVE' | 'SUSPENDED') => envelop(InstitutionSuspended, anInstitutionSnapshot({ ctid, status }), at(version));
const published = aPublishedMicroCredential({ ownedBy: ctid });
const versionAt = (version: number, isNonCredit: boolean) => envelop(MicroCredentialPublished, { ...published, version, isNonCredit }, at(version));

const events = [institutionAt(2, 'ACTIVE'), institutionAt(5, 'SUSPENDED'), versionAt(1, true), versionAt(2, false)];

const orders = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
  [2, 0, 3, 1],
  [1, 0, 1, 3, 3, 2, 0],
];

describe('What pathways knows of others', () => {
  it.each(orders)('is the newest that each said, in whatever order it arrives and however often', async (...order) => {
    const { unitOfWork, database } = registry.parts('pathways');
    await database.query('delete from institution');
    await database.query('delete from micro_credential');
    for (const index of order) {
      const event = events[index]!;
      await unitOfWork.run((tx) =>
        event.type === MicroCredentialPublished.type
          ? facts.keepMicroCredentialWhenPublished(event as ReturnType<typeof versionAt>, { tx })
          : facts.keepInstitutionWhenItChanged(event as ReturnType<typeof institutionAt>, { tx }),
      );
    }
    expect(await database.query('select id, code, status, aggregate_version from institution')).toEqual([
      { id: ctid, code: 'BCIT', status: 'SUSPENDED', aggregate_version: 5 },
    ]);
    expect(await database.query('select id, is_non_credit, offered_by from micro_credential')).toEqual([
      { id: published.ctid, is_non_credit: false, offered_by: [ctid] },
    ]);
  });
});
