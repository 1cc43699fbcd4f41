import { describe, expect, it } from '@jest/globals';
import type { SubmitAward } from '@mcr/contracts';
import { hashedEmail } from '@mcr/credentials';
import { aSubmission } from '@mcr/testing';
import { particularsOf } from './particulars.ts';

const by = (...identifiers: [SubmitAward['learner']['identifiers'][number]['type'], string][]) => ({
  learner: { identifiers: identifiers.map(([type, value]) => ({ type, value })), name: 'Winter Kwong' },
});
const salt = () => 'salt';
const kept = (changes: Partial<SubmitAward>, isAmbiguous = false) => particularsOf(aSubmission(changes), isAmbiguous, salt);

describe('The particulars of an award', () => {
  it('are nothing where the record says nothing more, and never the name or another number of the learner', () => {
    expect(kept(by(['STUDENT_NUMBER', 'A1'], ['PEN', '120164447']))).toBeUndefined();
    expect(kept({ result: [], evidence: [], assessmentRef: [] })).toBeUndefined();
  });

  it('are results, assessments and evidence as they were sent', () => {
    const sent = {
      result: [{ resultType: 'LetterGrade' as const, value: 'B' }],
      assessmentRef: ['final'],
      evidence: [{ name: 'Logbook', narrative: 'Ten shifts.' }],
    };
    expect(kept(sent)).toEqual(sent);
  });

  it('name the learner by DID where there is one, else by the hash of the address in lower case, with a salt', () => {
    expect(kept(by(['EMAIL', 'ana@example.ca'], ['DID', 'did:key:z6Mk']))).toEqual({ learner: { did: 'did:key:z6Mk' } });
    expect(kept(by(['EMAIL', 'Ana@Example.ca']))).toEqual({ learner: { email: hashedEmail('ana@example.ca', 'salt') } });
    expect(JSON.stringify(kept(by(['EMAIL', 'Ana@Example.ca'])))).not.toMatch(/ana@/i);
  });

  it('name nobody by an identifier that may be somebody else’s', () => {
    expect(kept(by(['EMAIL', 'ana@example.ca'], ['DID', 'did:key:z6Mk']), true)).toBeUndefined();
  });
});
