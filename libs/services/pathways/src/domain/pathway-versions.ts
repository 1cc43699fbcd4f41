import type { PathwaySnapshot } from '@mcr/contracts';
import type { PathwayVersions } from './facts/graph-fact.ts';

/**
 * The versions that still hold on days of their own when another one is published, the last one first: each from its own first day until that of the
 * one after it. One that begins no earlier than the new one holds on no day any more: the new one is a correction of it.
 */
export const versionsBefore = ({ startDate }: Pick<PathwaySnapshot, 'startDate'>, { snapshot, earlier }: PathwayVersions): PathwaySnapshot[] =>
  [snapshot, ...earlier].filter((version) => version.startDate < startDate);
