import { join, resolve } from 'node:path';
import { cp, readFile, writeFile } from 'node:fs/promises';

/** Eight clusters, two of them stores. */
const CATALOG = resolve(__dirname, '../../../catalog');

const STORES =
  `Bremen, Hanover, Leipzig, Dresden, Cologne, Dortmund, Essen, Nuremberg,
  Stuttgart, Mannheim, Freiburg, Vienna, Graz, Linz, Salzburg, Zurich, Basel, Berne, Paris, Lyon,
  Lille, Brussels, Ghent, Utrecht, Rotterdam, Aarhus, Gothenburg, Malmo`
    .split(',')
    .map(city => city.trim());

interface Site {
  name: string;
  title: string;
  env: string;
  region: string;
  size: string;
  provider: string;
  distribution: string;
  blueprint: string;
}

const SITES: Site[] = [
  ...[
    ['dev-2', 'Oregon Dev', 'dev', 'us', 'small'],
    ['eu-2', 'Stockholm', 'prod', 'eu', 'medium'],
    ['us-2', 'Virginia', 'prod', 'us', 'medium'],
    ['ap-2', 'Singapore', 'prod', 'ap', 'medium'],
  ].map(([name, title, env, region, size]) => ({
    name,
    title,
    env,
    region,
    size,
    provider: 'aws',
    distribution: 'eks',
    blueprint: 'golden',
  })),
  ...STORES.map((city, index) => ({
    name: `edge-${103 + index}`, // after those of the platform's own files
    title: `Store ${103 + index}, ${city}`,
    env: 'edge',
    region: 'eu',
    size: 'edge',
    provider: 'on-premises',
    distribution: 'k3s',
    blueprint: 'edge',
  })),
];

/** Copies the platform's own files to a folder, where a wave is not watched once it is up: what is shown of it is the same. */
export async function copyPlatform(folder: string): Promise<void> {
  await cp(CATALOG, folder, { recursive: true });
  const prod = join(folder, 'environments', 'prod.yaml');
  const text = await readFile(prod, 'utf8');
  await writeFile(prod, text.replace(/^ *minSuccessTime: .*\n/m, ''));
}

/** Adds clusters to those of {@link copyPlatform} until there are forty. */
export async function addClustersToForty(folder: string): Promise<void> {
  await writeFile(
    join(folder, 'clusters', 'sites.yaml'),
    SITES.map(describeSite).join('---\n'),
  );
}

function describeSite(site: Site): string {
  const { name, title, env, region, size } = site;
  return `apiVersion: callboard.dev/v1alpha1
kind: Cluster
metadata:
  name: ${name}
  title: ${title}
  labels: { env: ${env}, region: ${region}, size: ${size} }
spec:
  claims:
    provider: ${site.provider}
    version: v1.35.6
    distribution: ${site.distribution}
    region: ${title.split(', ').at(-1)!.toLowerCase().replace(' ', '-')}
  blueprint: ${site.blueprint}
  exposure: { type: NodePort, host: localhost }
`;
}
