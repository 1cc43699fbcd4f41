import { InstitutionCode } from '@mcr/event-kit';

const MEBIBYTE = 1024 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Where an institution's systems write their records. Whoever writes here is that institution: the broker lets nobody else. */
export const inboundTopicOf = (code: string): string => `mcr.inbound.${code.toLowerCase()}.v1`;

/** Where an institution's systems read the outcome of every record, whatever door it came through. */
export const outcomeTopicOf = (code: string): string => `mcr.outcomes.${code.toLowerCase()}.v1`;

/** The institution whose inbound topic this is, or undefined when it is no inbound topic. */
export const institutionOfInboundTopic = (topic: string): string | undefined =>
  InstitutionCode.safeParse(/^mcr\.inbound\.([a-z]+)\.v1$/.exec(topic)?.[1]?.toUpperCase()).data;

/**
 * How the topics of every institution are made. One partition each: an institution's records keep their order. Records larger than the registry
 * takes still fit, so that they are answered. Outcomes stay longer, because whoever publishes the same file again looks for them there.
 */
export const institutionTopics = {
  inbound: { partitions: 1, maxMessageBytes: 2 * MEBIBYTE, retentionMs: 7 * DAY_MS },
  outcomes: { partitions: 1, maxMessageBytes: 2 * MEBIBYTE, retentionMs: 30 * DAY_MS },
} as const;
