import { describe } from '@jest/globals';
import { kafkaUnavailable } from '@mcr/kafka-broker';

/** How the registry runs: everything in one process, or one process each with Kafka between them. */
export type Mode = 'in one process' | 'one process each';

const withoutKafka = kafkaUnavailable();

/** The suite of tests in one mode; skipped, with the reason in its name, where this machine cannot run it. */
export function describeIn(mode: Mode, name: string, tests: () => void): void {
  if (mode === 'one process each' && withoutKafka) describe.skip(`${name}, ${mode} (${withoutKafka})`, tests);
  else describe(`${name}, ${mode}`, tests);
}

/** The same tests in both modes: nobody outside can tell them apart. */
export function describeInEachMode(name: string, tests: (mode: Mode) => void): void {
  for (const mode of ['in one process', 'one process each'] as const) describeIn(mode, name, () => tests(mode));
}
