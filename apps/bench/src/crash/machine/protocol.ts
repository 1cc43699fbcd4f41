import type { FaultPoint } from '@mcr/messaging';

/** What the run tells a process that it may kill. */
export interface DieAt {
  readonly point: FaultPoint;
  /** When it comes by for the so-manieth time. */
  readonly nth: number;
}

/** What such a process tells the run. */
export type Told = 'running' | 'armed';
