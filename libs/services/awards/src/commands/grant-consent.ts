import { randomUUID } from 'node:crypto';
import { ConsentGranted, type GrantConsent } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import { type Fault, type InputOf, type OutputOf, Refusal, pointerTo, refusalFor } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { type Audience, type Consent, MOST_CONSENTS, expiryFaults, shownToLearner, snapshotOf } from '../domain/consent/consent.ts';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { awardsAmong } from '../storage/award-store.ts';
import { countHolding, insertConsent } from '../storage/consent-store.ts';
import { readFacts } from '../storage/fact-store.ts';

type Input = InputOf<typeof GrantConsent>;

/** A learner lets advisors ask about awards. */
export function grantConsent(input: Input, { principal, now, unitOfWork, resolve }: OperationContext): Promise<OutputOf<typeof GrantConsent>> {
  return unitOfWork.run(async (tx) => {
    const learnerRef = await resolve(SignedInLearner).of(principal, tx);
    const expiresAt = new Date(input.expiresAt);
    const { audience, faults } = await audienceOf(tx, input);
    const all = [...(await faultsOfAwards(tx, learnerRef, input)), ...faults, ...expiryFaults('consent', expiresAt, now)];
    if (all.length > 0 || !audience) throw refusalFor(all);
    if ((await countHolding(tx, learnerRef, now)) >= MOST_CONSENTS)
      throw new Refusal('TOO_MANY_CONSENTS', `At most ${MOST_CONSENTS} consents hold at once: withdraw one that is not needed.`);
    const { awards, purpose } = input;
    const consent: Consent = {
      consentId: randomUUID(),
      learnerRef,
      awards: awards && [...new Set(awards)],
      audience,
      purpose,
      grantedAt: now,
      expiresAt,
      status: 'GRANTED',
    };
    await insertConsent(tx, consent);
    tx.append(ConsentGranted, snapshotOf(consent), { version: 1, now });
    return shownToLearner(consent, now);
  });
}

/** An award of somebody else is answered like one that does not exist. */
async function faultsOfAwards(tx: Transaction, learnerRef: string, { awards = [] }: Input): Promise<Fault[]> {
  const own = await awardsAmong(tx, learnerRef, awards);
  return awards.flatMap((award, at) =>
    own.has(award)
      ? []
      : [{ pointer: pointerTo('awards', at), code: 'AWARD_NOT_FOUND', message: 'You hold no award of this id.', hint: 'myAwards lists yours.' }],
  );
}

async function audienceOf(tx: Transaction, { audience: { advisor, institution } }: Input): Promise<{ audience?: Audience; faults: Fault[] }> {
  if (advisor !== undefined) return { audience: { kind: 'ADVISOR', advisor }, faults: [] };
  const known = (await readFacts(tx, [institution!], [])).institution(institution!);
  if (known?.status === 'ACTIVE') return { audience: { kind: 'ADVISORS_OF_INSTITUTION', institutionCtid: known.ctid }, faults: [] };
  return { faults: [{ pointer: '/audience/institution', code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this code takes part now.' }] };
}
