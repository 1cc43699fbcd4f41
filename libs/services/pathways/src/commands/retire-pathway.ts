import { PathwayRetired, type PathwaySnapshot, type RetirePathway } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { keepPathway, lockPathway } from '../storage/pathways.ts';

/** Ends a pathway for good. */
export async function retirePathway({ ctid }: InputOf<typeof RetirePathway>, context: OperationContext): Promise<OutputOf<typeof RetirePathway>> {
  const { unitOfWork, principal, now } = context;
  return unitOfWork.run(async (tx) => {
    const known = await lockPathway(tx, ctid);
    if (!known) throw new Refusal('PATHWAY_NOT_FOUND');
    if (known.snapshot.status === 'RETIRED') throw new Refusal('ILLEGAL_STATE', 'The pathway was retired already.');
    const snapshot: PathwaySnapshot = { ...known.snapshot, status: 'RETIRED' };
    const aggregateVersion = known.aggregateVersion + 1;
    await keepPathway(tx, { snapshot, earlier: known.earlier }, { by: principal.subject, at: now, aggregateVersion });
    tx.append(PathwayRetired, snapshot, { version: aggregateVersion, now });
    return { ctid, version: snapshot.version, ownedBy: known.ownerCode, status: snapshot.status };
  });
}
