import { distinctFaults } from '../record/record-fault.ts';
import { rejected, type Circumstances, type Outcome, type Unreadable } from './submission.ts';
import { validateSubmit } from './validate-submit.ts';

/** A record that cannot be read is refused at once, with the faults in the meaning of the parts that could be read. It has no place among the revisions. */
export function refuseUnreadable({ record, institutionCode }: Unreadable, { facts, today }: Circumstances): Outcome {
  const { parts, faults } = record;
  const versions = parts.microCredentialCtid ? facts.versionsOf(parts.microCredentialCtid) : [];
  return rejected(...distinctFaults([...faults, ...validateSubmit(parts, facts.institution(institutionCode), versions, today).faults]));
}
