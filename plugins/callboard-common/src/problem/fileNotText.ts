import type { Problem } from './Problem';

/** Problem of a file that has to be text and is not. */
export function fileNotText(path: string): Problem {
  return {
    code: 'file-not-text',
    what: `Cannot read ${path}`,
    why: 'it is not UTF-8 text',
    next: `Save ${path} as UTF-8`,
    transient: false,
    at: { file: path },
  };
}
