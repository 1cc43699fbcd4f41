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
  const [x, y] = [a.agreement, b.agreement];
  return (
    y.priority - x.priority ||
    b.size - a.size ||
    rankOfKind[x.kind] - rankOfKind[y.kind] ||
    y.recordedOn - x.recordedOn ||
    (x.id < y.id ? -1 : x.id > y.id ? 1 : 0)
  );
}

/** By which key `a` and `b` were put in order. */
export function decidingKey(a: Ordered, b: Ordered): DecidingKey {
  const [x, y] = [a.agreement, b.agreement];
  if (x.priority !== y.priority) return 'PRIORITY';
  if (a.size !== b.size) return 'MORE_ITEMS';
  if (rankOfKind[x.kind] !== rankOfKind[y.kind]) return 'KIND';
  return x.recordedOn !== y.recordedOn ? 'RECORDED_LATER' : 'ID';
}
