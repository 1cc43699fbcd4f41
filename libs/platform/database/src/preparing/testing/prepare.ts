import { testPassword } from '@mcr/testing';
import { prepareDatabase } from '../prepare-database.ts';

/** A process that prepares a database with steps that take a while. Says when it is done. */
const [adminUrl] = process.argv.slice(2);
const steps = [1, 2, 3].map((number) => ({ number, name: `slow ${number}`, sql: () => `create table slow${number} (); select pg_sleep(0.1)` }));
await prepareDatabase({ adminUrl: adminUrl!, plans: [{ schema: 'slow', service: 'slow', migrations: [{ owner: 'slow', steps }] }], passwords: testPassword });
console.log('prepared');
