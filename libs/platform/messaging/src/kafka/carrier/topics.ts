import kafkajs from 'kafkajs';
import type { Admin, ITopicMetadata } from 'kafkajs';
import type { Topic } from '@mcr/event-kit';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Kafka is a copy that may be lost: a week of it lets consumers catch up without asking the owner's log. */
const CONFIGURATION = { 'cleanup.policy': 'delete', 'retention.ms': String(7 * DAY_MS), 'max.message.bytes': String(2 * 1024 * 1024) };

const entries = Object.entries(CONFIGURATION).map(([name, value]) => ({ name, value }));

/** Which of these topics the broker has. */
export async function topicsThere(admin: Admin, names: readonly string[]): Promise<Set<string>> {
  const all = new Set(await admin.listTopics());
  return new Set(names.filter((name) => all.has(name)));
}

async function configurationOf(admin: Admin, names: readonly string[]): Promise<Map<string, Map<string, string>>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: Object.keys(CONFIGURATION) })),
  });
  return new Map(resources.map(({ resourceName, configEntries }) => [resourceName, new Map(configEntries.map((e) => [e.configName, e.configValue]))]));
}

function differences({ name, partitions }: Topic, there: ITopicMetadata, configuration: ReadonlyMap<string, string>): string[] {
  const found = there.partitions.length;
  const settings = Object.entries(CONFIGURATION).filter(([setting, value]) => configuration.get(setting) !== value);
  return [
    ...(found === partitions ? [] : [`${name} has ${found} partitions in Kafka; its contract says ${partitions}.`]),
    ...settings.map(([setting, value]) => `${name} has ${setting} = ${configuration.get(setting)} in Kafka; it should be ${value}.`),
  ];
}

/**
 * Creates what is missing of an owner's topics, and tells in words where one that is there is not as its contract says.
 * Nothing that is there is changed: partitions that were added cannot be taken back.
 */
export async function ensureTopics(admin: Admin, topics: readonly Topic[]): Promise<string[]> {
  const names = topics.map(({ name }) => name);
  const there = await topicsThere(admin, names);
  const missing = topics.filter(({ name }) => !there.has(name));
  if (missing.length > 0) {
    const topicsToCreate = missing.map(({ name, partitions }) => ({ topic: name, numPartitions: partitions, replicationFactor: -1, configEntries: entries }));
    await admin.createTopics({ waitForLeaders: true, topics: topicsToCreate });
  }
  const present = topics.filter(({ name }) => there.has(name));
  if (present.length === 0) return [];
  const configuration = await configurationOf(admin, [...there]);
  const { topics: metadata } = await admin.fetchTopicMetadata({ topics: [...there] });
  return present.flatMap((topic) =>
    differences(
      topic,
      metadata.find(({ name }) => name === topic.name)!,
      configuration.get(topic.name)!,
    ),
  );
}
