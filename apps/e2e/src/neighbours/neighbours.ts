import { eventually } from '@mcr/testing';
import { publish } from '../testing/faces.ts';
import { submission } from '../testing/province.ts';
import type { Province } from '../testing/province.ts';
import type { RegistryProcess } from '../testing/registry-process.ts';

const AT_ONCE = 8;

/** One institution, with what it needs to publish. */
export class Neighbour {
  constructor(
    readonly code: string,
    readonly microCredential: string,
    readonly token: string,
  ) {}

  get clientId(): string {
    return `${this.code.toLowerCase()}-publisher`;
  }

  get source(): string {
    return `urn:bc:mcr:inst:${this.code}`;
  }

  /** A good record of this institution. */
  record(name: string, overrides: object = {}): object {
    const { sourceAwardId = `${this.code}-${name}` } = overrides as { sourceAwardId?: string };
    return submission(this.code, this.microCredential, sourceAwardId, overrides);
  }
}

/** Runs the work for all items, some at a time. Answers in the items' order. */
async function someAtOnce<Item, Answer>(items: readonly Item[], work: (item: Item) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  const queue = [...items.entries()];
  const one = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) answers[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return answers;
}

/** Institutions of one province that do not wish each other well. */
export class Neighbours {
  private constructor(
    private readonly registry: RegistryProcess,
    readonly all: readonly Neighbour[],
  ) {}

  static async settle(registry: RegistryProcess, province: Province, count: number): Promise<Neighbours> {
    const codes = Array.from({ length: count }, (_, index) => `NB${String.fromCharCode(65 + index)}`);
    const all: Neighbour[] = [];
    for (const code of codes) {
      await province.institution(code, `Neighbour ${code}`);
      const microCredential = await province.microCredential(code, { title: `Fences of ${code}` });
      all.push(new Neighbour(code, microCredential, await province.clientToken(code)));
    }
    const neighbours = new Neighbours(registry, all);
    await neighbours.each((one) => neighbours.#isKnown(one));
    return neighbours;
  }

  each(work: (one: Neighbour) => Promise<void>): Promise<void[]> {
    return someAtOnce(this.all, work);
  }

  /** Every institution with every other. */
  pairs<Answer>(work: (mine: Neighbour, theirs: Neighbour) => Promise<Answer>): Promise<Answer[]> {
    const pairs = this.all.flatMap((mine) => this.all.filter((theirs) => theirs !== mine).map((theirs) => [mine, theirs] as const));
    return someAtOnce(pairs, ([mine, theirs]) => work(mine, theirs));
  }

  /** How often the registry has noted until now that this client named another institution. */
  audited(): (clientId: string) => number {
    const notes = this.registry.output.split('\n').filter((line) => line.includes('"audit":"SOURCE_NOT_YOURS"'));
    return (clientId) => notes.filter((line) => line.includes(`"clientId":"${clientId}"`)).length;
  }

  /** An empty batch stores nothing, and is answered once the client has arrived where awards are taken. */
  #isKnown({ token }: Neighbour): Promise<void> {
    return eventually(
      async () => {
        const { status } = await publish(this.registry, [], token);
        if (status === 401) throw new Error('The client has not arrived yet.');
      },
      { timeoutMs: 15_000 },
    );
  }
}
