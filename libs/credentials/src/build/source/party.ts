import type { JsonObject } from '../../credential.ts';
import { stated } from '../stated.ts';

/** Somebody who issues and is no institution of the registry: an employer, an industry body, the registry itself. */
export interface Party {
  /** A DID or another URL. */
  readonly id: string;
  readonly name: string;
  readonly url?: string;
}

export const partyProfile = ({ id, name, url }: Party): JsonObject & { readonly id: string } => stated({ id, type: ['Profile'], name, url });
