import { randomUUID } from 'node:crypto';

/** Records as an institution would send them. Every call gives other source award ids. */
export function cloudEvents(count: number, code: string, microCredentialCtid: string): object[] {
  const run = randomUUID().slice(0, 8);
  return Array.from({ length: count }, (_, index) => {
    const sourceAwardId = `${code}-${run}-${index}`;
    return {
      specversion: '1.0',
      id: randomUUID(),
      source: `urn:bc:mcr:inst:${code}`,
      type: 'ca.bc.mcr.award.submit.v1',
      subject: sourceAwardId,
      time: '2026-10-02T09:00:00-07:00',
      datacontenttype: 'application/json',
      data: {
        sourceAwardId,
        revision: 1,
        microCredentialCtid,
        awardedDate: '2026-10-01',
        learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: `${run}${index}` }] },
        method: 'INSTRUCTION',
        hoursCompleted: 40,
        creditsEarned: 3,
      },
    };
  });
}

/** So many JSON batches of so many events. */
export function batches(events: readonly object[], size: number): string[] {
  const bodies: string[] = [];
  for (let from = 0; from < events.length; from += size) bodies.push(JSON.stringify(events.slice(from, from + size)));
  return bodies;
}
