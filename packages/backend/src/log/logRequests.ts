import type { LoggerService } from '@backstage/backend-plugin-api';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Internal requests of the portal, sent for nearly every read. */
const OF_ITSELF = /^\/api\/(permission\/authorize|auth\/v1\/userinfo)\b/;
const READS = /^(GET|HEAD|OPTIONS)$/;

/** Secret values in a URL: the token of a registration, the code of a sign-in. */
const SECRET_VALUES = /([?&](?:\w+[_-])?(?:token|key|code|secret)=)[^&]*/gi;
/** Git tokens are not part of a URL; one that was put there by mistake must not be logged. */
const GIT_TOKENS = /cbt_[\w-]{8,}/g;

/**
 * Logs one line for each request that changes something or fails. Successful
 * reads are logged at level debug: an open page sends one every few seconds.
 */
export function logRequests(logger: LoggerService) {
  return function logRequest(
    req: IncomingMessage,
    res: ServerResponse,
    next: () => void,
  ): void {
    const { method = '' } = req;
    // Read here: routers remove the parts of the URL that they matched.
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
