import { Injectable } from '@nestjs/common';
import { Clock } from '@mcr/runtime';
import { SignedCredentials, type SentCredential } from '../credentials/signed/signed-credentials.ts';
import type { ReadSignedCredential } from '../domain/signed/signed-credential.ts';
import { arrivalOf, type Arrival, type SentRecord } from './arrival.ts';
import { IntakeKeys } from './intake-keys.ts';

type Carrying = Arrival & { readonly record: { readonly submit: { readonly signedCredential: SentCredential['signedCredential'] } } };

const carriesCredential = (arrival: Arrival): arrival is Carrying => arrival.record.kind === 'submit' && arrival.record.submit.signedCredential !== undefined;

/** What was found goes with the record, also where it is stored to wait. */
const withReading = (arrival: Arrival, signed: ReadSignedCredential): Arrival =>
  ({ ...arrival, inbound: { ...arrival.inbound, signed }, record: { ...arrival.record, signed } }) as Arrival;

/** Reads records that came in. What takes long of that is done for those alone that need it. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly keys: IntakeKeys,
    private readonly signed: SignedCredentials,
    private readonly clock: Clock,
  ) {}

  /** In the order given, all of them received now. */
  async of(records: readonly SentRecord[]): Promise<readonly Arrival[]> {
    const receivedAt = this.clock.now();
    const arrivals = records.map((record) => arrivalOf(record, receivedAt, this.keys));
    const carrying = arrivals.filter(carriesCredential);
    if (carrying.length === 0) return arrivals;
    const read = await this.signed.read(
      carrying.map(({ institutionCode, record }) => ({ institutionCode, signedCredential: record.submit.signedCredential, receivedAt })),
    );
    const readings = new Map<Arrival, ReadSignedCredential>(carrying.map((arrival, at) => [arrival, read[at]!]));
    return arrivals.map((arrival) => (readings.has(arrival) ? withReading(arrival, readings.get(arrival)!) : arrival));
  }
}
