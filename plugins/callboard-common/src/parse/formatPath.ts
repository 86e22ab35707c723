import { shorten } from '../words/shorten';

export type FieldPath = ReadonlyArray<string | number>;

const PLAIN_KEY = /^[A-Za-z0-9_-]+$/;

/** Formats a path for people: `containers.web.files["/etc/app.conf"].mode`, `spec.environments[0].name`. */
export function formatPath(path: FieldPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const key = shorten(part);
      if (!PLAIN_KEY.test(part)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
