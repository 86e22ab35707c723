import { defaultCatalogCollatorEntityTransformer } from '@backstage/plugin-search-backend-module-catalog';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';

type Entity = Parameters<typeof defaultCatalogCollatorEntityTransformer>[0];

const MOST_NAMED = 50;

/**
 * Returns the search document of a catalog entity. All searchable text is in
 * its title and text, which a result shows: a match has a visible reason.
 */
export function catalogSearchDocument(
  entity: Entity,
): ReturnType<typeof defaultCatalogCollatorEntityTransformer> {
  const document = defaultCatalogCollatorEntityTransformer(entity);
  return {
    ...document,
    text: [
      document.text,
      ...namesOf(entity, document.title),
      ...factsOf(entity),
    ]
      .filter(Boolean)
      .map(part => part.replace(/\.$/, ''))
      .join('. '),
  };
}

/** Returns its plain name, where the title does not contain it. */
function namesOf({ metadata }: Entity, title: string): string[] {
  return title.includes(metadata.name) ? [] : [metadata.name];
}

function factsOf({ metadata, spec = {} }: Entity): string[] {
  const clusters = clustersOf(metadata);
  const others = dependenciesOf(spec, clusters);
  return [
    ...(clusters.length > 0
      ? [`Runs on ${clusters.slice(0, MOST_NAMED).join('; ')}`]
      : []),
    ...(others.length > 0
      ? [`Depends on ${others.slice(0, MOST_NAMED).join(', ')}`]
      : []),
    ...(typeof spec.owner === 'string' ? [`Owner ${nameOf(spec.owner)}`] : []),
    ...(typeof spec.system === 'string'
      ? [`System ${nameOf(spec.system)}`]
      : []),
    ...(typeof spec.type === 'string' ? [`Type ${spec.type}`] : []),
  ];
}

/** Returns the clusters that an app runs on, as people call them: `edge-3 · Store 7`. */
function clustersOf({ annotations = {} }: Entity['metadata']): string[] {
  const names = annotations[ENTITY_ANNOTATIONS.runsOn];
  return names === undefined ? [] : names.split('; ');
}

/** Returns its dependencies other than the clusters that it runs on. */
function dependenciesOf(
  { dependsOn }: NonNullable<Entity['spec']>,
  clusters: readonly string[],
): string[] {
  const refs = new Set(
    clusters.map(name => `resource:default/${name.split(' · ', 1)[0]}`),
  );
  return (Array.isArray(dependsOn) ? dependsOn : [])
    .map(String)
    .filter(ref => !refs.has(ref))
    .map(nameOf);
}

/** Returns `edge-3` for `resource:default/edge-3`. */
function nameOf(ref: string): string {
  return ref.slice(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf(':')) + 1);
}
