import { mutateAll } from '@mcr/registry-client';
import type { SamplePathway } from '../samples.ts';
import type { Step } from './step.ts';

/** Publishes the first version of each pathway. One that is there already is left as it is. */
export async function publishPathways({ url, tokens, progress }: Step, pathways: readonly SamplePathway[]): Promise<void> {
  const bar = progress('pathways', pathways.length);
  const inputs = pathways.map(({ invented: _invented, source: _source, ...pathway }) => pathway);
  await mutateAll({ url, token: tokens.registrar, field: 'publishPathway', inputs, alreadyDone: ['CTID_TAKEN'], done: bar.advance });
  bar.finish();
}
