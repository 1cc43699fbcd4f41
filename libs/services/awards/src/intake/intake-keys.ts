import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Seal, type Secrets } from '@mcr/runtime';
import canonicalize from 'canonicalize';
import { normalised, type Identifier } from '../domain/learner/identifier.ts';
import type { Particulars } from '../domain/award/particulars.ts';
import type { InboundRecord } from '../domain/record/read-record.ts';

/** One text for the same content, RFC 8785; what that cannot express (half of a surrogate pair) keeps its escapes. */
function canonical(value: unknown): string {
  try {
    return canonicalize(value) ?? '';
  } catch {
    return JSON.stringify(value) ?? '';
  }
}

/** What the intake does with keys that the database never sees: without them its rows say nothing about content or learners. */
export class IntakeKeys {
  private constructor(
    private readonly contentKey: KeyObject,
    private readonly learnerKey: KeyObject,
    /** Opens and closes whatever has to be kept of what institutions sent. */
    readonly bytes: Seal,
    private readonly particulars: Seal,
  ) {}

  static async from(secrets: Secrets): Promise<IntakeKeys> {
    const key = async (name: string) => createSecretKey(await secrets.bytes(name));
    const [submissions, particulars] = [await Seal.from(secrets, 'submission-seal'), await Seal.from(secrets, 'award-particulars')];
    return new IntakeKeys(await key('submission-content'), await key('learner-hmac'), submissions, particulars);
  }

  /** Equal for the same type and the same data, whatever the order of its members. */
  contentHash({ type, data }: InboundRecord): string {
    return createHmac('sha256', this.contentKey)
      .update(`${type}\u0000${canonical(data)}`)
      .digest('hex');
  }

  /** The same for one identifier always. A student number is one only together with its institution. */
  fingerprint(identifier: Identifier, institutionCode: string): string {
    const scope = identifier.type === 'STUDENT_NUMBER' ? institutionCode : '';
    return createHmac('sha256', this.learnerKey)
      .update(`${identifier.type}\u0000${scope}\u0000${normalised(identifier)}`)
      .digest('hex');
  }

  /** The same for one sign-in subject always, and never that of an identifier. */
  subjectFingerprint(subject: string): string {
    return createHmac('sha256', this.learnerKey).update(`SIGN_IN\u0000\u0000${subject}`).digest('hex');
  }

  /** Encrypts a record for the time that it waits; only under its own submission id can it be opened again. */
  seal(submissionId: string, record: InboundRecord): Buffer {
    return this.bytes.close(submissionId, Buffer.from(JSON.stringify(record), 'utf8'));
  }

  /** @throws when the key is another one, or a single bit was changed. */
  unseal(submissionId: string, sealed: Buffer): InboundRecord {
    return JSON.parse(this.bytes.open(submissionId, sealed).toString('utf8')) as InboundRecord;
  }

  /** Encrypts the particulars of an award for as long as they are kept; only under the award's own id can they be opened again. */
  sealParticulars(awardId: string, particulars: Particulars): Buffer {
    return this.particulars.close(awardId, Buffer.from(JSON.stringify(particulars), 'utf8'));
  }

  /** @throws when the key is another one, or a single bit was changed. */
  openParticulars(awardId: string, sealed: Buffer): Particulars {
    return JSON.parse(this.particulars.open(awardId, sealed).toString('utf8')) as Particulars;
  }
}
