import { defineTopic } from '@mcr/event-kit';

/** Every topic of the registry. Partitions never change for a released name. */
export const topics = {
  institutions: defineTopic({ name: 'mcr.institutions.v1', partitions: 1, service: 'institutions' }),
  programs: defineTopic({ name: 'mcr.programs.v1', partitions: 1, service: 'programs' }),
  awards: defineTopic({ name: 'mcr.awards.v1', partitions: 12, service: 'awards' }),
  submissions: defineTopic({ name: 'mcr.submissions.v1', partitions: 12, service: 'awards' }),
  transfer: defineTopic({ name: 'mcr.transfer.v1', partitions: 1, service: 'pathways' }),
} as const;
