import type { Recognitions } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { recognise } from '../domain/recognise.ts';
import { agreementsFrom } from '../storage/agreements.ts';

/** What held micro-credentials count for elsewhere. */
export async function recognitions({ held }: InputOf<typeof Recognitions>, { database }: OperationContext): Promise<OutputOf<typeof Recognitions>> {
  return recognise(held, await agreementsFrom(database, [...new Set(held.map((item) => item.microCredential))]));
}
