import { describe, expect, it } from '@jest/globals';
import { freshDatabase, startTypeScript, testPassword } from '@mcr/testing';
import type { TestDatabase } from '@mcr/testing';
import { openDatabase } from '../database.ts';
import { roleUrl } from '../role-url.ts';
import { prepareDatabase } from './prepare-database.ts';

describe('preparing at the same time', () => {
  it('runs each step once when two processes prepare one database', async () => {
    const fresh = await freshDatabase();
    try {
      const processes = [1, 2].map(() => startTypeScript(new URL('./testing/prepare.ts', import.meta.url), [fresh.adminUrl]));
      expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0]);
      const slow = await openDatabase({ service: 'slow', schema: 'slow', url: roleUrl(fresh.adminUrl, 'mcr_slow', testPassword('mcr_slow')) });
      const steps = await slow.query('select number, name from migration order by number');
      await slow.close();
      expect(steps).toEqual([1, 2, 3].map((number) => ({ number, name: `slow ${number}` })));
    } finally {
      await fresh.drop();
    }
  });

  it('does not let databases that share the server’s roles disturb each other', async () => {
    const databases: TestDatabase[] = await Promise.all(Array.from({ length: 4 }, () => freshDatabase()));
    const plans = ['many', 'more', 'most'].map((service) => ({ schema: service, service, migrations: [], readers: ['mcr_visitor'] }));
    try {
      await Promise.all(databases.map(({ adminUrl }) => prepareDatabase({ adminUrl, plans, passwords: testPassword })));
      for (const { adminUrl } of databases) {
        const most = await openDatabase({ service: 'most', schema: 'most', url: roleUrl(adminUrl, 'mcr_most', testPassword('mcr_most')) });
        expect(await most.query('select * from migration')).toEqual([]);
        await most.close();
      }
    } finally {
      await Promise.all(databases.map((database) => database.drop()));
    }
  });
});
