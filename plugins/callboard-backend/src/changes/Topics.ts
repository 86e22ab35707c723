import { createHmac, hkdfSync } from 'node:crypto';
import type { RequestHandler } from 'express';
import { TOPIC_HEADER } from '@callboard/plugin-callboard-common';

const TOPIC_CHARACTERS = 22; // 132 bits

/**
 * Opaque names of apps and clusters in signals, which reach everyone who is
 * connected, signed in or not. A response about an app or a cluster contains
 * its topic, so its readers know when to refetch, and no permission has to be
 * checked when something changes.
 */
export class Topics {
  readonly #key: Buffer;

  /** @param secret - the same for all processes of a portal, and after a restart */
  constructor(secret: string) {
    this.#key = Buffer.from(
      hkdfSync('sha256', secret, '', 'callboard signal topics', 32),
    );
  }

  topicOf(kind: 'app' | 'cluster', name: string): string {
    return createHmac('sha256', this.#key)
      .update(`${kind}/${name}`)
      .digest('base64url')
      .slice(0, TOPIC_CHARACTERS);
  }

  /** Adds the topic to responses of routes below `/apps/:name` or `/clusters/:name`; never to a refusal. */
  middleware(kind: 'app' | 'cluster'): RequestHandler<{ name: string }> {
    return (req, res, next) => {
      const json = res.json.bind(res);
      const { method } = req;
      const { name } = req.params; // the route has this parameter
      res.json = body => {
        if (method === 'GET' && res.statusCode === 200) {
          res.set(TOPIC_HEADER, this.topicOf(kind, name));
          res.append('access-control-expose-headers', TOPIC_HEADER); // pages may come from another origin
        }
        return json(body);
      };
      next();
    };
  }
}
