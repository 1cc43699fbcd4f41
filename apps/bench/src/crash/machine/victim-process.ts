/**
 * A process of the registry that may be told to die: the services that its parameters name, run as an app runs them, but for
 * the fault points. When it is told so, it kills itself where it stands, as a power cut would.
 */
import { awards } from '@mcr/awards';
import { gateway } from '@mcr/gateway';
import { institutions } from '@mcr/institutions';
import { pathways } from '@mcr/pathways';
import { programs } from '@mcr/programs';
import { readSettings, run } from '@mcr/runtime';
import { search } from '@mcr/search';
import type { DieAt, Told } from './protocol.ts';
import { witness } from './witness.ts';

const known = [institutions, programs, awards, pathways, search, gateway, witness];
const named = process.argv.slice(2);
const services = known.filter(({ name }) => named.includes(name));

let death: { point: string; left: number } | undefined;
const tell = (told: Told): void => void process.send!(told);

process.on('message', ({ point, nth }: DieAt) => {
  death = { point, left: nth };
  tell('armed');
});
// Whoever started this process is gone: nothing is left to be proved.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const registry = await run(services, {
  settings: readSettings(process.env),
  atFaultPoint: (point) => {
    if (death?.point !== point || --death.left > 0) return;
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
});
process.on('SIGTERM', () => {
  registry.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
tell('running');
