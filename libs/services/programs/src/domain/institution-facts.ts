import type { InstitutionSnapshot } from '@mcr/contracts';
import { type Fault, Refusal, pointerTo } from '@mcr/event-kit';

/** What programs keeps of an institution, from its events. */
export interface KnownInstitution extends Pick<InstitutionSnapshot, 'ctid' | 'code' | 'status'> {
  readonly version: number;
}

const mayTake = 'A new institution may take a second to arrive here after its activation; then try again.';

const unknown = (pointer: string, code: string): Fault => ({
  pointer,
  code: 'INSTITUTION_NOT_FOUND',
  message: `There is no active institution ${code} here.`,
  hint: mayTake,
});

const isApproved = (institution: KnownInstitution | undefined): institution is KnownInstitution =>
  institution?.status === 'ACTIVE' || institution?.status === 'SUSPENDED';

/** Refuses what is defined or published for an institution while it is suspended. */
export function requireNotSuspended({ code, status }: KnownInstitution): void {
  if (status === 'SUSPENDED') throw new Refusal('INSTITUTION_SUSPENDED', `${code} is suspended: it may neither define nor publish until it is reinstated.`);
}

/**
 * The owner and those who offer it besides, in the order given and each once.
 * An institution that the ministry has not activated is as good as unknown; the owner must not be suspended either.
 */
export function ownerAndOfferers(known: readonly KnownInstitution[], ownedBy: string, offeredBy: readonly string[] = [ownedBy]) {
  const find = (code: string) => known.find((institution) => institution.code === code);
  const named: [pointer: string, code: string][] = [
    ['/ownedBy', ownedBy],
    ...offeredBy.map((code, index): [string, string] => [pointerTo('offeredBy', index), code]),
  ];
  const missing = named.filter(([, code]) => !isApproved(find(code)));
  // The default repeats the owner: its absence is one fault.
  const faults = missing.filter(([pointer, code]) => pointer === '/ownedBy' || code !== ownedBy).map(([pointer, code]) => unknown(pointer, code));
  const owner = find(ownedBy);
  if (faults.length > 0 || !owner) throw new Refusal('INSTITUTION_NOT_FOUND', `${faults[0]!.message} ${mayTake}`, { faults });
  requireNotSuspended(owner);
  return { owner, offerers: [...new Set(offeredBy.map((code) => find(code)!.ctid))] };
}
