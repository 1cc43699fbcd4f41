import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Secrets } from '@mcr/runtime';
import canonicalize from 'canonicalize';
import { normalised, type Identifier } from '../domain/learner/identifier.ts';
import type { InboundRecord } from '../domain/record/read-record.ts';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

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
    private readonly sealKey: KeyObject,
  ) {}

  static async from(secrets: Secrets): Promise<IntakeKeys> {
    const key = async (name: string) => createSecretKey(await secrets.bytes(name));
    return new IntakeKeys(await key('submission-content'), await key('learner-hmac'), await key('submission-seal'));
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

  /** Encrypts a record for the time that it waits; only under its own submission id can it be opened again. */
  seal(submissionId: string, record: InboundRecord): Buffer {
    return this.sealBytes(submissionId, Buffer.from(JSON.stringify(record), 'utf8'));
  }

  /** @throws when the key is another one, or a single bit was changed. */
  unseal(submissionId: string, sealed: Buffer): InboundRecord {
    return JSON.parse(this.unsealBytes(submissionId, sealed).toString('utf8')) as InboundRecord;
  }

  /** Encrypts what has to be kept; it can be opened only under the same name. */
  sealBytes(name: string, bytes: Buffer): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.sealKey, iv).setAAD(Buffer.from(name));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws when the key or the name is another one, or a single bit was changed. */
  unsealBytes(name: string, sealed: Buffer): Buffer {
    const decipher = createDecipheriv(CIPHER, this.sealKey, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name));
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  }
}
