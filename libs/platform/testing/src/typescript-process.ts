import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const loader = fileURLToPath(new URL('../../../../tools/typescript.mjs', import.meta.url));

/** A process of its own that a test watches, talks to, and kills. */
export interface TypeScriptProcess {
  readonly child: ChildProcess;
  /** All that it wrote so far to both outputs. */
  said(): string;
  /** Its next line on standard output. Rejects when it ends before. */
  line(): Promise<string>;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Runs a TypeScript file in a process of its own. Whoever starts it ends it. */
export function startTypeScript(file: URL, parameters: readonly string[] = [], as: { uid?: number; gid?: number } = {}): TypeScriptProcess {
  const child = spawn(process.execPath, ['--import', loader, fileURLToPath(file), ...parameters], { ...as, stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  let unread = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    unread += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const line = async (): Promise<string> => {
    while (!unread.includes('\n')) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended and had said: ${said}`);
      await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended]);
    }
    const end = unread.indexOf('\n');
    const first = unread.slice(0, end);
    unread = unread.slice(end + 1);
    return first;
  };
  return { child, said: () => said, line, ended };
}
