import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { stringify } from 'yaml';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { statusOf } from '../http';

/**
 * Routes for agents and their installation, without sign-in: the token
 * authorizes them. Responses are text for a terminal.
 */
export function createAgentsRouter({
  controlPlane,
}: {
  controlPlane: Pick<ControlPlane, 'readInstallManifest'>;
}): Router {
  const router = PromiseRouter();

  router.get('/:cluster/install.yaml', async (req, res) => {
    const { cluster } = req.params;
    const { token } = req.query;
    hideQuery(req);
    res.set('cache-control', 'no-store');
    const manifest = await controlPlane.readInstallManifest({
      cluster,
      token: typeof token === 'string' ? token : '',
    });
    if (manifest.ok) {
      res.type('text/yaml');
      res.send(manifest.value.map(object => stringify(object)).join('---\n'));
      return;
    }
    const { what, why, next } = manifest.problem;
    res.status(statusOf(manifest.problem)).type('text/plain');
    res.send(`${what}: ${why}. ${next}\n`);
  });

  // Upgrades never reach this route; plain requests do.
  router.get('/connect', (_req, res) => {
    res.status(426).set('upgrade', 'websocket').type('text/plain');
    res.send('Agents connect here by WebSocket.\n');
  });

  return router;
}

/** The portal logs the address of every answered request, which must not contain tokens. */
function hideQuery(req: { url: string; originalUrl: string }): void {
  req.originalUrl = req.originalUrl.split('?', 1)[0];
  req.url = req.url.split('?', 1)[0];
}
