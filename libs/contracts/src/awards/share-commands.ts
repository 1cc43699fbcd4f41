import { Instant, Uuid, defineCommand, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { AwardId } from './award-events.v1.ts';
import { AwardUrn } from './consent-commands.ts';

const service = 'awards';

/** How a learner shows one credential to whom they choose. ENDED: by the learner, or because its time is over. */
const Share = z.object({
  shareId: Uuid,
  awardId: AwardId,
  createdAt: Instant,
  expiresAt: Instant,
  status: z.enum(['OPEN', 'ENDED']),
  /** How often it was used, and when last. */
  views: z.int().nonnegative(),
  lastViewedAt: Instant.optional(),
});

/**
 * Makes a token with which anybody can read and verify the credential of one of the learner's awards, for a year at most. The token is told this
 * once and not kept.
 */
export const ShareCredential = defineCommand({
  name: 'shareCredential',
  service,
  input: z.strictObject({ award: AwardUrn, expiresAt: Instant }),
  output: Share.extend({ shareToken: z.string(), url: z.string() }),
  refusals: ['LEARNER_NOT_LINKED', 'AWARD_NOT_FOUND', 'TOO_MANY_SHARES'],
});

/** Ends a share at once and for good. To end one that has ended changes nothing. */
export const EndShare = defineCommand({
  name: 'endShare',
  service,
  input: z.strictObject({ share: Uuid }),
  output: Share,
  refusals: ['LEARNER_NOT_LINKED', 'SHARE_NOT_FOUND'],
});

/** The shares of the learner who asks, the newest first. */
export const MyShares = defineQuery({ name: 'myShares', service, input: z.strictObject({}), output: z.array(Share), refusals: ['LEARNER_NOT_LINKED'] });
