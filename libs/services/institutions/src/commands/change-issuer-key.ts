import {
  type ActivateIssuerKey,
  IssuerKeyActivated,
  IssuerKeyCompromised,
  IssuerKeyRetired,
  type ReportIssuerKeyCompromised,
  type RetireIssuerKey,
} from '@mcr/contracts';
import { possesses } from '@mcr/credentials';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Institution } from '../domain/institution.ts';
import { type IssuerKey, type KnownKey, activate, compromise, keySnapshot, retire, takenKey } from '../domain/issuer-key.ts';
import { updateInstitution } from '../storage/institutions.ts';
import { findKey, updateKey } from '../storage/issuer-keys.ts';
import { keyAnswer, lockOf } from './issuer-key-answer.ts';

type Answer = OutputOf<typeof RetireIssuerKey>;

export const activateIssuerKey = (input: InputOf<typeof ActivateIssuerKey>, context: OperationContext): Promise<Answer> =>
  change(input, context, IssuerKeyActivated, (institution, key) =>
    activate(institution, key, (challenge) => possesses(key.publicKeyMultibase, challenge, input.signature), context.now),
  );

export const retireIssuerKey = (input: InputOf<typeof RetireIssuerKey>, context: OperationContext): Promise<Answer> =>
  change(input, context, IssuerKeyRetired, (_, key) => retire(key, context.now));

export const reportIssuerKeyCompromised = (input: InputOf<typeof ReportIssuerKeyCompromised>, context: OperationContext): Promise<Answer> =>
  change(input, context, IssuerKeyCompromised, (_, key) =>
    compromise(key, input.compromisedAt === undefined ? context.now : new Date(input.compromisedAt), context.now),
  );

/** Load, decide, save and append: the same for every step of a key's life. A key changes under its institution's lock and counts its version. */
function change(
  { institution: code, publicKeyMultibase }: InputOf<typeof RetireIssuerKey>,
  { principal, now, unitOfWork }: OperationContext,
  event: typeof IssuerKeyActivated,
  decide: (institution: Institution, key: IssuerKey) => KnownKey,
): Promise<Answer> {
  const by = { changedBy: principal.subject, changedAt: now };
  return unitOfWork.run(async (tx) => {
    const institution = await lockOf(tx, code);
    const key = await findKey(tx, institution.ctid, publicKeyMultibase);
    if (!key) throw new Refusal('ISSUER_KEY_NOT_FOUND', `${code} has no such key. Propose it first.`);
    const changed = decide(institution, key);
    if (!(await updateKey(tx, changed, by))) throw takenKey();
    const next = { ...institution, version: institution.version + 1 };
    await updateInstitution(tx, next, by);
    tx.append(event, keySnapshot(changed, institution), { version: next.version, now });
    return keyAnswer(changed, institution);
  });
}
