import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { version } from '../package.json';
import { type ApiAccess, ApiServer } from './api/ApiServer';
import { reportPodConnected } from './api/reportPodConnected';
import { readInClusterAccess } from './api/readInClusterAccess';
import { readKubeconfig } from './api/readKubeconfig';
import { FileKeyStore } from './keys/FileKeyStore';
import { SecretKeyStore } from './keys/SecretKeyStore';
import { loadKey } from './keys/loadKey';
import { findProxy, nameProxy } from './proxy/findProxy';
import { runAgent } from './runAgent';
import { FileStateStore } from './state/FileStateStore';
import { SecretStateStore } from './state/SecretStateStore';
import type { StateStore } from './state/StateStore';

export const AGENT_VERSION = version;

const USAGE = `callboard-agent: connects a cluster to Callboard by dialing out

  --hub URL            where Callboard takes agents: wss://portal/api/callboard/agents/connect
  --hub-key KEY        Callboard's public key, from the install manifest
  --hub-ca FILE        CA of Callboard's certificate, where it is not commonly known
  --cluster NAME       the name this cluster was given
  --key-file FILE      where the agent keeps its own key; made when it is not there
  --key-secret NS/NAME the same in a Secret of the cluster
  --state-folder DIR   where it keeps what is wanted and what happened while Callboard was away
  --state-secret NS/NAME the same in Secrets of the cluster, named NAME-journal, NAME-desired-0 to -7
  --kubeconfig FILE    the API server, when the agent runs outside of the cluster

The join token is read from the environment: CALLBOARD_JOIN_TOKEN; a proxy on the
way out from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
`;

/** The command line. Runs until SIGTERM or SIGINT. */
export async function main(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      hub: { type: 'string' },
      'hub-key': { type: 'string' },
      'hub-ca': { type: 'string' },
      cluster: { type: 'string' },
      'key-file': { type: 'string' },
      'key-secret': { type: 'string' },
      'state-folder': { type: 'string' },
      'state-secret': { type: 'string' },
      kubeconfig: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const {
    hub: url,
    'hub-key': hubKey,
    cluster,
    'key-file': keyFile,
    'key-secret': keySecret,
  } = values;
  if (values.help || !url || !hubKey || !cluster || (!keyFile && !keySecret)) {
    process.stderr.write(USAGE);
    return values.help ? 0 : 2;
  }
  const log = (line: string) =>
    void process.stdout.write(`${new Date().toISOString()} ${line}\n`);
  const proxy = findProxy(url, env);
  if (proxy) log(`Dials ${new URL(url).host} through ${nameProxy(proxy)}`);
  const api = new ApiServer(await readAccess(values.kubeconfig, env));
  const [namespace, name] = (keySecret ?? '/').split('/');
  const key = await loadKey(
    keyFile
      ? new FileKeyStore(keyFile)
      : new SecretKeyStore(api, { namespace, name }),
  );
  const store = chooseStore(api, {
    folder: values['state-folder'],
    secret: values['state-secret'],
  });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => stop.abort());
  await runAgent(
    {
      hub: {
        url,
        hubKey,
        ...(proxy && { proxy }),
        ...(values['hub-ca'] && { ca: readFileSync(values['hub-ca'], 'utf8') }),
      },
      identity: {
        cluster,
        ...key,
        version: AGENT_VERSION,
        runsInCluster: values.kubeconfig === undefined,
        startedAtMs: Date.now(),
        ...(env.CALLBOARD_JOIN_TOKEN && {
          joinToken: env.CALLBOARD_JOIN_TOKEN,
        }),
      },
      api,
      store,
      onRest: collectGarbage,
      ...(env.CALLBOARD_POD && {
        onFirstWelcome: signal =>
          reportPodConnected(
            api,
            { namespace, name: env.CALLBOARD_POD ?? '' },
            signal,
          ),
      }),
      log,
    },
    stop.signal,
  );
  api.close();
  return 0;
}

/** Returns the memory of the last busy time: V8 does not collect garbage in a process that allocates nothing. */
function collectGarbage(): void {
  globalThis.gc?.({
    type: 'major',
    execution: 'sync',
    flavor: 'last-resort', // also memory reserved for growth
  });
}

async function readAccess(
  kubeconfig: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<ApiAccess> {
  if (!kubeconfig) return readInClusterAccess(env);
  const text = readFileSync(kubeconfig, 'utf8');
  if (text.startsWith('{')) return readKubeconfig(JSON.parse(text));
  // The YAML parser takes memory, and within a cluster there is no kubeconfig.
  const { readKubeconfigAccess } = await import('./api/readKubeconfigAccess');
  return readKubeconfigAccess(kubeconfig);
}

function chooseStore(
  api: ApiServer,
  { folder, secret }: { folder?: string; secret?: string },
): StateStore | undefined {
  if (folder) return new FileStateStore(folder);
  const [namespace, name] = (secret ?? '/').split('/');
  return name ? new SecretStateStore(api, { namespace, name }) : undefined;
}
