import { describe, expect, it } from '@jest/globals';
import { newCtid } from '@mcr/event-kit';
import { type Agreement, PathwayEngine, checkAgreement, checkAgreementAgainst, conflictsOf, dayOf } from '@mcr/pathway-engine';
import { californiaFacts, readCalifornia } from '@mcr/pathway-engine/testing';
import { directoryOf } from '../directory.ts';
import type { Imported, ProposedPathway } from '../proposal.ts';
import { importStudy } from './import-study.ts';
import { readStudy } from './rows.ts';

const colleges = readCalifornia();
const terms = { startDate: '2025-09-01', rowCredit: 'AS_SENT', program: 'Computer Science', destinationType: 'DEGREE' } as const;

/** As the registry would tell the engine. */
const agreementFact = ({ ctid, kind, sender, receiver, from, grants, startDate, priority = 0 }: Imported['agreements'][number]): Agreement => ({
  id: ctid,
  kind,
  sender,
  receiver,
  from: from.map(({ microCredential }) => ({ microCredential })),
  grants: grants.map(({ course, subject, credits }) => ({ course, subject, credits: Math.round(credits * 100) })),
  validFrom: dayOf(startDate),
  validUntil: null,
  priority,
  recordedOn: dayOf(startDate),
});

const credentialFact = ({ ctid, ownedBy, name, requirement }: ProposedPathway) => ({
  id: ctid,
  institution: ownedBy,
  name: name['en-CA'],
  type: 'DEGREE' as const,
  requirement: requirement as never,
  validFrom: dayOf(terms.startDate),
  validUntil: null,
});

if (!colleges) {
  describe('real articulation', () => {
    it.skip('is imported without a tie (skipped: ../shared/data/articulation/california-a-m.json is not there)', () => undefined);
  });
} else {
  const receivers = [...new Set(colleges.flatMap(({ rows }) => rows.map(({ receiver }) => receiver)))];
  const codeOf = new Map([...colleges.map(({ college }) => college), ...receivers].map((name, index) => [name, `N${index}`]));
  const offered = colleges.flatMap(({ college, courses }) =>
    Object.entries(courses).map(([codedNotation, units]) => ({ college, codedNotation, units, ctid: newCtid() })),
  );
  const directory = directoryOf({
    institutions: [...codeOf].map(([name, code]) => ({ code, names: [name] })),
    microCredentials: offered.map(({ college, ...each }) => ({ ...each, isNonCredit: false, offeredBy: [codeOf.get(college)!] })),
    requirements: [],
  });
  const read = readStudy({ colleges });
  if (!('study' in read)) throw new Error(JSON.stringify(read.faults));
  const { study } = read;
  const imported = importStudy(study, directory, terms);
  const microCredentials = offered.map(({ college, ctid, units }) => ({
    id: ctid,
    issuer: codeOf.get(college)!,
    credits: Math.round(units * 100),
    minutes: Math.round(units * 3000),
    cost: Math.round(units * 4600),
    terms: 1,
    offeredFrom: 0,
    offeredUntil: null,
  }));

  describe('real articulation', () => {
    it('is imported whole, but for one receiver whose rows differ', () => {
      expect(imported.listed.map(({ code }) => code)).toEqual(['REQUIRED_DIFFERS']);
      expect(imported.pathways).toHaveLength(receivers.length - 1);
      expect(imported.agreements.length).toBeGreaterThan(2_000);
    });

    it('has priorities where clusters share courses, and none that the registry would refuse', () => {
      const engine = new PathwayEngine({ microCredentials, agreements: [], credentials: [] });
      for (const agreement of imported.agreements.map(agreementFact)) {
        const faults = [...checkAgreement(agreement), ...checkAgreementAgainst(engine.graph, agreement)];
        expect([faults, conflictsOf(engine.graph, agreement).filter(({ refused }) => refused)]).toEqual([[], []]);
        engine.graph.putAgreement(agreement);
      }
      expect(imported.agreements.filter(({ priority }) => priority !== undefined).length).toBeGreaterThan(50);
    });

    it('asks for as many courses as the study does, at every receiver', () => {
      const credentials = imported.pathways.map(credentialFact);
      const asked = { held: [], asOf: dayOf('2026-01-01') };
      const budget = { nodes: 200_000, until: Infinity, now: () => 0 };
      let answered = 0;
      for (const college of study.colleges.slice(0, 12)) {
        const own = codeOf.get(college.college)!;
        for (const receiver of receivers) {
          const rows = [{ ...college, rows: college.rows.filter((row) => row.receiver === receiver) }];
          const credential = credentials.find(({ institution }) => institution === codeOf.get(receiver));
          const one = importStudy({ colleges: rows }, directory, terms);
          if (!credential || !one.pathways[0]) continue;
          const ours = new PathwayEngine({
            microCredentials: microCredentials.filter(({ issuer }) => issuer === own),
            agreements: one.agreements.map(agreementFact),
            credentials: one.pathways.map(credentialFact),
          }).cheapest(one.pathways[0].ctid, asked, { objectives: ['COUNT'] }, budget);
          const oracle = new PathwayEngine(californiaFacts([college], receiver)).cheapest(receiver, asked, { objectives: ['COUNT'] }, budget);
          expect([college.college, receiver, 'plan' in ours && ours.totals.COUNT]).toEqual([
            college.college,
            receiver,
            'plan' in oracle && oracle.totals.COUNT,
          ]);
          answered += 1;
        }
      }
      expect(answered).toBeGreaterThan(50);
    });
  });
}
