import { z } from 'zod';
import { defineEvent, defineTopic } from '@mcr/event-kit';
import type { SchemaPlan } from '@mcr/database';
import { logHeadMigrations, messagingMigrations } from '../../src/index.ts';

/** What institutions send, in the order in which it came in; and what became of their awards. */
export const records = defineTopic({ name: 'mcr.trial.records.v1', partitions: 4, service: 'trial' });
export const awards = defineTopic({ name: 'mcr.reader.awards.v1', partitions: 3, service: 'reader' });

const kinds = ['submit', 'amend', 'revoke'] as const;
export type Kind = (typeof kinds)[number];

const data = z.object({ award: z.string(), revision: z.int().positive(), kind: z.enum(kinds) });
export type Step = z.infer<typeof data>;

/** A record came in. Those of one award come in any order, and more than once. */
export const RecordSent = defineEvent({ type: 'ca.bc.mcr.record.sent.v1', topic: records, key: ({ award }) => award, data });

/** An award took its next revision, which is its version. */
export const AwardChanged = defineEvent({ type: 'ca.bc.mcr.award.changed.v1', topic: awards, key: ({ award }) => award, data });

const messaging = { owner: 'messaging', steps: messagingMigrations };

export const lifecyclePlans: readonly SchemaPlan[] = [
  { schema: 'trial', service: 'trial', migrations: [messaging, { owner: 'topics', steps: logHeadMigrations([records]) }] },
  {
    schema: 'reader',
    service: 'reader',
    migrations: [
      messaging,
      { owner: 'topics', steps: logHeadMigrations([awards]) },
      {
        owner: 'reader',
        steps: [
          {
            number: 1,
            name: 'awards',
            sql: () => `
              create table ledger (award text primary key, state json not null);
              -- Every revision that was applied, in the order in which that happened: what is done twice, is there twice.
              create table held (award text primary key, kind text not null, revisions int[] not null);
            `,
          },
        ],
      },
    ],
  },
];
