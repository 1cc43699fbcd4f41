import type { Credential, CredentialVersion } from '../facts/credential.ts';
import type { Day } from '../facts/day.ts';

/** The version of a credential that a day is judged by: each from its first day until that of the next, the first of all before that too. */
export function judgingVersion({ earlier = [], ...newest }: Credential, day: Day): CredentialVersion {
  const [first, ...later] = [...earlier, newest].sort((one, other) => one.validFrom - other.validFrom);
  return later.reduce((judging, next) => (day < next.validFrom ? judging : next), first!);
}
