/** Why a client of the registry got no token. */
export type SignInFailure = 'UNREACHABLE' | 'NOT_A_REGISTRY' | 'NO_KEY' | 'BAD_KEY' | 'REFUSED' | 'UNKNOWN_ROLE' | 'NO_INSTITUTION';

/** No token, with a message for the person at the terminal. Holds no key and no assertion. */
export class SignInError extends Error {
  constructor(
    readonly reason: SignInFailure,
    message: string,
  ) {
    super(message);
    this.name = 'SignInError';
  }
}
