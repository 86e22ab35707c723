/** Repository hosts that apps may follow, as Backstage's integrations configure them. */

export { sourceHostsModule as default } from './module';
export { readSourceHosts } from './readSourceHosts';
