import type { RecognitionFix } from '@mcr/contracts';
import { type Agreement, type Fix, type Grant, textOfDay } from '@mcr/pathway-engine';
import type { z } from 'zod';
import { fromHundredths } from '../../facts/public-units.ts';
import { publicGrant } from '../public-grant.ts';

type PublicFix = z.infer<typeof RecognitionFix>;
type Terms = NonNullable<PublicFix['terms']>;

const list = (ids: readonly string[]): string => ids.join(', ');

/** What would be granted may be of no subject. */
const proposedGrant = (grant: Grant): NonNullable<Terms['grants']>[number] => {
  const { subject, ...proposed } = publicGrant(grant);
  return { ...proposed, ...(subject !== '' && { subject }) };
};

function credit(grant: Grant): string {
  const { course, subject, credits, waives } = publicGrant(grant);
  return waives === undefined ? `${credits} credits of ${course ?? (subject || 'any subject')}` : `the requirement ${waives}`;
}

function publicTerms({ kind, sender, receiver, from, grants, priority, validFrom, validUntil, programScope }: Partial<Agreement>): Terms {
  return {
    ...(kind !== undefined && { kind }),
    ...(sender !== undefined && { sender }),
    ...(receiver !== undefined && { receiver }),
    ...(from && {
      from: from.map(({ microCredential, minGrade }) => ({ microCredential, ...(minGrade !== undefined && { minGrade: fromHundredths(minGrade) }) })),
    }),
    ...(grants && { grants: grants.map(proposedGrant) }),
    ...(priority !== undefined && { priority }),
    ...(validFrom !== undefined && { startDate: textOfDay(validFrom) }),
    ...(validUntil === null && { ongoing: true as const }),
    ...(programScope && { pathways: [...programScope] }),
  };
}

/** What an agreement would say instead, in words. */
function change(to: Partial<Agreement>): string {
  const said = [
    ...(to.grants ? [`grant ${to.grants.map(credit).join(' and ')}`] : []),
    ...(to.from ? [`begin from ${list(to.from.map(({ microCredential }) => microCredential))} only`] : []),
    ...(to.priority !== undefined ? [`have the priority ${to.priority}`] : []),
    ...(to.validFrom !== undefined ? [`cover what is completed from ${textOfDay(to.validFrom)} on`] : []),
    ...('programScope' in to ? [to.programScope ? 'count for this pathway too' : 'count for every pathway'] : []),
  ];
  return said.length > 0 ? said.join(', and ') : `be of the kind ${to.kind}`;
}

/** What would have to be otherwise, as data and as a sentence, in public units. `amountAt` gives what a limit counts in the public unit. */
export function publicFix(fix: Fix, amountAt: (id: string, amount: number) => number): PublicFix {
  const kind = fix.fix;
  switch (fix.fix) {
    case 'COMPLETE': {
      const completedOn = textOfDay(fix.completedOn);
      return { kind, message: `Complete ${fix.microCredential} (again), on ${completedOn}.`, microCredentials: [fix.microCredential], completedOn };
    }
    case 'REINSTATE':
      return { kind, message: `The suspension of ${fix.microCredential} ends.`, microCredentials: [fix.microCredential] };
    case 'GRADE': {
      const [atLeast, atMost] = [fix.atLeast, fix.atMost].map((grade) => (grade === undefined ? undefined : fromHundredths(grade)));
      const bounds = { ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
      const words = [...(atLeast === undefined ? [] : [`at least ${atLeast}`]), ...(atMost === undefined ? [] : [`at most ${atMost}`])];
      return { kind, message: `A grade of ${words.join(' and ')} in ${fix.microCredential}.`, microCredentials: [fix.microCredential], ...bounds };
    }
    case 'HOLD':
      return { kind, message: `Take ${list(fix.microCredentials)} too.`, microCredentials: [...fix.microCredentials] };
    case 'DECLARE':
      return { kind, message: `Declare ${fix.declares}.`, declares: fix.declares };
    case 'REMOVE':
      return { kind, message: `Leave out ${list(fix.microCredentials)}, which fills the place.`, microCredentials: [...fix.microCredentials] };
    case 'ASK':
      if ('requirement' in fix) {
        const { requirement, credential: pathway, microCredential } = fix;
        return {
          kind,
          message: `Ask the institution to take ${microCredential} for ${requirement}.`,
          pathway,
          requirement,
          microCredentials: [microCredential],
        };
      }
      return {
        kind,
        message: `Ask the receiver to assess it, and to grant ${fix.grants.map(credit).join(' and ')}.`,
        agreement: fix.agreement,
        terms: publicTerms(fix),
      };
    case 'AGREEMENT': {
      const { grants, from } = fix.agreement;
      const message = `An agreement would have to grant ${grants.map(credit).join(' and ')} for ${list(from.map(({ microCredential }) => microCredential))}.`;
      return { kind, message, terms: publicTerms(fix.agreement) };
    }
    case 'AMEND':
      return { kind, message: `The agreement ${fix.agreement} would have to ${change(fix.to)}.`, agreement: fix.agreement, terms: publicTerms(fix.to) };
    case 'CREDIT': {
      const credits = fromHundredths(fix.credits);
      return { kind, message: `${fix.microCredential} would have to carry ${credits} credits.`, microCredentials: [fix.microCredential], credits };
    }
    case 'LIMIT': {
      const { credential: pathway, limit: requirement } = fix;
      const [atLeast, atMost] = [fix.min, fix.max].map((amount) => (amount === undefined ? undefined : amountAt(requirement, amount)));
      const words = atMost === undefined ? `ask for no more than ${atLeast}` : `let ${atMost} count`;
      const bounds = { ...(atLeast !== undefined && { atLeast }), ...(atMost !== undefined && { atMost }) };
      return { kind, message: `The limit ${requirement} would have to ${words}.`, pathway, requirement, ...bounds };
    }
    case 'SHARE': {
      const { credential: pathway, maxUses } = fix;
      const together = fix.together.map((pair) => [...pair]);
      const message = `The pathway would have to let a piece of credit be used ${maxUses} times, at ${together.map((pair) => pair.join(' and ')).join('; ')}.`;
      return { kind, message, pathway, maxUses, together };
    }
    case 'ADMIT': {
      const { credential: pathway, requirement, microCredential } = fix;
      return {
        kind,
        message: `The requirement ${requirement} would have to take ${microCredential} itself.`,
        pathway,
        requirement,
        microCredentials: [microCredential],
      };
    }
    case 'DROP': {
      const { credential: pathway, requirement } = fix;
      return { kind, message: `The pathway would have to do without ${requirement}, which takes it.`, pathway, requirement };
    }
  }
}
