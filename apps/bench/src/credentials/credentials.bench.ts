import { parseArgs } from 'node:util';
import { LoadClient } from '../harness/load.ts';
import { wholeNumber } from '../harness/whole-number.ts';
import { measureIssuingBesideIntake } from './issuing-beside-intake.ts';
import { measureRevocations } from './revocations.ts';
import { measureSigningAndVerifying } from './signing-and-verifying.ts';
import { measureVerifyFace } from './verify-face.ts';

/**
 * What was promised of credentials: how fast they are signed and verified, that issuing them does not hold up the intake, how long `POST /verify`
 * takes, and when a revocation shows. `--awards 2000 --rounds 2 --requests 300 --revocations 5` is a quick look.
 */
export async function credentials(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      ms: { type: 'string', default: '400' },
      rounds: { type: 'string', default: '7' },
      awards: { type: 'string', default: '100000' },
      requests: { type: 'string', default: '2000' },
      revocations: { type: 'string', default: '20' },
    },
  });
  const option = (name: keyof typeof values, least?: number): number => wholeNumber(values[name], name, least);
  const [ms, rounds, awards, requests, revocations] = [option('ms'), option('rounds', 0), option('awards'), option('requests'), option('revocations')];
  const client = await LoadClient.start();
  try {
    if (rounds > 0) await measureSigningAndVerifying({ ms, rounds });
    const { province, ratio } = await measureIssuingBesideIntake(client, awards);
    try {
      const verifyP99 = await measureVerifyFace(province, client, requests);
      const shownP99 = await measureRevocations(province, revocations);
      const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
      console.log(`credentials: intake at ${ratio.toFixed(2)} beside issuing, verify p99 ${milliseconds(verifyP99)}, revoked p99 ${milliseconds(shownP99)}`);
    } finally {
      await province.close();
    }
  } finally {
    client.stop();
  }
}
