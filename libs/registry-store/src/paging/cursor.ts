import { Refusal, isCalendarDate } from '@mcr/event-kit';

type Part = 'text' | 'number' | 'date' | 'uuid' | 'ctid';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const fits: Record<Part, (value: string) => boolean> = {
  text: (value) => value.length <= 2000 && !value.includes('\u0000') && value.isWellFormed(),
  number: (value) => /^-?\d{1,15}(\.\d{1,9})?$/.test(value),
  date: isCalendarDate,
  uuid: (value) => UUID.test(value),
  ctid: (value) => value.startsWith('ce-') && UUID.test(value.slice(3)),
};

/** The cursors of one list in one order: opaque to callers, and refused by every other list. */
export interface CursorKind {
  write(...values: readonly string[]): string;
  /** The values in the order they were written. @throws Refusal INVALID_INPUT for anything this kind never wrote. */
  read(cursor: string): readonly string[];
}

const refuse = (): never => {
  throw new Refusal('INVALID_INPUT', undefined, {
    faults: [
      {
        pointer: '/after',
        code: 'INVALID_VALUE',
        message: 'This cursor was not given by this list in this order.',
        hint: 'Pass an endCursor back unchanged, with the same arguments.',
      },
    ],
  });
};

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** A cursor holds the sort key of the last entry that was seen, so inserted and vanished rows never shift a page. */
export function cursorOf(list: string, ...parts: readonly Part[]): CursorKind {
  return {
    write: (...values) => Buffer.from(JSON.stringify([list, ...values]), 'utf8').toString('base64url'),
    read(cursor) {
      const content = parse(cursor);
      if (!Array.isArray(content) || content.length !== parts.length + 1) return refuse();
      const [name, ...values] = content as unknown[];
      const known = parts.every((part, at) => typeof values[at] === 'string' && fits[part](values[at]));
      return name === list && known ? (values as string[]) : refuse();
    },
  };
}
