import type { IndexableDocument } from '@backstage/plugin-search-common';
import { type App, nameCluster } from '@callboard/plugin-callboard-common';
import { sentencesOf } from './sentencesOf';

const MAX_NAMED = 50;

/** Returns the search document of an app: its name, status sentence, clusters, owner and system. */
export function appDocument(app: App): IndexableDocument {
  const { name, title, owner, system, sentence, environments } = app;
  const clusters = environments.flatMap(each =>
    each.clusters.map(({ cluster, title: called }) =>
      nameCluster({ name: cluster, title: called }),
    ),
  );
  const runsOn = [...new Set(clusters)].sort().slice(0, MAX_NAMED);
  return {
    title,
    text: sentencesOf([
      title === name ? undefined : name,
      sentence,
      runsOn.length > 0 ? `Runs on ${runsOn.join('; ')}` : undefined,
      `Owner ${nameOf(owner)}`,
      system === undefined ? undefined : `System ${nameOf(system)}`,
    ]),
    location: `/callboard/apps/${name}`,
    authorization: { resourceRef: name },
  };
}

/** Returns one search document for each current finding of an app. Logs of apps are never indexed. */
export function findingDocuments(app: App): IndexableDocument[] {
  return app.environments.flatMap(({ name, title: environment, findings }) =>
    findings.map(({ what, next, cluster }, index) => ({
      title: `${app.title} in ${environment}`,
      text: sentencesOf([
        what,
        next,
        cluster === undefined ? undefined : `On ${cluster}`,
        `Owner ${nameOf(app.owner)}`,
      ]),
      // Unique: search engines keep one document per location.
      location: `/callboard/apps/${app.name}#${name}-${index + 1}`,
      authorization: { resourceRef: app.name },
    })),
  );
}

/** Returns `payments` for `group:default/payments`. */
function nameOf(ref: string): string {
  return ref.slice(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf(':')) + 1);
}
