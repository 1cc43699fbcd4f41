import { mutateAll } from '@mcr/registry-client';
import type { SampleAgreement } from '../samples.ts';
import type { Step } from './step.ts';

/** Agreements of one receiver wait for each other in the registry; those of different ones do not. */
const RECEIVERS_AT_ONCE = 4;

/** Lists the agreements, several receivers at once. One that is listed already is left as it is. */
export async function publishAgreements({ url, tokens, progress }: Step, agreements: readonly SampleAgreement[]): Promise<void> {
  const bar = progress('agreements', agreements.length);
  const queue = [...Map.groupBy(agreements, ({ receiver }) => receiver).values()];
  const publishNext = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const inputs = next.map(({ note: _note, invented: _invented, ...agreement }) => agreement);
      await mutateAll({ url, token: tokens.registrar, field: 'publishAgreement', inputs, alreadyDone: ['CTID_TAKEN', 'OVERLAP'], done: bar.advance });
    }
  };
  await Promise.all(Array.from({ length: RECEIVERS_AT_ONCE }, publishNext));
  bar.finish();
}
