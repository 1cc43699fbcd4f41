import { type DefineMicroCredential, institutionEvents, topics } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import { Refusal, newCtid } from '@mcr/event-kit';
import { defineService } from '@mcr/runtime';
import { type StartOptions, type TestRegistry, aMicroCredential, anInstitutionSnapshot, eventually, startServices } from '@mcr/testing';
import { programs } from '../programs.service.ts';

class NothingModule {}

/** Has a log of the institutions' topic and nothing else: programs sees no difference. */
const institutionsLog = defineService({ name: 'institutions', module: NothingModule, migrations: [], topics: [topics.institutions] });

type Snapshot = Parameters<typeof anInstitutionSnapshot>[0];
const [invited, , activated, suspended] = institutionEvents;
const eventFor = { INVITED: invited, PENDING_VERIFICATION: invited, ACTIVE: activated, SUSPENDED: suspended } as const;

export interface ProgramsRegistry extends TestRegistry {
  /** Says on the institutions' topic what an institution is now. */
  institutionIs(state: { ctid: string; code: string; status: keyof typeof eventFor; version: number }): Promise<void>;
  /** An active institution that programs knows of; its CTID. */
  anInstitution(code: string): Promise<string>;
  /** Suspends it, and waits until programs knows. */
  suspend(code: string, ctid: string): Promise<void>;
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** One connection by default: a query beside the transaction would wait for itself, and the test with it. */
export async function startPrograms(options: StartOptions = {}): Promise<ProgramsRegistry> {
  const registry = await startServices([institutionsLog, programs], { poolSize: 1, ...options });
  const sql: ProgramsRegistry['sql'] = (text, values) => registry.database('programs').query(text, values);

  const institutionIs: ProgramsRegistry['institutionIs'] = ({ version, ...state }) =>
    registry.parts('institutions').unitOfWork.run(async (tx) => {
      tx.append(eventFor[state.status], anInstitutionSnapshot(state as Snapshot), { version });
    });

  const arrives = (ctid: string, version: number) =>
    eventually(async () => {
      const [row] = await sql('select version from institution where id = $1', [ctid]);
      if (row?.['version'] !== version) throw new Error(`Version ${version} of ${ctid} has not arrived.`);
    });

  return {
    ...registry,
    sql,
    institutionIs,
    anInstitution: async (code) => {
      const ctid = newCtid();
      await institutionIs({ ctid, code, status: 'ACTIVE', version: 3 });
      await arrives(ctid, 3);
      return ctid;
    },
    suspend: async (code, ctid) => {
      await institutionIs({ ctid, code, status: 'SUSPENDED', version: 4 });
      await arrives(ctid, 4);
    },
  };
}

type Definition = CallerInput<typeof DefineMicroCredential>['definition'];

/** A definition of that title that meets every rule. */
export const titled = (title: string, changes: Partial<Definition> = {}): Definition => aMicroCredential({ name: { 'en-CA': title }, ...changes });

/** What a call was refused with; fails when it was allowed or broke. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => 'It was allowed.',
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome;
  throw outcome instanceof Error ? outcome : new Error(String(outcome));
}
