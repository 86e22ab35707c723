export { adviseOn, describeSubject } from './describeSubject';
export { type OutputError, readOutputError } from './readOutputError';
export { readListeningPorts } from './readListeningPorts';
export type { ErrorSubject } from './readSubject';
export { readLines, tailOf } from './tailOf';
