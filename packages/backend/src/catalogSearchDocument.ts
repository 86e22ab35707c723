import { defaultCatalogCollatorEntityTransformer } from '@backstage/plugin-search-backend-module-catalog';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';

type Entity = Parameters<typeof defaultCatalogCollatorEntityTransformer>[0];

const MOST_NAMED = 50;

/**
 * An entity of the catalog as search finds it. What may be searched for stands
 * in its title and text, which a result shows: a match has a visible reason.
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

/** Its plain name, where the title does not show it. */
function namesOf({ metadata }: Entity, title: string): string[] {
  return title.includes(metadata.name) ? [] : [metadata.name];
}

function factsOf({ metadata, spec = {} }: Entity): string[] {
  const dependsOn = Array.isArray(spec.dependsOn) ? spec.dependsOn : [];
  const names = dependsOn.map(ref => nameOf(String(ref))).slice(0, MOST_NAMED);
  const isApp = metadata.annotations?.[ENTITY_ANNOTATIONS.app] !== undefined;
  return [
    ...(names.length > 0
      ? [`${isApp ? 'Runs on' : 'Depends on'} ${names.join(', ')}`]
      : []),
    ...(typeof spec.owner === 'string' ? [`Owner ${nameOf(spec.owner)}`] : []),
    ...(typeof spec.system === 'string'
      ? [`System ${nameOf(spec.system)}`]
      : []),
    ...(typeof spec.type === 'string' ? [`Type ${spec.type}`] : []),
  ];
}

/** `edge-3` of `resource:default/edge-3`. */
function nameOf(ref: string): string {
  return ref.slice(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf(':')) + 1);
}
