import { Ctid, InstitutionCode, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';
import { ClientId, RegisteredJwk } from './publishing-client.ts';

const PublishingClientSnapshot = z.object({
  clientId: ClientId,
  institutionCtid: Ctid,
  institutionCode: InstitutionCode,
  scopes: z.array(z.string()),
  publicKey: RegisteredJwk,
  status: z.enum(['ACTIVE', 'REVOKED']),
});

/** A publishing client is a part of its institution: its events keep the institution's order and count its version. */
const publishingClientEvent = (pastTense: string) =>
  defineEvent({
    type: `ca.bc.mcr.publishingClient.${pastTense}.v1`,
    topic: topics.institutions,
    key: ({ institutionCtid }) => institutionCtid,
    data: PublishingClientSnapshot,
  });

export const PublishingClientRegistered = publishingClientEvent('registered');
export const PublishingClientRevoked = publishingClientEvent('revoked');
export const publishingClientEvents = [PublishingClientRegistered, PublishingClientRevoked] as const;
