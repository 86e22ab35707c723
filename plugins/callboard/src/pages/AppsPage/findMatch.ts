import type { App } from '@callboard/plugin-callboard-common';
import { describeEntity } from '@callboard/plugin-callboard-react';

const SHORT_COMMIT = 7;

/** A searchable fact. `says` is the explanation that a row adds; absent for facts that every row shows. */
interface Fact {
  text: string;
  says?: string;
}

/**
 * Explains why an app matches a search, one reason per fact that its row does
 * not show (`runs on edge-3 · Store 7`). Empty when the row shows all of them;
 * undefined when a word matches nothing.
 */
export function findMatch(
  app: App,
  { search, nameOf }: { search: string; nameOf: (cluster: string) => string },
): string[] | undefined {
  const words = search.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  const facts = factsOf(app, nameOf);
  const found = words.map(word =>
    facts.find(({ text }) => text.toLocaleLowerCase('en').includes(word)),
  );
  if (found.some(fact => fact === undefined)) return undefined;
  return [...new Set(found.flatMap(fact => fact?.says ?? []))];
}

/** Facts that every row shows come first: they need no explanation. */
function factsOf(app: App, nameOf: (cluster: string) => string): Fact[] {
  const { name, title, owner, system, environments } = app;
  const used = environments.filter(({ release }) => release !== null);
  return [
    { text: name },
    { text: title },
    ...used.map(environment => ({ text: environment.title })),
    { text: describeEntity(owner), says: `owner ${describeEntity(owner)}` },
    ...(system === undefined
      ? []
      : [{ text: system, says: `system ${system}` }]),
    ...environments.flatMap(({ clusters }) =>
      clusters.map(({ cluster }) => ({
        text: nameOf(cluster),
        says: `runs on ${nameOf(cluster)}`,
      })),
    ),
    ...environments.flatMap(environment => {
      const { release } = environment;
      if (release === null) return [];
      return [
        { text: release.message, says: `“${release.message}”` },
        {
          text: release.revision,
          says: `commit ${release.revision.slice(0, SHORT_COMMIT)}`,
        },
      ];
    }),
    ...environments.map(environment => ({
      text: `${environment.name} ${environment.title}`,
      says: `environment ${environment.title}`,
    })),
  ];
}
