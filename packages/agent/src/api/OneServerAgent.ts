import https from 'node:https';

/**
 * Connections to one server, always with the same certificates. They share a
 * constant name: Node.js would build one from all certificates for each
 * request.
 */
export class OneServerAgent extends https.Agent {
  getName(): string {
    return 'api';
  }
}
