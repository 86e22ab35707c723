export { handleRequest } from './handleRequest';
export { sendError } from './sendError';
export { type ServedCluster } from './ServedCluster';
export { type StreamConditions, WatchStream } from './WatchStream';
