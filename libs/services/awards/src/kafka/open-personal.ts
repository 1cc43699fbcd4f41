import { PERSONAL_MEMBERS, SUBMIT_AWARD, type PersonalMember } from '@mcr/contracts';
import type { Fault } from '@mcr/event-kit';
import { recordFault } from '../domain/record/record-fault.ts';
import type { NamedRecord } from '../domain/record/kafka-event.ts';
import { CannotDecrypt, type LearnerKeys } from './learner-keys.ts';

/**
 * The record with everything personal decrypted, as HTTP brings it. What is personal and in clear is refused and let go: what is on a topic,
 * everybody with its backup has.
 */
export async function openPersonal(record: NamedRecord, keys: LearnerKeys): Promise<NamedRecord> {
  const { type, data, faults = [] } = record;
  if (faults.length > 0 || type !== SUBMIT_AWARD || !isObject(data)) return record;
  const opened: Record<string, unknown> = { ...data };
  const found: Fault[] = [];
  for (const member of PERSONAL_MEMBERS) {
    if (data[member] === undefined) continue;
    const read = await openMember(member, data[member], keys);
    if ('fault' in read) found.push(read.fault);
    else opened[member] = read.value;
  }
  if (found.length === 0) return { ...record, data: opened };
  return { ...record, data: Object.fromEntries(Object.entries(data).filter(([name]) => !isPersonal(name))), faults: found };
}

/** The text of a JWT is no ciphertext: a compact JWE has five parts. */
const isInClear = (member: PersonalMember, value: unknown): boolean => typeof value !== 'string' || (member !== 'learner' && value.split('.', 6).length !== 5);

async function openMember(member: PersonalMember, value: unknown, keys: LearnerKeys): Promise<{ readonly value: unknown } | { readonly fault: Fault }> {
  if (isInClear(member, value)) return { fault: recordFault(member === 'learner' ? 'LEARNER_NOT_ENCRYPTED' : 'NOT_ENCRYPTED', `/${member}`) };
  try {
    return { value: await keys.open(value as string) };
  } catch (error) {
    if (!(error instanceof CannotDecrypt)) throw error;
    return { fault: recordFault('CANNOT_DECRYPT', `/${member}`) };
  }
}

const isPersonal = (name: string): boolean => (PERSONAL_MEMBERS as readonly string[]).includes(name);
const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
