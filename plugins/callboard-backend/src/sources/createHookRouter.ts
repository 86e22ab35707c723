import type { LoggerService } from '@backstage/backend-plugin-api';
import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import express, { Router } from 'express';
import { checkSignature } from './checkSignature';
import { readPushedRepositories } from './readPushedRepositories';
import type { SourceFollower } from './SourceFollower';

const MAX_BODY = '1mb'; // hosts include the commits of a push; parsing more would block the event loop

/**
 * Receives webhooks of repository hosts: `POST /hooks/source`. A request that
 * is not signed with the platform's secret is refused before it is parsed.
 * Repeated, late or out-of-order webhooks are harmless: they name a repository,
 * and its branch is polled.
 */
export function createHookRouter(deps: {
  follower: Pick<SourceFollower, 'hint'>;
  /** Undefined where the platform configured none: then every webhook is refused. */
  secret: string | undefined;
  logger: LoggerService;
}): Router {
  const { follower, secret, logger } = deps;
  const router = Router();
  router.post(
    '/source',
    express.raw({ limit: MAX_BODY, type: () => true }),
    (req, res) => {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      if (secret === undefined) throw new ProblemError(noSecret());
      if (!checkSignature({ headers: req.headers, body }, secret))
        throw new ProblemError(notSigned());
      const urls = readPushedRepositories(parse(body));
      void follower
        .hint(urls)
        .catch(error => logger.warn('a webhook was not followed', error));
      res.status(202).json({ repositories: urls.length });
    },
  );
  return router;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new ProblemError({
      code: 'request-invalid',
      what: 'Cannot read this webhook',
      why: 'its body is no JSON',
      next: 'Choose application/json as the content type of the webhook',
      transient: false,
    });
  }
}

function noSecret(): Problem {
  return {
    code: 'not-allowed',
    what: 'Cannot take webhooks',
    why: 'the platform named no secret for them',
    next: 'Set callboard.sources.webhookSecret in the configuration of the portal, and the same in the webhook',
    transient: false,
  };
}

function notSigned(): Problem {
  return {
    code: 'not-allowed',
    what: 'Cannot take this webhook',
    why: "it is not signed with the platform's secret",
    next: 'Set the secret of the webhook to callboard.sources.webhookSecret of the portal',
    transient: false,
  };
}
