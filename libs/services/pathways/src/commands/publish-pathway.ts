import { PathwayPublished, type PathwaySnapshot, PathwaySuperseded, type PublishPathway } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import { type Fault, type InputOf, type OutputOf, newCtid, refusalFor } from '@mcr/event-kit';
import type { EventfulTransaction } from '@mcr/messaging';
import type { OperationContext } from '@mcr/runtime';
import { PathwayEngine } from '@mcr/pathway-engine';
import { circlesTo } from '../domain/destinations.ts';
import { type PathwayFacts, faultsOfPathway, namedBy, neededBy } from '../domain/pathway.ts';
import { isAgreement } from '../storage/agreements.ts';
import { institutionCtids, institutionsByCode, microCredentialFacts, microCredentialsByCtid } from '../storage/facts.ts';
import { versionsBefore } from '../domain/pathway-versions.ts';
import { type StoredPathway, keepPathway, lockPathway, publishedPathways } from '../storage/pathways.ts';
import { lockDestinations, waysTo } from '../storage/pathways-at.ts';
import { awaitFacts } from './await-facts.ts';

type Input = InputOf<typeof PublishPathway>;

async function factsAbout(tx: Pick<Transaction, 'query'>, { ownedBy, requirement, sharing, destination }: Input): Promise<PathwayFacts> {
  const named = namedBy({ requirement, sharing });
  const engine = new PathwayEngine();
  for (const one of await microCredentialFacts(tx, named.microCredentials)) engine.graph.putMicroCredential(one);
  return {
    owner: (await institutionsByCode(tx, [ownedBy])).get(ownedBy),
    destination: destination === undefined ? undefined : (await microCredentialsByCtid(tx, [destination])).get(destination),
    engine,
    institutions: await institutionCtids(tx, named.institutions),
    pathways: await publishedPathways(tx, named.pathways),
  };
}

/** The destination may not be a part of the way to itself, across all pathways that hold on some day on which this one does. */
async function circlesIn(tx: Transaction, { ctid = '', destination, requirement, startDate }: Input): Promise<Fault[]> {
  if (destination === undefined) return [];
  await lockDestinations(tx);
  const needed = neededBy(requirement);
  return circlesTo(
    destination,
    needed,
    await waysTo(
      tx,
      needed.map(({ microCredential }) => microCredential),
      ctid,
      startDate,
    ),
  );
}

const TAKEN: Fault = { pointer: '/ctid', code: 'CTID_TAKEN', message: 'Another pathway has this CTID.' };
/** Both are told of on one topic, each under its CTID. */
const AGREEMENTS: Fault = { ...TAKEN, message: 'A transfer agreement has this CTID.' };

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
  const isAgreements = !known && input.ctid !== undefined && (await isAgreement(tx, input.ctid));
  const faults = [...faultsOfPathway(input, facts), ...(isAgreements ? [AGREEMENTS] : conflictOf(input, known)), ...(await circlesIn(tx, input))];
  if (faults.length > 0) throw refusalFor(faults);
  const { ownedBy, ...terms } = input;
  const snapshot: PathwaySnapshot = { ...terms, ctid: input.ctid ?? newCtid(), ownedBy: facts.owner!.ctid, status: 'PUBLISHED' };
  // The version before is superseded first, by an event of its own.
  const aggregateVersion = known ? known.aggregateVersion + 2 : 1;
  const versions = { snapshot, earlier: known ? versionsBefore(snapshot, known) : [] };
  if (!(await keepPathway(tx, versions, { by: principal.subject, at: now, aggregateVersion }))) throw refusalFor([TAKEN]);
  if (known) tx.append(PathwaySuperseded, { ...known.snapshot, status: 'SUPERSEDED' }, { version: aggregateVersion - 1, now });
  tx.append(PathwayPublished, snapshot, { version: aggregateVersion, now });
  return { ctid: snapshot.ctid, version: snapshot.version, ownedBy, status: snapshot.status };
}

/** Publishes a version of a pathway: from its first day on it holds, and the versions before it hold no more. */
export async function publishPathway(input: Input, context: OperationContext): Promise<OutputOf<typeof PublishPathway>> {
  await awaitFacts(context, async () => faultsOfPathway(input, await factsAbout(context.database, input)).length === 0);
  return context.unitOfWork.run((tx) => publish(tx, input, context));
}
