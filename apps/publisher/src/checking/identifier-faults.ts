import { isEmailAddress, isPersonalEducationNumber } from '@mcr/contracts';
import { pointerTo, type Fault } from '@mcr/event-kit';
import type { FileRecord } from '../reading/file-record.ts';

interface Check {
  readonly accepts: (value: string) => boolean;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const checks = new Map<string, Check>(
  Object.entries({
    PEN: {
      accepts: isPersonalEducationNumber,
      code: 'PEN_INVALID',
      message: 'This is not a Personal Education Number.',
      hint: 'A PEN has nine digits, of which the last one checks the others.',
    },
    EMAIL: { accepts: isEmailAddress, code: 'EMAIL_INVALID', message: 'This is not an e-mail address.', hint: 'Use the form name@example.ca.' },
    DID: {
      // DID Core 3.1: did:method:id.
      accepts: (value) => /^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$/.test(value),
      code: 'DID_INVALID',
      message: 'This is not a decentralized identifier.',
      hint: 'Use the form did:method:identifier.',
    },
    STUDENT_NUMBER: {
      accepts: (value) => value.trim() !== '',
      code: 'STUDENT_NUMBER_INVALID',
      message: 'This is not a student number.',
      hint: 'It has at least one visible character.',
    },
  }),
);

interface Identifier {
  readonly type: string;
  readonly value: string;
}

const isIdentifier = (value: unknown): value is Identifier => {
  const { type, value: text } = (value ?? {}) as Partial<Record<keyof Identifier, unknown>>;
  return typeof type === 'string' && typeof text === 'string';
};

/** What is wrong with the learner's identifiers. Never repeats one. */
export function identifierFaults({ learner }: FileRecord['data']): Fault[] {
  const given: unknown = (learner as { identifiers?: unknown } | null | undefined)?.identifiers;
  if (!Array.isArray(given)) return [];
  if (given.length === 0) {
    return [
      {
        pointer: '/learner/identifiers',
        code: 'LEARNER_UNIDENTIFIED',
        message: 'Nothing identifies the learner.',
        hint: 'Give at least one of PEN, STUDENT_NUMBER, EMAIL, DID.',
      },
    ];
  }
  const identifiers: readonly unknown[] = given;
  const faults = identifiers.flatMap((identifier, index): Fault[] => {
    if (!isIdentifier(identifier)) return [];
    const check = checks.get(identifier.type);
    if (!check || check.accepts(identifier.value)) return [];
    const { code, message, hint } = check;
    return [{ pointer: pointerTo('learner', 'identifiers', index, 'value'), code, message, hint }];
  });
  const pens = new Set(identifiers.filter(isIdentifier).flatMap(({ type, value }) => (type === 'PEN' ? [value] : [])));
  const conflict = {
    pointer: '/learner/identifiers',
    code: 'CONFLICTING_IDENTIFIERS',
    message: 'The record names two different PENs.',
    hint: 'A learner has one PEN.',
  };
  return pens.size > 1 ? [...faults, conflict] : faults;
}
