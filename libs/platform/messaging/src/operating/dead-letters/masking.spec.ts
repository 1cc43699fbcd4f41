import { describe, expect, it } from '@jest/globals';
import { maskedDetail, maskedEvent } from './masking.ts';

const award = {
  specversion: '1.0',
  id: '0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10',
  source: 'urn:bc:mcr:svc:awards',
  type: 'ca.bc.mcr.award.issued.v1',
  time: '2026-10-01T16:00:00.123Z',
  aggregateversion: 2,
  data: {
    awardId: 'urn:uuid:0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10',
    microCredentialCtid: 'ce-0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10',
    awardedDate: '2026-10-01',
    status: 'ACTIVE',
    revision: 2,
    sourceAwardId: 'A00123456',
    learner: { name: 'SMITH', pen: 123456782, identifiers: [{ type: 'PEN', value: '123456782' }] },
    note: 'For Ada Smith',
  },
};

describe('what an operator sees of an event', () => {
  it('is its attributes, our ids, dates and codes, and nothing that names a person', () => {
    expect(maskedEvent(JSON.stringify(award))).toEqual({
      ...award,
      data: {
        awardId: award.data.awardId,
        microCredentialCtid: award.data.microCredentialCtid,
        awardedDate: '2026-10-01',
        status: 'ACTIVE',
        revision: 2,
        sourceAwardId: '[text of 9 characters]',
        learner: { name: '[text of 5 characters]', pen: '[masked]', identifiers: [{ type: '[text of 3 characters]', value: '[text of 9 characters]' }] },
        note: '[text of 13 characters]',
      },
    });
  });

  it.each(['{', '7', 'null', '["Ada Smith"]', '"Ada Smith"'])('is nothing of %s, which is no event', (event) => expect(maskedEvent(event)).toBeUndefined());

  it('hides a person also where an attribute was misused', () => {
    const shown = JSON.stringify(maskedEvent(JSON.stringify({ ...award, source: 'Ada Smith', subject: 'ada@mail.example', learner: 'SMITH', id: ['Ada'] })));
    for (const personal of ['Ada', 'SMITH', 'mail.example']) expect(shown).not.toContain(personal);
  });
});

describe('what an operator sees of a failure', () => {
  it('is what was said without what it repeats of the event', () => {
    const said = `Error: invalid date "Ada Smith", learner 'A00123456' of ada@mail.example with PEN 123 456 782 at /data/awardedDate: invalid_type`;
    expect(maskedDetail(said)).toBe('Error: invalid date [quoted], learner [quoted] of [address] with PEN [number] at /data/awardedDate: invalid_type');
  });
});
