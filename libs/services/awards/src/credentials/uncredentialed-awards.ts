import { Injectable } from '@nestjs/common';
import { Database } from '@mcr/database';
import type { Particulars } from '../domain/award/particulars.ts';
import { IntakeKeys } from '../intake/intake-keys.ts';
import { type Uncredentialed, awaitCredentials, uncredentialed } from '../storage/credential-store.ts';

/** An award without a credential, with everything known that one is made of. */
export type FoundAward = Omit<Uncredentialed, 'sealed'> & { readonly particulars: Particulars };

export const uuidOf = ({ award }: FoundAward): string => award.awardId.slice('urn:uuid:'.length);

/** The awards that lack their credential. What is personal about them is opened here and nowhere else. */
@Injectable()
export class UncredentialedAwards {
  constructor(
    private readonly database: Database,
    private readonly keys: IntakeKeys,
  ) {}

  /** Those among these awards (UUIDs). */
  async among(awardIds: readonly string[]): Promise<FoundAward[]> {
    return (await uncredentialed(this.database, awardIds)).map(({ sealed, ...found }) => {
      const awardId = found.award.awardId.slice('urn:uuid:'.length);
      return { ...found, particulars: sealed ? this.keys.openParticulars(awardId, sealed) : {} };
    });
  }

  /** Notes that they wait for a key, or for facts. */
  async haveToWait(found: readonly FoundAward[]): Promise<void> {
    await awaitCredentials(
      this.database,
      found.map((each) => ({ awardId: uuidOf(each), institutionCtid: each.award.institutionCtid })),
    );
  }
}
