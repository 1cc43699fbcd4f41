import type { Principal } from './principal.ts';

/** Beside the principals and not in them, so that whoever logs or copies a principal has no token in hand. */
const tokens = new WeakMap<Principal, string>();

/** Notes with which token somebody proved who they are. */
export const rememberTokenOf = (principal: Principal, token: string): void => void tokens.set(principal, token);

/** The token that a verified principal came with, for a call on their behalf. Undefined for `anonymous` and for whoever was not verified here. */
export const tokenOf = (principal: Principal): string | undefined => tokens.get(principal);
