import { spawnSync } from 'node:child_process';
import { librariesAreHere } from './libraries.ts';

const JAVA = 17;

function javaMajor(): number | undefined {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = status === 0 ? /version "(\d+)/.exec(stderr)?.[1] : undefined;
  return major === undefined ? undefined : Number(major);
}

/** Why Kafka cannot run on this machine, in words for a person; undefined when it can. */
export function kafkaUnavailable(): string | undefined {
  const java = javaMajor();
  if (java === undefined) return `Java ${JAVA} or later is missing: install a JRE, so that "java -version" answers.`;
  if (java < JAVA) return `Java ${java} is here; Kafka needs Java ${JAVA} or later.`;
  if (librariesAreHere()) return undefined;
  const maven = spawnSync('mvn', ['-version'], { encoding: 'utf8' });
  return maven.status === 0 ? undefined : 'Maven is missing, which fetches Kafka once: install it, so that "mvn -version" answers.';
}
