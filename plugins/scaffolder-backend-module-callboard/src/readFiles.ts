import { serializeDirectoryContents } from '@backstage/plugin-scaffolder-node';

/**
 * Returns the texts of all files below a folder, by path. Throws for a file
 * that is not text: the API accepts only text.
 */
export async function readFiles(
  folder: string,
): Promise<Record<string, string>> {
  const files = await serializeDirectoryContents(folder, { gitignore: false });
  if (files.length === 0)
    throw new Error(
      `There is nothing to create an app from: ${folder} holds no files`,
    );
  return Object.fromEntries(
    files.map(({ path, content }) => [path, toText(path, content)]),
  );
}

function toText(path: string, content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new Error(
      `Cannot create an app with ${path}: it is not UTF-8 text. Push such files with git afterwards`,
    );
  }
}
