/** What kept Kafka from doing what was asked. Everything but the last two may pass by itself. */
export type TroubleKind = 'UNREACHABLE' | 'NO_TOPIC' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'TOO_LARGE';

/** A request to Kafka failed. Told as an outage elsewhere (`status` 503), so that a delivery waits for Kafka as long as it takes. */
export class KafkaTrouble extends Error {
  readonly status: number;

  constructor(
    readonly kind: TroubleKind,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
    this.name = 'KafkaTrouble';
    this.status = kind === 'TOO_LARGE' ? 413 : 503;
  }
}

interface Told {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

const kinds: readonly (readonly [kind: TroubleKind, sign: RegExp])[] = [
  ['TOO_LARGE', /^(MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE)$/],
  ['UNAUTHENTICATED', /^(KafkaJSSASLAuthenticationError|SASL_AUTHENTICATION_FAILED)$/],
  ['FORBIDDEN', /^(TOPIC|GROUP|CLUSTER)_AUTHORIZATION_FAILED$/],
  ['NO_TOPIC', /^UNKNOWN_TOPIC_OR_PARTITION$/],
];

const said: Record<TroubleKind, string> = {
  UNREACHABLE: 'Kafka does not answer',
  NO_TOPIC: 'There is no such topic',
  UNAUTHENTICATED: 'Kafka does not take the access token',
  FORBIDDEN: 'Kafka does not allow this',
  TOO_LARGE: 'A record is larger than Kafka takes',
};

/** kafkajs wraps what the broker said into "number of retries exceeded", several layers deep at times. */
function* layersOf(error: unknown): Generator<Told> {
  if (typeof error !== 'object' || error === null) return;
  const told = error as Told;
  yield told;
  yield* layersOf(told.cause);
  for (const one of told.errors ?? []) yield* layersOf(one);
}

/** Says in one word what kafkajs threw. */
export function troubleOf(error: unknown): KafkaTrouble {
  if (error instanceof KafkaTrouble) return error;
  const layers = [...layersOf(error)];
  const signs = layers.flatMap(({ name, type }) => [name, type]).filter((sign) => typeof sign === 'string');
  const [kind] = kinds.find(([, sign]) => signs.some((one) => sign.test(one))) ?? (['UNREACHABLE'] as const);
  const [first] = layers;
  return new KafkaTrouble(kind, `${said[kind]}: ${typeof first?.message === 'string' ? first.message : String(error)}`, error);
}
