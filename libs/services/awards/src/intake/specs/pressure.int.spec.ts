import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { startAwards } from '../../testing/awards-registry.ts';
import type { AwardsRegistry, Institution } from '../../testing/awards-registry.ts';
import { submitted } from '../../testing/records.ts';
import type { IntakeSettings } from '../intake-settings.ts';
import { Intake } from '../intake.ts';

describe('An intake under pressure', () => {
  let registry: AwardsRegistry;
  let bcit: Institution;
  let ctid: string;
  afterEach(() => registry.close());

  async function start(settings: Partial<IntakeSettings>): Promise<Intake> {
    registry = await startAwards(settings);
    bcit = await registry.anInstitution('BCIT');
    ({ ctid } = await registry.aMicroCredentialOf(bcit));
    return registry.get<Intake>(Intake);
  }

  const good = (): ReturnType<typeof submitted> => submitted(bcit, { microCredentialCtid: ctid });
  /** Waits for the revision before it. */
  const undecided = (): ReturnType<typeof submitted> => submitted(bcit, { microCredentialCtid: ctid, revision: 2 });

  it('takes nothing more while too many records wait, says when to come back, and loses none that it has answered', async () => {
    const intake = await start({ mostUndecided: 3, revisionGapMs: 4_000 });
    const waiting = await intake.take(Array.from({ length: 4 }, undecided));
    expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(['PENDING']));
    const refusal = await eventually(async () => {
      const taken = await intake.take([good()]).catch((error: unknown) => error);
      expect(taken).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: expect.any(Number) });
      return taken;
    });
    expect(refusal).toMatchObject({ message: expect.stringContaining('3 records') });

    // Their time runs out, they are decided, and the intake opens again.
    const [late] = await eventually(() => intake.take([good()]), { timeoutMs: 15_000 });
    expect(late).toMatchObject({ state: 'ACCEPTED' });
    const stored = await registry.sql<{ id: string }>("select submission_id as id from submission where state <> 'PENDING'");
    expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining([...waiting, late!].map(({ submissionId }) => submissionId)));
  });

  it('takes nothing more while what reads its log is too far behind', async () => {
    const intake = await start({ mostBehind: 10 });
    await registry.sql("insert into checkpoint (consumer, topic, partition) select 'awards.slow', topic, partition from log_head");
    await intake.take(Array.from({ length: 6 }, good));
    await eventually(() => expect(intake.take([good()])).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' }));
    await registry.sql(
      "update checkpoint c set pos = h.pos from log_head h where c.consumer = 'awards.slow' and (c.topic, c.partition) = (h.topic, h.partition)",
    );
    await eventually(() => expect(intake.take([good()])).resolves.toMatchObject([{ state: 'ACCEPTED' }]));
  });
});
