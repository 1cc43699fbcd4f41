import { describe, expect, it } from '@jest/globals';
import { SUBMIT_AWARD } from './inbound.v1.ts';
import { inboundEvent } from './inbound-event.ts';

const data = { sourceAwardId: 'BCIT-2026-000017', revision: 1, method: 'INSTRUCTION' };

describe('the event of an institution’s record', () => {
  it('names the institution and the award', () => {
    expect(inboundEvent('BCIT', SUBMIT_AWARD, data)).toMatchObject({ source: 'urn:bc:mcr:inst:BCIT', type: SUBMIT_AWARD, subject: 'BCIT-2026-000017', data });
  });

  it('has the same id for the same content in another order of members', () => {
    const again = { method: 'INSTRUCTION', revision: 1, sourceAwardId: 'BCIT-2026-000017' };
    expect(inboundEvent('BCIT', SUBMIT_AWARD, again).id).toBe(inboundEvent('BCIT', SUBMIT_AWARD, data).id);
  });

  it('has another id for another institution, content or salt', () => {
    const ids = [
      inboundEvent('BCIT', SUBMIT_AWARD, data),
      inboundEvent('UBC', SUBMIT_AWARD, data),
      inboundEvent('BCIT', SUBMIT_AWARD, { ...data, revision: 2 }),
      inboundEvent('BCIT', SUBMIT_AWARD, data, 'second'),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
