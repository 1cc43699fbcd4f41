import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dayInBritishColumbia } from '@mcr/event-kit';
import { developmentToken } from '@mcr/identity';
import { planAwards } from './awards/award-plan.ts';
import { type ProgressLog, startProgress } from './progress.ts';
import { readSamples } from './samples.ts';
import { linkLearner } from './steps/link-learner.ts';
import { onboardInstitutions } from './steps/onboard-institutions.ts';
import { publishAgreements } from './steps/publish-agreements.ts';
import { publishAwards } from './steps/publish-awards.ts';
import { publishCatalogue } from './steps/publish-catalogue.ts';
import { publishPathways } from './steps/publish-pathways.ts';
import type { Step } from './steps/step.ts';

export interface DemonstrationOptions {
  /** The running registry, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Its data folder: the keys of the institutions' clients are made there. */
  readonly dataDir: string;
  readonly log: ProgressLog;
}

export interface DemonstrationResult {
  /** `ALREADY_THERE`: an earlier start finished it, and nothing was done. */
  readonly state: 'LOADED' | 'ALREADY_THERE';
}

const markerOf = (dataDir: string): string => join(dataDir, 'demonstration.json');
const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Fills a running registry with the demonstration province, through its public faces only. An interrupted run is taken up
 * by the next one; once it is complete, a marker in the data folder says so and it is never done again.
 * @throws Error when the registry refuses something or stays unreachable; what was done until then stays.
 */
export async function loadDemonstration({ url, dataDir, log }: DemonstrationOptions): Promise<DemonstrationResult> {
  const marker = markerOf(dataDir);
  if (await exists(marker)) return { state: 'ALREADY_THERE' };
  const { institutions, catalogue, pathways, agreements } = await readSamples();
  const [registrar, admin] = await Promise.all([
    developmentToken({ dataDir, url, role: 'ministry-registrar' }),
    developmentToken({ dataDir, url, role: 'admin' }),
  ]);
  const step: Step = { url, dataDir, log, tokens: { registrar, admin }, progress: (label, total) => startProgress(label, total, log) };
  await onboardInstitutions(step, institutions);
  await publishCatalogue(step, catalogue);
  // Agreements may name requirements of pathways.
  await publishPathways(step, pathways);
  await publishAgreements(step, agreements);
  const codes = institutions.map(({ code }) => code);
  const awards = planAwards(codes, catalogue, dayInBritishColumbia(new Date()));
  await publishAwards(step, awards);
  await linkLearner(step, awards);
  await mkdir(dataDir, { recursive: true });
  const counts = Object.entries({ institutions, microCredentials: catalogue, pathways, agreements, awards }).map(([name, { length }]) => [name, length]);
  await writeFile(marker, `${JSON.stringify({ completedAt: new Date().toISOString(), ...Object.fromEntries(counts) })}\n`);
  return { state: 'LOADED' };
}
