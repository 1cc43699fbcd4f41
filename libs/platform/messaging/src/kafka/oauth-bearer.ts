import type { KafkaConfig } from 'kafkajs';

type Mechanism = Extract<KafkaConfig['sasl'], { authenticationProvider: unknown }>;

/** The name that kafkajs gives to a sign-in that was refused: it then does not try again. */
class SignInRefused extends Error {
  override readonly name = 'KafkaJSSASLAuthenticationError';
  readonly retriable = false;
}

const SEPARATOR = '\u0001';

/** RFC 7628, 3.1: no authorization identity, and the token. Kafka wants its length before it. */
function firstMessage(token: string): Buffer {
  const text = Buffer.from(`n,,${SEPARATOR}auth=Bearer ${token}${SEPARATOR}${SEPARATOR}`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(text.length);
  return Buffer.concat([length, text]);
}

/**
 * SASL/OAUTHBEARER as kafkajs has it, but that it reads the answer. A token that is refused is answered with a document that says so
 * (RFC 7628, 3.2.2); kafkajs takes that for a success, and the connection is then closed at the first request, as if the broker had gone.
 */
export const oauthBearer = (token: () => Promise<string>): Mechanism => ({
  mechanism: 'oauthbearer',
  authenticationProvider: ({ saslAuthenticate }) => ({
    authenticate: async () => {
      const message = firstMessage(await token());
      const answer = await saslAuthenticate({
        request: { encode: () => message },
        response: { decode: (bytes: Buffer) => bytes, parse: (bytes: Buffer) => bytes.toString('utf8') },
      });
      const status = /"status"\s*:\s*"([a-z_]+)"/.exec(answer ?? '')?.[1];
      if (status !== undefined) throw new SignInRefused(`the broker answered ${status}.`);
    },
  }),
});
