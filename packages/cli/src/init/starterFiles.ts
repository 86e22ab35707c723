/** What a portal is started with. */
export interface Starter {
  /** The cluster that is signed in to by a kubeconfig; none when omitted. */
  cluster?: { name: string; kubeconfig: string };
  /** Entity reference of who may add and remove clusters. */
  platformTeam: string;
}

const ENVIRONMENT = `# Every push arrives here. Others follow by promotion: copy this file, count
# \`order\` up and add \`promotion: { from: dev }\`.
apiVersion: callboard.dev/v1alpha1
kind: Environment
metadata:
  name: dev
  title: Development
  description: Every push arrives here
spec:
  order: 1
  placement:
    numberOfClusters: 1
    predicates:
      - requiredClusterSelector:
          labelSelector:
            matchLabels:
              env: dev
`;

const BLUEPRINT = `# What every cluster has. Raise \`version\` with every change.
apiVersion: callboard.dev/v1alpha1
kind: Blueprint
metadata:
  name: base
  title: Base
  description: What every cluster of this portal has
spec:
  version: 1
  state: active
  drift: DetectAndNotify
  addons:
    - name: platform-namespace
      description: Where the platform keeps its own things
      objects:
        - apiVersion: v1
          kind: Namespace
          metadata:
            name: platform
`;

/**
 * The files of a platform's first hour, by path from the folder of the portal: an
 * environment that takes every push, a blueprint that is nearly empty, and the
 * part of the configuration that names them.
 */
export function starterFiles(starter: Starter): Record<string, string> {
  return {
    'callboard/environments/dev.yaml': ENVIRONMENT,
    'callboard/blueprints/base.yaml': BLUEPRINT,
    'app-config.callboard.yaml': configOf(starter),
  };
}

function configOf({ cluster, platformTeam }: Starter): string {
  const clusters = cluster
    ? `  clusters:
    - name: ${JSON.stringify(cluster.name)}
      labels: { env: dev }
      blueprint: base
      kubeconfig:
        file: ${JSON.stringify(cluster.kubeconfig)}
`
    : `  # Clusters join from the page "Add cluster", or are named here:
  # clusters:
  #   - name: first
  #     labels: { env: dev }
  #     blueprint: base
  #     kubeconfig:
  #       file: /etc/callboard/kubeconfig.yaml
`;
  return `# Name this file after the others: \`yarn start --config ../../app-config.yaml
# --config ../../app-config.callboard.yaml\`, or copy its content into app-config.yaml.
# Paths are read from the folder in which the backend runs, packages/backend.
callboard:
  # Repositories, keys and builds. Keep it, and give it to one portal alone.
  dataDir: ../../.callboard
  # Environments, blueprints and descriptions of clusters.
  platform:
    - ../../callboard
  # Who may add and remove clusters.
  platformTeam:
    - ${JSON.stringify(platformTeam)}
${clusters}`;
}
