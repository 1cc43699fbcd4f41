import type { Fault } from '@mcr/event-kit';

/** One record of a file, as it stands there. */
export interface FileRecord {
  /** As a spreadsheet or an editor counts it: from 1, the header included. */
  readonly row: number;
  /** What is to happen: `submit` unless the record says otherwise. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Why the record itself cannot be read; such a record is never sent. */
  readonly unreadable?: Fault;
  /** The column, or in JSON lines the property, that a pointer into the data means. */
  readonly columnOf: (pointer: string) => string;
}
