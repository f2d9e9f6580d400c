import type { LookupFunction } from 'node:net';

/**
 * Every name is this machine: Node's resolver does not know `*.localhost`, which browsers resolve by themselves (RFC 6761, 6.3).
 * For the `lookup` option of Node's own clients.
 */
export const lookupLoopback: LookupFunction = (_hostname, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};
