import { Uuid } from '@mcr/event-kit';
import type { Purpose } from '../../storage/status-list-store.ts';

const SUSPENSION = '-suspension';

/** Where a list is read: both lists of one number have the same indexes, that of suspensions beside that of revocations. */
export const listAddress = (publicUrl: string, listId: string, purpose: Purpose): string =>
  `${publicUrl}/status/${listId}${purpose === 'suspension' ? SUSPENSION : ''}`;

/** Which list the last part of an address names. */
export function listNamed(name: string): { listId: string; purpose: Purpose } | undefined {
  const isSuspension = name.endsWith(SUSPENSION);
  const listId = Uuid.safeParse(isSuspension ? name.slice(0, -SUSPENSION.length) : name).data;
  return listId === undefined ? undefined : { listId, purpose: isSuspension ? 'suspension' : 'revocation' };
}
