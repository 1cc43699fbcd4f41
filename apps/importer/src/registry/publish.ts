import type { Imported } from '@mcr/articulation';
import { PublishAgreement, PublishPathway } from '@mcr/contracts';
import { type Fault, faultsOf } from '@mcr/event-kit';
import { SignInError, developmentToken } from '@mcr/identity';
import { type MutationRefusal, NotYet, mutateAll } from '@mcr/registry-client';
import { CannotRun } from '../cannot-run.ts';
import type { Terminal } from '../report/terminal.ts';

export interface Place {
  readonly url: string;
  /** Where the keys of the development sign-in are. */
  readonly dataDir: string;
}

/** What became of one proposal. */
export interface Published {
  readonly what: 'agreement' | 'pathway';
  /** The rows that it follows from; of a pathway there are too many to name. */
  readonly rows: readonly number[];
  readonly state: 'PUBLISHED' | 'ALREADY_THERE' | 'REFUSED';
  readonly faults: readonly Pick<Fault, 'pointer' | 'code' | 'message'>[];
}

type Proposal = Pick<Published, 'what' | 'rows'> & { readonly input: object };

/** A token holds for minutes, and a file may take longer. */
const PROPOSALS_A_TOKEN = 500;

const registrar = ({ url, dataDir }: Place): Promise<string> =>
  developmentToken({ url, dataDir, role: 'ministry-registrar' }).catch((error: unknown) => {
    if (!(error instanceof SignInError)) throw error;
    throw new CannotRun(`The registry gives no token of the registrar: ${error.message}`);
  });

const faultsIn = ({ code, message, errors }: MutationRefusal): Published['faults'] => (errors.length > 0 ? errors : [{ pointer: '', code, message }]);

/** The CTID follows from what the row says, so whoever has it says the same. */
const stateOf = (faults: Published['faults']): Published['state'] => {
  if (faults.length === 0) return 'PUBLISHED';
  return faults.some(({ code }) => code === 'CTID_TAKEN') ? 'ALREADY_THERE' : 'REFUSED';
};

async function publishAll(place: Place, field: string, proposals: readonly Proposal[], advance: (count: number) => void): Promise<Published[]> {
  const published: Published[] = [];
  for (let from = 0; from < proposals.length; from += PROPOSALS_A_TOKEN) {
    const some = proposals.slice(from, from + PROPOSALS_A_TOKEN);
    const token = await registrar(place);
    const inputs = some.map(({ input }) => input);
    const outcomes = await mutateAll({ url: place.url, token, field, inputs, alreadyDone: 'EVERY', done: advance });
    const faults = new Map(outcomes.map(({ input, refusal }) => [input, refusal ? faultsIn(refusal) : []]));
    published.push(...some.map(({ what, rows, input }) => ({ what, rows, state: stateOf(faults.get(input)!), faults: faults.get(input)! })));
  }
  return published;
}

/** What the command would refuse by its form is not sent. */
function sorted(proposals: readonly Proposal[], command: typeof PublishAgreement | typeof PublishPathway): { fit: Proposal[]; unfit: Published[] } {
  const fit: Proposal[] = [];
  const unfit: Published[] = [];
  for (const proposal of proposals) {
    const parsed = command.input.safeParse(proposal.input);
    if (parsed.success) fit.push(proposal);
    else unfit.push({ what: proposal.what, rows: proposal.rows, state: 'REFUSED', faults: faultsOf(parsed.error, proposal.input) });
  }
  return { fit, unfit };
}

/** Publishes as the registrar: pathways first, because agreements may waive their requirements. What is there already stays as it is. */
export async function publishImported(place: Place, { agreements, pathways }: Imported, terminal: Terminal): Promise<Published[]> {
  const ofPathways = sorted(
    pathways.map((input) => ({ what: 'pathway', rows: [], input })),
    PublishPathway,
  );
  const ofAgreements = sorted(
    agreements.map(({ rows, ...input }) => ({ what: 'agreement', rows, input })),
    PublishAgreement,
  );
  const progress = terminal.progress('publishing', ofPathways.fit.length + ofAgreements.fit.length);
  try {
    const first = await publishAll(place, 'publishPathway', ofPathways.fit, progress.advance);
    const then = await publishAll(place, 'publishAgreement', ofAgreements.fit, progress.advance);
    return [...first, ...ofPathways.unfit, ...then, ...ofAgreements.unfit];
  } catch (error) {
    if (error instanceof NotYet) throw new CannotRun(`${error.message} What was published stays; the same command goes on with the rest.`);
    throw error;
  } finally {
    progress.finish();
  }
}
