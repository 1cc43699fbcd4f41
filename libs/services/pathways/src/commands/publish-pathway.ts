import { PathwayPublished, type PathwaySnapshot, type PublishPathway } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import { type Fault, type InputOf, type OutputOf, newCtid } from '@mcr/event-kit';
import type { EventfulTransaction } from '@mcr/messaging';
import type { OperationContext } from '@mcr/runtime';
import { type PathwayFacts, faultsOfPathway, namedBy } from '../domain/pathway.ts';
import { institutionCtids, institutionsByCode, microCredentialsByCtid } from '../storage/facts.ts';
import { type StoredPathway, keepPathway, lockPathway } from '../storage/pathways.ts';
import { awaitFacts } from './await-facts.ts';
import { refusalFor } from './refusal-for.ts';

type Input = InputOf<typeof PublishPathway>;

async function factsAbout(tx: Pick<Transaction, 'query'>, { ownedBy, requirement }: Input): Promise<PathwayFacts> {
  const named = namedBy(requirement);
  return {
    owner: (await institutionsByCode(tx, [ownedBy])).get(ownedBy),
    microCredentials: await microCredentialsByCtid(tx, named.microCredentials),
    institutions: await institutionCtids(tx, named.institutions),
  };
}

const TAKEN: Fault = { pointer: '/ctid', code: 'CTID_TAKEN', message: 'Another pathway has this CTID.' };

/** What stands against this version after the one that is known. */
function conflictOf({ version, ownedBy }: Input, known: StoredPathway | undefined): Fault[] {
  if (known && (version === 1 || known.ownerCode !== ownedBy)) return [TAKEN];
  const next = (known?.snapshot.version ?? 0) + 1;
  if (known?.snapshot.status === 'RETIRED') return [{ pointer: '/ctid', code: 'ILLEGAL_STATE', message: 'The pathway was retired; that is for good.' }];
  return version === next
    ? []
    : [{ pointer: '/version', code: 'VERSION_CONFLICT', message: `The next version is ${next}.`, hint: `Look at what is there, then send ${next}.` }];
}

async function publish(tx: EventfulTransaction, input: Input, { principal, now }: OperationContext): Promise<OutputOf<typeof PublishPathway>> {
  const facts = await factsAbout(tx, input);
  const known = input.ctid === undefined ? undefined : await lockPathway(tx, input.ctid);
  const faults = [...faultsOfPathway(input, facts), ...conflictOf(input, known)];
  if (faults.length > 0) throw refusalFor(faults);
  const { ownedBy, ...terms } = input;
  const snapshot: PathwaySnapshot = { ...terms, ctid: input.ctid ?? newCtid(), ownedBy: facts.owner!.ctid, status: 'PUBLISHED' };
  const aggregateVersion = (known?.aggregateVersion ?? 0) + 1;
  if (!(await keepPathway(tx, snapshot, { by: principal.subject, at: now, aggregateVersion }))) throw refusalFor([TAKEN]);
  tx.append(PathwayPublished, snapshot, { version: aggregateVersion, now });
  return { ctid: snapshot.ctid, version: snapshot.version, ownedBy, status: snapshot.status };
}

/** Publishes a version of a pathway; it holds at once, and the version before it holds no more. */
export async function publishPathway(input: Input, context: OperationContext): Promise<OutputOf<typeof PublishPathway>> {
  await awaitFacts(context, async () => faultsOfPathway(input, await factsAbout(context.database, input)).length === 0);
  return context.unitOfWork.run((tx) => publish(tx, input, context));
}
