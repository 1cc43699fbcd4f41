import {
  type PublishAgreement,
  TransferAgreementActivated,
  TransferAgreementAgreed,
  TransferAgreementDeclined,
  TransferAgreementEnded,
  TransferAgreementEvaluationStarted,
  TransferAgreementProposed,
  TransferAgreementTerminated,
} from '@mcr/contracts';
import type { DataOf, OutputOf } from '@mcr/event-kit';
import type { EventfulTransaction } from '@mcr/messaging';
import type { Notice } from '../../domain/agreements/beside-others.ts';
import { type Agreement, statusOn } from '../../domain/agreements/life.ts';
import { snapshotOf } from '../../domain/agreements/snapshot.ts';

/** What every command about an agreement answers. */
export type AgreementAnswer = OutputOf<typeof PublishAgreement>;

export function answer(agreement: Agreement, today: string, notices: readonly Notice[] = []): AgreementAnswer {
  const { ctid, version, kind, startDate, endDate } = agreement;
  return { ctid, version, kind, startDate, ...(endDate !== undefined && { endDate }), status: statusOn(agreement, today), notices: [...notices] };
}

const events = {
  PROPOSED: TransferAgreementProposed,
  UNDER_EVALUATION: TransferAgreementEvaluationStarted,
  DECLINED: TransferAgreementDeclined,
  AGREED: TransferAgreementAgreed,
  ACTIVE: TransferAgreementActivated,
  ENDED: TransferAgreementEnded,
  TERMINATED: TransferAgreementTerminated,
} as const satisfies Record<Agreement['status'], unknown>;

/** Says in an event what an agreement is now. */
export function appendState(tx: EventfulTransaction, agreement: Agreement, now: Date): void {
  // Each state has the event of its own name, which carries it as a literal.
  const event = events[agreement.status] as typeof TransferAgreementActivated;
  tx.append(event, snapshotOf(agreement) as DataOf<typeof event>, { version: agreement.version, now });
}
