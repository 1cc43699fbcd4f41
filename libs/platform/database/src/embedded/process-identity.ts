import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** When a process began, in a form that differs for another process that gets the same number later, also after a reboot. */
export async function processStart(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    if (process.platform !== 'linux') return (await run('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim() || undefined;
    const [stat, boot] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile('/proc/sys/kernel/random/boot_id', 'utf8')]);
    // proc(5): the name in parentheses may hold spaces; after it come the state and, as the 20th, the start in clock ticks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot.trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

type Answer = 'ours' | 'not ours' | 'nobody';

function askProcess(pid: number): Answer {
  try {
    process.kill(pid, 0);
    return 'ours';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'not ours' : 'nobody';
  }
}

/** Is this the process that was meant, and not another that took over its number? When that cannot be seen: yes. */
export async function isRunning(pid: number, started?: string): Promise<boolean> {
  const answer = askProcess(pid);
  if (answer === 'nobody') return false;
  const now = await processStart(pid);
  // Nothing to be seen of a process of ours: it ended just now, or waits to be buried. Of another user's: /proc may hide it.
  if (now === undefined) return answer === 'not ours' || process.platform === 'win32';
  return started === undefined || started === now;
}
