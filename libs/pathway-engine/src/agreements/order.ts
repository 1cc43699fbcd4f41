import type { Agreement, AgreementKind } from '../facts/agreement.ts';

/** What decided between two agreements for the same learning. */
export type DecidingKey = 'PRIORITY' | 'MORE_ITEMS' | 'KIND' | 'RECORDED_LATER' | 'ID';

const rankOfKind: Readonly<Record<AgreementKind, number>> = {
  ASSIGNED: 0,
  CLUSTER: 0,
  CONDITIONAL: 0,
  STACK: 0,
  PLAR: 0,
  BLOCK: 1,
  EXEMPTION: 1,
  UNASSIGNED: 2,
  NO_CREDIT: 3,
  INDIVIDUAL_ASSESSMENT: 4,
};

/** An agreement with the number of different units it begins from. */
export interface Ordered {
  readonly agreement: Agreement;
  readonly size: number;
}

/** The published order of agreements for the same learning: negative when `a` goes first. */
export function compareAgreements(a: Ordered, b: Ordered): number {
  return difference(a, b).sign;
}

/** By which key `a` and `b` were put in order. */
export const decidingKey = (a: Ordered, b: Ordered): DecidingKey => difference(a, b).key;

function difference(a: Ordered, b: Ordered): { sign: number; key: DecidingKey } {
  const [x, y] = [a.agreement, b.agreement];
  if (x.priority !== y.priority) return { sign: y.priority - x.priority, key: 'PRIORITY' };
  if (a.size !== b.size) return { sign: b.size - a.size, key: 'MORE_ITEMS' };
  if (rankOfKind[x.kind] !== rankOfKind[y.kind]) return { sign: rankOfKind[x.kind] - rankOfKind[y.kind], key: 'KIND' };
  if (x.recordedOn !== y.recordedOn) return { sign: y.recordedOn - x.recordedOn, key: 'RECORDED_LATER' };
  return { sign: x.id < y.id ? -1 : x.id > y.id ? 1 : 0, key: 'ID' };
}
