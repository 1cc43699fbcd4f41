import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MicroCredentialPublished, PublishAgreement, PublishPathway } from '@mcr/contracts';
import { envelop } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import {
  type TestRegistry,
  aPathway,
  aPublishedMicroCredential,
  anAgreement,
  anInstitutionSnapshot,
  eventually,
  principals,
  startServices,
} from '@mcr/testing';
import { PathwaysFacts } from '../consumers/pathways-facts.ts';
import type { GraphFact } from '../domain/facts/graph-fact.ts';
import { pathways } from '../pathways.service.ts';
import { logInstitution, logMicroCredential, otherServices } from '../testing/other-services.ts';
import { GraphFollower } from './graph-follower.ts';

const [bcit, ubc] = [anInstitutionSnapshot({ code: 'BCIT' }), anInstitutionSnapshot({ code: 'UBC' })];
const known = aPublishedMicroCredential({ ownedBy: bcit.ctid });
let registry: TestRegistry;

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways]);
  for (const institution of [bcit, ubc]) await logInstitution(registry, institution);
  await logMicroCredential(registry, known);
});
afterAll(() => registry.close());

/** Somebody who follows, and remembers what it was told. */
class Listening {
  facts = new Map<string, GraphFact['fact']>();
  wholes = 0;
  readonly follower = new GraphFollower(registry.database('pathways'), {
    forget: () => {
      this.facts = new Map();
      this.wholes += 1;
    },
    tell: (facts) => facts.forEach(({ kind, id, fact }) => (fact ? this.facts.set(`${kind} ${id}`, fact) : this.facts.delete(`${kind} ${id}`))),
  });
}

const sorted = ({ facts }: Listening) => [...facts].sort(([one], [other]) => (one < other ? -1 : 1));
let priority = 0;
const agree = (course: string) =>
  registry.call(
    PublishAgreement,
    anAgreement({ from: [{ microCredential: known.ctid }], grants: [{ course, subject: 'LAW', credits: 3 }], priority: (priority += 1) }),
    principals.registrar,
  );

describe('Whoever follows the facts', () => {
  it('has after each catching up what somebody has who just began, in every instance', async () => {
    const instances = [new Listening(), new Listening()];
    for (const course of ['LAW 1', 'LAW 2', 'LAW 3']) {
      await Promise.all([agree(course), registry.call(PublishPathway, aPathway(), principals.registrar)]);
      const began = new Listening();
      const numbers = await Promise.all([...instances, began].map(({ follower }) => follower.catchUp()));
      expect(new Set(numbers).size).toBe(1);
      for (const instance of instances) expect(sorted(instance)).toEqual(sorted(began));
    }
    expect(instances.map(({ wholes }) => wholes)).toEqual([1, 1]);
  });

  it('is never behind what was committed before it asked, however many change and ask at once', async () => {
    const listening = new Listening();
    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { ctid } = await agree(`RACE ${index}`);
        await listening.follower.catchUp();
        expect(listening.facts.has(`AGREEMENT ${ctid}`)).toBe(true);
      }),
    );
  });

  it('reads many changes page by page', async () => {
    const listening = new Listening();
    await listening.follower.catchUp();
    const { unitOfWork } = registry.parts('pathways');
    const reactions = new PathwaysFacts();
    await unitOfWork.run(async (tx) => {
      for (let number = 0; number < 2_100; number += 1) {
        const event = envelop(MicroCredentialPublished, aPublishedMicroCredential({ ownedBy: bcit.ctid }), { service: 'test', version: 1, now: new Date(0) });
        await reactions.keepMicroCredentialWhenPublished(event, { tx });
      }
    });
    await listening.follower.catchUp();
    const began = new Listening();
    await began.follower.catchUp();
    expect(sorted(listening)).toEqual(sorted(began));
    expect([listening.wholes, began.facts.size]).toEqual([1, listening.facts.size]);
  });

  it('gives others in the process their turn while it is told many, whether it begins or follows', async () => {
    let turns = 0;
    const turnsBefore: number[] = [];
    const slow = new GraphFollower(registry.database('pathways'), {
      forget: () => undefined,
      tell: () => {
        turnsBefore.push(turns);
        for (const until = performance.now() + 6; performance.now() < until;);
      },
    });
    const turning = setInterval(() => (turns += 1), 0);
    await slow.catchUp();
    const whole = turnsBefore.splice(0);
    await registry.database('pathways').query(`update graph_change set change = change + (select change from graph_head) where kind = 'MICRO_CREDENTIAL'`);
    await registry.database('pathways').query('update graph_head set change = (select max(change) from graph_change)');
    await slow.catchUp();
    clearInterval(turning);
    for (const told of [whole, turnsBefore]) {
      expect(told.length).toBeGreaterThan(100);
      // No two pieces of six milliseconds without a turn of others between them.
      expect(new Set(told).size).toBeGreaterThan(told.length * 0.9);
    }
  });

  it('comes to the same facts from micro-credentials in any order that keeps each one’s, and again', async () => {
    const { unitOfWork, database } = registry.parts('pathways');
    const reactions = new PathwaysFacts();
    const [one, other] = [aPublishedMicroCredential({ ownedBy: bcit.ctid }), aPublishedMicroCredential({ ownedBy: ubc.ctid })];
    const eventOf = (published: typeof one, version: number) =>
      envelop(MicroCredentialPublished, { ...published, version, totalHours: 10 * version }, { service: 'test', version, now: new Date(0) });
    const events = [eventOf(one, 1), eventOf(one, 2), eventOf(other, 1), eventOf(other, 2)];
    const listening = new Listening();
    const outcomes: unknown[] = [];
    for (const order of [
      [0, 1, 2, 3],
      [2, 0, 3, 1],
      [2, 3, 0, 1],
      [0, 2, 1, 3, 0, 1, 2, 3],
    ]) {
      await database.query('delete from micro_credential where id = any($1::text[])', [[one.ctid, other.ctid]]);
      for (const index of order) {
        await unitOfWork.run((tx) => reactions.keepMicroCredentialWhenPublished(events[index]!, { tx }));
        await listening.follower.catchUp();
      }
      outcomes.push([one, other].map(({ ctid }) => listening.facts.get(`MICRO_CREDENTIAL ${ctid}`)));
    }
    expect(outcomes[0]).toMatchObject([{ minutes: 1200 }, { minutes: 1200 }]);
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  });

  it('reads everything again after the projection was built anew, and follows from there', async () => {
    const listening = new Listening();
    await listening.follower.catchUp();
    const order = { consumer: 'pathways.facts', reason: 'Rows that no event gave are there.', purpose: 'swap' };
    const rebuild = () => registry.get(Operations).answer('pathways.rebuild', order, principals.admin) as Promise<{ state: string }>;
    while ((await rebuild()).state === 'BUILDING');
    const late = aPublishedMicroCredential({ ownedBy: bcit.ctid });
    await logMicroCredential(registry, late);
    await eventually(async () => {
      await listening.follower.catchUp();
      const taught = [...listening.facts.keys()].filter((key) => key.startsWith('MICRO_CREDENTIAL'));
      expect(taught.sort()).toEqual([`MICRO_CREDENTIAL ${known.ctid}`, `MICRO_CREDENTIAL ${late.ctid}`].sort());
    });
    const began = new Listening();
    await began.follower.catchUp();
    expect([sorted(listening), listening.wholes]).toEqual([sorted(began), 2]);
  });
});
