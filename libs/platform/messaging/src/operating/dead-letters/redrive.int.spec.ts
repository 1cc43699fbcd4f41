import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@mcr/database';
import type { Database } from '@mcr/database';
import { eventually } from '@mcr/testing';
import { silence } from '../../../testing/carriers/by-hand.ts';
import { RunningConsumer } from '../../../testing/processes/running-consumer.ts';
import { CounterAdvanced, counters } from '../../../testing/trial/contract.ts';
import type { Behaviour } from '../../../testing/trial/contract.ts';
import { PreparedTrial } from '../../../testing/trial/trial.ts';
import type { Trial } from '../../../testing/trial/trial.ts';
import { LocalCarrier } from '../../carrier/local-carrier.ts';
import type { ConsumerKind } from '../../reactions/consumer.ts';
import { UnitOfWork } from '../../unit-of-work.ts';
import type { Operating } from '../operating.ts';

const consumer = 'reader.operated';
const ada = { who: 'ada@ministry.example', reason: 'The reaction is mended.' };
const bo = { who: 'bo@ministry.example', reason: 'I have looked at it too.' };
const nobody = '00000000-0000-4000-8000-000000000000';
const lamp = { consumer, topic: counters.name, key: 'lamp' };

describe.each<ConsumerKind>(['projection', 'process', 'delivery'])('what is set aside of a %s', (kind) => {
  let prepared: PreparedTrial;
  let trial: Trial;
  let writing: Database;
  let running: RunningConsumer;
  let versions: Map<string, number>;

  beforeAll(async () => void (prepared = await PreparedTrial.open()));
  afterAll(() => prepared?.close());
  beforeEach(async () => {
    trial = await prepared.copy();
    versions = new Map();
    writing = await openDatabase({ service: 'trial', schema: 'trial', url: trial.urls.trial, poolSize: 1 });
    running = await RunningConsumer.start({ urls: trial.urls, consumer, kind, follows: 'counters' }, { carrier: new LocalCarrier(silence), log: silence });
  });
  afterEach(async () => {
    await running.stop();
    await writing.close();
    await trial.close();
  });

  const operating = (): Operating => running.messaging.operating;
  const advance = (counter: string, ...behaviours: Behaviour[]): Promise<void> =>
    new UnitOfWork(writing).run(async (tx) => {
      for (const behaviour of behaviours) {
        const number = (versions.get(counter) ?? 0) + 1;
        versions.set(counter, number);
        tx.append(CounterAdvanced, { counter, number, behaviour }, { version: number, partition: 0 });
      }
    });
  /** The events, and then what became of them. */
  const comesToRest = async (counter: string, ...behaviours: Behaviour[]): Promise<void> => {
    await advance(counter, ...behaviours);
    await trial.comesToTheEnd(consumer);
  };
  const letter = async (): Promise<string> => (await operating().deadLetters({ limit: 10 })).letters[0]!.id;
  const mend = (): Promise<unknown> => trial.rows(`insert into reader.mended values ('lamp')`);
  const done = async (): Promise<string[]> => (await trial.effects(consumer)).map(({ key, version }) => `${key}@${version}`);
  const actions = async (): Promise<string[]> => (await operating().actions(50)).map(({ action, who }) => `${action} by ${who}`);

  it('is listed, and shown, without what the event says', async () => {
    await comesToRest('lamp', 'notes', 'waits-for-mending', 'notes', 'notes');
    const page = await operating().deadLetters({ limit: 10 });
    expect(page).toMatchObject({ total: 1, waiting: [], letters: [{ ...lamp, pos: 2, reason: 'SCHEMA_INVALID', parked: 2, discardAskedBy: [] }] });
    expect(Object.keys(page.letters[0]!)).not.toEqual(expect.arrayContaining(['event']));
    expect(await operating().deadLetter(page.letters[0]!.id)).toMatchObject({
      ...page.letters[0],
      detail: 'Poison: This reaction is not mended yet.',
      event: { type: CounterAdvanced.type, data: { number: 2, counter: '[text of 4 characters]' } },
    });
  });

  it('is applied with all that waits behind it, in order, when the reaction is mended, and the key flows again', async () => {
    await comesToRest('lamp', 'notes', 'waits-for-mending', 'notes', 'notes');
    await comesToRest('door', 'notes');
    await mend();
    expect(await operating().redriveLetter(await letter(), ada)).toEqual({ ...lamp, applied: 3, remaining: 0 });
    await comesToRest('lamp', 'notes');
    expect(await done()).toEqual(['lamp@1', 'door@1', 'lamp@2', 'lamp@3', 'lamp@4', 'lamp@5']);
    expect([await trial.deadLetters(consumer), await trial.parked(consumer)]).toEqual([[], []]);
    expect(await trial.rows('select who, action, reason, key, pos::int, outcome from reader.operator_action')).toEqual([
      { ...ada, action: 'REDRIVE', key: 'lamp', pos: 2, outcome: { applied: 3, remaining: 0 } },
    ]);
    expect(await trial.log('reader')).toHaveLength(kind === 'process' ? 6 : 0);
  });

  it('stays when it fails again, and so does what waits behind it', async () => {
    await comesToRest('lamp', 'waits-for-mending', 'notes');
    expect(await operating().redriveLetter(await letter(), ada)).toMatchObject({ applied: 0, remaining: 2, failed: { pos: 1, reason: 'SCHEMA_INVALID' } });
    expect([await trial.deadLetters(consumer), await trial.parked(consumer)]).toMatchObject([[{ pos: 1 }], [{ pos: 2 }]]);
    expect(await done()).toEqual([]);
    expect(await trial.log('reader')).toEqual([]);
  });

  it('makes the one that fails behind it the dead letter of the key, and keeps what came before', async () => {
    await comesToRest('lamp', 'waits-for-mending', 'notes', 'is-poison', 'notes');
    await mend();
    expect(await operating().redriveLetter(await letter(), ada)).toMatchObject({ applied: 2, remaining: 2, failed: { pos: 3, reason: 'SIGNATURE_INVALID' } });
    expect([await trial.deadLetters(consumer), await trial.parked(consumer)]).toMatchObject([[{ pos: 3, reason: 'SIGNATURE_INVALID' }], [{ pos: 4 }]]);
    expect(await done()).toEqual(['lamp@1', 'lamp@2']);
  });

  it('is applied in parts when much waits, with events of the key coming meanwhile', async () => {
    await comesToRest('lamp', 'waits-for-mending', ...Array<Behaviour>(600).fill('notes'));
    await mend();
    let part = await operating().redriveLetter(await letter(), ada);
    expect(part.remaining).toBeGreaterThan(0);
    expect((await operating().deadLetters({ limit: 10 })).waiting).toEqual([{ ...lamp, parked: part.remaining }]);
    await comesToRest('lamp', 'notes');
    while (part.remaining > 0) part = await operating().redriveKey(lamp, ada);
    await comesToRest('lamp', 'notes');
    expect(await done()).toEqual(Array.from({ length: 603 }, (_, index) => `lamp@${index + 1}`));
  });

  it('is not applied when somebody changed what was stored, and the attempt is recorded', async () => {
    await comesToRest('lamp', 'waits-for-mending', 'notes');
    await mend();
    const id = await letter();
    await trial.rows(`update reader.parked_event set event = replace(event, '"number":2', '"number":7')`);
    await expect(operating().redriveLetter(id, ada)).rejects.toMatchObject({ code: 'ILLEGAL_STATE', message: expect.stringContaining('0@2') });
    expect(await done()).toEqual([]);
    expect(await actions()).toEqual([`REDRIVE_REFUSED by ${ada.who}`]);
  });

  it('cannot be changed by the service itself', async () => {
    await comesToRest('lamp', 'waits-for-mending', 'notes');
    const reader = await openDatabase({ service: 'reader', schema: 'reader', url: trial.urls.reader, poolSize: 1 });
    for (const table of ['dead_letter', 'parked_event']) await expect(reader.query(`update ${table} set event = ''`)).rejects.toMatchObject({ code: '42501' });
    await reader.close();
  });

  it('is dropped only when two people agree; then what waited behind it is applied', async () => {
    await comesToRest('lamp', 'is-poison', 'notes', 'notes');
    const id = await letter();
    await expect(operating().confirmDiscard(id, bo)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    await operating().askToDiscard(id, ada);
    await expect(operating().confirmDiscard(id, ada)).rejects.toMatchObject({ code: 'APPROVER_IS_REQUESTER' });
    expect((await operating().deadLetters({ limit: 1 })).letters[0]).toMatchObject({ discardAskedBy: [ada.who] });
    expect(await done()).toEqual([]);

    expect(await operating().confirmDiscard(id, bo)).toEqual({ ...lamp, applied: 2, remaining: 0 });
    expect(await done()).toEqual(['lamp@2', 'lamp@3']);
    expect(await actions()).toEqual([`REDRIVE by ${bo.who}`, `DISCARD_CONFIRMED by ${bo.who}`, `DISCARD_ASKED by ${ada.who}`]);
    await expect(operating().confirmDiscard(id, bo)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('must be asked for anew when it was tried again since', async () => {
    await comesToRest('lamp', 'is-poison');
    const id = await letter();
    await operating().askToDiscard(id, ada);
    await operating().redriveLetter(id, ada);
    await expect(operating().confirmDiscard(id, bo)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('is redriven once when two ask at once, while events keep coming', async () => {
    await comesToRest('lamp', 'waits-for-mending', ...Array<Behaviour>(40).fill('notes'));
    await mend();
    const id = await letter();
    const both = await Promise.allSettled([
      operating().redriveLetter(id, ada),
      operating().redriveLetter(id, bo),
      advance('lamp', 'notes'),
      advance('door', 'notes'),
    ]);
    expect(
      both.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value.applied] : [])).reduce((sum, applied) => sum + applied, 0),
    ).toBeGreaterThanOrEqual(41);
    await comesToRest('lamp', 'notes');
    await eventually(async () => expect(await trial.effects(consumer)).toHaveLength(44));
    expect((await done()).filter((one) => one.startsWith('lamp'))).toEqual(Array.from({ length: 43 }, (_, index) => `lamp@${index + 1}`));
  });

  it('is refused for letters, keys and consumers that are not there', async () => {
    for (const refused of [operating().redriveLetter(nobody, ada), operating().deadLetter(nobody), operating().askToDiscard(nobody, ada)])
      await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(operating().redriveKey({ ...lamp, consumer: 'reader.unknown' }, ada)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await operating().redriveKey(lamp, ada)).toEqual({ ...lamp, applied: 0, remaining: 0 });
    expect(await operating().actions(10)).toEqual([]);
  });
});

describe('what operators did', () => {
  it('is not changed afterwards, by nobody', async () => {
    const prepared = await PreparedTrial.open();
    const trial = await prepared.copy();
    await trial.rows(`insert into reader.operator_action (who, action, reason, consumer) values ('ada', 'REDRIVE', 'because', 'reader.x')`);
    for (const change of [
      'update reader.operator_action set who = $1',
      'delete from reader.operator_action where who <> $1',
      'truncate reader.operator_action cascade',
    ])
      await expect(trial.rows(change, change.includes('$1') ? ['bo'] : [])).rejects.toMatchObject({ code: '42501' });
    await trial.close();
    await prepared.close();
  });
});
