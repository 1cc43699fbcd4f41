import type { SubmitAward } from '@mcr/contracts';
import { hashedEmail, type HashedEmail } from '@mcr/credentials';
import type { SignedContent } from '../signed/signed-credential.ts';

/** By what the credential of an award names the learner, where that is more than the reference. */
export type Naming = { readonly did: string } | { readonly email: HashedEmail };

/** What is kept of an award beside its row: it is about the person, so it is encrypted, in no event, and shown in the credential alone. */
export interface Particulars {
  readonly result?: SubmitAward['result'];
  readonly assessmentRef?: SubmitAward['assessmentRef'];
  readonly evidence?: SubmitAward['evidence'];
  readonly learner?: Naming;
  /** The credential that the institution signed itself. */
  readonly signed?: OwnCredential;
}

/** A credential of an institution as it is handed out, with what it is found by. */
export type OwnCredential = Pick<SignedContent, 'credentialId' | 'verificationMethod' | 'hash' | 'document'>;

/**
 * The particulars of an award; undefined when there are none. `newSalt` makes one for this award alone. An identifier that may be somebody else's names nobody: the
 * learner of an ambiguous record is named by the reference. Whom the institution's own credential names, that says itself.
 */
export function particularsOf(submit: SubmitAward, isAmbiguous: boolean, newSalt: () => string, content?: SignedContent): Particulars | undefined {
  const { result, assessmentRef, evidence, learner } = submit;
  const particulars = {
    result: some(result),
    assessmentRef: some(assessmentRef),
    evidence: some(evidence),
    learner: content || isAmbiguous ? undefined : namingBy(learner.identifiers, newSalt),
    signed: content && ownCredential(content),
  };
  return Object.values(particulars).some((value) => value !== undefined) ? particulars : undefined;
}

const ownCredential = ({ credentialId, verificationMethod, hash, document }: SignedContent): OwnCredential => ({
  credentialId,
  verificationMethod,
  hash,
  document,
});

const some = <Item>(items: Item[] | undefined): Item[] | undefined => (items?.length ? items : undefined);

/** A hash of an address can be guessed, so it stands only where there is no DID (Open Badges 3.0 §B.8.4). */
function namingBy(identifiers: SubmitAward['learner']['identifiers'], newSalt: () => string): Naming | undefined {
  const valueOf = (wanted: 'DID' | 'EMAIL') => identifiers.find(({ type }) => type === wanted)?.value;
  const [did, address] = [valueOf('DID'), valueOf('EMAIL')];
  if (did !== undefined) return { did };
  return address === undefined ? undefined : { email: hashedEmail(address, newSalt()) };
}
