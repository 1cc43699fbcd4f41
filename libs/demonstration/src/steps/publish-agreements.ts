import { mutateAll } from '../registry/mutations.ts';
import type { SampleAgreement } from '../samples.ts';
import type { Step } from './step.ts';

/** Lists the agreements. One that is listed already is left as it is. */
export async function publishAgreements({ url, tokens, progress }: Step, agreements: readonly SampleAgreement[]): Promise<void> {
  const bar = progress('agreements', agreements.length);
  const inputs = agreements.map(({ note: _note, ...agreement }) => agreement);
  await mutateAll({ url, token: tokens.registrar, field: 'publishAgreement', inputs, alreadyDone: ['CTID_TAKEN', 'OVERLAP'], done: bar.advance });
  bar.finish();
}
