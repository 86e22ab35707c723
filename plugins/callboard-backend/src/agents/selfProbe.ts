import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const ANSWER_MS = 5_000;

/**
 * Sends this plugin a request of its own, which gives it access to its HTTP
 * server. The response does not matter, nor does the certificate: nothing is
 * sent but the path.
 */
export function selfProbe(url: string): Promise<void> {
  return new Promise(resolve => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const call = send(
      url,
      { rejectUnauthorized: false, timeout: ANSWER_MS, agent: false },
      response => {
        response.resume();
        response.once('close', resolve);
      },
    );
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve());
    call.end();
  });
}
