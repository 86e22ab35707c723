import type { ApiEntity } from '@backstage/catalog-model';
import { managedBy } from './managedBy';

/**
 * Returns the API of Callboard as an API entity.
 *
 * @param document - its OpenAPI document, as Callboard serves it
 */
export function apiEntity(
  document: string,
  options: { owner: string },
): ApiEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: 'callboard',
      title: 'Callboard',
      description:
        'Apps, releases, placement, rollouts and clusters over HTTP: what the pages of Callboard ask',
      annotations: managedBy('openapi.json'),
    },
    spec: {
      type: 'openapi',
      lifecycle: 'production',
      owner: options.owner,
      definition: document,
    },
  };
}
