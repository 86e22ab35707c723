import { lookup as resolveName } from 'node:dns';
import { type LookupFunction, isIP } from 'node:net';
import { ProblemError } from '@callboard/plugin-callboard-common';
import { isRefusedAddress } from '@callboard/plugin-callboard-node';
import { addressRefused } from './serverProblems';

/** Resolves a name and refuses forbidden addresses. Runs per connection, so a changed name is checked again. */
export function guardedLookup(cluster: string): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      if (addresses.some(({ address }) => isRefusedAddress(address))) {
        callback(new ProblemError(addressRefused(cluster, hostname)), '', 0);
        return;
      }
      if (options.all === true) callback(null, addresses);
      else
        callback(
          null,
          addresses[0].address,
          addresses[0].family || isIP(addresses[0].address),
        );
    });
  };
}
