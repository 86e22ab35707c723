/** The programming language of a repository, judged by the names of its files. */
export interface FoundLanguage {
  name: string;
  /** The file that shows it. */
  by: string;
}

/** Manifests come before sources: a folder of Go may contain a script in Python. */
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

/** Finds the language of a repository by the files of its top folder; undefined when none matches. */
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
