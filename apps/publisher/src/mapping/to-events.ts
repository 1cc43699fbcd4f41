import { inboundEvent, REVOKE_AWARD, SourceAwardId, SUBMIT_AWARD, type InboundEvent } from '@mcr/contracts';
import { isStorableText } from '@mcr/event-kit';
import type { FileRecord } from '../reading/file-record.ts';

const eventTypes = new Map([
  ['submit', SUBMIT_AWARD],
  ['revoke', REVOKE_AWARD],
]);
/** The registry takes a record of at most 1 MiB. */
const MOST_BYTES = 1024 * 1024;

export interface SendableRecord {
  readonly record: FileRecord;
  readonly event: InboundEvent;
  readonly bytes: number;
}

export interface MappedRecords {
  readonly sendable: readonly SendableRecord[];
  /** Records that cannot be put into an event at all: they have no name, no known type, or are too large. */
  readonly heldBack: readonly FileRecord[];
}

const isSendableText = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([name, member]) => name.isWellFormed() && isSendableText(member));
};

type Named = FileRecord['data'] & { readonly sourceAwardId: string };

const isNamed = (data: FileRecord['data']): data is Named => {
  const name = SourceAwardId.safeParse(data['sourceAwardId']);
  return name.success && isStorableText(name.data);
};

/**
 * Makes the event of each record. Its id follows from institution and content, so publishing a file again sends the same events;
 * a record that the file repeats word for word is an event of its own, which the registry calls a duplicate.
 * `salt` makes new events of all of them: the registry then decides anew what it had refused.
 */
export function toEvents(institution: string, records: readonly FileRecord[], salt = ''): MappedRecords {
  const sendable: SendableRecord[] = [];
  const heldBack: FileRecord[] = [];
  const seen = new Map<string, number>();
  for (const record of records) {
    const type = eventTypes.get(record.type);
    const { data } = record;
    if (record.unreadable || !type || !isNamed(data) || !isSendableText(data)) {
      heldBack.push(record);
      continue;
    }
    const first = inboundEvent(institution, type, data, salt);
    const repeats = seen.get(first.id) ?? 0;
    seen.set(first.id, repeats + 1);
    const event = repeats === 0 ? first : inboundEvent(institution, type, data, `${salt}#${repeats}`);
    const bytes = Buffer.byteLength(JSON.stringify(event));
    if (bytes > MOST_BYTES)
      heldBack.push({ ...record, unreadable: { pointer: '', code: 'TOO_LARGE', message: 'The record is larger than 1 MiB.', hint: 'Send less in it.' } });
    else sendable.push({ record, event, bytes });
  }
  return { sendable, heldBack };
}
