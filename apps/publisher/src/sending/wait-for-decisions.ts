import { setTimeout as pause } from 'node:timers/promises';
import type { Terminal } from '../report/terminal.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Submission } from './registry.ts';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** A record whose facts are missing is decided within seconds; one whose earlier revision is missing takes ten minutes, which nobody waits for. */
const PATIENCE_MS = 60_000;

interface Undecided {
  readonly submission: Submission;
}

/** Asks until every record is decided, or nothing was decided for a minute. The rest stays PENDING. */
export async function waitForDecisions<T extends Undecided>(items: readonly T[], ask: (item: T) => Promise<Submission>, terminal: Terminal): Promise<T[]> {
  const progress = terminal.progress('waiting', items.length);
  const decided: T[] = [];
  let open = [...items];
  let lastNews = Date.now();
  for (let wait = FIRST_PAUSE_MS; open.length > 0 && Date.now() - lastNews < PATIENCE_MS; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    await pause(wait);
    const asked = await eachAtOnce(open, async (item) => ({ ...item, submission: await ask(item) }));
    const news = asked.filter(({ submission }) => submission.state !== 'PENDING');
    if (news.length > 0) lastNews = Date.now();
    decided.push(...news);
    progress.advance(news.length);
    open = asked.filter(({ submission }) => submission.state === 'PENDING');
  }
  progress.finish();
  return decided;
}
