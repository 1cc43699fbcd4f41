import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DeclineAgreement,
  EvaluateAgreement,
  ProposeAgreement,
  PublishAgreement,
  PublishPathway,
  RetirePathway,
  SignAgreement,
  TerminateAgreement,
} from '@mcr/contracts';
import { type CallerInput, type OperationDefinition, newCtid } from '@mcr/event-kit';
import { type TestRegistry, aPathway, aPublishedMicroCredential, anAgreement, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import fc from 'fast-check';
import type { GraphFact } from '../domain/facts/graph-fact.ts';
import { pathways } from '../pathways.service.ts';
import { readWholeGraph } from '../storage/read-graph.ts';
import { AgreementSweep } from '../sweep/agreement-sweep.ts';
import { logInstitution, logMicroCredential, otherServices } from '../testing/other-services.ts';
import { GraphFollower } from './graph-follower.ts';

const clock = { now: () => new Date('2026-06-01T20:00:00Z') };
const [bcit, ubc] = [anInstitutionSnapshot({ code: 'BCIT' }), anInstitutionSnapshot({ code: 'UBC' })];
const items = Array.from({ length: 4 }, () => aPublishedMicroCredential({ ownedBy: bcit.ctid }));
let registry: TestRegistry;

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways], { clock });
  for (const institution of [bcit, ubc]) await logInstitution(registry, institution);
  for (const item of items) await logMicroCredential(registry, item);
});
afterAll(() => registry.close());

const call = <D extends OperationDefinition>(definition: D, input: CallerInput<D>, as = principals.registrar) => registry.call(definition, input, as);
const [sender, receiver] = [principals.institution('BCIT'), principals.institution('UBC')];
const reason = 'The course is given no more.';
const names = ['signed', 'declined', 'terminated', 'listed', 'published', 'advanced', 'retired'] as const;
type Ctids = Record<(typeof names)[number], string>;

/** What happens to each one, in its own order. */
function livesOf(ctids: Ctids): (() => Promise<unknown>)[][] {
  const of = (name: keyof Ctids, item: number) => anAgreement({ ctid: ctids[name], from: [{ microCredential: items[item]!.ctid }] });
  const toReceiver = (name: keyof Ctids) => ({ institution: 'UBC', ctid: ctids[name] });
  const evaluated = (name: keyof Ctids, item: number) => [
    () => call(ProposeAgreement, of(name, item), sender),
    () => call(EvaluateAgreement, toReceiver(name), receiver),
  ];
  const agreed = (name: keyof Ctids, item: number) => [...evaluated(name, item), () => call(SignAgreement, toReceiver(name), receiver)];
  const sweep = () => registry.get<AgreementSweep>(AgreementSweep).sweep();
  const pathway = (name: keyof Ctids) => aPathway({ ctid: ctids[name] });
  return [
    agreed('signed', 0),
    [...evaluated('declined', 1), () => call(DeclineAgreement, { ...toReceiver('declined'), reason }, receiver)],
    [...agreed('terminated', 2), () => call(TerminateAgreement, { ctid: ctids.terminated, endDate: '2026-08-31', reason })],
    [() => call(PublishAgreement, { ...of('listed', 3), priority: 3 })],
    [() => call(PublishPathway, pathway('published')), () => call(PublishPathway, { ...pathway('published'), version: 2 })],
    ['2026-01-01', '2028-01-01', '2027-01-01', '2029-01-01'].map(
      (startDate, at) => () => call(PublishPathway, { ...pathway('advanced'), version: at + 1, startDate }),
    ),
    [() => call(PublishPathway, pathway('retired')), () => call(RetirePathway, { ctid: ctids.retired })],
    [sweep, sweep],
  ];
}

const keyOf = ({ kind, id }: GraphFact) => `${kind} ${id}`;
type Facts = Map<string, GraphFact['fact']>;

/** What is told, by the names of the lives instead of their CTIDs. */
function named(facts: Facts, ctids: Ctids): string {
  const text = JSON.stringify([...facts].map((fact) => JSON.stringify(fact)));
  return JSON.stringify((JSON.parse(names.reduce((all, name) => all.replaceAll(ctids[name], name), text)) as string[]).sort());
}

async function graphAfter(order: readonly number[]): Promise<string> {
  const database = registry.database('pathways');
  for (const table of ['agreement_from', 'agreement', 'pathway']) await database.query(`delete from ${table}`);
  await database.query(`delete from graph_change where kind in ('AGREEMENT', 'PATHWAY')`);
  const ctids = Object.fromEntries(names.map((name) => [name, newCtid()])) as Ctids;
  const followed: Facts = new Map();
  const follower = new GraphFollower(database, {
    forget: () => followed.clear(),
    tell: (facts) => facts.forEach((one) => (one.fact ? followed.set(keyOf(one), one.fact) : followed.delete(keyOf(one)))),
  });
  const left = livesOf(ctids);
  for (const turn of order) {
    await left[turn]!.shift()!();
    await follower.catchUp();
  }
  const whole: Facts = new Map();
  await readWholeGraph(database, (facts) => [...facts].forEach((one) => whole.set(keyOf(one), one.fact)));
  expect(named(followed, ctids)).toEqual(named(whole, ctids));
  return named(whole, ctids);
}

const turns = livesOf({} as Ctids).flatMap((life, at) => life.map(() => at));

describe('What the engine is told', () => {
  it('is the same after the same lives in any order between them, for who follows and for who just began', async () => {
    const expected = await graphAfter(turns);
    expect(names.filter((name) => expected.includes(` ${name}`))).toEqual(['signed', 'terminated', 'listed', 'published', 'advanced']);
    expect([...expected.matchAll(/version[^0-9]{1,10}(\d)/g)].map(([, version]) => version).sort()).toEqual(['1', '2', '3', '4']);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(turns, { minLength: turns.length }), async (order) => {
        expect(await graphAfter(order)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});
