import { describe, expect, it } from '@jest/globals';
import { recognisedTerms } from './institution-terms.ts';

const ALWAYS = '0001-01-01T00:00:00.000Z';
const at = (status: string, since: string) => ({ status, since });

describe('An institution is recognised', () => {
  it('never, before it was activated', () => {
    expect(recognisedTerms([])).toEqual([]);
    expect(recognisedTerms([at('INVITED', '2026-01-01'), at('PENDING_VERIFICATION', '2026-01-02')])).toEqual([]);
  });

  it('from ever, once it was activated: it is older than the registry', () => {
    expect(recognisedTerms([at('INVITED', '2026-01-01'), at('ACTIVE', '2026-01-03')])).toEqual([{ from: ALWAYS }]);
  });

  it('not while it was suspended, however often it was', () => {
    const standings = [
      at('ACTIVE', '2026-01-03'),
      at('SUSPENDED', '2026-02-01'),
      at('ACTIVE', '2026-03-01'),
      at('ACTIVE', '2026-03-02'),
      at('SUSPENDED', '2026-04-01'),
      at('CLOSED', '2026-05-01'),
    ];
    expect(recognisedTerms(standings)).toEqual([
      { from: ALWAYS, until: '2026-02-01' },
      { from: '2026-03-01', until: '2026-04-01' },
    ]);
  });
});
