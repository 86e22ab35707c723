import type { App } from '@callboard/plugin-callboard-common';

const ALL = 'all';
const IN = 'in ';

/** The scopes: all environments, or one of them. */
export function wheresOf({
  environments,
}: Pick<App, 'environments'>): Array<{ id: string; title: string }> {
  return [
    { id: ALL, title: 'All environments' },
    ...environments.map(({ name, title }) => ({ id: idOfWhere(name), title })),
  ];
}

/** Option id of a scope: an environment may be called "all". */
export function idOfWhere(where: string | undefined): string {
  return where === undefined ? ALL : `${IN}${where}`;
}

export function whereOfId(id: string): string | undefined {
  return id === ALL ? undefined : id.slice(IN.length);
}
