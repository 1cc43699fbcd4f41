import { REVOKE_AWARD, SUBMIT_AWARD } from '@mcr/contracts';
import { institutionSource } from '@mcr/event-kit';

/** A record as it is sent: always with the same id and the same bytes, however often. */
export interface SentEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly sourceAwardId: string; readonly revision: number };
}

/** What an institution tells of one award, in the order in which it sends it. */
export interface Life {
  readonly institution: string;
  readonly sourceAwardId: string;
  readonly sends: readonly SentEvent[];
  readonly ends: 'ACTIVE' | 'REVOKED';
}

/** The shapes of lives, and how many of a hundred awards have each. */
const shapes: readonly (readonly [share: number, revisions: readonly (1 | 2)[]])[] = [
  [55, [1]],
  [25, [1, 2]],
  // The revocation overtakes: it waits for the record before it.
  [8, [2, 1]],
  // Sent again although it was answered.
  [7, [1, 1]],
  [5, [1, 2, 1, 2]],
];

function revisionsOf(random: () => number): readonly (1 | 2)[] {
  let left = random() * 100;
  for (const [share, revisions] of shapes) if ((left -= share) < 0) return revisions;
  return [1];
}

export interface Issuer {
  readonly institution: string;
  readonly microCredential: string;
}

/** The number `index` of a run's awards. Only data that follows from the seed, so that a run can be repeated. */
export function lifeOf(run: string, index: number, { institution, microCredential }: Issuer, random: () => number): Life {
  const sourceAwardId = `${institution}-${run}-${index}`;
  const envelope = { specversion: '1.0', source: institutionSource(institution), subject: sourceAwardId, datacontenttype: 'application/json' };
  const submit = {
    sourceAwardId,
    revision: 1,
    microCredentialCtid: microCredential,
    awardedDate: '2026-10-01',
    learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: `${run}-${Math.floor(index / 3)}` }] },
    method: 'INSTRUCTION',
  };
  const events = {
    1: { ...envelope, id: `${sourceAwardId}-1`, type: SUBMIT_AWARD, data: submit },
    2: { ...envelope, id: `${sourceAwardId}-2`, type: REVOKE_AWARD, data: { sourceAwardId, revision: 2, reasonCode: 'ISSUED_IN_ERROR' } },
  };
  const revisions = revisionsOf(random);
  return { institution, sourceAwardId, sends: revisions.map((revision) => events[revision]), ends: revisions.includes(2) ? 'REVOKED' : 'ACTIVE' };
}
