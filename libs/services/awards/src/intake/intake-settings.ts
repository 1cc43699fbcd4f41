/** How the intake works; every value may be shortened for a test. */
export class IntakeSettings {
  /** How long a record waits for its micro-credential before that is a fault. */
  readonly factWaitMs: number = 15_000;
  /** How long a record waits for the revisions before it. */
  readonly revisionGapMs: number = 10 * 60_000;
  /** How often what waits is looked at again. */
  readonly sweepMs: number = 1_000;
  readonly workers: number = 2;
  /** The most records that are decided in one transaction. */
  readonly groupSize: number = 500;
  /** The most records that wait at one worker; beyond it a caller is asked to come back. */
  readonly queueLength: number = 20_000;
  /** The most records that may wait for a fact or an earlier revision, of all institutions together. */
  readonly mostUndecided: number = 200_000;
  /** The most events of this service's log that Kafka, or a consumer here, may be behind: some days of an outage. */
  readonly mostBehind: number = 5_000_000;
  /** What must be free on the disk under a database of our own, in bytes. */
  readonly leastFreeBytes: number = 512 * 1024 * 1024;

  constructor(overrides: Partial<IntakeSettings> = {}) {
    Object.assign(this, overrides);
  }
}
