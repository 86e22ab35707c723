import type { LoggerService } from '@backstage/backend-plugin-api';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Asked by the portal of itself for nearly every read. */
const OF_ITSELF = /^\/api\/(permission\/authorize|auth\/v1\/userinfo)\b/;
const READS = /^(GET|HEAD|OPTIONS)$/;

/** Values in an address that let somebody in: the token of a registration, the code of a sign-in. */
const SECRET_VALUES = /([?&](?:\w+[_-])?(?:token|key|code|secret)=)[^&]*/gi;
/** Git tokens are no part of an address; who puts one there by mistake finds it in no log. */
const GIT_TOKENS = /cbt_[\w-]{8,}/g;

/**
 * One line for each request that changes something or fails. Reads that succeed
 * are lines of the level debug: a page that is open asks every few seconds.
 */
export function logRequests(logger: LoggerService) {
  return function logRequest(
    req: IncomingMessage,
    res: ServerResponse,
    next: () => void,
  ): void {
    const { method = '' } = req;
    // Now: routers cut off what they have read of it.
    const url = (req.url ?? '')
      .replace(SECRET_VALUES, '$1***')
      .replace(GIT_TOKENS, 'cbt_***');
    res.on('finish', () => {
      const { statusCode } = res;
      const isRoutine =
        statusCode < 400 && (READS.test(method) || OF_ITSELF.test(url));
      logger[isRoutine ? 'debug' : 'info'](`${method} ${url} ${statusCode}`, {
        type: 'incomingRequest',
        method,
        url,
        status: statusCode,
        userAgent: req.headers['user-agent'],
      });
    });
    next();
  };
}
