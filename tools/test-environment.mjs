import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * What the language itself has. Nothing in a spec replaces these; what specs do replace (clocks, timers, fetch) is not among them. `Infinity` and
 * `NaN` cannot be declared anew: swc writes them otherwise (`swc-options.mjs`).
 */
const BUILT_IN = [
  ...['Object', 'Function', 'Array', 'Number', 'String', 'Boolean', 'BigInt', 'Symbol', 'Math', 'JSON', 'RegExp', 'Reflect', 'Proxy', 'Promise', 'Iterator'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError', 'Intl'],
  ...['ArrayBuffer', 'SharedArrayBuffer', 'Atomics', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent', 'structuredClone'],
];

/**
 * Jest's environment for Node, in which the language's own names are found as fast as elsewhere. Each use of a global of a vm context asks the
 * context's object for it, which takes two hundred times as long; names that a script of the context has declared come first.
 */
export default class FastEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    const names = BUILT_IN.filter((name) => name in this.global);
    vm.runInContext(`const ${names.map((name) => `${name} = globalThis.${name}`).join(', ')};`, this.getVmContext());
  }
}
