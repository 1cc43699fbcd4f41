import type { InviteInstitution } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { type Institution, snapshotOf } from '../domain/institution.ts';

/** What every command about an institution answers: its state after the change. */
export const answer = (institution: Institution): OutputOf<typeof InviteInstitution> => ({ ...snapshotOf(institution), version: institution.version });
