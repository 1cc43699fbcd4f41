/** Where institutions connect, and whose tokens they bring. */
export interface InstitutionsListener {
  readonly port: number;
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
}

export interface BrokerPlan {
  readonly logs: string;
  readonly port: number;
  readonly controllerPort: number;
  readonly institutions?: InstitutionsListener;
}

const HOST = '127.0.0.1';
const TWO_MEBIBYTES = 2 * 1024 * 1024;
const AN_HOUR_MS = 60 * 60 * 1000;

/** Records up to 2 MiB are taken, so that the registry itself can say which one was too large. */
const RECORD_WITH_ITS_BATCH = TWO_MEBIBYTES + 64 * 1024;

function institutionsProperties({ issuer, audience, jwksUrl }: InstitutionsListener): Record<string, string | number> {
  const listener = 'listener.name.institutions.oauthbearer';
  return {
    'listener.name.institutions.sasl.enabled.mechanisms': 'OAUTHBEARER',
    [`${listener}.sasl.jaas.config`]: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ;',
    [`${listener}.sasl.server.callback.handler.class`]: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler',
    [`${listener}.sasl.oauthbearer.jwks.endpoint.url`]: jwksUrl,
    [`${listener}.sasl.oauthbearer.expected.issuer`]: issuer,
    [`${listener}.sasl.oauthbearer.expected.audience`]: audience,
    // A connection does not outlive the token that opened it.
    [`${listener}.connections.max.reauth.ms`]: AN_HOUR_MS,
  };
}

/**
 * The properties of a broker that is its own controller, on loopback. Services use the INTERNAL listener, which is open here and
 * mTLS in production; institutions sign in, and may do only what an ACL names.
 */
export function brokerProperties({ logs, port, controllerPort, institutions }: BrokerPlan): string {
  const listeners = [`INTERNAL://${HOST}:${port}`, ...(institutions ? [`INSTITUTIONS://${HOST}:${institutions.port}`] : [])];
  const properties: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'INTERNAL',
    listeners: [...listeners, `CONTROLLER://${HOST}:${controllerPort}`].join(','),
    'advertised.listeners': listeners.join(','),
    'listener.security.protocol.map': 'INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,INSTITUTIONS:SASL_PLAINTEXT',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS',
    'allow.everyone.if.no.acl.found': false,
    'log.dirs': logs,
    'auto.create.topics.enable': false,
    'message.max.bytes': RECORD_WITH_ITS_BATCH,
    // One node: every replication factor is one, and a group need not wait for members that start later.
    'default.replication.factor': 1,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    // After a crash the node's own earlier session has to end before it may come back.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    'controlled.shutdown.enable': false,
    ...(institutions ? institutionsProperties(institutions) : {}),
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
