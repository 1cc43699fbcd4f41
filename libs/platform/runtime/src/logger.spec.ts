import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let lines = '';
  write(createLogger('info', { write: (line) => void (lines += line) }));
  return lines;
}

describe('the log', () => {
  it('keeps what may be personal or secret out, at the top and one level below', () => {
    const line = logged((log) =>
      log.info({ submissionId: 's-1', learner: { name: 'Ada' }, request: { authorization: 'Bearer secret', body: 'text' } }, 'taken'),
    );
    expect(line).toContain('s-1');
    expect(line).not.toMatch(/Ada|secret|text/);
  });

  it('shows of an error where it came from, and not what a driver attached to it', () => {
    const error = Object.assign(new Error('duplicate key value'), { code: '23505', detail: 'Key (value)=(995000007)', parameters: ['995000007'] });
    const line = logged((log) => log.error({ err: error }, 'failed'));
    expect(JSON.parse(line)).toMatchObject({ err: { type: 'Error', code: '23505', message: 'duplicate key value' } });
    expect(line).not.toContain('995000007');
  });

  it('survives that something else than an error was thrown', () => {
    expect(JSON.parse(logged((log) => log.error({ err: 'a text with 995000007' }, 'failed')))).toMatchObject({ err: { type: 'string' } });
  });
});
