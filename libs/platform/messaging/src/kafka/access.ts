import kafkajs from 'kafkajs';
import type { AclEntry, Admin } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from './client.ts';
import { troubleOf } from './records/kafka-trouble.ts';

/** Node finds only some of the names that this CommonJS module exports. */
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;

/** A topic that is not a log of ours, as it is created. */
export interface OutsideTopic {
  readonly name: string;
  readonly partitions: number;
  readonly retentionMs: number;
  readonly maxMessageBytes: number;
}

const operations = { READ: AclOperationTypes.READ, WRITE: AclOperationTypes.WRITE, DESCRIBE: AclOperationTypes.DESCRIBE } as const;
const resources = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP } as const;

/** What a client may do with one topic, or with the groups of one name or of all names that begin so. */
export interface Grant {
  readonly on: keyof typeof resources;
  readonly name: string;
  readonly prefix?: boolean;
  readonly may: readonly (keyof typeof operations)[];
}

const anything = { resourceType: AclResourceTypes.ANY, resourcePatternType: ResourcePatternTypes.ANY, operation: AclOperationTypes.ANY } as const;

const entriesOf = (principal: string, { on, name, prefix, may }: Grant): AclEntry[] =>
  may.map((operation) => ({
    resourceType: resources[on],
    resourceName: name,
    resourcePatternType: prefix ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
    principal,
    host: '*',
    operation: operations[operation],
    permissionType: AclPermissionTypes.ALLOW,
  }));

const textOf = (acl: AclEntry): string =>
  [acl.resourceType, acl.resourceName, acl.resourcePatternType, acl.principal, acl.host, acl.operation, acl.permissionType].join(' ');

/** Sets what exists and who may on a broker. Everything is a state: setting it again changes nothing. */
export class BrokerAccess {
  readonly #admin: Admin;
  #connected: Promise<void> | undefined;

  constructor(connection: KafkaConnection) {
    this.#admin = kafkaClient(connection).admin({ retry: { retries: 2 } });
  }

  /**
   * Creates the topics that are missing, with as many replicas as the broker gives where nobody says a number.
   * @throws KafkaTrouble
   */
  createMissing(topics: readonly OutsideTopic[]): Promise<void> {
    return this.#ask(async () => {
      const there = new Set(await this.#admin.listTopics());
      const missing = topics.filter(({ name }) => !there.has(name));
      if (missing.length === 0) return;
      await this.#admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(({ name, partitions, retentionMs, maxMessageBytes }) => ({
          topic: name,
          numPartitions: partitions,
          replicationFactor: -1,
          configEntries: [
            { name: 'cleanup.policy', value: 'delete' },
            { name: 'retention.ms', value: String(retentionMs) },
            { name: 'max.message.bytes', value: String(maxMessageBytes) },
          ],
        })),
      });
    });
  }

  /**
   * Lets a principal do exactly this: what it might do besides is taken away first, also on connections that are open.
   * @throws KafkaTrouble
   */
  allowExactly(principal: string, grants: readonly Grant[]): Promise<void> {
    return this.#ask(async () => {
      const wanted = new Map(grants.flatMap((grant) => entriesOf(principal, grant)).map((entry) => [textOf(entry), entry]));
      const { resources: found } = await this.#admin.describeAcls({ ...anything, principal, permissionType: AclPermissionTypes.ANY });
      const present = new Map(found.flatMap(({ acls, ...resource }) => acls.map((acl) => ({ ...resource, ...acl }))).map((entry) => [textOf(entry), entry]));
      const surplus = [...present].flatMap(([text, entry]) => (wanted.has(text) ? [] : [entry]));
      const lacking = [...wanted].flatMap(([text, entry]) => (present.has(text) ? [] : [entry]));
      if (surplus.length > 0) await this.#admin.deleteAcls({ filters: surplus });
      if (lacking.length > 0) await this.#admin.createAcls({ acl: lacking });
    });
  }

  async close(): Promise<void> {
    await this.#connected?.catch(() => undefined);
    await this.#admin.disconnect();
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      this.#connected ??= this.#admin.connect();
      await this.#connected;
      return await request();
    } catch (error) {
      this.#connected = undefined;
      throw troubleOf(error);
    }
  }
}
