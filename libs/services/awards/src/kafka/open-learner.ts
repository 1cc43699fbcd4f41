import { SUBMIT_AWARD } from '@mcr/contracts';
import { recordFault } from '../domain/record/record-fault.ts';
import type { NamedRecord } from '../domain/record/kafka-event.ts';
import { CannotDecrypt, type LearnerKeys } from './learner-keys.ts';

/**
 * The record with its learner decrypted, as HTTP brings it. A learner in clear is refused and let go: what is on a topic,
 * everybody with its backup has.
 */
export async function openLearner(record: NamedRecord, keys: LearnerKeys): Promise<NamedRecord> {
  const { type, data, faults = [] } = record;
  if (faults.length > 0 || type !== SUBMIT_AWARD || !isObject(data) || data['learner'] === undefined) return record;
  const { learner, ...rest } = data;
  if (typeof learner !== 'string') return { ...record, data: rest, faults: [recordFault('LEARNER_NOT_ENCRYPTED', '/learner')] };
  try {
    return { ...record, data: { ...rest, learner: await keys.open(learner) } };
  } catch (error) {
    if (!(error instanceof CannotDecrypt)) throw error;
    return { ...record, data: rest, faults: [recordFault('CANNOT_DECRYPT', '/learner')] };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
