/** The body of a thread that issues and verifies with `@digitalbazaar/vc`: it shares nothing with ours, not even what a JSON-LD processor keeps of a context. */
import { parentPort, workerData } from 'node:worker_threads';
import { type Credential, SigningKey } from '@mcr/credentials';
import { digitalBazaar } from './digital-bazaar.ts';
import type { FromOther, OtherSetUp, ToOther } from './other-implementation.ts';

const { form, secretKey, method, now, badges } = workerData as OtherSetUp;
const other = await digitalBazaar(form, SigningKey.fromSecretKeyMultibase(secretKey), method, now);
const texts: string[] = [];
for (const badge of badges) texts.push(JSON.stringify(await other.issue(badge)));

async function work({ verb, from, count }: ToOther): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    const at = index % badges.length;
    if (verb === 'issue') await other.issue(badges[at]!);
    else if (!(await other.verify(JSON.parse(texts[at]!) as Credential))) throw new Error(`The baseline does not verify what it issued: ${form}.`);
  }
}

const tell = (message: FromOther): void => parentPort!.postMessage(message);
parentPort!.on('message', (asked: ToOther) => {
  work(asked).then(
    () => tell({}),
    (error: unknown) => tell({ error: String(error) }),
  );
});
tell({ issued: texts });
