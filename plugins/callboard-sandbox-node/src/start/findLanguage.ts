/** What a repository is written in, as far as the names of its files say. */
export interface FoundLanguage {
  name: string;
  /** The file that says so. */
  by: string;
}

/** Manifests come before sources: a folder of Go may hold a script in Python. */
const SIGNS: ReadonlyArray<[language: string, file: RegExp]> = [
  ['Node.js', /^package\.json$/],
  ['Python', /^(?:requirements\.txt|pyproject\.toml|Pipfile|setup\.py)$/],
  ['Go', /^go\.(?:mod|work)$/],
  ['Java', /^(?:pom\.xml|build\.gradle(?:\.kts)?)$/],
  ['Ruby', /^Gemfile$/],
  ['PHP', /^(?:composer\.json|index\.php)$/],
  ['Rust', /^Cargo\.toml$/],
  ['.NET', /\.(?:sln|csproj|fsproj)$/],
  ['Elixir', /^mix\.exs$/],
  ['Deno', /^deno\.jsonc?$/],
  ['Python', /\.py$/],
  ['Go', /\.go$/],
  ['Java', /\.java$/],
  ['TypeScript', /\.tsx?$/],
  ['Node.js', /\.[cm]?js$/],
];

/** The language of a repository by the files of its top folder; undefined where none tells. */
export function findLanguage(
  paths: readonly string[],
): FoundLanguage | undefined {
  const top = paths.filter(path => !path.includes('/')).sort();
  for (const [name, file] of SIGNS) {
    const by = top.find(path => file.test(path));
    if (by !== undefined) return { name, by };
  }
  return undefined;
}
