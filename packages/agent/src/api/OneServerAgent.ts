import https from 'node:https';

/**
 * Connections to one server, always with the same certificates: they need no
 * name that tells them apart, which is made of all certificates for each request.
 */
export class OneServerAgent extends https.Agent {
  getName(): string {
    return 'api';
  }
}
