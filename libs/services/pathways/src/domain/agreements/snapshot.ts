import type { AgreementSignature, TransferAgreementActivated, TransferAgreementDeclined } from '@mcr/contracts';
import type { DataOf } from '@mcr/event-kit';
import type { z } from 'zod';
import type { Agreement, Signature } from './life.ts';

type Snapshot = Omit<DataOf<typeof TransferAgreementActivated> | DataOf<typeof TransferAgreementDeclined>, 'status'> & { readonly status: Agreement['status'] };

const signatureOf = (organization: string, { on, through }: Signature): z.infer<typeof AgreementSignature> => ({ organization, signedOn: on, through });

/** The public state, as every event about the agreement carries it: institutions and days, no person. */
export function snapshotOf(agreement: Agreement): Snapshot {
  const { sent, version: _version, ...said } = agreement;
  const { received, recordedOn: _recordedOn, ...published } = { received: undefined, recordedOn: undefined, ...said };
  const signatures = [
    signatureOf(agreement.sendingOrganization, sent),
    ...(received === undefined ? [] : [signatureOf(agreement.receivingOrganization, received)]),
  ];
  return { ...structuredClone(published), signatures } as Snapshot;
}
